"""An index of names (of agencies, offices, areas) that finds them in a text in one pass."""

import re
from collections.abc import Iterable, Mapping

from flows.extract.patterns.table import longest_of

_NAME_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]+|[^\W\da-zA-Z_]")


class NameIndex:
    """Finds names in a text; where names overlap, the longest wins.

    Names in Latin script match whole words only. One pattern finds the words (or Chinese characters) with which names
    begin; the names of one beginning are compiled when it first occurs, since most never do.
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
        """Return `(start, end, id)` of every name in `text`, in order."""
        straight = text.replace("’", "'")
        found: list[tuple[int, int, str]] = []
        end = 0
        for start in self._starts.finditer(straight):
            if start.start() < end:
                continue
            match = self._names_from(start.group()).match(straight, start.start())
            if match and match.lastindex:  # each name is a group
                end = match.end()
                name = self._by_start[start.group()][match.lastindex - 1]
                found.append((match.start(), end, self._ids[name]))
        return found

    def _names_from(self, start: str) -> re.Pattern[str]:
        if start not in self._compiled:
            self._compiled[start] = re.compile(
                "|".join(f"({_whole_word(name)})" for name in self._by_start[start])
            )
        return self._compiled[start]


def _any_start(starts: Iterable[str]) -> str:
    """Return a pattern of words in Latin script and single other characters.

    Each of its branches begins with a letter, so that the search leaps from one such letter to the next.
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
