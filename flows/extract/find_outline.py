"""A document in, its outline out: chapters, items, their parents and bodies.

Marks of headings are data (`seeds/heading_marks.csv`). A mark alone proves nothing ("I, for one" and
"3. quarter" carry one too), so a style of marks makes headings only where it counts 1, 2, 3 ...; what breaks
the count is body text. Levels follow from the order in which styles first appear: what appears under a
chapter lies below it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flows.extract.model import Document, OutlineItem
from flows.extract.repair_title import repair_title
from flows.extract.vocabulary import HeadingMark

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
# A heading that runs on into its text ends with its first sentence: "One: General target. By 2020, ...".
_TITLE_END = re.compile(r"(?<=[a-z)])[.。](?=\s|$)|[。；]")
_MINIMUM = 2


@dataclass(frozen=True)
class _Heading:
    """A line that carries a mark; `path` is its number as integers, e.g. (2, 1) for "2.1"."""

    style: str
    number: str
    path: tuple[int, ...]
    title: str
    start: int
    end: int


def find_outline(
    document: Document, marks: Sequence[HeadingMark], word_frequencies: Mapping[str, float] | None = None
) -> list[OutlineItem]:
    """The headings of a document in order; empty where it has no outline."""
    headings = _counted(list(_marked_lines(document.text, marks)))
    items: list[OutlineItem] = []
    levels: dict[str, int] = {}
    open_items: list[tuple[str, OutlineItem]] = []
    for i, heading in enumerate(headings):
        level = _level(heading, levels, [style for style, _ in open_items])
        open_items = [(style, item) for style, item in open_items if item.level < level]
        parent = open_items[-1][1] if open_items else None
        item = OutlineItem(
            doc_id=document.doc_id,
            level=level,
            number=heading.number,
            title=repair_title(heading.title, word_frequencies),
            title_raw=heading.title,
            parent=parent.number if parent else None,
            parent_start=parent.start if parent else None,
            start=heading.start,
            end=heading.end,
        )
        body_end = headings[i + 1].start if i + 1 < len(headings) else len(document.text)
        items.append(replace(item, body=_body(document, heading.end, body_end)))
        open_items.append((heading.style, item))
    return items


def _marked_lines(text: str, marks: Sequence[HeadingMark]) -> list[_Heading]:
    headings = []
    for line in re.finditer(r"[^\n]+", text):
        stripped = line.group().strip()
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        heading = next((h for mark in marks if (h := _read_heading(mark, stripped, start))), None)
        if heading:
            headings.append(heading)
    return headings


def _read_heading(mark: HeadingMark, line: str, start: int) -> _Heading | None:
    match = mark.pattern.match(line)
    path = _path(match, mark.numbering) if match else None
    if not match or not path:
        return None
    rest = match["title"] or line
    stop = _TITLE_END.search(rest)
    title = rest[: stop.start()] if stop else rest
    end = start + (match.start("title") if match["title"] else 0) + len(title)
    style = f"{mark.style}{len(path)}" if mark.numbering == "decimal" else mark.style
    return _Heading(style, match["number"], path, title.strip(), start, end)


def _path(match: re.Match[str], numbering: str) -> tuple[int, ...] | None:
    written = match.groupdict().get("value") or match["number"]
    if numbering == "decimal":
        return tuple(int(part) for part in written.split("."))
    value = _value(written)
    return (value,) if value else None


def _value(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    if written.casefold() in _WORDS:
        return _WORDS.index(written.casefold()) + 1
    if set(written) <= set(_ROMAN):
        digits = [_ROMAN[letter] for letter in written]
        return sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))
    return None


def _counted(headings: Sequence[_Heading]) -> list[_Heading]:
    """Keep what counts: each number follows the last of its style, or starts again at 1 below another heading."""
    last: dict[str, tuple[int, ...]] = {}
    kept: list[_Heading] = []
    for heading in headings:
        previous = last.get(heading.style)
        restarts = heading.path[-1] == 1 and (not kept or kept[-1].style != heading.style)
        follows = previous is not None and heading.path == (*previous[:-1], previous[-1] + 1)
        # "2.2" may follow "1.2": the section before it has its own count.
        skips_section = len(heading.path) > 1 and previous is not None and heading.path[:-1] > previous[:-1]
        if restarts or follows or skips_section:
            last[heading.style] = heading.path
            kept.append(heading)
    styles = [heading.style for heading in kept]
    return [heading for heading in kept if styles.count(heading.style) >= _MINIMUM]


def _level(heading: _Heading, levels: dict[str, int], open_styles: Sequence[str]) -> int:
    if heading.style not in levels:
        levels[heading.style] = levels[open_styles[-1]] + 1 if open_styles else 1
    return levels[heading.style]


def _body(document: Document, start: int, end: int) -> str | None:
    """The text between two headings without boilerplate, or null."""
    text = document.text
    for span in sorted(document.boilerplate, key=lambda span: -span.start):
        if start <= span.start and span.end <= end:
            text, end = text[: span.start] + text[span.end :], end - (span.end - span.start)
    body = text[start:end].strip(" \n\t.。")
    return text[start:end].lstrip(".。").strip() if body else None
