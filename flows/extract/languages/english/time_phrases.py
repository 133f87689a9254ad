"""What English time phrases mean: the role and the days of a match of `time_patterns.csv`."""

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta

from flows.extract.languages.time_phrases import (
    ALMOST_A_QUARTER,
    MONTHS_THAT_LOOK_BACK,
    Meaning,
    PhraseReader,
    last_day,
    latest_year,
    months_before,
    nearest_day,
    with_role,
    years_before,
)

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_CENTURY = 2000  # of FY22
_SMALL_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_COUNTS = {word: number for number, word in enumerate(_SMALL_NUMBERS, 1)}
_WEEKDAYS = [name.casefold() for name in calendar.day_name]
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}


def month_number(name: str) -> int:
    """Return the number of a month: `Sept.` → 9."""
    return _MONTHS[name.casefold().rstrip(".")]


def _year_of(phrase: str, anchor: date | None) -> int | None:
    if phrase.isdigit():
        return int(phrase)
    if anchor is None:
        return None
    if re.search("last|previous", phrase, re.IGNORECASE):
        return anchor.year - 1
    return anchor.year + 1 if re.search("next|coming", phrase, re.IGNORECASE) else anchor.year


def _year(match: re.Match[str], anchor: date | None) -> Meaning:
    year = _year_of(match["year"], anchor)
    if year is None:
        return "interval", None, None
    if not match["year"].isdigit() and anchor and year == anchor.year:
        return "interval", date(year, 1, 1), anchor
    return "interval", date(year, 1, 1), date(year, 12, 31)


def _years(match: re.Match[str], _: date | None) -> Meaning:
    first, written = int(match["first"]), match["last"]
    last = int(written) if len(written) == 4 else first - first % 100 + int(written)
    if last <= first or last - first > 60:
        return None
    if len(written) == 2 and last == first + 1:  # "2015-16" is a financial year, as Britain counts them
        return "interval", date(first, 4, 1), date(last, 3, 31), None, first, True
    return "interval", date(first, 1, 1), date(last, 12, 31)


def _fiscal_year(match: re.Match[str], _: date | None) -> Meaning:
    written = int(match["year"])
    year = written if written >= 100 else _CENTURY + written
    is_end = re.match(r"(?i)by|at|as|until|before", match["end"] or "")
    role = "instant" if is_end else "interval"
    if match["next"]:  # "financial year 2013 to 2014" or "2013-14", as Britain counts them
        return role, None if is_end else date(year, 4, 1), date(year + 1, 3, 31), None, year, True
    # "fiscal year 2018" as the United States count them: October to September
    return role, None if is_end else date(year - 1, 10, 1), date(year, 9, 30), None, year, False


def _months(match: re.Match[str], anchor: date | None) -> Meaning:
    year = _year_of(match["year"], anchor) if match["year"] else (anchor.year if anchor else None)
    if year is None:
        return "interval", None, None
    first = int(match["first_year"]) if match["first_year"] else year
    return (
        "interval",
        date(first, month_number(match["first"]), 1),
        last_day(year, month_number(match["last"])),
    )


def _part_of_year(match: re.Match[str], anchor: date | None) -> Meaning:
    year = _year_of(match["year"] or "this year", anchor)
    if year is None:
        return "interval", None, None
    first, last = _months_of_part(match)
    # Without a year it is the latest such part: nobody counts the future, nor eleven months that have not yet passed.
    begins, ends = date(year, first, 1), last_day(year, last)
    if not match["year"] and anchor and anchor < (ends - ALMOST_A_QUARTER if match["several"] else begins):
        year -= 1
    return "interval", date(year, first, 1), last_day(year, last)


def _months_of_part(match: re.Match[str]) -> tuple[int, int]:
    """Return the first and last month of "first half", "third quarter", "first nine months"."""
    length = {"half": 6, "quarter": 3, "month": 1}[
        match["part"].casefold().rstrip("s").replace("halve", "half")
    ]
    if match["several"]:
        return 1, min(12, _count(match["several"]) * length)
    ordinal = (
        12 // length if match["ordinal"].casefold() == "last" else _ORDINALS[match["ordinal"].casefold()]
    )
    return (ordinal - 1) * length + 1, min(12, ordinal * length)


