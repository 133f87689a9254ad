"""A regular expression in, strings out one of which stands in every text that it matches.

To try a regular expression costs microseconds, and most find nothing. But from most it can be told what a match
needs: `(?:last|previous) years?` needs "last year" or "previous year". To look for these costs less by far.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from re import _constants as code
from re import _parser as parser
from typing import NamedTuple

from ahocorasick import Automaton

Literals = frozenset[str]
"""Strings, one of which stands in every text that matches."""
Item = tuple[object, object]  # of a parsed pattern: an operator and its argument
_MOST_STRINGS = 24  # of one need; [0-9] tells something of a text, [a-z] nothing
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_WIDTHLESS = (code.AT, code.ASSERT, code.ASSERT_NOT)


class RequiredLiterals(NamedTuple):
    """What a pattern needs, in small letters where it ignores case; no strings: nothing that can be told."""

    ignores_case: bool = False
    strings: Sequence[Literals] = ()


@cache
def read_required_literals(pattern: str, flags: int = 0) -> RequiredLiterals:
    """All that a text needs for `pattern` to match, the most telling need first.

    "ſ" and "ı", which a pattern that ignores case takes for s and i, are not thought of.
    """
    parsed = parser.parse(pattern, flags)
    ignores_case = bool(parsed.state.flags & re.IGNORECASE)
    return RequiredLiterals(
        ignores_case, tuple(sorted(_needs_of(parsed, ignores_case), key=_telling, reverse=True))
    )


def _telling(need: Literals) -> tuple[int, int]:
    """A long string tells more than a short one and a Chinese character more than a letter, blanks nothing."""
    return min(len(string.strip().encode()) for string in need), -len(need)


def _needs_of(items: Iterable[Item], ignores_case: bool) -> list[Literals]:
    """The needs of a sequence, all of whose items must match; neighbouring strings make longer ones."""
    needs: list[Literals] = []
    run = {""}
    for operator, argument in [*items, (None, None)]:
        strings = _strings_of(operator, argument, ignores_case)
        longer = _joined(run, strings)
        if longer:
            run = longer
            continue
        needs.append(frozenset(run))
        run = strings or {""}
        needs += _needs_of_item(operator, argument, ignores_case)
    return [_shortest(need) for need in dict.fromkeys(needs) if all(map(str.strip, need))]


def _shortest(need: Literals) -> Literals:
    """Where "all over" stands, "all" does: the longer string says nothing more."""
    kept: list[str] = []
    for string in sorted(need, key=len):
        if not any(shorter in string for shorter in kept):
            kept.append(string)
    return frozenset(kept)


def _joined(run: set[str], strings: set[str]) -> set[str]:
    """Each of one set followed by each of the other; none if they are too many to tell something."""
    if len(run) * len(strings) > _MOST_STRINGS:
        return set()
    return {before + behind for before in run for behind in strings}


def _strings_of(operator: object, argument: object, ignores_case: bool) -> set[str]:
    """All that an item can match, if that is little: letters, words, alternatives of words; else none."""
    if operator in _WIDTHLESS:
        return {""}
    if operator is code.LITERAL or operator is code.IN:
        return _characters_of([(operator, argument)] if operator is code.LITERAL else argument, ignores_case)
    if operator is code.SUBPATTERN and not argument[1]:  # with flags of its own it may ignore case
        return _strings_of_all(argument[-1], ignores_case)
    if operator is code.BRANCH:
        return _strings_of_any(argument[1], ignores_case)
    return set()


def _strings_of_any(branches: Iterable[Iterable[Item]], ignores_case: bool) -> set[str]:
    strings: set[str] = set()
    for branch in branches:
        own = _strings_of_all(branch, ignores_case)
        strings |= own
        if not own or len(strings) > _MOST_STRINGS:
            return set()
    return strings


def _strings_of_all(items: Iterable[Item], ignores_case: bool) -> set[str]:
    strings = {""}
    for operator, argument in items:
        strings = _joined(strings, _strings_of(operator, argument, ignores_case))
        if not strings:
            break
    return strings


def _characters_of(members: Iterable[Item], ignores_case: bool) -> set[str]:
    characters: set[str] = set()
    for kind, value in members:
        if kind is code.LITERAL:
            characters.add(chr(value))
        elif kind is code.RANGE and value[1] - value[0] < _MOST_STRINGS:
            characters.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return set()
    characters = {character.lower() for character in characters} if ignores_case else characters
    return characters if len(characters) <= _MOST_STRINGS else set()


def _needs_of_item(operator: object, argument: Sequence, ignores_case: bool) -> list[Literals]:
    if operator is code.SUBPATTERN and not argument[1]:
        return _needs_of(argument[-1], ignores_case)
    if operator is code.ATOMIC_GROUP:
        return _needs_of(argument, ignores_case)
    if operator in _REPEATS and argument[0] > 0:
        return _needs_of(argument[-1], ignores_case)
    if operator is code.BRANCH:
        branches = [_needs_of(branch, ignores_case) for branch in argument[1]]
        return [frozenset().union(*(max(needs, key=_telling) for needs in branches))] if all(branches) else []
    return []


def automaton_of(strings: Iterable[str]) -> Automaton:
    """Finds all of some strings, at least one, in one pass over a text, and tells their places in the list."""
    automaton = Automaton()
    for place, string in enumerate(strings):
        automaton.add_word(string, place)
    automaton.make_automaton()
    return automaton
