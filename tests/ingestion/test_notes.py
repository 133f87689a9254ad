"""Notes become valid rows, or rows of the quarantine."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from flows.ingestion.prepare import read_preparer
from flows.ingestion.reader import read_document_reader
from flows.io.landing.store import Sidecar
from flows.io.warehouse.loading import Batch
from schemas.raw.note import NoteSchema
from schemas.validation import to_frame, validate

TEXT = (
    "Report\n\nIn 2023, 12 of 150 samples failed, 10 percent. The plan has four goals: food, toys and hats.\n"
)
ROW = {
    "doc_id": "report", "rule": "share_of_whole", "quote": "12 of 150", "start": 5, "end": 14, "stated": 10.0,
    "found": 8.0, "explanation": "12 of 150 is 8 percent, not 10.",
}  # fmt: skip


def test_a_landed_document_that_contradicts_itself_gives_rows_of_notes():
    content = TEXT.encode()
    sidecar = Sidecar(
        doc_id=sha256(content).hexdigest(),
        address="/report.txt",
        file_name="report.txt",
        size_bytes=len(content),
        landed_at=datetime(2024, 3, 1, tzinfo=UTC),
        metadata={"published": "2024-02-21", "title": "Report"},
    )
    batch = Batch.concat(
        [read_preparer(read_document_reader()).prepare(sidecar, content, datetime(2024, 3, 2, tzinfo=UTC))]
    )
    share, members = batch.notes.iter_rows(named=True)
    assert (share["rule"], share["stated"], share["found"]) == ("share_of_whole", 10, 8)
    assert (members["rule"], members["stated"], members["found"]) == ("list_count", 4, 3)
    assert TEXT[share["start"] : share["end"]] == share["quote"] == "12 of 150 samples failed, 10 percent"
    assert batch.figures.height == 4  # a note removes none of them
    assert batch.quarantine.is_empty()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"end": 16}, "span_fits_quote"),
        ({"found": 10.0}, "they_differ"),
        ({"rule": "made_up"}, "rule_isin"),
        ({"start": -1, "end": 8}, "start_greater_than_or_equal_to"),
    ],
)
def test_a_note_that_breaks_a_rule_is_set_aside_with_it(change, rule):
    frame = to_frame(NoteSchema, [ROW, ROW | {"start": 6, "end": 15} | change])
    valid, failures = validate(NoteSchema, frame)
    assert [(failure.row, failure.rule) for failure in failures] == [(1, rule)]
    assert valid["start"].to_list() == [5]
