"""The literals that a regular expression requires: strings one of which occurs in every text that it matches.

Trying a regular expression costs microseconds, and most find nothing. But a pattern usually tells what a match
must contain: `(?:last|previous) years?` needs "last year" or "previous year". Looking for these costs far less.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

# Only the parser of `re` tells how `re` reads a pattern; it is private, so no stub describes it.
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from ahocorasick import Automaton

Literals = frozenset[str]
"""Strings one of which occurs in every text that matches."""
Argument = Any  # of an operator in a parsed pattern, whose type depends on the operator
Item = tuple[object, Argument]
_MOST_STRINGS = 24  # of one set: [0-9] says something about a text, [a-z] says nothing
_REPEATS = (parser.MAX_REPEAT, parser.MIN_REPEAT, parser.POSSESSIVE_REPEAT)
_WIDTHLESS = (parser.AT, parser.ASSERT, parser.ASSERT_NOT)


class RequiredLiterals(NamedTuple):
    """What a match must contain: a string of every set, in lower case where the pattern ignores case.

    Without sets nothing is known and any text may match.
    """

    ignores_case: bool = False
    sets: Sequence[Literals] = ()


@cache
def read_required_literals(pattern: str, flags: int = 0) -> RequiredLiterals:
    """Return all that a text must contain for `pattern` to match, the most selective set first.

    A pattern that ignores case also takes "ſ" for s and "ı" for i; texts with these are disregarded.
    """
    parsed = parser.parse(pattern, flags)
    ignores_case = bool(parsed.state.flags & re.IGNORECASE)
    return RequiredLiterals(
        ignores_case, tuple(sorted(_literals_of(parsed, ignores_case), key=_selectivity, reverse=True))
    )


def _selectivity(literals: Literals) -> tuple[int, int]:
    """Rank long strings above short ones and Chinese characters above letters; blanks count nothing."""
    return min(len(string.strip().encode()) for string in literals), -len(literals)


def _literals_of(items: Iterable[Item], ignores_case: bool) -> list[Literals]:
    """Return the literals of a sequence, all of whose items must match; adjacent strings are joined."""
    found: list[Literals] = []
    run = {""}
    for operator, argument in [*items, (None, None)]:
        strings = _strings_of(operator, argument, ignores_case)
        longer = _joined(run, strings)
        if longer:
            run = longer
            continue
        found.append(frozenset(run))
        run = strings or {""}
        found += _literals_of_item(operator, argument, ignores_case)
    return [_shortest(literals) for literals in dict.fromkeys(found) if all(map(str.strip, literals))]


def _shortest(literals: Literals) -> Literals:
    """Drop strings that contain another one: a text with "all over" also has "all"."""
    kept: list[str] = []
    for string in sorted(literals, key=len):
        if not any(shorter in string for shorter in kept):
            kept.append(string)
    return frozenset(kept)


def _joined(run: set[str], strings: set[str]) -> set[str]:
    """Follow each string of `run` by each of `strings`; return nothing if they become too many to be of use."""
    if len(run) * len(strings) > _MOST_STRINGS:
        return set()
    return {before + behind for before in run for behind in strings}


def _strings_of(operator: object, argument: Argument, ignores_case: bool) -> set[str]:
    """Return all that an item can match if it is little (letters, words, alternatives), else nothing."""
    if operator in _WIDTHLESS:
        return {""}
    if operator is parser.LITERAL or operator is parser.IN:
        members = [(operator, argument)] if operator is parser.LITERAL else argument
        return _characters_of(members, ignores_case)
    if operator is parser.SUBPATTERN and not argument[1]:  # flags of its own may make it ignore case
        return _strings_of_all(argument[-1], ignores_case)
    if operator is parser.BRANCH:
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
        if kind is parser.LITERAL:
            characters.add(chr(value))
        elif kind is parser.RANGE and value[1] - value[0] < _MOST_STRINGS:
            characters.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return set()
    characters = {character.lower() for character in characters} if ignores_case else characters
    return characters if len(characters) <= _MOST_STRINGS else set()


def _literals_of_item(operator: object, argument: Argument, ignores_case: bool) -> list[Literals]:
    if operator is parser.SUBPATTERN and not argument[1]:
        return _literals_of(argument[-1], ignores_case)
    if operator is parser.ATOMIC_GROUP:
        return _literals_of(argument, ignores_case)
    if operator in _REPEATS and argument[0] > 0:
        return _literals_of(argument[-1], ignores_case)
    if operator is parser.BRANCH:
        return _literals_of_any([_literals_of(branch, ignores_case) for branch in argument[1]])
    return []


def _literals_of_any(branches: Sequence[Sequence[Literals]]) -> list[Literals]:
    """Unite the most selective set of each branch; a branch that requires nothing leaves nothing required."""
    if not all(branches):
        return []
    return [frozenset().union(*(max(literals, key=_selectivity) for literals in branches))]


def automaton_of(strings: Iterable[str]) -> Automaton:
    """Build an automaton that finds all of `strings` (at least one) in one pass and gives their indexes."""
    automaton = Automaton()
    for index, string in enumerate(strings):
        automaton.add_word(string, index)
    automaton.make_automaton()
    return automaton
