"""The rows of a table of patterns that a text can match at all, found without trying every pattern.

One pass over a text (Aho and Corasick's) finds all strings that patterns need and that stand in it, and only the
few patterns that miss none are tried.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.patterns.required_literals import (
    Literals,
    RequiredLiterals,
    automaton_of,
    read_required_literals,
)

Row = TypeVar("Row")


class PatternTable(Generic[Row]):
    """Rows with a pattern each, in the order in which they are to be tried."""

    def __init__(self, rows: Iterable[Row], pattern_of: Callable[[Row], LazyPattern | None]) -> None:
        """Read from the pattern of each row what a match needs; a row without one may hold for every text."""
        self._rows = tuple(rows)
        patterns = [pattern_of(row) for row in self._rows]
        needs = [
            read_required_literals(pattern.pattern, pattern.flags) if pattern else RequiredLiterals()
            for pattern in patterns
        ]
        self._always = [number for number, row in enumerate(needs) if not row.strings]
        self._as_written = _NeedFinder(
            {number: row.strings for number, row in enumerate(needs) if row.strings and not row.ignores_case}
        )
        self._in_small_letters = _NeedFinder(
            {number: row.strings for number, row in enumerate(needs) if row.strings and row.ignores_case}
        )

    def __iter__(self) -> Iterator[Row]:
        """All rows."""
        return iter(self._rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def candidates(self, text: str) -> list[Row]:
        """The rows whose pattern may match in `text`, in order; no other one does."""
        numbers = [
            *self._always,
            *self._as_written.numbers_in(text),
            *self._in_small_letters.numbers_in(text.lower()),
        ]
        return [self._rows[number] for number in sorted(numbers)]


class _NeedFinder:
    """Finds the patterns all of whose needs stand in a text.

    Each need has a bit of its own: a string sets those of the needs that it meets, and a pattern wants all of its.
    """

    def __init__(self, needs: Mapping[int, Sequence[Literals]]) -> None:
        """Index the needs of patterns by their number; the first need of each is the most telling."""
        bits: dict[Literals, int] = {}
        met: dict[str, int] = defaultdict(int)
        numbers: dict[str, list[int]] = defaultdict(list)
        self._wanted = dict.fromkeys(needs, 0)
        for number, own in needs.items():
            for need in own:
                bit = bits.setdefault(need, 1 << len(bits))
                self._wanted[number] |= bit
                for string in need:
                    met[string] |= bit
            for string in own[0]:
                numbers[string].append(number)
        self._tells = [(met[string], numbers.get(string, ())) for string in met]
        self._automaton = automaton_of(met) if met else None

    def numbers_in(self, text: str) -> Sequence[int]:
        """The numbers of the patterns that `text` may match."""
        if self._automaton is None:
            return ()
        found, numbers = 0, set()
        for place in {place for _, place in self._automaton.iter(text)}:
            met, told = self._tells[place]
            found |= met
            numbers.update(told)
        wanted = self._wanted
        return [number for number in numbers if wanted[number] & found == wanted[number]]


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
