"""Citations become valid rows, or rows of the quarantine."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from flows.extract.model import Citation
from flows.ingestion.prepare import read_preparer
from flows.ingestion.reader import read_document_reader
from flows.io.landing.store import Sidecar
from flows.io.warehouse.loading import Batch
from schemas.raw.citation import CitationSchema
from schemas.validation import to_frame, validate

TEXT = (
    "In order to implement China's Metrology Law and the “Rules on the Use of Scales”, labs were checked.\n"
)
ROW = {
    "doc_id": "d", "policy": "metrology_law", "relation": "cites", "quote": "Metrology Law", "start": 5, "end": 18,
    "reasons": "{}",
}  # fmt: skip


def sidecar_of(content: bytes) -> Sidecar:
    return Sidecar(
        doc_id=sha256(content).hexdigest(),
        address="/labs.txt",
        file_name="labs.txt",
        size_bytes=len(content),
        landed_at=datetime(2024, 3, 1, tzinfo=UTC),
        metadata={"published": "2024-02-21", "title": "Labs are checked"},
    )


def test_a_landed_document_gives_rows_of_citations():
    content = TEXT.encode()
    prepared = read_preparer(read_document_reader()).prepare(
        sidecar_of(content), content, datetime(2024, 3, 2, tzinfo=UTC)
    )
    first, second = Batch.concat([prepared]).citations.iter_rows(named=True)
    assert (first["policy"], first["relation"], first["quote"]) == (
        "metrology_law",
        "implements",
        "Metrology Law",
    )
    assert (second["policy"], second["relation"], second["quote"]) == (
        None,
        "implements",
        "Rules on the Use of Scales",
    )
    assert json.loads(second["reasons"]) == {"policy": "unmapped"}


def test_a_citation_that_breaks_a_rule_is_set_aside_and_costs_no_other():
    content = TEXT.encode()
    reader = read_document_reader()
    found = reader.citation_finder.find

    class WithAMadeUpOne:
        def find(self, document):
            return [*found(document), Citation(document.doc_id, None, "cites", "made up", 3, 99)]

    reader.citation_finder = WithAMadeUpOne()
    prepared = read_preparer(reader).prepare(sidecar_of(content), content, datetime(2024, 3, 2, tzinfo=UTC))
    assert prepared.citations.height == 2
    [row] = prepared.quarantine.to_dicts()
    assert (row["subject"], row["record"], row["rule"]) == ("citation", "3:99", "span_fits_quote")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"end": 20}, "span_fits_quote"),
        ({"quote": None, "start": None, "end": None}, "name_is_quoted"),
        ({"relation": "loves"}, "relation_isin"),
        ({"start": -1, "end": 12}, "start_greater_than_or_equal_to"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_with_it(change, rule):
    rows = [ROW, ROW | {"start": 30, "end": 43} | change]
    valid, failures = validate(CitationSchema, to_frame(CitationSchema, rows))
    assert [(failure.row, failure.rule) for failure in failures] == [(1, rule)]
    assert valid["start"].to_list() == [5]


def test_only_a_document_that_is_a_policy_may_be_titled_outside_of_its_text():
    titled = ROW | {"relation": "is", "quote": None, "start": None, "end": None}
    assert validate(CitationSchema, to_frame(CitationSchema, [titled]))[1] == []
