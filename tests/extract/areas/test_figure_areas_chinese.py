"""The place that a figure of a Chinese text is about."""

import pytest
from examples import each_example


@pytest.fixture(scope="module")
def areas_of(read):
    return lambda text, **fields: [figure.ref_area for figure in read(text, language="zh", **fields)]


@each_example("areas", "figure_areas", "zh")
def test_the_place_that_a_sentence_names_is_meant(areas_of, text, area):
    assert areas_of(text) == [area]


@each_example("areas", "figure_areas", "zh")
def test_a_place_without_a_code_is_a_part_and_has_none(read, text, part):
    [figure] = read(text, language="zh")
    assert (figure.ref_area, figure.reasons["ref_area"], figure.breakdown) == (None, "unmapped", part)


@each_example("areas", "figure_areas", "zh")
def test_a_place_named_in_passing_is_not_meant(areas_of, text):
    expected = "CN-SH" if text.startswith("上海") else "CN"
    assert areas_of(text)[-1] in (expected,)
    assert {"CN-BJ", "DE", "JP"}.isdisjoint(areas_of(text)[-1:])


def test_a_paragraph_stays_in_its_place(areas_of):
    assert areas_of("江苏省检查企业340家。发现问题企业12家。\n\n全国检查企业7家。") == [
        "CN-JS",
        "CN-JS",
        "CN",
    ]


def test_places_and_figures_are_paired_in_turn(areas_of):
    assert areas_of("浙江、江苏分别检查企业340家和12家。") == ["CN-ZJ", "CN-JS"]


@each_example("areas", "figure_areas", "zh")
def test_a_local_text_speaks_of_its_place(areas_of, text, fields, areas):
    assert areas_of(text, **fields) == areas


def test_a_corps_that_bears_the_name_of_a_place_is_not_it(areas_of):
    assert areas_of("全国各地和新疆生产建设兵团检查企业340家。") == ["CN"]


def test_where_an_agency_cabled_from_is_not_meant(areas_of):
    assert areas_of("东海晚报北京1月24日电 质检总局24日通报，检查企业340家。") == ["CN"]


@each_example("areas", "figure_areas", "zh")
def test_money_is_that_of_the_place_of_the_text(read, publisher, text, unit):
    [figure] = read(text, language="zh", publisher=publisher)
    assert figure.unit == unit


def test_the_country_in_the_name_of_a_law_is_not_meant(read):
    text = "依照《中华人民共和国标准化法》查处案件340件。"
    [figure] = read(text, language="zh", publisher="浙江省市场监督管理局")
    assert figure.ref_area == "CN-ZJ"
