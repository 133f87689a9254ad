"""Tables of patterns that are searched without trying every pattern.

One pass over a text (by the algorithm of Aho and Corasick) finds the literals that patterns require, and only the
few patterns whose literals all occur are tried.
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
    """Rows with a pattern each, in the order in which they are tried."""

    def __init__(self, rows: Iterable[Row], pattern_of: Callable[[Row], LazyPattern | None]) -> None:
        """Index the rows by the literals that their patterns require; a row without a pattern fits every text."""
        self._rows = tuple(rows)
        patterns = [pattern_of(row) for row in self._rows]
        required = [
            read_required_literals(pattern.pattern, pattern.flags) if pattern else RequiredLiterals()
            for pattern in patterns
        ]
        self._always = [number for number, row in enumerate(required) if not row.sets]
        self._as_written = _LiteralsIndex(
            {number: row.sets for number, row in enumerate(required) if row.sets and not row.ignores_case}
        )
        self._in_lower_case = _LiteralsIndex(
            {number: row.sets for number, row in enumerate(required) if row.sets and row.ignores_case}
        )

    def __iter__(self) -> Iterator[Row]:
        """Iterate over all rows."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def candidates(self, text: str) -> list[Row]:
        """Return the rows whose pattern may match in `text`, in order; no other row does."""
        numbers = [
            *self._always,
            *self._as_written.numbers_in(text),
            *self._in_lower_case.numbers_in(text.lower()),
        ]
        return [self._rows[number] for number in sorted(numbers)]


class _LiteralsIndex:
    """Finds the patterns for which a text contains a literal from every set.

    Each set has a bit of its own: a string sets the bits of its sets, and a pattern wants all of its bits.
    """

    def __init__(self, required: Mapping[int, Sequence[Literals]]) -> None:
        """Index the sets of patterns by their number; the first set of each is the most selective."""
        bits: dict[Literals, int] = {}
        bits_of: dict[str, int] = defaultdict(int)
        numbers: dict[str, list[int]] = defaultdict(list)
        self._wanted = dict.fromkeys(required, 0)
        for number, sets in required.items():
            for literals in sets:
                bit = bits.setdefault(literals, 1 << len(bits))
                self._wanted[number] |= bit
                for string in literals:
                    bits_of[string] |= bit
            for string in sets[0]:
                numbers[string].append(number)
        self._tells = [(bits_of[string], numbers.get(string, ())) for string in bits_of]
        self._automaton = automaton_of(bits_of) if bits_of else None

    def numbers_in(self, text: str) -> Sequence[int]:
        """Return the numbers of the patterns that `text` may match."""
        if self._automaton is None:
            return ()
        found = 0
        numbers: set[int] = set()
        for index in {index for _, index in self._automaton.iter(text)}:
            bits, told = self._tells[index]
            found |= bits
            numbers.update(told)
        wanted = self._wanted
        return [number for number in numbers if wanted[number] & found == wanted[number]]


def longest_of(strings: Iterable[str]) -> str:
    """Return a pattern of the longest of `strings` at a place: `ma(?:y|rch)` looks at the m once.

    Without strings the pattern matches nothing.
    """
    endings: dict[str, list[str]] = {}
    for string in strings:
        endings.setdefault(string[:1], []).append(string[1:])
    ends_here = endings.pop("", None) is not None
    branches = [re.escape(first) + longest_of(rest) for first, rest in sorted(endings.items())]
    if not branches:
        return "" if ends_here else "(?!)"
    return f"(?:{'|'.join(branches)}){'?' if ends_here else ''}"
