"""A sentence in, its time phrases out, each resolved to days against the date of the document.

"Last year" means nothing without a date: where a document has none, such phrases stay unresolved and the
figures beside them get the reason code `undated_document`.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_COUNTS = {
    word: n
    for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1)
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}

Y = r"(?:19|20)\d\d"
M = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
N = r"(?:\d{1,2}|" + "|".join(_COUNTS) + ")"
REL = rf"(?:{Y}|last year|this year|the previous year|the year)"
END = (
    r"(?:by|at|as of|as at|as from|until|till|up to|to|before|from|towards?)?(?: the| year)?[ -]?end(?: of|-)"
)


@dataclass(frozen=True)
class TimePhrase:
    """A time phrase; `start`, `end` are offsets into the sentence.

    `role` is `interval` (a flow happened in it), `instant` (a state at its end; `first` is null), `since`
    (from `first` to the document's date), `anaphora` (the interval named before), `comparison` (the base of a growth rate, never a figure's period),
    `day` (the date of an event or a release). Unresolved phrases have neither `first` nor `last`.
    """

    start: int
    end: int
    role: str
    first: date | None = None
    last: date | None = None


Reading = tuple[str, date | None, date | None] | None
Reader = Callable[[re.Match[str], date | None], Reading]


def find_time_phrases(text: str, anchor: date | None) -> list[TimePhrase]:
    """Find the time phrases of a sentence in order; where two overlap, the more specific pattern has it."""
    found: list[TimePhrase] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            if any(match.start() < phrase.end and phrase.start < match.end() for phrase in found):
                continue
            reading = read(match, anchor)
            if reading:
                found.append(TimePhrase(match.start(), match.end(), *reading))
    return sorted(found, key=lambda phrase: phrase.start)


def month_number(name: str) -> int:
    """`Sept.` → 9."""
    return _MONTHS[name.casefold().rstrip(".")]


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def years_before(day: date, years: int) -> date:
    """The same day years earlier; 29 February becomes the 28th."""
    return _safe_date(day.year - years, day.month, day.day)


def _safe_date(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _year_of(phrase: str, anchor: date | None) -> int | None:
    if re.fullmatch(Y, phrase):
        return int(phrase)
    if anchor is None:
        return None
    return anchor.year - 1 if re.search("last|previous", phrase, re.IGNORECASE) else anchor.year


def _year(match: re.Match[str], anchor: date | None) -> Reading:
    year = _year_of(match["year"], anchor)
    if year is None:
        return "interval", None, None
    if not match["year"].isdigit() and anchor and year == anchor.year:
        return "interval", date(year, 1, 1), anchor
    return "interval", date(year, 1, 1), date(year, 12, 31)


def _years(match: re.Match[str], _: date | None) -> Reading:
    first, written = int(match["first"]), match["last"]
    last = int(written) if len(written) == 4 else first - first % 100 + int(written)
    if last <= first or last - first > 60:
        return None
    if len(written) == 2 and last == first + 1:  # "2015-16" is a financial year, as Britain counts them
        return "interval", date(first, 4, 1), date(last, 3, 31)
    return "interval", date(first, 1, 1), date(last, 12, 31)


def _fiscal_year(match: re.Match[str], _: date | None) -> Reading:
    year = int(match["year"])
    if match["next"]:  # "financial year 2013 to 2014", as Britain counts them
        return "interval", date(year, 4, 1), date(year + 1, 3, 31)
    # "fiscal year 2018" as the United States count them: October to September
    first = None if re.match(r"(?i)by|at|as|until|before", match["end"] or "") else date(year - 1, 10, 1)
    return ("interval" if first else "instant"), first, date(year, 9, 30)


def _months(match: re.Match[str], anchor: date | None) -> Reading:
    year = _year_of(match["year"], anchor) if match["year"] else (anchor.year if anchor else None)
    if year is None:
        return "interval", None, None
    first = int(match["first_year"]) if match["first_year"] else year
    return (
        "interval",
        date(first, month_number(match["first"]), 1),
        last_day(year, month_number(match["last"])),
    )


def _part_of_year(match: re.Match[str], anchor: date | None) -> Reading:
    phrase = match["year"] or "this year"
    year = _year_of(phrase, anchor)
    if year is None:
        return "interval", None, None
    ordinal = _ORDINALS[match["ordinal"].casefold()]
    several = _COUNTS.get((match["several"] or "").casefold(), 0)
    length = {"half": 6, "quarter": 3, "month": 1}[
        match["part"].casefold().rstrip("s").replace("halve", "half")
    ]
    if several:
        return "interval", date(year, 1, 1), last_day(year, min(12, several * length))
    if match["ordinal"].casefold() == "last":
        ordinal = 12 // length
    return "interval", date(year, (ordinal - 1) * length + 1, 1), last_day(year, ordinal * length)


def _end_of_year(match: re.Match[str], anchor: date | None) -> Reading:
    year = _year_of(match["year"], anchor)
    return "instant", None, date(year, 12, 31) if year else None


def _end_of_month(match: re.Match[str], anchor: date | None) -> Reading:
    month = month_number(match["month"])
    year = _year_of(match["year"], anchor) if match["year"] else _latest_year(month, 1, anchor)
    return "instant", None, last_day(year, month) if year else None


def _deadline_day(match: re.Match[str], anchor: date | None) -> Reading:
    month = month_number(match["month"])
    day = int(match["day"]) if match["day"] else None
    year = int(match["year"]) if match["year"] else _latest_year(month, day or 1, anchor)
    if year is None:
        return "instant", None, None
    return "instant", None, _safe_date(year, month, day or 31)


def _past(match: re.Match[str], anchor: date | None) -> Reading:
    if anchor is None:
        return "interval", None, None
    count = _COUNTS.get(match["count"].casefold()) or int(match["count"])
    unit = match["unit"].casefold()
    if unit == "year":
        return "interval", years_before(anchor, count), anchor
    if unit in ("month", "quarter"):
        total = anchor.year * 12 + anchor.month - 1 - count * (3 if unit == "quarter" else 1)
        return "interval", _safe_date(total // 12, total % 12 + 1, anchor.day), anchor
    return "interval", anchor - timedelta(days=count * (7 if unit == "week" else 1)), anchor


def _since(match: re.Match[str], anchor: date | None) -> Reading:
    month = month_number(match["month"]) if match["month"] else 1
    return "since", _safe_date(int(match["year"]), month, int(match["day"] or 1)), anchor


def _year_to_date(match: re.Match[str], anchor: date | None) -> Reading:
    return "interval", anchor and date(anchor.year, 1, 1), anchor


def _year_up_to(match: re.Match[str], anchor: date | None) -> Reading:
    if anchor is None:
        return "interval", None, None
    last = _safe_date(anchor.year, month_number(match["month"]), int(match["day"]))
    return "interval", date(anchor.year, 1, 1), last


def _month(match: re.Match[str], anchor: date | None) -> Reading:
    month = month_number(match["month"])
    year = _year_of(match["year"], anchor) if match["year"] else _latest_year(month, 1, anchor)
    return ("interval", date(year, month, 1), last_day(year, month)) if year else ("interval", None, None)


def _latest_year(month: int, day: int, anchor: date | None) -> int | None:
    """The year of the latest such day that is not after the document's date."""
    if anchor is None:
        return None
    return anchor.year if (month, day) <= (anchor.month, anchor.day) else anchor.year - 1


