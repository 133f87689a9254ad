"""Numbers in Chinese as written: digits with 万 and 亿, numerals, fractions, ratios, ordinals."""

from itertools import pairwise

import pytest
from examples import each_example
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
    """`only_number(text)`: words and number of a text with exactly one number."""

    def read(text: str):
        [number] = find_numbers(text, grammar)
        return text[number.start : number.end], number

    return read


@each_example("languages", "numbers", "zh")
def test_digits_take_separators_and_scales(only_number, text, written, value):
    found, number = only_number(text)
    assert (found, number.value, number.form) == (written, value, "digits")


@each_example("languages", "numbers", "zh")
def test_numerals_add_up(only_number, text, written, value):
    found, number = only_number(text)
    assert (found, number.value, number.form) == (written, value, "words")


@each_example("languages", "numbers", "zh")
def test_what_only_looks_like_a_numeral_is_none(grammar, text):
    assert find_numbers(text, grammar) == []


@each_example("languages", "numbers", "zh")
def test_a_scale_alone_is_a_number_beside_a_bound(only_number, text, value):
    assert only_number(text)[1].value == value


@each_example("languages", "numbers", "zh")
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
