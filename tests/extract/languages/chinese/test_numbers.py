"""Numbers in Chinese as written: digits with 万 and 亿, numerals, fractions, ratios, ordinals."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.languages.chinese.numbers import find_numbers, read_grammar, scale_at_end
from flows.extract.languages.chinese.script import simplified

NUMERALS = "零〇一二两三四五六七八九十百千万亿点分之第前半首几多余数0123456789.,% 个"


@pytest.fixture(scope="module")
def grammar(vocabulary):
    chinese = vocabulary.languages["zh"]
    return read_grammar(chinese.number_words, chinese.units_after, chinese.cues)


@pytest.fixture(scope="module")
def only_number(grammar):
    """Words and number of a text with exactly one number."""

    def read(text: str):
        [number] = find_numbers(text, grammar)
        return text[number.start : number.end], number

    return read


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("鞋帽1,366双", "1,366", 1366),
        ("鞋帽3 412双", "3 412", 3412),
        ("鞋帽5，600双", "5，600", 5600),
        ("车辆672.8万辆", "672.8万", 6_728_000),
        ("气瓶2.02亿只", "2.02亿", 202_000_000),
        ("产值47.15万亿元", "47.15万亿", 47_150_000_000_000),
        ("资产5278.86亿元", "5278.86亿", 527_886_000_000),
        ("奖金3千万元", "3千万", 30_000_000),
        ("人口1亿2000万人", "1亿2000万", 120_000_000),
        ("商户4000多万户", "4000多万", 40_000_000),
        ("罚款5000余万元", "5000余万", 50_000_000),
        ("发生0起", "0", 0),
        ("产量5千克", "5", 5),
        ("电量2万千瓦时", "2万", 20_000),
    ],
)
def test_digits_take_separators_and_scales(only_number, text, written, value):
    found, number = only_number(text)
    assert (found, number.value, number.form) == (written, value, "digits")


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("十八个部门", "十八", 18),
        ("三十二家", "三十二", 32),
        ("一百二十三家", "一百二十三", 123),
        ("两千零五人", "两千零五", 2005),
        ("一万二千份", "一万二千", 12_000),
        ("三万五册", "三万五", 35_000),
        ("两百万户", "两百万", 2_000_000),
        ("一亿三千万人", "一亿三千万", 130_000_000),
        ("三万亿元", "三万亿", 3_000_000_000_000),
        ("三千多万户", "三千多万", 30_000_000),
        ("两点五倍", "两点五", 2.5),
        ("十余家", "十", 10),
    ],
)
def test_numerals_add_up(only_number, text, written, value):
    found, number = only_number(text)
    assert (found, number.value, number.form) == (written, value, "words")


@pytest.mark.parametrize(
    "text", ["三五家", "二〇二三", "零容忍", "数十家", "几百人", "数百万元", "百姓", "千家灯火"]
)
def test_what_only_looks_like_a_numeral_is_none(grammar, text):
    assert find_numbers(text, grammar) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("超百家", 100), ("近千人", 1000), ("上万件", 10_000), ("百余名", 100), ("逾亿元", 1e8)],
)
def test_a_scale_alone_is_a_number_beside_a_bound(only_number, text, value):
    assert only_number(text)[1].value == value


@pytest.mark.parametrize(
    ("text", "written", "value", "form"),
    [
        ("百分之九十三点六", "百分之九十三点六", 93.6, "words"),
        ("百分之五", "百分之五", 5, "words"),
        ("百分之百", "百分之百", 100, "words"),
        ("千分之三", "千分之三", 0.3, "words"),
        ("三分之一", "三分之一", 33.33, "fraction"),
        ("三分之二", "三分之二", 66.67, "fraction"),
        ("超过一半", "一半", 50, "fraction"),
        ("过半的人", "半", 50, "fraction"),
        ("近半数", "半数", 50, "fraction"),
    ],
)
def test_parts_of_a_whole_are_percentages(only_number, text, written, value, form):
    found, number = only_number(text)
    assert (found, number.value, number.form, number.percent) == (written, value, form, "percent")


@pytest.mark.parametrize(("text", "value"), [("1.68∶1", 1.68), ("2.3:1", 2.3), ("库存比3比1", 3)])
def test_so_many_to_one_is_a_ratio(only_number, text, value):
    number = only_number(text)[1]
    assert (number.value, number.form) == (value, "ratio")


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [("第十二届", "十二", 12), ("第3条", "3", 3), ("位居前三", "三", 3), ("居首位", "首", 1)],
)
def test_an_ordinal_is_marked_for_later_modules_to_judge(only_number, text, written, value):
    found, number = only_number(text)
    assert (found, number.value, number.form) == (written, value, "ordinal")


@pytest.mark.parametrize("written", ["１，２３４．５", "６０％"])
def test_full_width_digits_are_read_as_plain_ones(only_number, written):
    assert only_number(simplified(written))[1].value in (1234.5, 60)


def test_the_scale_at_the_end_of_a_number_is_known(grammar):
    assert [scale_at_end(text, grammar) for text in ("5", "5万", "3千万", "两百")] == [1, 1e4, 1e7, 100]


def test_a_row_of_digits_longer_than_any_statistic_is_no_number(grammar):
    assert find_numbers("批号" + "7" * 400, grammar) == []


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(text=st.text(NUMERALS, max_size=40), start=st.integers(0, 40), length=st.integers(1, 10))
def test_only_numbers_that_touch_no_taken_span_are_found(grammar, text, start, length):
    taken = (min(start, len(text)), min(start + length, len(text)))
    apart = [n for n in find_numbers(text, grammar) if n.end <= taken[0] or taken[1] <= n.start]
    assert find_numbers(text, grammar, [taken]) == apart


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(text=st.text(NUMERALS, max_size=40))
def test_numbers_of_any_text_come_in_order_and_do_not_overlap(grammar, text):
    numbers = find_numbers(text, grammar)
    assert all(left.end <= right.start for left, right in pairwise(numbers))
    assert all(0 <= number.start < number.end <= len(text) and number.value >= 0 for number in numbers)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("每10批鞋帽中就有3批不合格", 30),
        ("每百个样品有7个不合格", 7),
        ("每三位顾客里就有一位不满意", 33.33),
        ("每20件投诉中仅有1件未办结", 5),
    ],
)
def test_so_many_of_each_so_many_of_the_same_are_a_percentage(only_number, text, value):
    _, number = only_number(text)
    assert (number.value, number.percent, number.form) == (value, "percent", "fraction")


@pytest.mark.parametrize("text", ["每2年有1次复审", "每千人有3名医师", "每3批有5批"])
def test_so_many_for_each_of_something_else_are_none(grammar, text):
    assert [number for number in find_numbers(text, grammar) if number.percent] == []
