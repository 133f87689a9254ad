"""Whole documents with everything that must be extracted from them; each case is a file in `tests/golden`.

A case has `metadata` (the content of a `NAME.meta.json`), `text`, and the expected `title`, `published`, `figures`
and `outline`. A figure lists its fields that are not null, except its offsets and its confidence, which other
tests check; `period` is its two ends and their basis. A failing case leaves its result in `NAME.got.json` beside
it.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.extract.model import Document, Figure, OutlineItem
from flows.extract.parse.document import make_document
from flows.extract.parse.parsed_content import Content
from flows.extract.plans.outline import find_outline
from flows.paths import PROJECT_ROOT
from schemas.inputs.metadata import Metadata

CASES = sorted((PROJECT_ROOT / "tests" / "golden").glob("*.yaml"))
FIELDS = (
    "value", "value_max", "unit", "counted", "bound", "kind", "status", "agency", "ref_area", "indicator",
    "speaker",
)  # fmt: skip
Case = dict[str, Any]


@pytest.fixture(scope="module")
def read_case(extractor, vocabulary, word_frequencies):
    """`read_case(case)`: the document of a case and all that is extracted from it, in the shape of the case."""

    def read(case: Case) -> tuple[Document, Case]:
        metadata = {key: str(value) for key, value in case["metadata"].items()}
        document = make_document(
            Content(case["text"]),
            doc_id="golden",
            metadata=Metadata.model_validate(metadata),
            boilerplate_patterns=vocabulary.boilerplate_patterns,
            word_frequencies=word_frequencies,
        )
        items = find_outline(document, vocabulary, word_frequencies)
        return document, {
            "title": document.title,
            "published": str(document.published) if document.published else None,
            "figures": [shown_figure(figure) for figure in extractor.extract(document)],
            "outline": [shown_item(item) for item in items],
        }

    return read


def shown_figure(figure: Figure) -> Case:
    fields = {name: getattr(figure, name) for name in FIELDS if getattr(figure, name) is not None}
    ends = f"{figure.period_start or '..'}/{figure.period_end or '..'}"
    return {"quote": squeezed(figure.quote), **fields, "period": f"{ends} {figure.period_basis or 'unknown'}"}


def shown_item(item: OutlineItem) -> Case:
    fields = {"number": item.number, "title": item.title, "level": item.level, "parent": item.parent}
    raw = {"title_raw": item.title_raw} if item.title_raw != item.title else {}
    body = {"body": squeezed(item.body)} if item.body else {}
    return {name: value for name, value in fields.items() if value is not None} | raw | body


def squeezed(text: str) -> str:
    return " ".join(text.split())


def expected_of(case: Case) -> Case:
    return {
        "title": case["title"],
        "published": str(case["published"]) if case["published"] else None,
        "figures": case["figures"],
        "outline": case["outline"],
    }


def test_there_are_cases():
    assert len(CASES) >= 6


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_document_gives_exactly_what_its_case_says(read_case, path: Path):
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    _, got = read_case(case)
    beside = path.with_suffix(".got.json")
    if got != expected_of(case):
        beside.write_text(json.dumps(got, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    else:
        beside.unlink(missing_ok=True)
    assert got == expected_of(case), f"What came out is in {beside}."


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_quote_of_a_case_stands_in_its_text(read_case, extractor, path: Path):
    document, _ = read_case(yaml.safe_load(path.read_text(encoding="utf-8")))
    for figure in extractor.extract(document):
        assert document.text[figure.start : figure.end] == figure.quote
