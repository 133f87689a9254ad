"""The rows of a table of patterns that a text can match at all, found without trying every pattern.

To try a regular expression costs microseconds, and hundreds of them cost more than all the rest of the reading.
But from most patterns it can be told what a match needs: `(?:last|previous) years?` needs "last" or "previous",
and " year". So one pass over a sentence finds the words that stand in it, and only the few patterns that need
these are tried.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from re import _constants as code
from re import _parser as parser
from typing import Generic, NamedTuple, TypeVar

from flows.extract.expression import Expression

Row = TypeVar("Row")
Need = frozenset[str]
"""Strings, one of which stands in every text that matches."""
Item = tuple[object, object]  # of a parsed pattern: an operator and its argument
_MOST_STRINGS = 24  # of one need; [0-9] tells something of a text, [a-z] nothing


class Needs(NamedTuple):
    """What a pattern needs, in small letters where it ignores case; no strings: nothing that can be told."""

    ignores_case: bool
    strings: Sequence[Need]


class PatternTable(Generic[Row]):
    """Rows with a pattern each, in the order in which they are to be tried."""

    def __init__(self, rows: Iterable[Row], pattern_of: Callable[[Row], Expression | None]) -> None:
        """Read from the pattern of each row what a match needs; a row without one may hold for every text."""
        self._rows = tuple(rows)
        patterns = [pattern_of(row) for row in self._rows]
        read = [read_needs(pattern) if pattern else Needs(False, []) for pattern in patterns]
        self._ignores_case = [needs.ignores_case for needs in read]
        self._needs = [needs.strings for needs in read]
        self._always = [number for number, needs in enumerate(self._needs) if not needs]
        by_string: dict[str, list[int]] = {}
        for number, needs in enumerate(self._needs):
            for string in {string.lower() for string in needs[0]} if needs else ():
                by_string.setdefault(string, []).append(number)
        self._strings = re.compile(f"(?=({longest_of(by_string)}))") if by_string else None
        # The pass finds the longest string that begins at a place; those that it begins with stand there too.
        self._by_string = {
            string: [number for end in range(len(string)) for number in by_string.get(string[: end + 1], ())]
            for string in by_string
        }

    def __iter__(self) -> Iterator[Row]:
        """All rows."""
        return iter(self._rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def candidates(self, text: str) -> list[Row]:
        """The rows whose pattern may match in `text`, in order; no other one does."""
        lowered = text.lower()
        numbers = set(self._always)
        for string in set(self._strings.findall(lowered)) if self._strings else ():
            numbers.update(self._by_string[string])
        return [self._rows[number] for number in sorted(numbers) if self._may_match(number, text, lowered)]

    def _may_match(self, number: int, text: str, lowered: str) -> bool:
        searched = lowered if self._ignores_case[number] else text
        for need in self._needs[number]:  # a generator for each row costs more than it finds
            for string in need:
                if string in searched:
                    break
            else:
                return False
        return True


def read_needs(pattern: Expression) -> Needs:
    """All that a text needs for `pattern` to match, the most telling need first.

    "ſ" and "ı", which a pattern that ignores case takes for s and i, are not thought of.
    """
    parsed = parser.parse(pattern.pattern, pattern.flags)
    ignores_case = bool(parsed.state.flags & re.IGNORECASE)
    return Needs(ignores_case, sorted(_needs_of(parsed, ignores_case), key=_telling, reverse=True))


def _telling(need: Need) -> tuple[int, int]:
    """A long string tells more than a short one and a Chinese character more than a letter, blanks nothing."""
    return min(len(string.strip().encode()) for string in need), -len(need)


def _needs_of(items: Iterable[Item], ignores_case: bool) -> list[Need]:
    """The needs of a sequence, all of whose items must match; neighbouring characters make one string."""
    needs: list[Need] = []
    run = {""}
    for operator, argument in [*items, (None, None)]:
        characters = _characters_of(operator, argument, ignores_case)
        if characters and len(run) * len(characters) <= _MOST_STRINGS:
            run = {string + character for string in run for character in characters}
            continue
        needs.append(frozenset(run))
        run = characters or {""}
        needs += _needs_of_item(operator, argument, ignores_case)
    return [need for need in needs if all(map(str.strip, need))]


def _characters_of(operator: object, argument: object, ignores_case: bool) -> set[str]:
    """The characters that an item stands for, if it is a letter or a small class; else none."""
    members = [(operator, argument)] if operator is code.LITERAL else argument if operator is code.IN else ()
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


def _needs_of_item(operator: object, argument: Sequence, ignores_case: bool) -> list[Need]:
    if operator is code.SUBPATTERN and not argument[1]:  # with flags of its own it may ignore case
        return _needs_of(argument[-1], ignores_case)
    if operator is code.ATOMIC_GROUP:
        return _needs_of(argument, ignores_case)
    if operator in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT) and argument[0] > 0:
        return _needs_of(argument[-1], ignores_case)
    if operator is code.BRANCH:
        branches = [_needs_of(branch, ignores_case) for branch in argument[1]]
        return [frozenset().union(*(max(needs, key=_telling) for needs in branches))] if all(branches) else []
    return []


def longest_of(strings: Iterable[str]) -> str:
    """A pattern of the longest of `strings` that stands at a place: `ma(?:y|rch)` looks at the m once."""
    endings: dict[str, list[str]] = {}
    for string in strings:
        endings.setdefault(string[:1], []).append(string[1:])
    ends_here = endings.pop("", None) is not None
    branches = [re.escape(first) + longest_of(rest) for first, rest in sorted(endings.items())]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if ends_here else ''}"