def _role(role: str) -> Reader:
    return lambda match, anchor: (role, None, None)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# From the most to the least specific: the first that claims a stretch of text keeps it.
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (_compiled(pattern), reader)
    for pattern, reader in (
        (
            rf"\b(?:than|compared with|compared to|over|on|from|against) (?:in |that of |those of )?(?:the )?"
            rf"(?:same (?:period|quarter|month|time)(?: (?:of|in) {REL}| last year| a year (?:ago|earlier|before))?"
            rf"|previous year|year before|preceding year|year earlier|a year earlier|last year)\b"
            rf"|\bthan (?:in |that of |the )?{Y}\b|\bcompared (?:with|to) {Y}\b|\byear[- ]on[- ]year\b|\byear[- ]over[- ]year\b",
            _role("comparison"),
        ),
        (
            rf"(?P<end>(?:{END} )?)(?:the )?(?:fiscal|financial) year (?P<year>{Y})(?: to (?P<next>{Y}))?",
            _fiscal_year,
        ),
        (rf"(?P<end>)\bFYE? ?(?P<year>{Y})\b(?P<next>)", _fiscal_year),
        (
            rf"\b(?:from |between )?(?P<first>{Y}) ?(?:-|–|—|/| to | and | through | until )(?P<last>{Y}|\d\d)\b(?![-\d])",
            _years,
        ),
        (
            rf"\b(?:from |between )?(?P<first>{M})(?: (?P<first_year>{Y}))? ?(?:-|–| to | and | through )(?P<last>{M})"
            rf"(?: period)?(?:,? (?:of |in )?(?P<year>{REL}))?",
            _months,
        ),
        (
            rf"\b(?:in |for |during |over |of )?(?:the )?(?P<ordinal>first|second|third|fourth|last) (?:(?P<several>{N}) )?"
            rf"(?P<part>half|halves|quarters?|months?)(?: of| in)? ?(?P<year>{REL})?(?! century)",
            _part_of_year,
        ),
        (rf"\b{END} ?(?P<year>{REL})", _end_of_year),
        (
            rf"\bwhen (?P<year>{Y}) ended\b|\bat (?:the )?close of (?P<year_>{Y})\b",
            lambda m, a: ("instant", None, date(int(m["year"] or m["year_"]), 12, 31)),
        ),
        (rf"\b{END} ?(?P<month>{M})(?:,? (?:of )?(?P<year>{REL}))?", _end_of_month),
        (
            r"\b(?:so far this year|this year so far|this year to date|year[- ]to[- ]date|since the (?:beginning|start) of (?:this|the) year)\b",
            _year_to_date,
        ),
        (rf"\bthis year,? (?:up )?to (?P<month>{M}) (?P<day>\d\d?)\b", _year_up_to),
        (
            rf"\b(?:by|until|before|as of|as at|up to|no later than) (?P<month>{M}) (?:(?P<day>\d\d?)(?:st|nd|rd|th)?,? )?(?P<year>{Y})?",
            _deadline_day,
        ),
        (rf"\b(?:by|until|before|no later than) (?:the year )?(?P<year>{Y})\b", _end_of_year),
        (
            rf"\b(?:in |over |during |for |within )?(?:the )?(?:past|last|previous|preceding|recent) (?P<count>{N}) (?P<unit>year|month|week|day|quarter)s?\b",
            _past,
        ),
        (
            rf"\bsince (?:[^,.;\d]{{0,70}}? (?:in|on) )?(?:(?P<month>{M}) )?(?:(?P<day>\d\d?),? )?(?P<year>{Y})\b",
            _since,
        ),
        (rf"\bgoing back to (?P<month>(?!))?(?P<day>(?!))?(?P<year>{Y})\b", _since),
        (
            rf"\b(?:on |from )?(?:(?:{M}) \d\d?(?:st|nd|rd|th)?(?:,? {Y})?|\d\d?(?:st|nd|rd|th)? (?:of )?{M}(?:,? {Y})?)\b(?!-)",
            _role("day"),
        ),
        (
            rf"\b{Y}-\d\d?-\d\d?\b|\b\d\d?/\d\d?/\d{{2,4}}\b|\b(?:on )?the \d\d?(?:st|nd|rd|th)\b(?! (?:time|national|session|century|anniversary))",
            _role("day"),
        ),
        (rf"\b(?:in |during |for |of )?(?P<month>{M}),? (?:of )?(?P<year>{REL})", _month),
        (rf"\b(?:in|during|for) (?P<month>{M})(?P<year>(?!))?", _month),
        (
            r"\b(?:in |during |over )?(?:that|the same) (?:year|period|time|quarter|month)\b|\bin the period\b",
            _role("anaphora"),
        ),
        (
            r"\b(?:all (?:of )?|in |during |for )?(?P<year>last year|this year|the previous year)(?: alone)?\b",
            _year,
        ),
        (
            rf"\b(?:in |during |for |of |throughout )?(?P<year>{Y})\b(?!(?:,\d|\.\d|[ -]?(?:%|percent|per cent)))",
            _year,
        ),
    )
)
