"""What holds for every text, whatever it says: hypothesis looks for one for which it does not.

The examples are derived from the tests themselves (`derandomize`), so that a run on another machine tries the
same ones.
"""

import re
from dataclasses import asdict
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.model import Boilerplate, Document, Figure
from schemas.figure import FigureSchema
from schemas.validation import to_frame, validate_figures


def examples(number: int) -> settings:
    return settings(max_examples=number, derandomize=True, deadline=None, database=None)


CHARACTERS = st.characters(codec="utf-8") | st.sampled_from("0123456789.,%-–—/()[]:;'\"“”$€£¥ \n\t年月日亿万")
WORDS = """In 2023;By the end of 2022;last year;from January to June;in the past five years;since 2018;by 2030;more than
up to;nearly;above;or more;6.728 million;56,700;93.65%;3 to 5 percent;two-thirds;one in five;Eighteen;78.01 and 79.85
0.5 percentage points;third in the world;1.1 billion yuan;US$40,000;12 tons;5 days;respectively;per 10,000;GB/T 19001
vehicles;cases of quality violations;kinds of foods;countries and regions;the score of;the index of;satisfaction;was
SAMR;the General Administration of Customs;Shanghai;China;the United States;Li Dawei said;he said;accounting for;are
rose by;fell to;should reach;is expected to;a cumulative total of;recalled;No. 12;12315;the 14th Five-Year Plan;1+N
III.;1.;-;•;Targets for 2030:;Li Dawei:""".replace("\n", ";").split(";")
MARKS = [",", ".", ";", "(", ")", "“", "”", "|", "\n", "\n\n", "\n|", "|\n| --- | --- |\n|"]
TEXTS = st.text(CHARACTERS, max_size=200) | st.lists(st.sampled_from(WORDS + MARKS), max_size=25).map(
    " ".join
)
DAYS = st.none() | st.dates(date(1995, 1, 1), date(2035, 12, 31))
DAYS_AFTER_ALL_PERIODS = st.none() | st.dates(date(2024, 1, 1), date(2035, 12, 31))

NOUNS = {"vehicles": "count", "yuan": "CNY", "tonnes": "tonne", "percent": "percent"}
BOUNDS = {
    "": "exact",
    "more than ": "more_than",
    "at least ": "at_least",
    "nearly ": "nearly",
    "about ": "about",
}
SCALES = {"": 1, " thousand": 1_000, " million": 1_000_000, " billion": 1_000_000_000}
PERIODS = {
    "In 2022": (date(2022, 1, 1), date(2022, 12, 31)),
    "Last year": (date(2023, 1, 1), date(2023, 12, 31)),
    "In the first half of 2023": (date(2023, 1, 1), date(2023, 6, 30)),
    "By the end of 2021": (None, date(2021, 12, 31)),
    "Since 2018": (date(2018, 1, 1), date(2024, 2, 21)),
    "At home": (None, date(2024, 2, 21)),
}


@pytest.fixture(scope="module")
def catalogue(vocabulary) -> dict[str, frozenset[str]]:
    """The ids that the seeds know, by the field that holds them."""
    return {
        "unit": frozenset(vocabulary.units),
        "agency": frozenset(vocabulary.agencies),
        "ref_area": vocabulary.ref_areas,
        "indicator": frozenset(vocabulary.indicators),
    }


def rows_of(figures: list[Figure]) -> list[dict]:
    return [asdict(figure) | {"reasons": "{}"} for figure in figures]


@examples(300)
@given(text=TEXTS, published=DAYS)
def test_any_text_gives_figures_that_stand_in_it(extractor, text, published):
    document = Document("any", text, published=published)
    figures = extractor.extract(document)
    for figure in figures:
        assert text[figure.start : figure.end] == figure.quote
        assert figure.number in figure.quote
        assert figure.sentence_start <= figure.start < figure.end <= figure.sentence_end <= len(text)
        assert figure.value >= 0 and (figure.value_max is None or figure.value_max >= figure.value)
        assert 0 < figure.confidence <= 1
    assert [figure.start for figure in figures] == sorted({figure.start for figure in figures})
    assert extractor.extract(document) == figures


@examples(200)
@given(text=TEXTS)
def test_numbers_of_any_text_come_in_order_and_do_not_overlap(numbers_of, text):
    numbers = numbers_of(text)
    assert all(left.end <= right.start for left, right in pairwise(numbers))
    assert all(0 <= number.start < number.end <= len(text) for number in numbers)


@examples(200)
@given(text=TEXTS)
def test_sentences_of_any_text_come_in_order_and_lose_nothing_but_blanks(sentences_of, text):
    sentences = sentences_of(text)
    assert all(left.end <= right.start for left, right in pairwise(sentences))
    plain = re.sub(r"\s", " ", text)
    assert all(plain[sentence.start : sentence.end] == sentence.text for sentence in sentences)
    assert "".join("".join(s.text for s in sentences).split()) == "".join(text.split())


@examples(100)
@given(text=TEXTS, published=DAYS)
def test_what_is_boilerplate_gives_nothing(extractor, text, published):
    boilerplate = (Boilerplate(0, len(text), "toolbar"),)
    assert extractor.extract(Document("any", text, published=published, boilerplate=boilerplate)) == []


@st.composite
def stated_figures(draw) -> tuple[str, dict]:
    """A sentence that states one figure, and what must be read in it."""
    period, bound, scale = (draw(st.sampled_from(list(table))) for table in (PERIODS, BOUNDS, SCALES))
    noun = draw(st.sampled_from(list(NOUNS)))
    scale = "" if noun == "percent" else scale
    hundredths = draw(st.integers(2, 99_999))
    digits = f"{hundredths / 100:,.2f}" if scale or noun == "percent" else f"{hundredths:,}"
    value = round(float(digits.replace(",", "")) * SCALES[scale], 6)
    start, end = PERIODS[period]
    sentence = f"{period} the towns counted {bound}{digits}{scale} {noun}."
    return sentence, {
        "value": value, "unit": NOUNS[noun], "bound": BOUNDS[bound], "period_start": start, "period_end": end,
    }  # fmt: skip


def joined(stated: list[tuple[str, dict]]) -> str:
    return "\n\n".join(sentence for sentence, _ in stated)


@examples(200)
@given(stated=stated_figures())
def test_what_a_template_states_is_read(read_one, stated):
    sentence, expected = stated
    figure = read_one(sentence)
    assert {name: getattr(figure, name) for name in expected} == expected


@examples(60)
@given(text=TEXTS | st.lists(stated_figures(), max_size=8).map(joined), published=DAYS_AFTER_ALL_PERIODS)
def test_every_figure_of_any_text_keeps_its_contract(extractor, catalogue, text, published):
    figures = extractor.extract(Document("any", text, published=published))
    valid, failures = validate_figures(to_frame(FigureSchema, rows_of(figures)), text, catalogue)
    # A text may state nonsense ("a share of 300%"); that is for the quarantine, and nothing else is.
    assert {failure.rule for failure in failures} <= {"share_is_a_part"}
    assert len(valid) + len({failure.row for failure in failures}) == len(figures)
