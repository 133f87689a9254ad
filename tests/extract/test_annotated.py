"""The extractor on `tests/annotated`, documents that people who had not seen it wrote and annotated: its results on
texts that nobody fitted it to.

Texts and numbers are invented, in the style of press conferences, bulletins, plans and news. A figure counts as
found when its number overlaps an annotated one and has its value; it is whole when all its fields are right. A
null says that the text leaves a field open; `accept` holds other defensible values. Floors are a little below the
results: a change that costs more than a slip must lower them here.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from flows.extract.parse.document import make_document
from flows.extract.parse.parsed_content import Content
from flows.paths import PROJECT_ROOT
from schemas.inputs.json_lines_document import GivenDocument

ANNOTATED = PROJECT_ROOT / "tests" / "annotated"
FIELDS = ("unit", "bound", "kind", "status", "period_start", "period_end", "indicator", "agency", "ref_area")
FLOORS = {
    "en": {"precision": 0.98, "recall": 0.95, "whole": 0.70},
    "zh": {"precision": 0.98, "recall": 0.97, "whole": 0.70},
}
Gold = Mapping[str, Any]


def find_number(figure: Gold) -> range:
    start = figure["start"] + max(figure["quote"].find(figure["number"]), 0)
    return range(start, start + len(figure["number"]))


def is_hit(gold: Gold, figure: Gold) -> bool:
    one, other = find_number(gold), find_number(figure)
    overlaps = one.start < other.stop and other.start < one.stop
    return overlaps and (gold["value"], gold["value_max"]) == pytest.approx(
        (figure["value"], figure["value_max"])
    )


def is_right(name: str, gold: Gold, figure: Gold) -> bool:
    if gold[name] is None:
        return True
    right = [gold[name], *gold.get("accept", {}).get(name, [])]
    if name.startswith("period"):
        return str(figure[name])[:4] in {str(value)[:4] for value in right}
    return figure[name] in right


@pytest.fixture(scope="module")
def pairs(extractor, vocabulary, word_frequencies) -> Mapping[str, list[tuple[Gold | None, Gold | None]]]:
    """For each language, every annotated figure with the one found, and every other found figure with null."""

    def read(language: str) -> Iterator[tuple[Gold | None, Gold | None]]:
        for file in sorted((ANNOTATED / language).glob("*.json")):
            document = json.loads(file.read_text(encoding="utf-8"))
            given = GivenDocument.model_validate(document)
            described = make_document(
                Content(given.text),
                doc_id=given.doc_id,
                metadata=given.metadata(),
                boilerplate_patterns=vocabulary.boilerplate_patterns,
                word_frequencies=word_frequencies,
            )
            found = [vars(figure) for figure in extractor.extract(described)]
            for gold in document["figures"]:
                hit = next((figure for figure in found if is_hit(gold, figure)), None)
                found = [figure for figure in found if figure is not hit]
                if hit or "tier" not in gold:  # a figure with a tier is optional
                    yield gold, hit
            yield from ((None, figure) for figure in found)

    return {language: list(read(language)) for language in FLOORS}


@pytest.mark.parametrize("language", FLOORS)
def test_unseen_documents_are_read_no_worse_than_before(pairs, language):
    hits = [(gold, figure) for gold, figure in pairs[language] if gold and figure]
    found = sum(figure is not None for _, figure in pairs[language])
    stated = sum(gold is not None for gold, _ in pairs[language])
    whole = sum(all(is_right(name, *hit) for name in FIELDS) for hit in hits)
    reached = {"precision": len(hits) / found, "recall": len(hits) / stated, "whole": whole / stated}
    assert stated > 150
    assert {name: value for name, value in reached.items() if value < FLOORS[language][name]} == {}
