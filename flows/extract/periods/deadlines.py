"""The time phrases of a sentence that are deadlines.

"By 2030" is one, "until 2026" and "after 2030" are not. A bare "2030" is one in a label ("2030 targets:") and, in a
sentence, where that year is yet to come. "Within 90 days of the publication" counts from the day of the document.

A deadline has a last day only. The period of a target figure is not made here: `resolve_period` keeps the first day
too ("by Q2 2025" begins in April), where `Period.as_deadline` would drop it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.extract.languages.time_phrases import TimePhrase, months_before
from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.text.heading_number import read_heading_number

_MONTHS_OF = {"month": 1, "year": 12, "月": 1, "年": 12}
_DAYS_OF = {"day": 1, "week": 7, "日": 1, "天": 1, "周": 7}
_ROLES = ("instant", "interval")


@dataclass(frozen=True)
class Deadline:
    """A day and the words that state it; `day` is null where the words count from the day of an undated document."""

    day: date | None
    quote: str


@dataclass(frozen=True)
class StatedDeadline:
    """A deadline at its place in a sentence; `start`, `end` are offsets into the sentence."""

    start: int
    end: int
    day: date | None


class DeadlineFinder:
    """Finds deadlines in one language."""

    def __init__(
        self,
        find_time_phrases: Callable[[str, date | None], list[TimePhrase]],
        patterns: Mapping[str, LazyPattern],
    ) -> None:
        """Take `find_time_phrases` of a language, and its `plan_patterns` by role."""
        self._find_time_phrases = find_time_phrases
        self._relative, self._no_deadline = patterns["relative_deadline"], patterns["no_deadline"]

    def find_time_phrases(self, text: str, anchor: date | None) -> list[TimePhrase]:
        """Return the time phrases of a sentence, in order, with those that count from the day of the document."""
        relative = [
            TimePhrase(match.start(), match.end(), "instant", None, _count_from(anchor, match))
            for match in self._relative.finditer(text)
        ]
        others = [
            phrase
            for phrase in self._find_time_phrases(text, anchor)
            if not any(phrase.start < other.end and other.start < phrase.end for other in relative)
        ]
        return sorted([*relative, *others], key=lambda phrase: phrase.start)

    def choose(
        self, phrases: Sequence[TimePhrase], text: str, anchor: date | None, is_label: bool
    ) -> list[StatedDeadline]:
        """Return the phrases that are deadlines; in a label ("2030 targets:") a bare year is one."""
        return [
            StatedDeadline(phrase.start, phrase.end, phrase.last)
            for phrase in phrases
            if phrase.role in _ROLES
            and _is_to_come(phrase, anchor, is_label)
            and not self._is_no_end(phrase, text)
        ]

    @staticmethod
    def days(phrases: Sequence[TimePhrase]) -> list[date]:
        """Return the last days of the times that phrases name, deadlines or not."""
        return [phrase.last for phrase in phrases if phrase.role in _ROLES and phrase.last]

    def _is_no_end(self, phrase: TimePhrase, text: str) -> bool:
        """Return whether a preposition in the phrase or before it excludes a deadline: "until 2026", "after 2030"."""
        before = text[: phrase.start].rpartition(" ")[0].rpartition(" ")
        starts = [phrase.start]
        if text[: phrase.start].endswith(" "):
            starts.append(len(before[0]) + len(before[1]))
        return any(self._no_deadline.match(text, start) for start in starts)


def _is_to_come(phrase: TimePhrase, anchor: date | None, is_label: bool) -> bool:
    if phrase.last is None:
        return phrase.role == "instant"
    if phrase.role == "instant" or is_label:
        return anchor is None or phrase.last > anchor
    return anchor is not None and phrase.first is not None and phrase.first > anchor


def _count_from(anchor: date | None, match: re.Match[str]) -> date | None:
    """Return the day that many days, weeks, months or years after that of the document."""
    number = read_heading_number(match["count"], "any")
    if anchor is None or number is None:
        return None
    count, unit = number[0], match["unit"].casefold()
    if unit in _MONTHS_OF:
        return months_before(anchor, -count * _MONTHS_OF[unit])
    return anchor + timedelta(days=count * _DAYS_OF[unit])
