"""Figures and what only looks like them: units, bounds, counted nouns, quotes."""

import pytest
from examples import each_example, examples_of

from flows.extract.languages.mentions import Mention


@pytest.fixture(scope="module")
def only_mention(mentions):
    """`only_mention(sentence)`: quote and mention of a sentence that mentions exactly one quantity."""

    def read(sentence: str) -> tuple[str, Mention]:
        [mention] = mentions(sentence)
        return sentence[mention.start : mention.end], mention

    return read


@each_example("languages", "mentions", "en")
def test_a_quantity_has_quote_value_unit_and_what_it_counts(
    only_mention, sentence, quote, value, unit, counted
):
    found, mention = only_mention(sentence)
    assert (found, mention.value, mention.unit, mention.counted_text) == (quote, value, unit, counted)


def test_a_unit_that_is_a_multiple_scales_the_value(only_mention):
    _, mention = only_mention("They burnt 500 grams of powder.")
    assert (mention.value, mention.unit) == (0.5, "kilogram")  # 500 g = 0.5 kg


def test_a_range_keeps_both_ends(only_mention):
    _, mention = only_mention("Output will grow by 3 to 5 percent.")
    assert (mention.value, mention.value_max, mention.unit) == (3, 5, "percent")


@pytest.mark.parametrize(
    ("sentence", "quote", "ends", "unit"),
    [
        ("Turnaround is five to seven working days.", "five to seven working days", (5, 7), "day"),
        ("Fines ranged from HK$500 to HK$18,000.", "HK$500 to HK$18,000", (500, 18_000), "HKD"),
    ],
)
def test_a_range_in_words_and_one_of_money_keep_both_ends(only_mention, sentence, quote, ends, unit):
    found, mention = only_mention(sentence)
    assert (found, (mention.value, mention.value_max), mention.unit) == (quote, ends, unit)


def test_what_rises_from_one_amount_to_another_is_no_range(mentions):
    values = [(mention.value, mention.value_max) for mention in mentions("Fees rose from $500 to $800 then.")]
    assert values == [(500, None), (800, None)]


def test_a_noun_that_is_not_repeated_comes_from_the_mention_before(mentions):
    first, second = mentions("It tested 120 batches, against 98 a year earlier.")
    assert (first.counted_text, second.counted_text) == ("batches", "batches")
    assert first.counted_is_stated and not second.counted_is_stated


@each_example("languages", "mentions", "en")
def test_what_is_no_figure_is_left_out(mentions, sentence):
    assert mentions(sentence) == []


def test_every_row_of_the_excluded_patterns_has_an_example(english):
    rows = english.excluded_patterns
    assert rows
    sentences = [example["sentence"] for example in examples_of(test_what_is_no_figure_is_left_out)]
    unshown = [row for row in rows if not any(map(row.pattern.search, sentences))]
    assert unshown == []


@each_example("languages", "mentions", "en")
def test_dates_ordinals_marks_names_and_pronouns_are_no_figures(mentions, sentence):
    assert mentions(sentence) == []


@each_example("languages", "mentions", "en")
def test_a_figure_beside_what_is_none_is_kept(mentions, sentence, values):
    assert [mention.value for mention in mentions(sentence)] == values


@each_example("languages", "mentions", "en")
def test_a_bound_before_the_number_belongs_to_the_quote(only_mention, phrase, bound):
    quote, mention = only_mention(f"It listed {phrase} 4,000 shops then.")
    assert (quote, mention.bound) == (f"{phrase} 4,000 shops", bound)


@each_example("languages", "mentions", "en")
def test_a_bound_after_the_number_belongs_to_the_quote(only_mention, phrase, bound):
    quote, mention = only_mention(f"The rate was 40 percent {phrase} then.")
    assert (quote, mention.bound) == (f"40 percent {phrase}", bound)


def phrases_of(test) -> set[str]:
    return {example["phrase"] for example in examples_of(test)}


def test_every_bound_phrase_is_tried(english):
    assert phrases_of(test_a_bound_before_the_number_belongs_to_the_quote) >= set(english.bounds_before)
    assert phrases_of(test_a_bound_after_the_number_belongs_to_the_quote) >= set(english.bounds_after)


@each_example("languages", "mentions", "en")
def test_a_bound_may_stand_before_a_currency_or_be_absent(only_mention, sentence, bound, quote):
    found, mention = only_mention(sentence)
    assert (found, mention.bound) == (quote, bound)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The bureau handed over 3,300 files.", "3,300 files"),
        ("The bureau received notifications about 3,300 toys.", "3,300 toys"),
    ],
)
def test_over_and_about_that_belong_to_what_stands_before_are_no_bounds(only_mention, sentence, quote):
    found, mention = only_mention(sentence)
    assert (found, mention.bound) == (quote, "exact")


def test_a_vague_bound_before_the_number_yields_to_the_one_behind_it(only_mention):
    quote, mention = only_mention("Some 300-plus shops shut.")
    assert (quote, mention.bound) == ("Some 300-plus shops", "more_than")


@pytest.mark.parametrize(
    ("sentence", "quote", "value", "unit", "bound"),
    [
        (
            "Complaints must be settled within three working days.",
            "within three working days",
            3,
            "day",
            "at_most",
        ),
        ("Most listings went inside 72 hours.", "inside 72 hours", 72, "hour", "less_than"),
        (
            "It is done within a maximum of 20 business days.",
            "a maximum of 20 business days",
            20,
            "day",
            "at_most",
        ),
    ],
)
def test_a_limit_in_hours_or_days_is_a_figure(only_mention, sentence, quote, value, unit, bound):
    found, mention = only_mention(sentence)
    assert (found, mention.value, mention.unit, mention.bound) == (quote, value, unit, bound)


@each_example("languages", "mentions", "en")
def test_what_is_not_said_again_is_understood(mentions, sentence, expected):
    assert [(mention.value, mention.unit) for mention in mentions(sentence)] == expected


def test_a_pronoun_does_not_count_what_was_named_last(mentions):
    _, mention = mentions("Under a plan of eight bodies it is to be no fewer than 40 by then.")
    assert (mention.value, mention.bound, mention.counted_text) == (40, "at_least", None)


def test_a_number_in_words_that_is_compared_counts_the_same(mentions):
    _, mention = mentions("It opened 12 shops, up from two in 2021.")
    assert (mention.value, mention.counted_text) == (2, "shops")


def test_what_belongs_to_somebody_is_counted(mentions):
    assert [mention.counted_text for mention in mentions("2,310 of our certificates were withdrawn.")] == [
        "certificates"
    ]


def test_today_is_nothing_that_is_counted(mentions):
    assert [mention.counted_text for mention in mentions("It is to grow from 40 today to 55 labs.")] == [
        None,
        "labs",
    ]
