"""Noun phrases that a number counts: the one after it, before it, or the subject of its clause."""

import pytest
from examples import each_example

from flows.extract.languages.english.noun_phrases import (
    find_subject,
    read_noun_phrase_after,
    read_noun_phrase_before,
)


def after(text: str, number: str) -> str | None:
    span = read_noun_phrase_after(text, text.index(number) + len(number))
    return text[slice(*span)] if span else None


@each_example("languages", "noun_phrases", "en")
def test_the_phrase_after_a_number_ends_with_its_plural_noun(text, number, counted):
    assert after(text, number) == counted


@each_example("languages", "noun_phrases", "en")
def test_no_phrase_follows_where_something_else_does(text, number):
    assert after(text, number) is None


@pytest.mark.parametrize(
    ("text", "mark", "counted"),
    [
        ("Among them are boilers (319,600).", "319", "boilers"),
        ("Idle lifts: 9,100.", "9,100", "Idle lifts"),
        ("Open cable cars - 1,135.", "1,135", "Open cable cars"),
    ],
)
def test_the_phrase_before_a_number_stands_right_before_it(text, mark, counted):
    span = read_noun_phrase_before(text, text.index(mark))
    assert span and text[slice(*span)] == counted


@pytest.mark.parametrize(
    ("text", "mark"), [("The stock is 12.", "12"), ("Lifts, it said, are 12.", "12"), ("12 at once", "12")]
)
def test_no_phrase_stands_before_a_verb_or_a_gap(text, mark):
    assert read_noun_phrase_before(text, text.index(mark)) is None


@pytest.mark.parametrize(
    ("text", "mark", "counted"),
    [
        ("Complaints alone numbered 20.366 million.", "20.366", "Complaints"),
        ("The number of accredited laboratories reached 1,900.", "1,900", "accredited laboratories"),
        ("Shops closed; the injured workers were 31.", "31", "injured workers"),
    ],
)
def test_the_subject_of_the_clause_is_counted_where_nothing_nearer_is(text, mark, counted):
    span = find_subject(text, text.index(mark))
    assert span and text[slice(*span)] == counted
