"""The title at the head of a text whose format has no field for it.

The title is the first line that is neither boilerplate nor a dateline, with three exceptions that real pages
demand: a Markdown mark is not part of it; a section label of one or two words ("News Express") above a much longer
headline is skipped; and a headline broken over two lines is joined when the second line begins in lower case.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.model import Boilerplate
from flows.extract.parse.dates import is_dateline

_MARKDOWN_MARK = re.compile(r"#{1,6}\s+")
_SENTENCE_END = re.compile(r"[.!?。！？:：;；]$")
_LONGEST_TITLE = 300
_LONGEST_LABEL_WORDS = 2
_SHORTEST_HEADLINE_WORDS = 6
# Titles that word processors fill in by themselves.
_NO_TITLE = re.compile(
    r"(?:microsoft \w+\s*-.*|untitled.*|document\s*\d*|.*\.(?:docx?|pdf|indd|rtf|txt|wps))", re.IGNORECASE
)


@dataclass(frozen=True)
class FoundTitle:
    """A title at `text[start:end]`; `raw` is one line, and its Markdown mark begins at `mark_start`."""

    raw: str
    mark_start: int
    start: int
    end: int


def is_real_title(title: str) -> bool:
    """Return whether the title field of a file holds a title, and not the name of a template or of the file."""
    return not _NO_TITLE.fullmatch(title)


def find_title(text: str, boilerplate: Sequence[Boilerplate]) -> FoundTitle | None:
    """Return the title of `text`, or None when the text begins with prose."""
    lines = _head_lines(text, boilerplate)
    if len(lines) > 1 and _is_label(lines[0].raw, lines[1].raw):
        lines = lines[1:]
    if not lines or not _is_title_like(lines[0].raw):
        return None
    title, following = lines[0], lines[1] if len(lines) > 1 else None
    if following and text[title.end : following.start].strip(" \t\r") == "\n" and following.raw[0].islower():
        return FoundTitle(f"{title.raw} {following.raw}", title.mark_start, title.start, following.end)
    return title


def find_second_title(text: str, title: FoundTitle) -> Boilerplate | None:
    """Return the copy of the title that some sites print below it, even if it is broken over several lines."""
    pattern = r"\s+".join(re.escape(word) for word in title.raw.split())
    match = re.compile(rf"\s*({pattern})[ \t]*(?=\n|\Z)").match(text, title.end)
    return Boilerplate(match.start(1), match.end(1), "duplicate_title") if match else None


def _head_lines(text: str, boilerplate: Sequence[Boilerplate]) -> list[FoundTitle]:
    """Return the first three lines that may be a title, without Markdown marks."""
    marked = {span.start for span in boilerplate}
    lines: list[FoundTitle] = []
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        begins = start + line.find(stripped)
        start += len(line)
        if stripped and begins not in marked and not is_dateline(stripped):
            mark = _MARKDOWN_MARK.match(stripped)
            raw = stripped[mark.end() :] if mark else stripped
            end = begins + len(stripped)
            lines.append(FoundTitle(raw, begins, end - len(raw), end))
        if len(lines) == 3:
            break
    return lines


def _is_label(first: str, second: str) -> bool:
    is_short = (
        len(first.split()) <= _LONGEST_LABEL_WORDS and first.isascii() and not _SENTENCE_END.search(first)
    )
    return is_short and _is_title_like(second) and len(second.split()) >= _SHORTEST_HEADLINE_WORDS


def _is_title_like(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and not re.search(r"[.。!！;；,，:：]$|[.!?]\s+[A-Z].*[.!?]$", line)
