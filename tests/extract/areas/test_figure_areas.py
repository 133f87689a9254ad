"""The place that a figure is about."""

import pytest
from examples import each_example


@each_example("areas", "figure_areas", "en")
def test_a_place_named_in_the_sentence_or_that_of_the_agency_is_meant(read_one, text, area):
    assert read_one(text).ref_area == area


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("In China makers took back 340 lamps from Germany.", "CN"),
        ("China closed 340 shops, more than Japan.", "CN"),
    ],
)
def test_where_something_comes_from_is_not_where_it_is_measured(read_one, text, area):
    assert read_one(text).ref_area == area


def test_each_figure_takes_the_nearest_place_before_it(read):
    first, second = read("Jiangsu closed 340 shops, and Anhui closed 12 stalls.")
    assert (first.ref_area, second.ref_area) == ("CN-JS", "CN-AH")


def test_the_title_says_where_the_document_is_about(read_one):
    figure = read_one("Inspectors closed 340 shops.", title="Guangdong reports on its inspections")
    assert figure.ref_area == "CN-GD"


def test_a_local_agency_outweighs_the_place_the_document_names_most(read):
    text = "China is large. China is old.\n\nShanghai Customs rejected 210 batches."
    assert read(text)[0].ref_area == "CN-SH"


def test_a_place_that_nothing_names_stays_unknown(read_one):
    figure = read_one("Inspectors closed 340 shops.")
    assert (figure.ref_area, figure.reasons["ref_area"]) == (None, "not_stated")


@each_example("areas", "figure_areas", "en")
def test_a_place_without_a_code_is_a_part_and_never_its_province(read_one, text, part):
    figure = read_one(text)
    assert (figure.ref_area, figure.reasons["ref_area"], figure.breakdown) == (None, "unmapped", part)


@each_example("areas", "figure_areas", "en")
def test_of_several_places_the_one_that_is_measured_counts(read, text, areas):
    figures = [figure for figure in read(text) if figure.value in (340, 12)]
    assert [figure.ref_area for figure in figures] == areas[: len(figures)]
    assert figures


@each_example("areas", "figure_areas", "en")
def test_a_local_text_speaks_of_its_place(read, text, fields, areas):
    assert [figure.ref_area for figure in read(text, **fields)] == areas


def test_a_place_in_brackets_is_an_aside(read):
    text = "It recalled 139,000 toys (in addition, about 1,350 were sold in Canada). They cost 70 dollars."
    figures = read(text, publisher="U.S. Consumer Product Safety Commission")
    assert [figure.ref_area for figure in figures] == ["US", "CA", "US"]


def test_a_day_of_the_world_is_no_place(read):
    [figure] = read("China keeps 15,386 reference materials, SAMR said on World Metrology Day.")
    assert figure.ref_area == "CN"


@pytest.mark.parametrize(
    ("publisher", "unit"),
    [
        ("Australian Competition and Consumer Commission", "AUD"),
        ("Enterprise Singapore", "SGD"),
        ("U.S. Consumer Product Safety Commission", "USD"),
    ],
)
def test_dollars_are_those_of_the_country_of_the_text(read, publisher, unit):
    figures = read("The fines came to $50 million, or 300 dollars a person.", publisher=publisher)
    assert [figure.unit for figure in figures] == [unit, unit]
