"""Numbers as they are written in English: span, value, form."""

from itertools import pairwise

import pytest
from examples import each_example

from flows.extract.languages.mentions import Number


@pytest.fixture(scope="module")
def only_number(numbers_of):
    """`only_number(text)`: the words and the number of a text with exactly one number."""

    def read(text: str) -> tuple[str, Number]:
        [number] = numbers_of(text)
        return text[number.start : number.end], number

    return read


@each_example("languages", "numbers", "en")
def test_digits_are_read_with_western_and_indian_grouping(only_number, text, written, value):
    quote, number = only_number(text)
    assert (quote, number.value, number.form) == (written, value, "digits")


@each_example("languages", "numbers", "en")
def test_a_scale_word_belongs_to_the_number_and_multiplies_it_exactly(only_number, text, written, value):
    quote, number = only_number(text)
    assert (quote, number.value) == (written, value)


@each_example("languages", "numbers", "en")
def test_number_words_add_up(only_number, text, written, value):
    quote, number = only_number(text)
    assert (quote, number.value, number.form) == (written, value, "words")


@each_example("languages", "numbers", "en")
def test_percent_and_percentage_points_are_told_apart(only_number, text, written, percent):
    quote, number = only_number(text)
    assert (quote, number.percent) == (written, percent)


@each_example("languages", "numbers", "en")
def test_a_range_keeps_both_ends(only_number, text, low, high):
    _, number = only_number(text)
    assert (number.value, number.value_max, number.percent) == (low, high, "percent")


@each_example("languages", "numbers", "en")
def test_fractions_and_odds_become_percent(only_number, text, written, value):
    quote, number = only_number(text)
    assert (quote, number.value, number.form, number.percent) == (written, value, "fraction", "percent")


@pytest.mark.parametrize(
    ("text", "value"),
    [("It ran 41 in 2016.", 41), ("It ran 12 in 10 towns.", 12), ("It ran 3 in 7 towns.", 3)],
)
def test_a_number_and_its_year_or_place_are_no_odds(numbers_of, text, value):
    number, *_ = numbers_of(text)
    assert (number.value, number.form, number.percent) == (value, "digits", None)


def test_an_ordinal_is_marked_for_later_modules_to_judge(only_number):
    quote, number = only_number("it came third again")
    assert (quote, number.value, number.form) == ("third", 3, "ordinal")


@pytest.mark.parametrize("text", ["", "Quality matters.", "Someone attends the tenant.", "％ and – only"])
def test_a_text_without_numbers_gives_none(numbers_of, text):
    assert numbers_of(text) == []


def test_numbers_come_in_order_and_do_not_overlap(numbers_of):
    text = "Of 1,200 shops, two-thirds sold 3 to 5 percent more, 45 of them in 7 cities."
    numbers = numbers_of(text)
    assert [number.value for number in numbers] == [1200, 66.67, 3, 45, 7]
    assert all(left.end <= right.start for left, right in pairwise(numbers))


def test_a_row_of_digits_longer_than_any_statistic_is_no_number(numbers_of):
    assert numbers_of(f"Batch {'7' * 400} was seized.") == []
