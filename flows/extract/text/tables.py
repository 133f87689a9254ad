"""Reads the cells of tables as sentences.

Parsers write a table row as one line with `|` between its cells. A cell alone says little: the head of its column
tells what it counts, the head of its row the year or the kind, and often the caption tells the unit. So each cell
becomes a sentence with these in front: "Recalls. 2023, Vehicles recalled: 6,728,000".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.extract.text.sentences import Sentence

_TABLE = re.compile(r"(?:^[^\n|]*\|[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
_CELL = re.compile(r"[^|\n]+")
_RULE = re.compile(r"[\s|:-]+")
_BARE_NUMBER = re.compile(r"[\W\d]*\d[\d,.]*\s*(?:%|[a-z]+)?\W*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_CAPTION = 150
_MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class _Cell:
    text: str
    start: int


def find_tables(text: str) -> list[tuple[int, int]]:
    """Return the spans of the tables of a text, in order."""
    return [match.span() for match in _TABLE.finditer(text)]


def read_table_sentences(text: str) -> Iterator[Sentence]:
    """Yield a sentence for each cell with a digit that is not the head of a row; its span is that of the row.

    `paragraph` is negative and differs from row to row, since the year of one row says nothing about the next.
    """
    for number, (start, end) in enumerate(find_tables(text), 1):
        caption = _caption(text[:start])
        rows = list(_rows(text, start, end))
        if not rows:
            continue
        heads = rows[0] if _are_heads(rows[0]) else []
        for line, row in enumerate(rows[1 if heads else 0 :]):
            yield from _row_sentences(row, heads, caption, -(number * _MOST_ROWS + line))


def _row_sentences(row: list[_Cell], heads: list[_Cell], caption: str, paragraph: int) -> Iterator[Sentence]:
    row_end = row[-1].start + len(row[-1].text)
    label = row[0].text if _is_label(row[0].text) else ""
    for column, cell in enumerate(row):
        if not re.search(r"\d", cell.text) or (column == 0 and label):
            continue
        head = heads[column].text if column < len(heads) else ""
        about = ", ".join(part for part in (label, head) if part)
        prefix = " ".join(part for part in (caption, f"{about}:" if about else "") if part)
        prefix = f"{prefix} " if prefix else ""
        yield Sentence(
            text=prefix + cell.text,
            start=row[0].start,
            end=row_end,
            paragraph=paragraph,
            origin=cell.start - len(prefix),
            lead=len(prefix),
        )


def _are_heads(row: list[_Cell]) -> bool:
    """Return whether a first row names the columns, by words or by years."""
    others = [cell.text for cell in row[1:]]
    return all(_YEAR.fullmatch(text) for text in others) or not any(
        _BARE_NUMBER.fullmatch(text) for text in others
    )


def _is_label(text: str) -> bool:
    """Return whether a first cell is the head of its row: words or a year; a table may lack such heads."""
    return bool(_YEAR.fullmatch(text)) or not _BARE_NUMBER.fullmatch(text)


def _rows(text: str, start: int, end: int) -> Iterator[list[_Cell]]:
    for line in re.finditer(r"[^\n]+", text[start:end]):
        if _RULE.fullmatch(line.group()):
            continue
        cells = [
            _Cell(cell.group().strip(), start + line.start() + cell.end() - len(cell.group().lstrip()))
            for cell in _CELL.finditer(line.group())
        ]
        if any(cell.text for cell in cells):
            yield cells


def _caption(before: str) -> str:
    """Return the line right above a table, unless it is a sentence of the text."""
    line = before.rstrip().rpartition("\n")[2].strip()
    if not line or len(line) > _LONGEST_CAPTION or line.endswith((".", ":", ";")):
        return ""
    return f"{line}."
