"""Figures that are an indicator of the catalogue, and figures that only look like it."""

import pytest
from examples import each_example, examples_of


@each_example("indicators", "indicator", "en")
def test_a_plain_sentence_maps_to_its_indicator(read, indicator, text):
    assert indicator in [figure.indicator for figure in read(text)]


def test_every_row_has_a_sentence(rows_without_example):
    assert rows_without_example("en", examples_of(test_a_plain_sentence_maps_to_its_indicator)) == []


@each_example("indicators", "indicator", "en")
def test_a_look_alike_is_not_the_indicator(read, indicator, text):
    figures = read(text)
    assert figures
    assert indicator not in [figure.indicator for figure in figures]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Bakers sold 340 cakes.", "unmapped"),
        ("Exports rose by 5.2%.", "not_applicable"),
        ("The rate rose by 0.5 percentage points.", "not_applicable"),
    ],
)
def test_a_figure_without_an_indicator_says_why(read_one, text, reason):
    figure = read_one(text)
    assert (figure.indicator, figure.reasons["indicator"]) == (None, reason)


def test_the_measure_is_named_after_the_indicator_or_what_is_counted(read_one, vocabulary):
    named = read_one("Makers recalled 6.728 million vehicles.")
    assert named.measure == vocabulary.indicators["vehicles_recalled"].name
    assert read_one("Bakers sold 340 cakes.").measure == "cakes"


def test_several_figures_of_a_sentence_map_each_by_its_own_clause(read):
    text = "Officers closed 56,700 cases of quality offences, and makers recalled 6.7 million vehicles."
    assert [figure.indicator for figure in read(text)] == ["quality_violation_cases", "vehicles_recalled"]


@each_example("indicators", "indicator", "en")
def test_a_part_is_named_and_is_not_the_whole(read_one, text, part):
    figure = read_one(text)
    assert (figure.indicator, figure.breakdown) == (None, part)


@each_example("indicators", "indicator", "en")
def test_a_place_or_an_empty_word_leaves_the_whole_whole(read_one, indicator, text):
    figure = read_one(text)
    assert (figure.indicator, figure.breakdown) == (indicator, None)


def test_a_part_is_carried_on_through_its_sentence(read):
    first, second = read(
        "Livestreaming led to 40,000 complaints, and 8 million yuan was recovered for consumers."
    )
    assert (first.indicator, second.indicator) == (None, None)
    assert second.breakdown == "Livestreaming"


def test_a_subset_of_what_was_stated_is_not_the_same_again(read):
    text = "Makers of cars held 214 recalls. Of the 214 recalls, 81 recalls followed an investigation."
    first, again, subset = read(text)
    assert (first.indicator, again.indicator) == ("vehicle_recall_campaigns", "vehicle_recall_campaigns")
    assert subset.indicator is None


def test_a_pronoun_stands_for_the_subject_of_the_sentence_before(read_one):
    figure = read_one("Individual businesses are small. By June they came to 119 million.")
    assert figure.indicator == "individual_businesses"


def test_two_indicators_that_hold_equally_are_ambiguous(read_one):
    figure = read_one("Under ISO 9001 and ISO 14001 certifiers issued 780,000 certificates.")
    assert (figure.indicator, figure.reasons["indicator"]) == (None, "ambiguous")


def test_the_paragraph_tells_what_accidents_are_meant(read):
    first, second = read("Special equipment caused 71 accidents. In 2019 there were 130 accidents.")
    assert first.indicator == second.indicator == "special_equipment_accidents"


def test_the_paragraph_goes_on_about_the_part_that_it_counted(read):
    text = (
        "In a spot check 1,203 batches of kettles made by 1,066 enterprises were tested. 107 batches failed."
    )
    figures = read(text, publisher="State Administration for Market Regulation")
    assert [(figure.indicator, figure.breakdown) for figure in figures] == [(None, "kettles")] * 3


def test_what_comes_on_top_of_a_total_is_not_the_total(read):
    total, more = read(
        "In 2023 SAMR announced 340 vehicle recalls; electric models added another 72 recalls."
    )
    assert (total.indicator, more.indicator) == ("vehicle_recall_campaigns", None)


@pytest.mark.parametrize(
    "text",
    [
        "The association took in 1.1 million complaints and settled 915,752.",
        "The agency surveyed 1,018 consumer products, of which some were recalled.",
        "For compulsory certification there are 37 certification bodies.",
    ],
)
def test_a_neighbour_of_a_measure_is_not_that_measure(read, text):
    figure = read(text)[-1]
    assert (figure.indicator, figure.reasons["indicator"]) == (None, "unmapped")


SPOT_CHECK = "Results of the provincial spot checks"


def test_checks_are_told_in_many_words_where_the_document_is_of_a_spot_check(read):
    text = (
        "The bureau examined 20 kinds of household and industrial goods. "
        "Inspectors bought 340 batches from 210 firms. Of these, 31 batches failed."
    )
    assert [figure.indicator for figure in read(text.replace("household", "consumer"), title=SPOT_CHECK)] == [
        "spot_check_product_kinds",
        "spot_check_batches",
        "enterprises_spot_checked",
        "spot_check_failed_batches",
    ]


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("consumer_products_recalled", "The agency announced 30 recalls of 19.7 million product units."),
        ("vehicle_recall_campaigns", "Cars were checked. In May there were another 28 recalls of vehicles."),
        ("cmc_recognised", "1,310 of our calibration and measurement capabilities were recognised."),
        ("inspection_testing_revenue", "Inspection and testing institutions will take in 510 billion yuan."),
    ],
)
def test_more_wordings_of_an_indicator(read, indicator, text):
    assert read(text)[-1].indicator == indicator


def test_revenue_per_person_is_not_all_revenue(read_one):
    text = "In inspection and testing the revenue per person stood at 306,000 yuan."
    assert read_one(text).indicator is None


def test_a_standard_with_its_year_still_tells_what_is_certified(read_one):
    text = "Under ISO 9001:2015 certifiers issued 780,000 certificates."
    assert read_one(text).indicator == "iso9001_certificates"
