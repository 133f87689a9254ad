"""A sentence and where it stands on its line in, whether it is a heading that may tell a time out.

This is no outline (`find_outline` makes that): a heading here need not be numbered right, for all it does is to
tell of when or of what shall be. Headings of one style, "一、" or "1." or without a mark, end one another.
"""

import re

from flows.extract.patterns.lazy_pattern import Cues

LIST, LINE = "list", "line"
"""The styles of what stands above a list ("2030 targets:") and of a heading without a mark."""
_UNFINISHED = re.compile(r"[^.。!！?？;；,，]$")
_NUMERALS = {
    "1": re.compile(r"\d+"),
    "一": re.compile("[一二三四五六七八九十百]+"),
    "I": re.compile("[IVX]+"),
    "a": re.compile("(?<=[(（])[a-z](?=[)）])"),
}
_LONGEST_HEADING, _LONGEST_RUN_ON = 90, 30  # characters; one that runs on ends with a full stop
_MARGIN = 12  # characters in which an indent ends
_DRESS = " \t\u3000\xa0*#"


def begins_line(text: str, start: int) -> bool:
    """Whether nothing but blanks and marks stands before an offset of `text` on its line."""
    return _is_empty(text[max(0, start - _MARGIN) : start][::-1])


def ends_line(text: str, end: int) -> bool:
    """Whether nothing but blanks and marks stands behind an offset of `text` on its line."""
    return _is_empty(text[end : end + _MARGIN])


def read_heading_style(sentence: str, *, begins: bool, ends: bool, says_time: bool, cues: Cues) -> str | None:
    """The mark of a heading with any number for its own, `LIST`, `LINE`, or null where it is none.

    `begins`, `ends`: it does so with its line. `says_time`: it names a time, without which a bare line tells nothing.
    """
    if sentence[-1] in ":：" and ends:
        return LIST
    if not begins or len(sentence) > _LONGEST_HEADING:
        return None
    is_line = ends and bool(_UNFINISHED.search(sentence))
    mark = cues["heading_mark"].match(sentence)
    if mark and (is_line or len(sentence) <= _LONGEST_RUN_ON):
        return style_of_mark(mark)
    return LINE if is_line and (says_time or cues["task_heading"].search(sentence)) else None


def style_of_mark(mark: re.Match[str]) -> str:
    """The mark of a heading with any number for its own: `(3) ` → `(1)`."""
    style = mark.group()
    for any_number, numeral in _NUMERALS.items():
        style = numeral.sub(any_number, style)
    return style.strip()


def _is_empty(rest: str) -> bool:
    stripped = rest.lstrip(_DRESS)
    return not stripped or stripped[0] in "\r\n"
