"""The dates that a text states about itself: when it was published, and when its figures were announced.

Only written dates count. A day and month without a year take the year of publication, and a weekday is the last one
on or before it. A date that can be read in two ways (12/02/2018) is ignored. Nothing is guessed, and the current
day is never used.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice
from typing import Any

from flows.extract.model import Boilerplate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(?P<month_name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"


_Groups = dict[str, str | Any]
"""The groups of a match by name, typed as `re` does; one that took no part in the match is None."""


def _compile(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


# Dates with a year. `first` and `second` are a day and a month, in an order that only their size can tell.
_FULL_DATES = _compile(
    rf"\b{_MONTH}\s*{_DAY}(?:\s*,\s*|\s+){_YEAR}",
    rf"(?<!\d){_DAY}\s+(?:of\s+)?{_MONTH}(?:\s*,\s*|\s+){_YEAR}",
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日",
    r"(?<![\d./-])(?P<year>(?:19|20)\d\d)(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?!\d|[-./]\d)",
    rf"(?<![\d./-])(?P<first>\d{{1,2}})(?P<mark>[-./])(?P<second>\d{{1,2}})(?P=mark){_YEAR}(?!\.\d)",
)
# Dates that need the day of publication to be complete.
_PARTIAL_DATES = _compile(
    rf"\b{_MONTH}\s*{_DAY}(?!\d|[\w%]|[.,]\d|\s*,?\s*(?:19|20)\d\d)",
    rf"(?<![\d.,]){_DAY}\s+{_MONTH}(?!\s*,?\s*(?:19|20)\d\d)",
    rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})\b",
    r"\b(?P<relative>yesterday|today)\b",
    r"(?<!年)(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
    r"(?<![月\d])(?P<day>\d{1,2})日",
    r"(?P<relative>昨日|昨天|今日|今天)",
)

# A dateline is a short line that holds a date, labels, a time of day and names, but no words of a sentence.
_LABEL = re.compile(
    r"\b(?:release|publication|publishing|issue|post|update|last\s+update)d?\s*(?:date|time|on|at)?\s*[:：]"
    r"|\b(?:published|released|issued|posted|updated|last\s+updated|date|time|source|from|by|editor)\b\s*[:：]?"
    r"|(?:发布|发文|成文|更新)?(?:时间|日期)\s*[:：]?|(?:来源|责任编辑|编辑|作者|记者)\s*[:：]?",
    re.IGNORECASE,
)
_PUBLISHED_LABEL = re.compile(
    r"\b(?:release|publication|publishing|issue|post)\s+(?:date|time)|\b(?:published|released|posted|issued)\b"
    r"|发布|成文|发文",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s*[ap]\.?m\b\.?)?", re.IGNORECASE)
_NOT_PUBLICATION = re.compile(
    r"effective|deadline|expir|valid|until|since|before|venue|as of|time of|date of"
    r"|截至|截止|有效|施行|实施|生效|举行|召开|举办",
    re.IGNORECASE,
)
_SENTENCE_WORD = re.compile(r"(?<![\w.])[a-z]+(?![\w.])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_DATELINE = 100
_HEAD_LINES = 10
_TAIL_LINES = 5
# Statements of the publication within a paragraph; the first group is the date.
_DATELINES_IN_PROSE = (
    # "BEIJING, Feb. 21, 2024 (Xinhua) -- ..." at the start of the paragraph
    re.compile(r"[A-Z][\w .,'-]{1,40}?,\s*([^()\n]{6,30}?)\s*\([^()\n]{2,40}\)\s*(?:--|[-–—])"),
    # 新华社北京2024年2月21日电 at the start of the paragraph
    re.compile(
        r"[（(【]?[\u3400-\u9fff]{2,12}?\s?((?:19|20)\d\d年\d{1,2}月\d{1,2}日)\s?[电讯](?![\u3400-\u9fff])"
    ),
    # 本通报由总局于2024年2月21日发布, but not 《规划》于……发布, which is about another document
    re.compile(
        r"本(?:通报|通告|公告|公报|报告|通知|新闻稿|消息|文)(?![^。，；\n]{0,30}[《》])[^。，；\n]{0,30}?"
        r"((?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:对外|正式|向社会)?(?:发布|公布|印发|刊发)(?!的)"
    ),
)

# A day is the day of the event if people met on it or the figures were stated on it. Anything else that was held,
# opened or announced on a day ("the recall was announced on January 12") is background.
_EVENT_CUES = re.compile(
    r"\b(?:conference|briefing|forum|meeting|summit|ceremony|symposium|seminar|workshop|hearing|expo|fair)\b"
    r"|举行|召开|举办|开幕|发布会|座谈会",
    re.IGNORECASE,
)
_STATEMENT_CUES = re.compile(
    r"\b(?:said|told|announced|reported|disclosed|revealed)\b|介绍|通报|获悉|表示|公布", re.IGNORECASE
)
# "released on September 5" dates another document, "since July 1" begins a period, and "will be held on May 9" is
# still to come.
_OTHER_CUES = re.compile(
    r"(?:(?:released|issued|adopted|approved|passed|published|founded|effective|dated)\s+(?:\w+\s+)?"
    r"|\b(?:since|between|by|until|till|to|through|before|after|as of|effect on|force on)\s+)$",
    re.IGNORECASE,
)
_FUTURE_CUES = re.compile(r"\b(?:will|shall|scheduled|upcoming|to be)\b|将", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”\"])[.!?][”\"]?\s+(?=[A-Z“\"])|[。；！？]")
_NEAR = 110
_OPENING_LINES = 8
_OPENING_PARAGRAPHS = 2
_PARAGRAPH_SENTENCES = 3
_PARAGRAPH_ENDS = (".", "!", "?", "”", '"', "。", "！", "？")
# A meeting is written up within weeks, a statement within days; an older day is background.
_EVENT_LOOK_BACK = timedelta(days=62)
_STATEMENT_LOOK_BACK = timedelta(days=7)


@dataclass(frozen=True)
class StatedDate:
    """A full date in the text: `text[start:end]` names `day`."""

    start: int
    end: int
    day: date


def find_dates(text: str) -> list[StatedDate]:
    """Return the dates with day, month and year in `text`, in order, without ambiguous and impossible ones."""
    found = []
    for pattern in _FULL_DATES:
        for match in pattern.finditer(text):
            day = _day_of(match)
            if day is not None:
                found.append(StatedDate(match.start(), match.end(), day))
    return sorted(found, key=lambda stated: stated.start)


def read_published(text: str, boilerplate: Sequence[Boilerplate] = ()) -> date | None:
    """Return the date of a dateline near the top or at the end of `text`, or None.

    A labelled one ("Release Date:2021-09-27") takes precedence over a bare one, and the top over the end.
    """
    lines = list(_lines_without(text, boilerplate))
    head, tail = lines[:_HEAD_LINES], lines[_HEAD_LINES:][-_TAIL_LINES:]
    datelines = [stated for line in [*head, *tail] if (stated := _read_dateline(line)) is not None]
    labelled = [day for day, is_labelled in datelines if is_labelled]
    return next(iter(labelled or [day for day, _ in datelines]), None)


def find_datelines(text: str, boilerplate: Sequence[Boilerplate] = ()) -> list[str]:
    """Return the datelines near the top of `text`, without their boilerplate."""
    head = islice(_lines_without(text, boilerplate), _HEAD_LINES)
    return [line for line in head if is_dateline(line)]


def is_dateline(line: str) -> bool:
    """Return whether `line` is a date with nothing but labels, a time of day and names around it."""
    return _read_dateline(line) is not None


def read_event(text: str, published: date | None, boilerplate: Sequence[Boilerplate] = ()) -> date | None:
    """Return the day of the event that the opening of `text` reports, or None.

    The opening is the title and the first sentences of two paragraphs. `published` supplies the year of
    "February 9" and the week of "Friday". The event is on or before that day: a meeting at most two months earlier, a
    statement ("said on Friday") at most a week. Without `published` only a meeting with a full date counts.
    """
    lines = [rest for line in _lines_without(text, boilerplate) if (rest := _after_dateline(line))]
    split = (_SENTENCE_END.split(line)[:_PARAGRAPH_SENTENCES] for line in _opening(lines))
    sentences = list(chain.from_iterable(split))
    meetings = _event_days(sentences, _EVENT_CUES, published, _EVENT_LOOK_BACK)
    statements = _event_days(sentences, _STATEMENT_CUES, published, _STATEMENT_LOOK_BACK) if published else ()
    return next(chain(meetings, statements), None)


def _day_of(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if "first" in parts:
        return _day_of_numbers(int(parts["year"]), int(parts["first"]), int(parts["second"]))
    return _make_day(int(parts["year"]), _month_of(parts), int(parts["day"]))


def _day_of_numbers(year: int, first: int, second: int) -> date | None:
    """Return a date only if one order of day and month is possible: 27/09/2021, but not 12/02/2018."""
    days = {_make_day(year, first, second), _make_day(year, second, first)} - {None}
    return days.pop() if len(days) == 1 else None


def _month_of(parts: _Groups) -> int:
    name = parts.get("month_name")
    return _MONTHS.index(name[:3].lower()) + 1 if name else int(parts["month"])


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _lines_without(text: str, boilerplate: Sequence[Boilerplate]) -> Iterator[str]:
    """Yield the lines that hold anything but boilerplate, without it and stripped."""
    spans = sorted(boilerplate, key=lambda span: span.start)
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        kept, position = [], start
        while spans and spans[0].end <= start:
            spans.pop(0)
        for span in spans:
            if span.start >= end:
                break
            kept.append(text[position : max(span.start, position)])
            position = max(position, min(span.end, end))
        kept.append(text[position:end])
        stripped = "".join(kept).strip()
        if stripped:
            yield stripped
        start = end


def _read_dateline(line: str) -> tuple[date, bool] | None:
    """Return the day of a dateline and whether a label calls it the publication."""
    in_prose = _dateline_in_prose(line)
    candidate = in_prose[1] if in_prose else line
    dates = find_dates(candidate) if len(candidate) <= _LONGEST_DATELINE else []
    if not dates or _NOT_PUBLICATION.search(candidate):
        return None
    rest = candidate[: dates[0].start] + " " + candidate[dates[0].end :]
    rest = _LABEL.sub(" ", _TIME_OF_DAY.sub(" ", rest))
    is_sentence = _SENTENCE_WORD.search(rest) or len(_HAN.findall(rest)) > 20 or len(rest.split()) > 8
    return None if is_sentence else (dates[0].day, bool(_PUBLISHED_LABEL.search(candidate)))


def _dateline_in_prose(line: str) -> re.Match[str] | None:
    return next((found for form in _DATELINES_IN_PROSE if (found := form.match(line))), None)


def _after_dateline(line: str) -> str:
    """Return the part of a line after its dateline."""
    in_prose = _dateline_in_prose(line)
    if in_prose:
        return line[in_prose.end() :]
    return "" if is_dateline(line) else line


def _opening(lines: Sequence[str]) -> Iterator[str]:
    """Yield the title and the lines of the first paragraphs; a wrapped line does not end a paragraph."""
    ended = 0
    for line in lines[:_OPENING_LINES]:
        yield line
        ended += line.endswith(_PARAGRAPH_ENDS)
        if ended == _OPENING_PARAGRAPHS:
            return


def _event_days(
    sentences: Sequence[str], cues: re.Pattern[str], published: date | None, look_back: timedelta
) -> Iterator[date]:
    for sentence in sentences:
        for start, end, day in sorted(_spoken_days(sentence, published)):
            context = sentence[max(0, start - _NEAR) : end + _NEAR]
            is_other = _OTHER_CUES.search(sentence[:start]) or _FUTURE_CUES.search(context)
            is_recent = published is None or published - look_back <= day <= published
            if cues.search(context) and not is_other and is_recent:
                yield day


def _spoken_days(sentence: str, published: date | None) -> Iterator[tuple[int, int, date]]:
    for stated in find_dates(sentence):
        yield stated.start, stated.end, stated.day
    if published is None:
        return
    for pattern in _PARTIAL_DATES:
        for match in pattern.finditer(sentence):
            day = _complete(match.groupdict(), published)
            if day is not None:
                yield match.start(), match.end(), day


def _complete(parts: _Groups, published: date) -> date | None:
    """Return the last day on or before `published` that matches a partial date."""
    if parts.get("relative"):
        is_today = parts["relative"].lower() in ("today", "今日", "今天")
        return published if is_today else published - timedelta(days=1)
    if parts.get("weekday"):
        weekday = _WEEKDAYS.index(parts["weekday"].lower())
        return published - timedelta(days=(published.weekday() - weekday) % 7)
    day = int(parts["day"])
    if parts.get("month_name") or parts.get("month"):
        candidates = [_make_day(published.year - back, _month_of(parts), day) for back in (0, 1)]
    else:
        last_month = published.replace(day=1) - timedelta(days=1)
        candidates = [_make_day(month.year, month.month, day) for month in (published, last_month)]
    return next((candidate for candidate in candidates if candidate and candidate <= published), None)
