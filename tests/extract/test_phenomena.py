"""Sentences as public bodies write them, and every figure that must come out; the document is of 15 March 2024."""

from datetime import date

import pytest

PUBLISHED = date(2024, 3, 15)


def facts(figures) -> list[tuple]:
    """Value, upper end, unit and the days of the period, as far as they are stated."""
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SAMR recalled 40,000 cars in 2022 and 52,000 in 2023.",
            [(40_000, "count", *IN_2022), (52_000, "count", *IN_2023)],
        ),
        (
            "Between 1 April 2022 and 31 March 2023, the office received 12,345 notifications.",
            [(12_345, "count", "2022-04-01", "2023-03-31")],
        ),
        ("In Q1 2023, SAMR recalled 40,000 cars.", [(40_000, "count", "2023-01-01", "2023-03-31")]),
        ("The body sent 3 412 alerts and 3’412 notes.", [(3412, "count"), (3412, "count")]),
        ("Dealers sold 6 mln vehicles, 7 bn parts.", [(6_000_000, "count"), (7_000_000_000, "count")]),
        ("It tested 1.24 crore articles.", [(12_400_000, "count")]),
        ("It will train 5 to 7 lakh students.", [(500_000, 700_000, "count")]),
        ("Some 1.2 to 1.5 million vehicles are affected.", [(1_200_000, 1_500_000, "count")]),
        ("Fines run from $10-15 million.", [(10_000_000, 15_000_000, "USD")]),
        ("Fines of 50,000 to 200,000 yuan threaten.", [(50_000, 200_000, "CNY")]),
        ("The time was cut from 45 to 17 days.", [(45, "count"), (17, "day")]),
        ("It recovered 4.5 million yuan, twice as much as in 2017.", [(4_500_000, "CNY")]),
        (
            "There are 461 shops today as against 88 in 2014.",
            [(461, "count"), (88, "count", "2014-01-01", "2014-12-31")],
        ),
        (
            "There were 1,008 recalls (2020: 934).",
            [(1008, "count"), (934, "count", "2020-01-01", "2020-12-31")],
        ),
        (
            "The plan aims to have 30 labs by 2030 and to reach at least 70 countries by the end of 2025.",
            [(30, "count", None, "2030-12-31"), (70, "count", None, "2025-12-31")],
        ),
        (
            "Measure | 2022 | 2023\nVehicles recalled | 8,730 | 4,488\n",
            [(8730, "count", *IN_2022), (4488, "count", *IN_2023)],
        ),
        (
            "Year | Recalls\n2022 | 5\n2023 | 6\nTotal | 11\n",
            [(5, "count", *IN_2022), (6, "count", *IN_2023), (11, "count")],
        ),
    ],
)
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
