"""Validates rows against their contract: every row is either valid or has a failure with its reason.

pandera's own `drop_invalid_rows` would drop both of two duplicates and give no reason.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from schemas.raw.figure import FigureSchema

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Failure:
    """One rule that one row breaks; `row` is the position of the row."""

    row: int
    rule: str
    reason: str


def to_frame(model: type[pa.DataFrameModel], rows: Sequence[Row]) -> pl.DataFrame:
    """Make a frame with the columns and types of `model`, in its order; raises if a value has another type."""
    dtypes = {name: column.dtype.type for name, column in model.to_schema().columns.items()}
    return pl.DataFrame([{name: row[name] for name in dtypes} for row in rows], schema=dtypes, orient="row")


def read_record(model: type[pa.DataFrameModel], evidence: str | None) -> dict[str, Any] | None:
    """Read a quarantined record from its JSON, with the columns of `model`; None if another release wrote it."""
    found = json.loads(evidence) if evidence else None
    columns = model.to_schema().columns
    if not isinstance(found, dict) or not columns.keys() <= found.keys():
        return None
    return {
        name: date.fromisoformat(found[name]) if column.dtype.type == pl.Date and found[name] else found[name]
        for name, column in columns.items()
    }


def validate(model: type[pa.DataFrameModel], frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Failure]]:
    """Return the valid rows and the failures of the others; a frame of the wrong shape raises SchemaErrors."""
    # Most documents have no rows of some kinds, and validating an empty frame takes as long as one row.
    if frame.is_empty() and frame.schema == to_frame(model, []).schema:
        return frame, []
    try:
        return model.validate(frame, lazy=True), []
    except SchemaErrors as errors:
        cases = errors.failure_cases
        if cases["index"].null_count():
            raise  # a column is missing or has another type: the program is wrong, not a row
    failures = _failures(model, frame, cases)
    return model.validate(_without(frame, failures)), failures


def validate_figures(
    frame: pl.DataFrame, text: str, catalogue: Mapping[str, frozenset[str]]
) -> tuple[pl.DataFrame, list[Failure]]:
    """Validate the figures of one document against `FigureSchema`, its text and the catalogue.

    `catalogue` maps `unit`, `agency`, `ref_area` and `indicator` to the ids that `seeds/` knows.
    """
    _, failures = validate(FigureSchema, frame)
    for row, figure in enumerate(frame.iter_rows(named=True)):
        failures += [Failure(row, rule, reason) for rule, reason in _faults(figure, text, catalogue)]
    return _without(frame, failures), sorted(failures, key=lambda failure: failure.row)


def _without(frame: pl.DataFrame, failures: Sequence[Failure]) -> pl.DataFrame:
    return frame.filter(~pl.int_range(pl.len()).is_in([failure.row for failure in failures]))


def _faults(figure: Row, text: str, catalogue: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    """Find the faults that need the text or the catalogue."""
    faults = []
    if text[figure["start"] : figure["end"]] != figure["quote"]:
        faults.append(("quote_stands_in_text", "The text at the offsets of the figure is not its quote."))
    for column, known in catalogue.items():
        if figure[column] is not None and figure[column] not in known:
            faults.append(
                (
                    f"{column}_is_known",
                    f"`{figure[column]}` is not a known {column}; add it to seeds/.",
                )
            )
    return faults


def _failures(model: type[pa.DataFrameModel], frame: pl.DataFrame, cases: pl.DataFrame) -> list[Failure]:
    rules = {str(check.error): str(check.name) for check in model.to_schema().checks}
    first = frame.select(pl.struct(model.Config.unique).is_first_distinct()).to_series()
    failures = []
    for case in cases.iter_rows(named=True):
        row, check = int(case["index"]), str(case["check"])
        if check == "multiple_fields_uniqueness":
            if not first[row]:  # the first of two equal rows stays
                failures.append(Failure(row, "key_is_unique", "The same row was given before."))
        elif check in rules:
            failures.append(Failure(row, rules[check], check))
        else:
            reason = f"`{case['column']}` is `{case['failure_case']}`, which breaks the rule {check}."
            failures.append(Failure(row, f"{case['column']}_{check.partition('(')[0]}", reason))
    return failures
