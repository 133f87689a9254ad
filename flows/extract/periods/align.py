"""Divides the time of one phrase among several figures.

"In 2021 and 2022 it was 80 and 85, respectively" gives each figure its own year, and so does 近3年来，合格率
依次是90%、91%和92%. "Over ten years it fell from 45 to 17" gives them its first and its last day.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from flows.extract.languages.mentions import Mention
from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.patterns.lazy_pattern import Cues

Days = tuple[date, date]
_NEAR = 30  # characters in which "respectively" stands before the first or behind the last figure


def find_days_in_turn(
    sentence: str,
    phrases: Sequence[TimePhrase],
    mentions: Sequence[Mention],
    at: int,
    cues: Cues,
    latest_year: int | None,
) -> Days | None:
    """Return the days of mention `at` if a list of figures goes through as many years, quarters or months.

    `phrases` are resolved; `latest_year` is the year that "the last five years" end with.
    """
    first, last = _list_around(sentence, mentions, at, cues)
    count = last - first + 1
    if count == 1 or not _is_in_turn(sentence, mentions[first], mentions[last], cues):
        return None
    before = [phrase for phrase in phrases if phrase.end <= mentions[first].start]
    times = _listed_times(sentence, before, count, cues) or _spanned_years(before, count, latest_year)
    return times[at - first] if times else None


def end_of_movement(
    sentence: str, phrase: TimePhrase, mentions: Sequence[Mention], at: int, cues: Cues
) -> TimePhrase | None:
    """Return the part of `phrase` that dates the figure before or after "to"; None if it ends no movement."""
    is_from = at + 1 < len(mentions) and _are_ends(sentence, phrase, mentions[at], mentions[at + 1], cues)
    is_to = at > 0 and _are_ends(sentence, phrase, mentions[at - 1], mentions[at], cues)
    if phrase.role not in ("interval", "since") or is_from == is_to:
        return None
    if phrase.first and phrase.last and phrase.first.year < phrase.last.year:
        first, last = _ends(phrase, phrase.first, phrase.last)
        return first if is_from else last
    return replace(phrase, first=None, last=None) if is_from else phrase


def is_start_of_movement(sentence: str, mentions: Sequence[Mention], at: int, cues: Cues) -> bool:
    """Return whether the mention is the 45 of "from 45 to 17", whose time nothing tells."""
    return at + 1 < len(mentions) and _are_from_to(sentence, mentions[at], mentions[at + 1], cues) is not None


def _ends(phrase: TimePhrase, begin: date, end: date) -> tuple[TimePhrase, TimePhrase]:
    """Split a phrase into its first and last year if it consists of years, else its first and last day."""
    if (begin.month, begin.day, end.month, end.day) == (1, 1, 12, 31):
        first = replace(phrase, role="interval", last=end.replace(year=begin.year))
        return first, replace(phrase, role="interval", first=begin.replace(year=end.year))
    return replace(phrase, role="instant", first=None, last=begin), replace(
        phrase, role="instant", first=None
    )


def _are_ends(sentence: str, phrase: TimePhrase, left: Mention, right: Mention, cues: Cues) -> bool:
    """Return whether two figures are the ends of a movement outside the phrase: 由0.30降到0.08, "from 45 to 17"."""
    begin = _are_from_to(sentence, left, right, cues)
    return begin is not None and (phrase.end <= begin or phrase.start >= right.end)


def _are_from_to(sentence: str, left: Mention, right: Mention, cues: Cues) -> int | None:
    """Return where "from" begins if two figures are the ends of a movement."""
    begin = cues["from_value"].search(sentence, max(0, left.start - _NEAR), left.start)
    is_to = cues["to_value"].fullmatch(sentence, left.end, right.start)
    return begin.start() if begin and is_to else None


def _list_around(sentence: str, mentions: Sequence[Mention], at: int, cues: Cues) -> tuple[int, int]:
    first, last = at, at
    while first > 0 and _are_members(sentence, mentions[first - 1], mentions[first], cues):
        first -= 1
    while last + 1 < len(mentions) and _are_members(sentence, mentions[last], mentions[last + 1], cues):
        last += 1
    return first, last


def _are_members(sentence: str, left: Mention, right: Mention, cues: Cues) -> bool:
    return left.unit == right.unit and bool(cues["list_break"].fullmatch(sentence, left.end, right.start))


def _is_in_turn(sentence: str, first: Mention, last: Mention, cues: Cues) -> bool:
    before = cues["in_turn"].search(sentence, max(0, first.start - _NEAR), first.start)
    return bool(before or cues["in_turn"].search(sentence, last.end, last.end + _NEAR))


def _listed_times(sentence: str, before: Sequence[TimePhrase], count: int, cues: Cues) -> list[Days]:
    """Return the intervals of `count` phrases in a row."""
    phrases = before[-count:]
    times = [(p.first, p.last) for p in phrases if p.first and p.last]
    is_list = all(
        cues["list_break"].fullmatch(sentence, left.end, right.start) for left, right in pairwise(phrases)
    )
    return times if is_list and len(times) == count else []


def _spanned_years(before: Sequence[TimePhrase], count: int, latest_year: int | None) -> list[Days]:
    """Return the years of a phrase that spans `count` of them."""
    phrase = before[-1] if before else None
    if phrase is None or phrase.first is None or phrase.last is None:
        return []
    first, last = phrase.first, phrase.last
    if last.year - first.year + 1 == count and (first.month, last.month) == (1, 12):
        return [_year(year) for year in range(first.year, last.year + 1)]
    if last.year - first.year == count and latest_year:
        return [_year(year) for year in range(latest_year - count + 1, latest_year + 1)]
    return []


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)
