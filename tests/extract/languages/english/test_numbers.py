"""Numbers as they are written in English: span, value, form."""

from itertools import pairwise

import pytest

from flows.extract.languages.mentions import Number


@pytest.fixture(scope="module")
def only_number(numbers_of):
    """What is written and what is read in a text with exactly one number."""

    def read(text: str) -> tuple[str, Number]:
        [number] = numbers_of(text)
        return text[number.start : number.end], number

    return read


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("inspectors visited 7 firms", "7", 7),
        ("inspectors visited 4310 firms", "4310", 4310),
        ("inspectors visited 1,366 firms", "1,366", 1366),
        ("a stock of 19,917,300 units", "19,917,300", 19_917_300),
        ("a price index of 101.25", "101.25", 101.25),
        ("a census of 1,23,456 workshops", "1,23,456", 123_456),
        ("a census of 12,34,567 workshops", "12,34,567", 1_234_567),
        ("sales of 1,234.5 tonnes", "1,234.5", 1234.5),
    ],
)
def test_digits_are_read_with_western_and_indian_grouping(only_number, text, written, value):
    quote, number = only_number(text)
    assert (quote, number.value, number.form) == (written, value, "digits")


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("some 56.7 thousand cases", "56.7 thousand", 56_700),
        ("some 6.728 million vehicles", "6.728 million", 6_728_000),
        ("some 1.1 billion yuan", "1.1 billion", 1_100_000_000),
        ("some 2 trillion yuan", "2 trillion", 2_000_000_000_000),
        ("some 3 hundred stores", "3 hundred", 300),
        ("some £2.5bn of goods", "2.5bn", 2_500_000_000),
        ("some $40m of goods", "40m", 40_000_000),
        ("some 12mn tests", "12mn", 12_000_000),
        ("some 40k tests", "40k", 40_000),
        ("a 1-million-yuan award", "1-million", 1_000_000),
        ("a 2.5-billion-yuan programme", "2.5-billion", 2_500_000_000),
    ],
)
def test_a_scale_word_belongs_to_the_number_and_multiplies_it_exactly(only_number, text, written, value):
    quote, number = only_number(text)
    assert (quote, number.value) == (written, value)


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("Eighteen departments", "Eighteen", 18),
        ("twenty-one labs", "twenty-one", 21),
        ("forty five labs", "forty five", 45),
        ("ninety labs", "ninety", 90),
        ("two hundred labs", "two hundred", 200),
        ("two hundred and thirty-one labs", "two hundred and thirty-one", 231),
        ("three thousand five hundred labs", "three thousand five hundred", 3500),
        ("one hundred twenty thousand labs", "one hundred twenty thousand", 120_000),
        ("two million three hundred thousand labs", "two million three hundred thousand", 2_300_000),
    ],
)
def test_number_words_add_up(only_number, text, written, value):
    quote, number = only_number(text)
    assert (quote, number.value, number.form) == (written, value, "words")


@pytest.mark.parametrize(
    ("text", "written", "percent"),
    [
        ("a rate of 93.65%", "93.65%", "percent"),
        ("a rate of 93.65 %", "93.65 %", "percent"),
        ("a rate of 93.65 percent", "93.65 percent", "percent"),
        ("a rate of 93.65 per cent", "93.65 per cent", "percent"),
        ("a rate of 93.65 pct", "93.65 pct", "percent"),
        ("a rise of 0.5 percentage points", "0.5 percentage points", "percentage_points"),
        ("a rise of 1 percentage point", "1 percentage point", "percentage_points"),
        ("a rise of 1.2 p.p.", "1.2 p.p.", "percentage_points"),
        ("ninety percent of shops", "ninety percent", "percent"),
        ("a stock of 93 items", "93", None),
    ],
)
def test_percent_and_percentage_points_are_told_apart(only_number, text, written, percent):
    quote, number = only_number(text)
    assert (quote, number.percent) == (written, percent)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("grow by 3-5 percent", 3, 5),
        ("grow by 3–5%", 3, 5),
        ("grow by 3 to 5 percent", 3, 5),
        ("grow by 3% to 5%", 3, 5),
        ("grow by 1.5%-2.5%", 1.5, 2.5),
        ("grow by 20 percent to 30 percent", 20, 30),
    ],
)
def test_a_range_keeps_both_ends(only_number, text, low, high):
    _, number = only_number(text)
    assert (number.value, number.value_max, number.percent) == (low, high, "percent")


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("half of the stores", "half", 50),
        ("a third of the stores", "a third", 33.33),
        ("one third of the stores", "one third", 33.33),
        ("two-thirds of the stores", "two-thirds", 66.67),
        ("a quarter of the stores", "a quarter", 25),
        ("three quarters of the stores", "three quarters", 75),
        ("one-fifth of the stores", "one-fifth", 20),
        ("nine tenths of the stores", "nine tenths", 90),
        ("nine out of ten stores", "nine out of ten", 90),
        ("one in five stores", "one in five", 20),
        ("three in every 10 stores", "three in every 10", 30),
        ("99 in 100 stores", "99 in 100", 99),
    ],
)
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
