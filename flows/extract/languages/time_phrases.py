"""Time phrases and the days that they mean, common to all languages; each language has its wordings in its package.

"Last year" means nothing without a date: in a document that has none, such phrases remain unresolved, and the figures
beside them get the reason code `undated_document`.
"""

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flows.extract.patterns.spans import SpanMask
from flows.extract.patterns.table import PatternTable
from flows.extract.vocabulary.entries import TimePattern


@dataclass(frozen=True)
class TimePhrase:
    """A time phrase; `start`, `end` are offsets into the sentence.

    `role` is one of
    - `interval`: a flow happened in it;
    - `instant`: a state at its end; `first` is null;
    - `since`: from `first` to the document's date;
    - `anaphora`: refers to the interval named before;
    - `comparison`: the base of a growth rate, never the period of a figure;
    - `day`: the date of an event or a release;
    - `name`: part of the name of a document, whose numbers are not figures;
    - `running`: years in a row up to the one told before;
    - `year_earlier`: the interval told before, a year earlier;
    - `base`: the period of the one number right behind it;
    - `base_year_earlier`: both of these;
    - `of_plan`: the years that the document plans for.

    Unresolved phrases have neither `first` nor `last`.

    `leans_on` is the year from which the days were computed where the phrase names none ("全年", "上年"): if the text
    tells of another year, they move with it. `fiscal_year` is the year by which a fiscal year is named, the first one
    if it `is_named_by_both` ("2022-23"); its days depend on the country.
    """

    start: int
    end: int
    role: str
    first: date | None = None
    last: date | None = None
    leans_on: int | None = None
    fiscal_year: int | None = None
    is_named_by_both: bool = False


ALMOST_A_QUARTER, ALMOST_A_YEAR = timedelta(days=15), timedelta(days=31)
"""How long before the end of a quarter or a year people begin to report on it."""
MONTHS_THAT_LOOK_BACK = 3
"""Until March "the past year" is the calendar year that has just ended, since reports on it come out then."""

Days = tuple[str, date | None, date | None]
Fiscal = tuple[str, date | None, date | None, int | None, int, bool]
Meaning = Days | tuple[str, date | None, date | None, int | None] | Fiscal | None
"""The fields of a `TimePhrase` from `role` on; None if the match is not a time phrase after all."""
PhraseReader = Callable[[re.Match[str], date | None], Meaning]
"""Tells what a match means in a document of a day."""


def find_time_phrases(
    text: str, anchor: date | None, patterns: PatternTable[TimePattern], readers: Mapping[str, PhraseReader]
) -> list[TimePhrase]:
    """Find the time phrases of a sentence, in order; where two overlap, the earlier pattern wins.

    `patterns` go from the most to the least specific (`time_patterns.csv`); `readers` are those of the
    language, by the name that a pattern gives its `reading`.
    """
    found: list[TimePhrase] = []
    taken = SpanMask(text)
    for row in patterns.candidates(text):
        read = readers[row.reading]
        for match in row.pattern.finditer(text):
            start, end = match.span()
            if taken.is_free(start, end) and (meaning := read(match, anchor)):
                found.append(TimePhrase(start, end, *meaning))
                taken.take(start, end)
    return sorted(found, key=lambda phrase: phrase.start)


def with_role(role: str) -> PhraseReader:
    """Return a reader of phrases that only have a role and name no days."""
    return lambda match, anchor: (role, None, None)


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def nearest_day(year: int, month: int, day: int) -> date:
    """Return a day of a month, or its last day if the month is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def years_before(day: date, years: int) -> date:
    """Return the same day years earlier; 29 February becomes the 28th."""
    return nearest_day(day.year - years, day.month, day.day)


def months_before(day: date, months: int) -> date:
    """Return the same day months earlier, or the last day of a shorter month."""
    total = day.year * 12 + day.month - 1 - months
    return nearest_day(total // 12, total % 12 + 1, day.day)


def latest_year(month: int, day: int, anchor: date | None) -> int | None:
    """Return the year of the latest such day that is not after the document's date."""
    if anchor is None:
        return None
    return anchor.year if (month, day) <= (anchor.month, anchor.day) else anchor.year - 1
