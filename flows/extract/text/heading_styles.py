"""The styles of headings that may tell the time of the text below them.

`find_outline` makes the outline of a document; a heading here need not be numbered correctly, because it only tells
a time or that tasks follow. Headings of one style ("一、", "1." or without a mark) end one another.
"""

import re

from flows.extract.patterns.lazy_pattern import Cues

LIST, LINE = "list", "line"
"""The styles of a line above a list ("2030 targets:") and of a heading without a mark."""
_UNFINISHED = re.compile(r"[^.。!！?？;；,，]$")
_NUMERALS = {
    "1": re.compile(r"\d+"),
    "一": re.compile("[一二三四五六七八九十百]+"),
    "I": re.compile("[IVX]+"),
    "a": re.compile("(?<=[(（])[a-z](?=[)）])"),
}
_LONGEST_HEADING, _LONGEST_RUN_ON = 90, 30  # characters; a run-on heading ends with a full stop
_MARGIN = 12  # characters in which an indent ends
_DRESS = " \t\u3000\xa0*#"


def begins_line(text: str, start: int) -> bool:
    """Return whether only blanks and marks stand before an offset of `text` on its line."""
    return _is_empty(text[max(0, start - _MARGIN) : start][::-1])


def ends_line(text: str, end: int) -> bool:
    """Return whether only blanks and marks stand behind an offset of `text` on its line."""
    return _is_empty(text[end : end + _MARGIN])


def read_heading_style(sentence: str, *, begins: bool, ends: bool, says_time: bool, cues: Cues) -> str | None:
    """Return the style of a heading: its mark (see `style_of_mark`), `LIST` or `LINE`; None if it is not a heading.

    `begins`, `ends`: the sentence does so together with its line. `says_time`: it names a time; a bare line without
    one, and without a word of tasks, tells nothing.
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
    """Return the mark of a heading with its number replaced by a fixed one: `(3) ` → `(1)`."""
    style = mark.group()
    for any_number, numeral in _NUMERALS.items():
        style = numeral.sub(any_number, style)
    return style.strip()


def _is_empty(rest: str) -> bool:
    stripped = rest.lstrip(_DRESS)
    return not stripped or stripped[0] in "\r\n"
