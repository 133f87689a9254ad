"""What Chinese time phrases mean: the role and the days of a match of `time_patterns.csv`.

Chinese names a year once and leans on it afterwards: 全年, 上半年, 年底 and 上年 belong to the year told before, if
there is one, else to the latest year that the day of the document allows. Promises ("年底前将…", group `promised`)
lie ahead instead.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from flows.extract.languages.time_phrases import (
    ALMOST_A_QUARTER,
    ALMOST_A_YEAR,
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

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": 0, "○": 0, "两": 2}
_YEARS_FROM_NOW = {"前": -2, "去": -1, "今": 0, "本": 0, "明": 1, "后": 2}
_MONTHS_OF_PART = {"上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12), "首": (1, 3), "末": (10, 12)}
_DAYS_OF_MONTH = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_SOME_YEAR = 2000
_YEAR_BEFORE_FIRST_PLAN = 1951  # plans are counted so from the sixth on: 1981 = 1951 + 5 * 6


def number_of(written: str) -> int:
    """Read `12` and `十二` as 12, and `二〇`, which is written digit by digit, as 20."""
    if written.isdecimal():
        return int(written)
    if "十" in written:
        tens, ones = written.split("十", 1)
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[character]) for character in written))


def _month_number(written: str) -> int:
    return number_of(re.sub("月份?$", "", written))


def _year_of(written: str, anchor: date | None) -> tuple[int | None, int | None]:
    """Return the year of `2023年度` or `去年`, and the year it leans on: `上年` precedes the year told before."""
    number = re.match(r"\d{4}|[一二][〇零○一二三四五六七八九]{3}", written)
    if number:
        return number_of(number.group()), None
    if anchor is None:
        return None, None
    if written.startswith("上"):
        return anchor.year - 1, anchor.year
    return anchor.year + _YEARS_FROM_NOW[written[0]], None


def _is_promised(match: re.Match[str]) -> bool:
    return match.groupdict().get("promised") is not None


def _open_year(match: re.Match[str], anchor: date, month: int) -> int:
    """Return the year of a part that ends with `month`: the latest that is over, or the year promised for."""
    is_over = last_day(anchor.year, month) <= anchor + (ALMOST_A_YEAR if month == 12 else ALMOST_A_QUARTER)
    return anchor.year if is_over or _is_promised(match) else anchor.year - 1


def _year_or_open(match: re.Match[str], anchor: date | None, month: int) -> tuple[int | None, int | None]:
    """Return the year that the match names, or the one of its last `month`, and the year it leans on."""
    if match["year"]:
        return _year_of(match["year"], anchor)
    if anchor is None:
        return None, None
    year = _open_year(match, anchor, month)
    return year, year


def _interval(first: date, last: date, leans_on: int | None = None) -> Meaning:
    return "interval", first, last, leans_on


_UNRESOLVED: Meaning = ("interval", None, None)


def _year(match: re.Match[str], anchor: date | None) -> Meaning:
    year, leans_on = _year_of(match["year"], anchor)
    if year is None:
        return _UNRESOLVED
    if match["year"][0] in "今本" and anchor and not _is_promised(match):
        return _interval(date(year, 1, 1), anchor)
    return _interval(date(year, 1, 1), date(year, 12, 31), leans_on)


def _base(match: re.Match[str], anchor: date | None) -> Meaning:
    """Read the time of a number with which another is compared: 比2020年的95%提高, 由目前的61家增加到80家."""
    if not match["year"]:
        return "base", None, anchor
    year, leans_on = _year_of(match["year"], anchor)
    first = date(year, 1, 1) if year and not match["end"] else None
    return "base", first, date(year, 12, 31) if year else None, leans_on


def _years(match: re.Match[str], anchor: date | None) -> Meaning:
    first, last = (_year_of(match[name], anchor)[0] for name in ("first", "last"))
    if first is None or last is None or not 0 < last - first <= 60:
        return None
    return _interval(date(first, 1, 1), date(last, 12, 31))


def _fiscal_year(match: re.Match[str], _: date | None) -> Meaning:
    """Read 2018至19年度 as Hong Kong counts: from April to March."""
    first = number_of(match["first"])
    last = number_of(match["last"])
    if last % 100 != (first + 1) % 100:
        return None
    return _interval(date(first, 4, 1), date(first + 1, 3, 31))


def _months(match: re.Match[str], anchor: date | None) -> Meaning:
    first, last = _month_number(match["first"]), _month_number(match["last"])
    year, leans_on = _year_or_open(match, anchor, last)
    if year is None:
        return _UNRESOLVED
    begins = _year_of(match["first_year"], anchor)[0] if match["first_year"] else year
    if (begins, first) > (year, last):
        return None
    return _interval(date(begins or year, first, 1), last_day(year, last), leans_on)


def _months_of_part(part: str, several: str | None) -> tuple[int, int]:
    """Return the first and last month of 上半年, 三季度, 第四季度, 前三季度, 前9个月."""
    if several:
        return 1, min(12, number_of(several) * (1 if part == "月" else 3))
    known = _MONTHS_OF_PART.get(part) or _MONTHS_OF_PART.get(part[0])
    if known:
        return known
    quarter = number_of(part.strip("第季度"))
    return 3 * quarter - 2, 3 * quarter


def _part_of_year(match: re.Match[str], anchor: date | None) -> Meaning:
    first, last = _months_of_part(match["part"], match.groupdict().get("several"))
    year, leans_on = _year_or_open(match, anchor, last)
    return _interval(date(year, first, 1), last_day(year, last), leans_on) if year else _UNRESOLVED


def _end_of_part(match: re.Match[str], anchor: date | None) -> Meaning:
    _, last = _months_of_part(match["part"], None)
    year, leans_on = _year_or_open(match, anchor, last)
    return "instant", None, last_day(year, last) if year else None, leans_on


def _end_of_year(match: re.Match[str], anchor: date | None) -> Meaning:
    year, leans_on = _year_or_open(match, anchor, 12)
    return "instant", None, date(year, 12, 31) if year else None, leans_on


def _up_to_year(match: re.Match[str], anchor: date | None) -> Meaning:
    """Read 到2025年 and 2030年前; the current year has only passed up to the day of the document."""
    year, leans_on = _year_of(match["year"], anchor)
    if anchor and year == anchor.year and match["year"][0] in "今本" and not _is_promised(match):
        return "instant", None, anchor
    return "instant", None, date(year, 12, 31) if year else None, leans_on


def _end_of_month(match: re.Match[str], anchor: date | None) -> Meaning:
    month = _month_number(match["month"])
    year, leans_on = _year_or_open(match, anchor, month)
    return "instant", None, last_day(year, month) if year else None, leans_on


def _deadline_day(match: re.Match[str], anchor: date | None) -> Meaning:
    month = _month_number(match["month"])
    day = number_of(match["day"]) if match["day"] else 31
    if match["year"]:
        year = _year_of(match["year"], anchor)[0]
    elif _is_promised(match):
        year = anchor.year if anchor else None
    else:
        year = latest_year(month, 1 if day == 31 else day, anchor)
    return "instant", None, nearest_day(year, month, day) if year else None


def _days(match: re.Match[str], anchor: date | None) -> Meaning:
    """Read from a day to a day, which may lie in the next year: 12月20日至1月5日."""
    first_month = _month_number(match["first_month"])
    last_month = _month_number(match["last_month"]) if match["last_month"] else first_month
    wraps = 1 if last_month < first_month else 0
    if match["last_year"]:
        year = _year_of(match["last_year"], anchor)[0]
    elif match["first_year"]:
        year = _later(_year_of(match["first_year"], anchor)[0], wraps)
    else:
        year = latest_year(last_month, 1, anchor)
    begins = _year_of(match["first_year"], anchor)[0] if match["first_year"] else _later(year, -wraps)
    if year is None or begins is None:
        return _UNRESOLVED
    first = nearest_day(begins, first_month, number_of(match["first_day"]))
    last = nearest_day(year, last_month, number_of(match["last_day"]))
    return _interval(first, last) if first <= last else None


def _later(year: int | None, years: int) -> int | None:
    return None if year is None else year + years


def _month(match: re.Match[str], anchor: date | None) -> Meaning:
    month = _month_number(match["month"])
    if match["year"]:
        year, leans_on = _year_of(match["year"], anchor)
    else:
        year = leans_on = latest_year(month, 1, anchor)
    if year is None:
        return _UNRESOLVED
    first, last = _DAYS_OF_MONTH.get(match["third"] or "", (1, 31))
    return _interval(date(year, month, first), nearest_day(year, month, last), leans_on)


def _relative_month(match: re.Match[str], anchor: date | None) -> Meaning:
    """Read 上个月 as a whole and 本月 as far as it has passed."""
    if anchor is None:
        return _UNRESOLVED
    this_month = anchor.replace(day=1)
    if match["which"] != "上":
        return _interval(this_month, anchor)
    last = this_month - timedelta(days=1)
    return _interval(last.replace(day=1), last)


def _past(match: re.Match[str], anchor: date | None) -> Meaning:
    if anchor is None:
        return _UNRESOLVED
    count, unit = number_of(match["count"]), match["unit"]
    looks_back = "近" not in match.group() and anchor.month <= MONTHS_THAT_LOOK_BACK
    if unit == "年" and count == 1 and looks_back:
        return _interval(date(anchor.year - 1, 1, 1), date(anchor.year - 1, 12, 31))
    if unit == "年":
        return _interval(years_before(anchor, count), anchor)
    if unit in ("个月", "个季度"):
        return _interval(months_before(anchor, count * (3 if unit == "个季度" else 1)), anchor)
    return _interval(anchor - timedelta(days=count * (7 if unit == "周" else 1)), anchor)


def _coming_years(match: re.Match[str], anchor: date | None) -> Meaning:
    if anchor is None:
        return _UNRESOLVED
    return _interval(anchor, years_before(anchor, -number_of(match["count"])))


def _running_years(match: re.Match[str], _: date | None) -> Meaning:
    """Read 连续6年, which ends with the year told before; without one it leans on an arbitrary year."""
    first = date(_SOME_YEAR - number_of(match["count"]) + 1, 1, 1)
    return "running", first, date(_SOME_YEAR, 12, 31), _SOME_YEAR


def _since_day(first: date | None, anchor: date | None) -> Meaning:
    return "since", first, anchor if anchor and (first is None or anchor >= first) else None


def _since(match: re.Match[str], anchor: date | None) -> Meaning:
    month = _month_number(match["month"]) if match["month"] else 1
    day = number_of(match["day"]) if match["day"] else 1
    year = _year_of(match["year"], anchor)[0] if match["year"] else latest_year(month, day, anchor)
    return _since_day(nearest_day(year, month, day), anchor) if year else ("since", None, None)


def since_event(days: Mapping[str, date]) -> PhraseReader:
    """Return the reader of 党的十八大以来, given the days of events by their names."""
    return lambda match, anchor: _since_day(days[match["event"]], anchor)


def _since_some_day(_: re.Match[str], anchor: date | None) -> Meaning:
    return _since_day(None, anchor)


def _plan(match: re.Match[str], anchor: date | None) -> Meaning:
    """Read a five-year plan: 期间 its five years, 以来 since they began, 前三年 its first three, 末 their end."""
    first = _YEAR_BEFORE_FIRST_PLAN + 5 * number_of(match["plan"])
    part = match["part"]
    if part == "以来":
        return _since_day(date(first, 1, 1), anchor)
    if part.startswith("前"):
        return _interval(date(first, 1, 1), date(first + number_of(part[1:-1]) - 1, 12, 31))
    if part.endswith("末"):
        return "instant", None, date(first + 4, 12, 31)
    return _interval(date(first, 1, 1), date(first + 4, 12, 31))


def _year_to_date(_: re.Match[str], anchor: date | None) -> Meaning:
    return "interval", anchor and date(anchor.year, 1, 1), anchor


def _now(_: re.Match[str], anchor: date | None) -> Meaning:
    return "instant", None, anchor


def _day_of_issue(match: re.Match[str], anchor: date | None) -> Meaning:
    """Read 今天（3月27日）推出50项: what came out on a day has that day as its period."""
    issued: date | None
    if anchor and match.groupdict().get("before"):
        issued = anchor - timedelta(days=1)
    elif match["month"]:
        month, day = _month_number(match["month"]), number_of(match["day"])
        year = _year_of(match["year"], anchor)[0] if match["year"] else latest_year(month, day, anchor)
        issued = nearest_day(year, month, day) if year else None
    else:
        issued = anchor
    return "interval", issued, issued


PHRASE_READERS: dict[str, PhraseReader] = {  # all but `since_event`
    "name": with_role("name"),
    "comparison": with_role("comparison"),
    "anaphora": with_role("anaphora"),
    "day": with_role("day"),
    "of_plan": with_role("of_plan"),
    "year_earlier": with_role("year_earlier"),
    "base_year_earlier": with_role("base_year_earlier"),
    "some_time": with_role("interval"),
    "base": _base,
    "year": _year,
    "years": _years,
    "fiscal_year": _fiscal_year,
    "days": _days,
    "months": _months,
    "month": _month,
    "relative_month": _relative_month,
    "part_of_year": _part_of_year,
    "end_of_part": _end_of_part,
    "end_of_year": _end_of_year,
    "up_to_year": _up_to_year,
    "end_of_month": _end_of_month,
    "deadline_day": _deadline_day,
    "past": _past,
    "coming_years": _coming_years,
    "running_years": _running_years,
    "since": _since,
    "since_some_day": _since_some_day,
    "plan": _plan,
    "year_to_date": _year_to_date,
    "now": _now,
    "day_of_issue": _day_of_issue,
}
