"""Names of agencies, offices and areas, found in a text in one pass."""

import re
from collections.abc import Iterable, Mapping

from flows.extract.patterns.table import longest_of

_NAME_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]+|[^\W\da-zA-Z_]")


class NameIndex:
    """Finds the names of a table in a text; where names overlap the longest wins.

    Names of Latin script are whole words only. One pattern finds the words (or Chinese characters) that names
    begin with; the names that begin with one are compiled when it is first met, as most never are.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        """Index `names` (name as written → id)."""
        self._ids = names
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(names, key=len, reverse=True):
            if start := _NAME_START.search(name):
                self._by_start.setdefault(start.group(), []).append(name)
        self._starts = re.compile(_any_start(self._by_start))
        self._compiled: dict[str, re.Pattern[str]] = {}

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """`(start, end, id)` of every name in `text`, in order."""
        straight = text.replace("’", "'")
        found: list[tuple[int, int, str]] = []
        end = 0
        for start in self._starts.finditer(straight):
            names = self._by_start[start.group()]
            if start.start() >= end and (
                match := self._names_from(start.group()).match(straight, start.start())
            ):
                end = match.end()
                found.append((match.start(), end, self._ids[names[match.lastindex - 1]]))
        return found

    def _names_from(self, start: str) -> re.Pattern[str]:
        if start not in self._compiled:
            self._compiled[start] = re.compile(
                "|".join(f"({_whole_word(name)})" for name in self._by_start[start])
            )
        return self._compiled[start]


def _any_start(starts: Iterable[str]) -> str:
    """A pattern of these words of Latin script and these other characters.

    Each of its branches begins with a letter, for then the engine leaps from one such letter to the next.
    """
    by_letter: dict[str, list[str]] = {}
    for start in starts:
        by_letter.setdefault(start[0], []).append(start[1:])
    branches = [
        f"{letter}(?<![A-Za-z0-9]{letter}){longest_of(rests)}(?![A-Za-z0-9])" if letter.isascii() else letter
        for letter, rests in by_letter.items()
    ]
    return "|".join(branches) or "(?!)"


def _whole_word(name: str) -> str:
    pattern = re.escape(name).replace(r"\ ", r"\s+")
    return rf"{pattern}(?![\w-])" if name.isascii() else pattern
