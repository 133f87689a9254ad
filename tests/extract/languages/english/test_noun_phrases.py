"""What a number counts: the noun phrase after it, before it, or the subject of its clause."""

import pytest

from flows.extract.languages.english.noun_phrases import (
    find_subject,
    read_noun_phrase_after,
    read_noun_phrase_before,
)


def after(text: str, number: str) -> str | None:
    span = read_noun_phrase_after(text, text.index(number) + len(number))
    return text[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("text", "number", "counted"),
    [
        ("Some 56,700 cases were closed.", "56,700", "cases"),
        ("They recalled 6.728 million defective vehicles in total.", "million", "defective vehicles"),
        ("Inspectors found 40 unsafe electric toys on shelves.", "40", "unsafe electric toys"),
        ("Foods of 2,186 kinds of tested snacks arrived.", "2,186", "kinds of tested snacks"),
        ("It drew 23 batches of children's clothes.", "23", "batches of children's clothes"),
        ("It trades with 178 countries and regions by now.", "178", "countries and regions"),
        ("It honoured 10 firms or organizations.", "10", "firms or organizations"),
        ("It employs 300 people today.", "300", "people"),
        ("It trains 40 laboratory staff a year.", "40", "laboratory staff"),
        ("It checked 12 of the shops.", "12", "shops"),
        ("It checked 9 national quality inspection centers.", "9", "national quality inspection centers"),
    ],
)
def test_the_phrase_after_a_number_ends_with_its_plural_noun(text, number, counted):
    assert after(text, number) == counted


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The score is 78.01.", "78.01"),
        ("It rose to 40 in spring.", "40"),
        ("It found 40, and closed them.", "40"),
        ("Of 12 shops it closed 6 of them.", "6"),
        ("It rose from 40 to 50 at once.", "40"),
    ],
)
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
