"""Sentences as public bodies write them, with all their figures; the document is of 15 March 2024."""

from datetime import date

import pytest
from examples import each_example

PUBLISHED = date(2024, 3, 15)


def facts(figures) -> list[tuple]:
    """Return value, upper end, unit and the days of the period, as far as they are stated."""
    return [
        (f.value, f.value_max, f.unit, *stated_period(f))
        if f.value_max
        else (f.value, f.unit, *stated_period(f))
        for f in figures
    ]


def stated_period(figure) -> tuple:
    if figure.period_basis not in ("stated", "inherited"):
        return ()
    return (str(figure.period_start) if figure.period_start else None, str(figure.period_end))


IN_2022, IN_2023 = ("2022-01-01", "2022-12-31"), ("2023-01-01", "2023-12-31")


@each_example("extract", "phenomena", "en")
def test_every_figure_has_its_value_unit_and_period(read, text, expected):
    assert facts(read(text, published=PUBLISHED)) == expected


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("The rate should rise to 95 percent from 93.65 percent in 2023.", ["target", "actual"]),
        ("It aims to build 30 labs, compared with 12 in 2018.", ["target", "actual"]),
        ("By 2020 the index should be above 90.", ["target"]),
    ],
)
def test_what_was_is_no_promise(read, text, statuses):
    assert [figure.status for figure in read(text, published=PUBLISHED)] == statuses


def test_points_that_were_lost_are_a_change_and_not_the_score(read):
    assert [figure.kind for figure in read("The score fell 3.4 points to 81.2 points.")] == [
        "change",
        "level",
    ]


def test_an_indicator_that_only_the_rest_of_the_sentence_tells_is_not_given_for_sure(read):
    [near] = read("In 2023, SAMR recalled 40,000 vehicles.", published=PUBLISHED)
    [*_, far] = read("In 2023, SAMR recalled 40,000 vehicles and 52,000 cars.", published=PUBLISHED)
    assert near.indicator == far.indicator == "vehicles_recalled"
    assert near.confidence >= 0.9 > far.confidence


def test_a_named_part_never_passes_for_the_total(read_one):
    toyotas = read_one("In 2023, SAMR recalled 1.2 million Toyota vehicles.", published=PUBLISHED)
    assert (toyotas.indicator, toyotas.breakdown) == (None, "Toyota")
    chinese = read_one("In 2023, SAMR recalled 1.2 million Chinese vehicles.", published=PUBLISHED)
    assert (chinese.indicator, chinese.breakdown, chinese.ref_area) == ("vehicles_recalled", None, "CN")
