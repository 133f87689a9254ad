"""Objectives become valid rows, or rows of the quarantine."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

import polars as pl
import pytest

from flows.ingestion.prepare import read_preparer
from flows.ingestion.reader import read_document_reader
from flows.io.landing.store import Sidecar
from flows.io.warehouse.loading import Batch
from schemas.raw.objective import ObjectiveSchema
from schemas.validation import to_frame, validate

TEXT = """Plan for Food

1. Goals
By 2030, food sampling shall reach every county.
2. Means
(Responsible: SAMR)
Money is set aside by 2026.
"""
ROW = {
    "doc_id": "plan", "outline_start": 0, "quote": "By 2030", "start": 5, "end": 12,
    "deadline": date(2030, 12, 31), "deadline_quote": "By 2030", "owner": "samr", "owner_quote": "SAMR",
    "is_quantified": False, "indicators": "[]", "reasons": "{}",
}  # fmt: skip


def test_a_landed_plan_gives_rows_of_objectives_and_of_topics():
    content = TEXT.encode()
    sidecar = Sidecar(
        doc_id=sha256(content).hexdigest(),
        address="/plan.txt",
        file_name="plan.txt",
        size_bytes=len(content),
        landed_at=datetime(2024, 3, 1, tzinfo=UTC),
        metadata={"published": "2024-02-21", "title": "Plan for Food"},
    )
    batch = Batch.concat(
        [read_preparer(read_document_reader()).prepare(sidecar, content, datetime(2024, 3, 2, tzinfo=UTC))]
    )
    first, second = batch.objectives.iter_rows(named=True)
    assert TEXT[first["start"] : first["end"]] == first["quote"]
    assert (first["deadline"], first["owner"], first["is_quantified"]) == (date(2030, 12, 31), None, False)
    assert json.loads(first["indicators"]) == ["food_sampling_pass_rate"]
    assert json.loads(first["reasons"])["owner"] == "not_stated"
    assert (second["quote"], second["deadline"]) == ("Money is set aside by 2026.", date(2026, 12, 31))
    assert batch.outline_items["indicators"].to_list() == ['["food_sampling_pass_rate"]', "[]"]
    assert batch.quarantine.is_empty()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"end": 14}, "span_fits_quote"),
        ({"deadline_quote": None}, "deadline_is_quoted"),
        ({"owner_quote": None}, "owner_is_quoted"),
        ({"start": -1, "end": 6}, "start_greater_than_or_equal_to"),
    ],
)
def test_an_objective_that_breaks_a_rule_is_set_aside_with_it(change, rule):
    valid, failures = validate(
        ObjectiveSchema, to_frame(ObjectiveSchema, [ROW, ROW | {"start": 6, "end": 13} | change])
    )
    assert [(failure.row, failure.rule) for failure in failures] == [(1, rule)]
    assert valid.select(pl.col("start")).to_series().to_list() == [5]
