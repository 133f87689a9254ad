"""Of which place a figure speaks."""

import pytest


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("In Shanghai inspectors closed 340 shops.", "CN-SH"),
        ("Inspectors closed 340 shops in Zhejiang.", "CN-ZJ"),
        ("China closed 340 shops.", "CN"),
        ("The European Union closed 340 shops.", "EU"),
        ("In the United States 340 shops closed.", "US"),
        ("SAMR closed 340 shops.", "CN"),
        ("The CPSC closed 340 shops.", "US"),
    ],
)
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