def _end_of_year(match: re.Match[str], anchor: date | None) -> Meaning:
    year = _year_of(match["year"], anchor)
    last = date(year, 12, 31) if year else None
    if anchor and match.group().casefold().startswith("at the end of the year"):
        return "instant", None, last, anchor.year  # of the year told before, if there is one
    return "instant", None, last


def _end_of_month(match: re.Match[str], anchor: date | None) -> Meaning:
    month = month_number(match["month"])
    year = _year_of(match["year"], anchor) if match["year"] else latest_year(month, 1, anchor)
    return "instant", None, last_day(year, month) if year else None


def _deadline_day(match: re.Match[str], anchor: date | None) -> Meaning:
    month = month_number(match["month"])
    day = int(match["day"]) if match["day"] else None
    year = int(match["year"]) if match["year"] else latest_year(month, day or 1, anchor)
    if year is None:
        return "instant", None, None
    return "instant", None, nearest_day(year, month, day or 31)


def _days(match: re.Match[str], anchor: date | None) -> Meaning:
    last_month, day_of_last = month_number(match["last_month"]), int(match["last_day"])
    year = int(match["last_year"]) if match["last_year"] else latest_year(last_month, day_of_last, anchor)
    if year is None:
        return "interval", None, None
    last = nearest_day(year, last_month, day_of_last)
    month, day = month_number(match["first_month"]), int(match["first_day"])
    if match["first_year"]:
        first = nearest_day(int(match["first_year"]), month, day)
    else:
        first = nearest_day(last.year - ((month, day) > (last.month, last.day)), month, day)
    return ("interval", first, last) if first <= last else None


def _years_to(match: re.Match[str], _: date | None) -> Meaning:
    """Read "the two years to March 2023", from April 2021 to the end of March 2023."""
    last = last_day(int(match["year"]), month_number(match["month"]))
    count = _count(match["count"]) if match["count"] else 1
    return "interval", years_before(last, count) + timedelta(days=1), last


def _short_part(match: re.Match[str], anchor: date | None) -> Meaning:
    """Read "Q3 2023", "H1 2023", and "in Q3", which is the latest one that has begun."""
    length = {"q": 3, "h": 6}[match["part"].casefold()]
    end = int(match["ordinal"]) * length
    if end > 12:
        return None
    year = _year_of(match["year"], anchor) if match["year"] else latest_year(end - length + 1, 1, anchor)
    if year is None:
        return "interval", None, None
    return "interval", date(year, end - length + 1, 1), last_day(year, end)


def _past(match: re.Match[str], anchor: date | None) -> Meaning:
    if anchor is None:
        return "interval", None, None
    count = _count(match["count"])
    unit = match["unit"].casefold()
    if unit == "year":
        return "interval", years_before(anchor, count), anchor
    if unit in ("month", "quarter"):
        return "interval", months_before(anchor, count * (3 if unit == "quarter" else 1)), anchor
    return "interval", anchor - timedelta(days=count * (7 if unit == "week" else 1)), anchor


def _past_year(match: re.Match[str], anchor: date | None) -> Meaning:
    """Read "the past year": the calendar year before, if told in the first months of a year."""
    if anchor is None:
        return "interval", None, None
    if match["unit"].casefold() == "decade":
        return "interval", years_before(anchor, 10), anchor
    if anchor.month <= MONTHS_THAT_LOOK_BACK:
        return "interval", date(anchor.year - 1, 1, 1), date(anchor.year - 1, 12, 31)
    return "interval", years_before(anchor, 1), anchor


def _previous_year(_: re.Match[str], anchor: date | None) -> Meaning:
    """Read "the previous year": before the year told last, if there is one, else before the document's."""
    if anchor is None:
        return "interval", None, None
    return "interval", date(anchor.year - 1, 1, 1), date(anchor.year - 1, 12, 31), anchor.year


