"""Chinese time phrases, resolved to days against the date of a document of 21 February 2024."""

from datetime import date
from itertools import pairwise

import pytest
from examples import each_example, examples_of

from flows.extract.languages.chinese.reader import ChineseReader
from flows.extract.languages.chinese.time_phrases import number_of
from flows.extract.languages.time_phrases import TimePhrase

ANCHOR = date(2024, 2, 21)


@pytest.fixture(scope="module")
def chinese(vocabulary):
    return vocabulary.languages["zh"]


@pytest.fixture(scope="module")
def phrases_of(chinese, vocabulary):
    return ChineseReader(chinese, vocabulary).find_time_phrases


@pytest.fixture(scope="module")
def only_phrase(phrases_of):
    """Words and phrase of a sentence with exactly one time phrase."""

    def read(text: str, anchor: date | None = ANCHOR) -> tuple[str, TimePhrase]:
        [phrase] = phrases_of(text, anchor)
        return text[phrase.start : phrase.end], phrase

    return read


def days(phrase: TimePhrase) -> tuple[str | None, str | None]:
    first, last = (day.isoformat() if day else None for day in (phrase.first, phrase.last))
    return first, last


@each_example("languages", "time_phrases", "zh")
def test_an_interval_has_its_first_and_its_last_day(only_phrase, text, first, last):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("interval", first, last)


@each_example("languages", "time_phrases", "zh")
def test_a_deadline_or_a_state_has_only_its_last_day(only_phrase, text, last):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("instant", None, last)


@each_example("languages", "time_phrases", "zh")
def test_since_runs_to_the_date_of_the_document(only_phrase, text, first):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("since", first, "2024-02-21")


@each_example("languages", "time_phrases", "zh")
def test_the_base_of_a_comparison_is_never_a_period(only_phrase, text, phrase):
    quote, found = only_phrase(text)
    assert (quote, found.role, *days(found)) == (phrase, "comparison", None, None)


@each_example("languages", "time_phrases", "zh")
def test_a_base_that_has_a_number_of_its_own_dates_it(only_phrase, text, first):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("base", first, "2020-12-31")


NOW_AS_BASE = "由目前的61家增加。"


def test_the_present_may_be_what_another_number_is_compared_with(only_phrase):
    _, phrase = only_phrase(NOW_AS_BASE)
    assert (phrase.role, *days(phrase)) == ("base", None, "2024-02-21")


RUNNING = "连续6年保持稳定。"


@each_example("languages", "time_phrases", "zh")
def test_what_only_points_at_a_time_names_no_days(only_phrase, text, role):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == (role, None, None)


def test_every_chinese_time_pattern_has_an_example(chinese):
    examples = examples_of(
        test_an_interval_has_its_first_and_its_last_day,
        test_a_deadline_or_a_state_has_only_its_last_day,
        test_since_runs_to_the_date_of_the_document,
        test_the_base_of_a_comparison_is_never_a_period,
        test_a_base_that_has_a_number_of_its_own_dates_it,
        test_what_only_points_at_a_time_names_no_days,
    )
    texts = [RUNNING, NOW_AS_BASE, *(example["text"] for example in examples)]
    unshown = [
        row.pattern.pattern
        for row in chinese.time_patterns
        if not any(row.pattern.search(text) for text in texts)
    ]
    assert unshown == []


@each_example("languages", "time_phrases", "zh")
def test_a_relative_phrase_stays_unresolved_without_a_date(only_phrase, text):
    _, phrase = only_phrase(text, anchor=None)
    assert days(phrase) == (None, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023年增长。", "2023-01-01", "2023-12-31"),
        ("2023年1—6月增长。", "2023-01-01", "2023-06-30"),
        ("截至2022年底增长。", None, "2022-12-31"),
        ("“十三五”期间增长。", "2016-01-01", "2020-12-31"),
    ],
)
def test_an_absolute_phrase_needs_no_date(only_phrase, text, first, last):
    _, phrase = only_phrase(text, anchor=None)
    assert days(phrase) == (first, last)


@each_example("languages", "time_phrases", "zh")
def test_what_only_looks_like_time_is_none(phrases_of, text):
    assert phrases_of(text, ANCHOR) == []


def test_phrases_come_in_order_and_do_not_overlap(phrases_of):
    phrases = phrases_of("截至2022年底，同比增长；2023年上半年有所回落。", ANCHOR)
    assert [phrase.role for phrase in phrases] == ["instant", "comparison", "interval"]
    assert all(left.end <= right.start for left, right in pairwise(phrases))


def test_numbers_are_read_as_they_are_said():
    assert [number_of(n) for n in ("12", "十", "十二", "二十", "三十五", "两", "二〇二三")] == [
        12,
        10,
        12,
        20,
        35,
        2,
        2023,
    ]
