"""Time phrases and the days they stand for, whatever the language; how they are worded is in its package.

"Last year" means nothing without a date: where a document has none, such phrases stay unresolved and the
figures beside them get the reason code `undated_document`.
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

    `role` is `interval` (a flow happened in it), `instant` (a state at its end; `first` is null), `since` (from
    `first` to the document's date), `anaphora` (the interval named before), `comparison` (the base of a growth
    rate, never a figure's period), `day` (the date of an event or a release), `name` (of a document, whose numbers
    are none), `running` (years in a row up to the one told before), `year_earlier` (the interval told before, a
    year earlier), `base` (that of the one number right behind it), `base_year_earlier` (both) or `of_plan` (the years
    that the document plans for). Unresolved phrases have neither `first` nor `last`.

    `leans_on` is the year that the days were reckoned from where the phrase names none ("全年", "上年"): if the
    text told another, they move with it. `fiscal_year` is the year that a fiscal year is named by, the first one if
    it `is_named_by_both` ("2022-23"): its days depend on the country.
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
"""So long before it is over people begin to report on it."""
MONTHS_THAT_LOOK_BACK = 3
"""Up to March "the past year" is the calendar year that has just ended: reports on it come out then."""

Days = tuple[str, date | None, date | None]
Fiscal = tuple[str, date | None, date | None, int | None, int, bool]
Reading = Days | tuple[str, date | None, date | None, int | None] | Fiscal | None
"""Role, first and last day, the year they lean on, the year by which a fiscal year is named and whether by both of
its years; null where the match is no time phrase after all."""
Reader = Callable[[re.Match[str], date | None], Reading]


def find_time_phrases(
    text: str, anchor: date | None, patterns: PatternTable[TimePattern], readers: Mapping[str, Reader]
) -> list[TimePhrase]:
    """Find the time phrases of a sentence in order; where two overlap, the earlier pattern has it.

    `patterns` go from the most to the least specific (`seeds/reading/languages/time_patterns.csv`); `readers` are
    those of the language, by the name of the reading.
    """
    found: list[TimePhrase] = []
    taken = SpanMask(text)
    for row in patterns.candidates(text):
        read = readers[row.reading]
        for match in row.pattern.finditer(text):
            start, end = match.span()
            if taken.is_free(start, end) and (reading := read(match, anchor)):
                found.append(TimePhrase(start, end, *reading))
                taken.take(start, end)
    return sorted(found, key=lambda phrase: phrase.start)


def with_role(role: str) -> Reader:
    """A reader of phrases that only play a role and name no days."""
    return lambda match, anchor: (role, None, None)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def nearest_day(year: int, month: int, day: int) -> date:
    """A day of a month, or its last one where the month is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def years_before(day: date, years: int) -> date:
    """The same day years earlier; 29 February becomes the 28th."""
    return nearest_day(day.year - years, day.month, day.day)


def months_before(day: date, months: int) -> date:
    """The same day months earlier, or the last one of a shorter month."""
    total = day.year * 12 + day.month - 1 - months
    return nearest_day(total // 12, total % 12 + 1, day.day)


def latest_year(month: int, day: int, anchor: date | None) -> int | None:
    """The year of the latest such day that is not after the document's date."""
    if anchor is None:
        return None
    return anchor.year if (month, day) <= (anchor.month, anchor.day) else anchor.year - 1
