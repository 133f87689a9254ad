"""Compares the figures of two readings of one text: added, lost, and changed field by field.

Pure. Both readings hold offsets into the same text, so two figures are the same statement where their numbers are
at the same place. A quote that grew by a word, or a number that is now read with its scale word, is thus a change of
one figure, not one figure lost and another added.
"""

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Pair = tuple[Row, Row]

# Fields with two columns; the value of the field is both, as one text.
_ENDS = {
    "span": ("start", "end"),
    "period": ("period_start", "period_end"),
    "sentence": ("sentence_start", "sentence_end"),
    "context": ("context_start", "context_end"),
}
_FIELDS = {column: field for field, columns in _ENDS.items() for column in columns}


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """One figure that differs: `change` is `added`, `lost` or `changed`.

    `quote`, `start` and `end` are those of the new figure, or of the old one if it was lost. `fields` maps each
    changed field to its old and its new value; of a figure added or lost, each field that is not null.
    """

    doc_id: str
    change: str
    quote: str
    start: int
    end: int
    fields: dict[str, tuple[Any, Any]]


def compare_figures(old: Sequence[Row], new: Sequence[Row]) -> list[FigureDifference]:
    """Return the differences between two readings of one document, in the order of its text.

    Rows have the columns of `FigureSchema`; a column that only the new rows have counts as null in the old ones.
    The order of the rows does not matter.
    """
    pairs, lost, added = match_figures(old, new)
    differences = [
        *(_difference("changed", *pair) for pair in pairs),
        *(_difference("lost", figure, None) for figure in lost),
        *(_difference("added", None, figure) for figure in added),
    ]
    return sorted((d for d in differences if d.fields), key=lambda d: (d.start, d.end, d.change))


def match_figures(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[Pair], list[Row], list[Row]]:
    """Pair figures with the same key, then those whose numbers overlap; return the pairs, the lost, the added."""
    old_by_key = {_key(figure): figure for figure in old}
    new_by_key = {_key(figure): figure for figure in new}
    pairs = [(old_by_key[key], figure) for key, figure in new_by_key.items() if key in old_by_key]
    overlapping, lost, added = _match_overlapping(
        [figure for key, figure in old_by_key.items() if key not in new_by_key],
        [figure for key, figure in new_by_key.items() if key not in old_by_key],
    )
    return pairs + overlapping, lost, added


def _match_overlapping(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[Pair], list[Row], list[Row]]:
    pairs, lost, added = [], [], []
    waiting_old, waiting_new = deque(sorted(old, key=find_number)), deque(sorted(new, key=find_number))
    while waiting_old and waiting_new:
        (old_start, old_end), (new_start, new_end) = find_number(waiting_old[0]), find_number(waiting_new[0])
        if old_end <= new_start:
            lost.append(waiting_old.popleft())
        elif new_end <= old_start:
            added.append(waiting_new.popleft())
        else:
            pairs.append((waiting_old.popleft(), waiting_new.popleft()))
    return pairs, [*lost, *waiting_old], [*added, *waiting_new]


def find_number(figure: Row) -> tuple[int, int]:
    """Return the span of a figure's number in the text: in "12 of the 2 batches", the 2 is not the last digit of 12."""
    number = figure["number"]
    alone = re.search(rf"(?<!\d)(?<!\d[.,]){re.escape(number)}(?![.,]?\d)", figure["quote"])
    start = figure["start"] + (alone.start() if alone else figure["quote"].index(number))
    return start, start + len(number)


def _key(figure: Row) -> tuple[int, int, str]:
    return figure["start"], figure["end"], figure["number"]


def _difference(change: str, old: Row | None, new: Row | None) -> FigureDifference:
    place = new or old or {}
    old_values, new_values = _values(old or {}), _values(new or {})
    fields = {
        name: (old_values.get(name), new_values.get(name))
        for name in new_values or old_values
        if old_values.get(name) != new_values.get(name)
    }
    return FigureDifference(place["doc_id"], change, place["quote"], place["start"], place["end"], fields)


def _values(figure: Row) -> dict[str, Any]:
    """Return field → value, in the order of the columns."""
    values = {}
    for column, value in figure.items():
        field = _FIELDS.get(column, column)
        values[field] = _interval(*(figure.get(end) for end in _ENDS[field])) if field in _ENDS else value
    return {field: value for field, value in values.items() if field != "doc_id"}


def _interval(start: object, end: object) -> str | None:
    """Return `2023-01-01/2023-12-31`, `2023-01-01/..` where an end is null, null where both are."""
    if start is None and end is None:
        return None
    return "/".join(".." if each is None else str(each) for each in (start, end))