def _coming_years(match: re.Match[str], anchor: date | None) -> Meaning:
    if anchor is None:
        return "interval", None, None
    return "interval", anchor, years_before(anchor, -_count(match["count"]))


def _now(_: re.Match[str], anchor: date | None) -> Meaning:
    return "instant", None, anchor


def _day(match: re.Match[str], anchor: date | None) -> Meaning:
    """Read the day of an event, if the words tell which it was."""
    groups = match.groupdict()
    days_ago = _days_ago(groups, anchor) if anchor else None
    if anchor and days_ago is not None:
        day = anchor - timedelta(days=days_ago)
        return "day", day, day
    name = groups.get("month") or groups.get("month_behind")
    if not name:
        return "day", None, None
    month, number = month_number(name), int(groups["day"] or groups["day_before"])
    written = groups["year"] or groups["year_behind"]
    year = int(written) if written else latest_year(month, number, anchor)
    if year is None or not 0 < number <= 31:
        return "day", None, None
    return "day", nearest_day(year, month, number), nearest_day(year, month, number)


def _days_ago(groups: Mapping[str, str | None], anchor: date) -> int | None:
    """Count the days since "yesterday" or a weekday, which is the latest and may be the day of the document."""
    which, weekday = groups.get("which"), groups.get("weekday")
    if which:
        return 1 if which.casefold() == "yesterday" else 0
    return (anchor.weekday() - _WEEKDAYS.index(weekday.casefold())) % 7 if weekday else None


def _count(written: str) -> int:
    return _COUNTS.get(written.casefold()) or int(written)


def _since(match: re.Match[str], anchor: date | None) -> Meaning:
    month = month_number(match["month"]) if match["month"] else 1
    start = nearest_day(int(match["year"]), month, int(match["day"] or 1))
    return "since", start, anchor if anchor and anchor >= start else None


def _year_to_date(match: re.Match[str], anchor: date | None) -> Meaning:
    return "interval", anchor and date(anchor.year, 1, 1), anchor


def _year_up_to(match: re.Match[str], anchor: date | None) -> Meaning:
    if anchor is None:
        return "interval", None, None
    last = nearest_day(anchor.year, month_number(match["month"]), int(match["day"]))
    return "interval", date(anchor.year, 1, 1), last


def _previous_unit(match: re.Match[str], anchor: date | None) -> Meaning:
    """Read "last month", "at the end of last quarter", "this month"."""
    role = "instant" if match["end"] else "interval"
    if anchor is None:
        return role, None, None
    length = 3 if match["unit"].casefold() == "quarter" else 1
    this = nearest_day(anchor.year, anchor.month - (anchor.month - 1) % length, 1)
    if match["which"].casefold() == "this":
        return role, None if match["end"] else this, anchor
    return role, None if match["end"] else months_before(this, length), this - timedelta(days=1)


def _month(match: re.Match[str], anchor: date | None) -> Meaning:
    month = month_number(match["month"])
    year = _year_of(match["year"], anchor) if match["year"] else latest_year(month, 1, anchor)
    return ("interval", date(year, month, 1), last_day(year, month)) if year else ("interval", None, None)


PHRASE_READERS: dict[str, PhraseReader] = {
    "comparison": with_role("comparison"),
    "anaphora": with_role("anaphora"),
    "name": with_role("name"),
    "year_earlier": with_role("year_earlier"),
    "of_plan": with_role("of_plan"),
    "day": _day,
    "now": _now,
    "year": _year,
    "years": _years,
    "years_to": _years_to,
    "days": _days,
    "short_part": _short_part,
    "fiscal_year": _fiscal_year,
    "months": _months,
    "month": _month,
    "part_of_year": _part_of_year,
    "previous_unit": _previous_unit,
    "end_of_year": _end_of_year,
    "end_of_month": _end_of_month,
    "deadline_day": _deadline_day,
    "past": _past,
    "past_year": _past_year,
    "previous_year": _previous_year,
    "coming_years": _coming_years,
    "since": _since,
    "year_to_date": _year_to_date,
    "year_up_to": _year_up_to,
}
