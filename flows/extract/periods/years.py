"""Moves time phrases that name no year to the year that the text told before.

"In 2022 … the first half …" and 2022年…全年… mean the first half and the whole of 2022, whatever the day of the
document. If no year was told, phrases keep the days that the language computed from that day.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from flows.extract.languages.time_phrases import TimePhrase, last_day, nearest_day
from flows.extract.periods.period import Period

Days = tuple[date | None, date | None]
_LATELY = timedelta(days=31)
_DECEMBER = 12  # 年底 belongs to the year told
_YEAR_EARLIER = {"year_earlier": "interval", "base_year_earlier": "base"}


def settle_years(phrases: Sequence[TimePhrase], told: Period | None, anchor: date | None) -> list[TimePhrase]:
    """Move the phrases of a sentence to the year told before them in it, else to that of `told`, the last period."""
    settled: list[TimePhrase] = []
    # The day of the document tells no year.
    before = None if told is None or told.is_now(anchor) else (told.start, told.end)
    for phrase in phrases:
        moved = phrase if _is_recent(phrase, anchor) else _settled(phrase, before)
        settled.append(moved)
        if moved.last and _names_its_year(moved) and (moved.first, moved.last) != (None, anchor):
            before = (moved.first, moved.last)
    return settled


def _is_recent(phrase: TimePhrase, anchor: date | None) -> bool:
    """Return whether a phrase ended lately: in March 截至2月末 means this February, whatever year was told."""
    if phrase.role != "instant" or phrase.last is None or anchor is None or phrase.last.month == _DECEMBER:
        return False
    return anchor - _LATELY <= phrase.last <= anchor


def _names_its_year(phrase: TimePhrase) -> bool:
    """Return whether a phrase tells its year; 上年 tells of another year than the one it leans on."""
    is_period = phrase.role in ("interval", "instant", "since")
    return bool(is_period and phrase.last and phrase.leans_on in (None, phrase.last.year))


def _settled(phrase: TimePhrase, before: Days | None) -> TimePhrase:
    if phrase.role in _YEAR_EARLIER:
        first, last = before or (None, None)
        role = _YEAR_EARLIER[phrase.role]
        return replace(phrase, role=role, first=_moved(first, -1), last=_moved(last, -1))
    year = _single_year(before)
    if phrase.leans_on is None or year is None:
        return phrase
    years = year - phrase.leans_on
    role = "interval" if phrase.role == "running" else phrase.role
    first, last = _moved(phrase.first, years), _moved(phrase.last, years)
    return replace(phrase, role=role, first=first, last=last, leans_on=year)


def _single_year(days: Days | None) -> int | None:
    first, last = days or (None, None)
    if last is None:
        return None
    return last.year if first is None or first.year == last.year else None


def _moved(day: date | None, years: int) -> date | None:
    """Return the same day years later; the last day of a month remains the last."""
    if day is None:
        return None
    year, end = day.year + years, last_day(day.year, day.month)
    return last_day(year, day.month) if day == end else nearest_day(year, day.month, day.day)
