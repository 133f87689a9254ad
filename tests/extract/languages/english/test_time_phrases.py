"""Time phrases, resolved to days against the date of a document of 21 February 2024."""

from datetime import date
from itertools import pairwise

import pytest
from examples import each_example, examples_of

from flows.extract.languages.english.time_phrases import month_number
from flows.extract.languages.time_phrases import TimePhrase, last_day, years_before

ANCHOR = date(2024, 2, 21)


@pytest.fixture(scope="module")
def only_phrase(time_phrases):
    """Words and phrase of a sentence with exactly one time phrase."""

    def read(text: str, anchor: date | None = ANCHOR) -> tuple[str, TimePhrase]:
        [phrase] = time_phrases(text, anchor)
        return text[phrase.start : phrase.end].strip(), phrase

    return read


def days(phrase: TimePhrase) -> tuple[str | None, str | None]:
    first, last = (day.isoformat() if day else None for day in (phrase.first, phrase.last))
    return first, last


@each_example("languages", "time_phrases", "en")
def test_an_interval_has_its_first_and_its_last_day(only_phrase, text, first, last):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("interval", first, last)


@each_example("languages", "time_phrases", "en")
def test_a_deadline_or_a_state_has_only_its_last_day(only_phrase, text, last):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("instant", None, last)


@each_example("languages", "time_phrases", "en")
def test_since_runs_to_the_date_of_the_document(only_phrase, text, first):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("since", first, "2024-02-21")


@each_example("languages", "time_phrases", "en")
def test_the_base_of_a_comparison_is_never_a_period(only_phrase, text, phrase):
    quote, found = only_phrase(text)
    assert (quote, found.role, *days(found)) == (phrase, "comparison", None, None)


@each_example("languages", "time_phrases", "en")
def test_the_day_of_an_event_is_a_day_and_no_period(only_phrase, text, day):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("day", day, day)


@each_example("languages", "time_phrases", "en")
def test_what_only_points_at_a_time_names_no_days(only_phrase, text, role):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == (role, None, None)


@each_example("languages", "time_phrases", "en")
def test_a_period_named_before_is_only_pointed_at(only_phrase, text):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("anaphora", None, None)


def test_every_time_pattern_has_an_example(english):
    examples = examples_of(
        test_an_interval_has_its_first_and_its_last_day,
        test_a_deadline_or_a_state_has_only_its_last_day,
        test_since_runs_to_the_date_of_the_document,
        test_the_base_of_a_comparison_is_never_a_period,
        test_the_day_of_an_event_is_a_day_and_no_period,
        test_what_only_points_at_a_time_names_no_days,
        test_a_period_named_before_is_only_pointed_at,
    )
    texts = [example["text"] for example in examples]
    unshown = [row for row in english.time_patterns if not any(row.pattern.search(text) for text in texts)]
    assert unshown == []


@each_example("languages", "time_phrases", "en")
def test_a_relative_phrase_stays_unresolved_without_a_date(only_phrase, text):
    _, phrase = only_phrase(text, anchor=None)
    assert days(phrase) == (None, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("In 2023 rates rose.", "2023-01-01", "2023-12-31"),
        ("From January to June 2023 rates rose.", "2023-01-01", "2023-06-30"),
        ("By the end of 2022 all were done.", None, "2022-12-31"),
    ],
)
def test_an_absolute_phrase_needs_no_date(only_phrase, text, first, last):
    _, phrase = only_phrase(text, anchor=None)
    assert days(phrase) == (first, last)


@each_example("languages", "time_phrases", "en")
def test_what_only_looks_like_time_is_none(time_phrases, text):
    assert time_phrases(text, ANCHOR) == []


def test_phrases_come_in_order_and_do_not_overlap(time_phrases):
    text = "By the end of 2022 it rose on the previous year, and in the first half of 2023 it fell."
    phrases = time_phrases(text, ANCHOR)
    assert [phrase.role for phrase in phrases] == ["instant", "comparison", "interval"]
    assert all(left.end <= right.start for left, right in pairwise(phrases))


def test_a_leap_day_has_a_counterpart_in_every_year():
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)


def test_months_are_known_by_their_short_names():
    assert [month_number(name) for name in ("Sept.", "sep", "DECEMBER", "Feb.")] == [9, 9, 12, 2]
    assert [last_day(year, 2) for year in (2023, 2024)] == [date(2023, 2, 28), date(2024, 2, 29)]
