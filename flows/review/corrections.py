"""Corrections that people type, and the figures that they change. Pure.

A field is set by `FIELD=VALUE`; an empty value or `null` says that the text does not state it. Values are written
as in the tables: 6.728 million vehicles are `value=6728000`, a day is `2023-12-31`, an indicator is its id.
"""

import json
import math
import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from flows.ingestion.catalogue import Catalogue
from schemas.raw.decision import Value
from schemas.raw.figure import FigureSchema
from schemas.validation import Failure, read_record, to_frame, validate_figures

Row = dict[str, Any]

FIELDS = (
    "indicator",
    "unit",
    "value",
    "value_max",
    "period_start",
    "period_end",
    "agency",
    "ref_area",
    "bound",
    "kind",
    "status",
    "breakdown",
)
_NUMBERS = ("value", "value_max")
_DAYS = ("period_start", "period_end")
_NULL = ("", "null")
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_SLASHED_DAY = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")


def read_change(field: str, text: str) -> Value:
    """Read the value that `text` sets `field` to; raises ValueError with a sentence that says what is wrong."""
    if field not in FIELDS:
        raise ValueError(f"`{field}` cannot be corrected; these fields can: {', '.join(FIELDS)}.")
    text = text.strip()
    if text.lower() in _NULL:
        _check_nullable(field)
        return None
    try:
        if field in _NUMBERS:
            return _read_number(text)
        return _read_day(text).isoformat() if field in _DAYS else text
    except ValueError:
        wanted = "a number like 6728000" if field in _NUMBERS else "a day like 2023-12-31"
        raise ValueError(f"`{text}` is not {wanted}, as {field} has to be.") from None


def change_figure(figure: Row, changes: Mapping[str, Value]) -> Row:
    """Return the figure with these fields set, and with a reason for each of them that is null."""
    changed = figure | {field: _typed(field, value) for field, value in changes.items()}
    reasons = {
        field: reason for field, reason in json.loads(figure["reasons"]).items() if field not in changes
    }
    reasons |= {field: "not_stated" for field, value in changes.items() if value is None}
    if set(changes) & set(_DAYS):  # the date of the document no longer stands for the period
        is_dated = any(changed[field] is not None for field in _DAYS)
        changed["period_basis"] = "stated" if is_dated else None
        reasons.pop("period_basis", None)
    return changed | {"reasons": json.dumps(reasons, ensure_ascii=False)}


def value_of(figure: Row, field: str) -> Value:
    """Return the value of a field as the log of decisions writes it."""
    value: Value | date = figure[field]
    return value.isoformat() if isinstance(value, date) else value


def find_faults(
    figure: Row, text: str, catalogue: Catalogue, tolerated: Collection[str] = ()
) -> list[Failure]:
    """Find the rules that a figure breaks, except those `tolerated`; `text` is the text of its document."""
    _, failures = validate_figures(to_frame(FigureSchema, [figure]), text, catalogue)
    return [failure for failure in failures if failure.rule not in tolerated]


def read_figure(evidence: str | None) -> Row | None:
    """Read the figure that a quarantine row holds as JSON; null if it is not a figure of this release."""
    return read_record(FigureSchema, evidence)


def _typed(field: str, value: Value) -> Value | date:
    return date.fromisoformat(value) if field in _DAYS and isinstance(value, str) else value


def _read_number(text: str) -> float:
    """Read digits, grouped by threes or not: `3,5` is not 35, and a spreadsheet's 1.23457E+11 has lost digits."""
    if not _NUMBER.fullmatch(text) or not math.isfinite(number := float(text.replace(",", ""))):
        raise ValueError("not a number, or not all of its digits")
    return number


def _read_day(text: str) -> date:
    """Read 2023-01-05, or 2023/1/5, as spreadsheets rewrite it; in 1/5/2023 the month is ambiguous."""
    slashed = _SLASHED_DAY.fullmatch(text)
    return date(*map(int, slashed.groups())) if slashed else date.fromisoformat(text)


def _check_nullable(field: str) -> None:
    if not FigureSchema.to_schema().columns[field].nullable:
        raise ValueError(f"`{field}` may not be empty: every figure has one.")
