"""Properties that hold for every text, whatever it says: hypothesis looks for a counterexample.

The examples are derived from the tests themselves (`derandomize`), so that every machine tries the same ones.
"""

import re
from dataclasses import asdict
from datetime import date
from itertools import accumulate, chain, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.figures.extractor import Extractor
from flows.extract.languages.readers import READ_LANGUAGES
from flows.extract.model import Boilerplate, Document, Figure
from schemas.raw.figure import FigureSchema
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
CHINESE = """2023年；截至2022年底；去年；今年上半年；前三季度；“十四五”以来；近五年来；到2030年；超过；不足；近
约；左右；以上；余；672.8万；5.67万；93.65%；3至5；三分之二；两成；八成；十八；百万；78.01分
0.5个百分点；居全国第二；11亿元；4万美元；12吨；5个工作日；分别；每万台；GB/T 19001；辆
起质量违法案件；批次；种食品；个国家和地区；合格率；满意度；指数；市场监管总局；海关总署；上海市
全国；李大伟表示；他说；占；同比增长；下降到；应达到；预计；累计；召回；第12号；12315；十四五规划
三品一标；珠三角；（一）；一、；第三条；1.；主要指标：；李大伟：""".replace("\n", "；").split("；")
MARKS = [
    ",", ".", ";", "(", ")", "“", "”", "，", "。", "；", "（", "）",
    "|", "\n", "\n\n", "\n|", "|\n| --- | --- |\n|",
]  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS + MARKS), max_size=25).map(" ".join)
CHINESE_SENTENCES = st.lists(st.sampled_from(CHINESE + MARKS), max_size=25).map("".join)


def debris(text: str, written: str, read: str) -> str:
    """Make a text that was decoded with the wrong encoding."""
    return text.encode(written, errors="replace").decode(read, errors="replace")


ENCODINGS = st.sampled_from(["utf-8", "utf-16-le", "gb18030", "big5", "cp1252", "shift_jis"])
DEBRIS = st.builds(debris, SENTENCES | CHINESE_SENTENCES, ENCODINGS, ENCODINGS)
BYTES = st.binary(max_size=200).map(lambda content: content.decode("latin-1"))
TEXTS = st.text(CHARACTERS, max_size=200) | SENTENCES | CHINESE_SENTENCES | DEBRIS | BYTES
LANGUAGES = st.sampled_from([None, *READ_LANGUAGES])
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
    """The ids in the seeds, by the field that holds them."""
    return {
        "unit": frozenset(vocabulary.units),
        "agency": frozenset(vocabulary.agencies),
        "ref_area": vocabulary.ref_areas,
        "indicator": frozenset(vocabulary.indicators),
    }


def rows_of(figures: list[Figure]) -> list[dict]:
    return [asdict(figure) | {"reasons": "{}"} for figure in figures]


@examples(300)
@given(text=TEXTS, published=DAYS, language=LANGUAGES)
def test_any_text_gives_figures_that_stand_in_it(extractor, text, published, language):
    document = Document("any", text, published=published, language=language)
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
@given(text=TEXTS, published=DAYS, language=LANGUAGES)
def test_what_is_boilerplate_gives_nothing(extractor, text, published, language):
    boilerplate = (Boilerplate(0, len(text), "toolbar"),)
    document = Document("any", text, published=published, language=language, boilerplate=boilerplate)
    assert extractor.extract(document) == []


def numbers_in(extractor: Extractor, text: str, language: str, offset: int = 0) -> list[tuple[int, str]]:
    figures = extractor.extract(Document("any", text, language=language))
    return [(figure.start + offset, figure.number) for figure in figures]


@examples(150)
@given(texts=st.lists(TEXTS, min_size=2, max_size=4), language=st.sampled_from(READ_LANGUAGES))
def test_texts_joined_by_blank_lines_state_the_numbers_of_each(extractor, texts, language):
    texts = [text.strip() for text in texts]
    starts = accumulate((len(text) + len("\n\n") for text in texts), initial=0)
    of_each = [numbers_in(extractor, text, language, at) for text, at in zip(texts, starts, strict=False)]
    assert numbers_in(extractor, "\n\n".join(texts), language) == list(chain.from_iterable(of_each))


@pytest.mark.parametrize("opening", ['"', "“", "'", "("])
def test_one_long_token_is_no_work(extractor, opening):
    """Read past a hash or a base64 picture in quotation marks: a pattern that tries all ways to split it never ends."""
    document = Document("any", f"{opening}{'f3' * 20_000} In 2023 the towns counted 12 cars.", language="en")
    assert [figure.number for figure in extractor.extract(document)] == ["12"]


@st.composite
def stated_figures(draw) -> tuple[str, dict]:
    """Draw a sentence that states one figure, and the figure that must be read in it."""
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


@examples(100)
@given(
    text=TEXTS | st.lists(stated_figures(), max_size=8).map(joined),
    published=DAYS_AFTER_ALL_PERIODS,
    language=LANGUAGES,
)
def test_every_figure_of_any_text_keeps_its_contract(extractor, catalogue, text, published, language):
    figures = extractor.extract(Document("any", text, published=published, language=language))
    valid, failures = validate_figures(to_frame(FigureSchema, rows_of(figures)), text, catalogue)
    # A text may state nonsense ("a share of 300%"), which is quarantined; nothing else may be.
    assert {failure.rule for failure in failures} <= {"share_is_a_part"}
    assert len(valid) + len({failure.row for failure in failures}) == len(figures)
