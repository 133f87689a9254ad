"""The same statistics in other words, and similar ones that the catalogue does not have."""

import pytest
from examples import each_example


@each_example("indicators", "wordings", "en")
def test_an_indicator_is_known_in_other_words(read_one, indicator, text):
    assert read_one(text).indicator == indicator


@each_example("indicators", "wordings", "en", "zh")
def test_an_indicator_is_known_in_other_chinese_words(read_one, indicator, text):
    assert read_one(text, language="zh").indicator == indicator


@each_example("indicators", "wordings", "en")
def test_a_neighbour_of_an_indicator_is_none(read, text):
    figures = read(text)
    assert figures
    assert [figure.indicator for figure in figures if figure.indicator] == []


@each_example("indicators", "wordings", "zh")
def test_a_chinese_neighbour_of_an_indicator_is_none(read, text):
    figures = read(text, language="zh")
    assert figures
    assert [figure.indicator for figure in figures if figure.indicator] == []


@each_example("indicators", "wordings", "en")
def test_every_figure_of_a_passage_is_told(read, text, indicators):
    assert [figure.indicator for figure in read(text)] == indicators


@each_example("indicators", "wordings", "zh")
def test_every_figure_of_a_chinese_passage_is_told(read, text, indicators):
    assert [figure.indicator for figure in read(text, language="zh")] == indicators


def test_a_stock_and_what_was_added_to_it_are_told_apart(read):
    text = "新登记经营主体30.4万户，总量达到240.8万户，其中企业66.2万户。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "new_business_entities",
        "business_entities",
        "enterprises_registered",
    ]


def test_what_a_clause_goes_on_about_is_the_part_of_the_clause_before(read):
    recalls, vehicles = read("In all, 15 recalls of imported cars were announced, involving 23,000 vehicles.")
    assert (recalls.indicator, vehicles.indicator) == (None, None)
    assert vehicles.breakdown == recalls.breakdown == "imported cars"


def test_a_clause_that_goes_on_is_read_together_with_the_one_before(read):
    text = "Makers of new energy vehicles carried out 47 recalls, recalling 1.2 million vehicles."
    assert [figure.indicator for figure in read(text)] == [
        "new_energy_vehicle_recall_campaigns",
        "new_energy_vehicles_recalled",
    ]


@pytest.mark.parametrize(
    "title", ["Results of food sampling in the second quarter", "Drug safety in figures"]
)
def test_fines_in_a_document_about_one_trade_are_not_all_fines(read_one, title):
    text = "Local offices imposed fines of 140 million yuan."
    assert read_one(text, title=title).indicator is None
    assert read_one(text, title="Market regulation in figures").indicator == "fines_amount"


def test_a_count_that_the_figure_stands_for_is_taken_up_again(read):
    first, second = read("Of food 6.1 million batches were sampled. Last year the figure was 5.8 million.")
    assert first.indicator == second.indicator == "food_sampling_batches"


def test_patents_per_so_many_people_are_counted_and_deaths_per_so_many_units_are_not(read_one):
    patents = read_one("High-value invention patents per 10,000 people should hit 13 in 2026.")
    assert (patents.unit, patents.indicator) == ("count", "invention_patents_per_10000")
    deaths = read_one("Deaths per 10,000 special equipment units fell to 0.05.")
    assert (deaths.unit, deaths.indicator) == ("ratio", "special_equipment_death_rate")
    chinese = read_one("每万人口高价值发明专利拥有量达13件。", language="zh")
    assert (chinese.unit, chinese.indicator) == ("count", "invention_patents_per_10000")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "An average of 24,000 new enterprises came up."),
        ("en", "Stations of the 12315 platform took in 41,000 complaints a day."),
        ("zh", "平台平均每天接到投诉1.2万件。"),
    ],
)
def test_an_average_is_not_the_total(read_one, language, text):
    assert read_one(text, language=language).indicator is None


def test_two_that_share_a_verb_are_read_with_it(read):
    text = "8家组织和9名个人获得中国质量奖。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "quality_award_organizations",
        "quality_award_individuals",
    ]


def test_what_stands_behind_a_semicolon_does_not_tell_what_a_rate_is(read):
    rate, food = read(
        "Of the shops 84 percent were clean; the pass rate of food in sampling was 97.2 percent."
    )
    assert (rate.indicator, food.indicator) == (None, "food_sampling_pass_rate")
