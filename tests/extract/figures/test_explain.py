"""Explanations of each field of a figure: the words of the text that decided, or the reason of a null."""

from datetime import date

import pytest

from flows.extract.figures.explain import REASONS, Explained, explain
from flows.extract.figures.extractor import Extractor
from flows.extract.model import Document
from schemas.vocabularies import REASONS as REASON_CODES


@pytest.fixture(scope="module")
def explained(vocabulary):
    """`explained(text, language)`: the explained fields of each figure, by name."""

    def read(text: str, language: str = "en") -> list[dict[str, Explained]]:
        traces = []
        document = Document("test", text, published=date(2024, 3, 15), language=language)
        Extractor(vocabulary, traces.append).extract(document)
        return [{one.field: one for one in explain(trace, vocabulary)} for trace in traces]

    return read


def test_the_words_that_decided_are_shown(explained):
    [figure] = explained("In 2023, SAMR fined more than 2,300 toy makers.")
    assert (figure["value"].value, figure["value"].why) == ("2300", "“2,300” in “more than 2,300 toy makers”")
    assert (figure["bound"].value, figure["bound"].why) == ("more_than", "“more than”")
    assert (figure["period"].value, figure["period"].why) == ("2023-01-01 to 2023-12-31", "“In 2023”")
    assert (figure["agency"].value, figure["agency"].why) == ("samr", "“SAMR” acts in the sentence")


@pytest.mark.parametrize(
    ("text", "language", "field", "value", "words"),
    [
        ("In 2023 complaints rose by 12 percent.", "en", "kind", "growth_rate", "rose by"),
        ("By 2030 the pass rate shall reach 96 percent.", "en", "status", "target", "shall"),
        ("2023年投诉量同比增长12%。", "zh", "kind", "growth_rate", "增长"),
        ("力争到2030年合格率达到96%。", "zh", "status", "target", "力争"),
        ("2023年全国抽查产品超过3000批次。", "zh", "bound", "more_than", "超过"),
    ],
)
def test_kind_status_and_bound_show_their_words(explained, text, language, field, value, words):
    [figure] = explained(text, language)
    assert figure[field].value == value
    assert words in figure[field].why


def test_a_null_shows_its_reason_in_words(explained):
    [figure] = explained("There were 340 teapots.")
    assert (figure["agency"].value, figure["agency"].why) == ("-", "the text does not state it")
    assert (figure["indicator"].value, figure["indicator"].why) == (
        "-",
        "what the text names is not in the lists of `seeds/`",
    )


def test_the_confidence_lists_what_speaks_against_the_figure(explained):
    [sure, unsure] = explained("In 2023, SAMR fined 2,300 toy makers.\n\nThere were 340 teapots.")
    assert float(sure["confidence"].value) > float(unsure["confidence"].value)
    assert "no agency is known" in unsure["confidence"].why or "elsewhere" in unsure["confidence"].why


def test_every_reason_code_has_its_words():
    assert set(REASONS) == set(REASON_CODES)
