"""Of which place a figure of a Chinese text speaks."""

import pytest


@pytest.fixture(scope="module")
def areas_of(read):
    return lambda text, **fields: [figure.ref_area for figure in read(text, language="zh", **fields)]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("我国去年检查企业340家。", "CN"),
        ("全国去年检查企业340家。", "CN"),
        ("浙江省去年检查企业340家。", "CN-ZJ"),
        ("浙江去年检查企业340家。", "CN-ZJ"),
        ("广西壮族自治区去年检查企业340家。", "CN-GX"),
        ("在上海市检查企业340家。", "CN-SH"),
        ("中国香港去年检查企业340家。", "HK"),
        ("全球去年检查企业340家。", "WORLD"),
        ("美国去年检查企业340家。", "US"),
    ],
)
def test_the_place_that_a_sentence_names_is_meant(areas_of, text, area):
    assert areas_of(text) == [area]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("长三角去年检查企业340家。", "长三角"),
        ("宁波市去年检查企业340家。", "宁波市"),
        ("浙江省宁波市去年检查企业340家。", "宁波市"),
        ("珠三角、京津冀去年检查企业340家。", "珠三角, 京津冀"),
    ],
)
def test_a_place_without_a_code_is_a_part_and_has_none(read, text, part):
    [figure] = read(text, language="zh")
    assert (figure.ref_area, figure.reasons["ref_area"], figure.breakdown) == (None, "unmapped", part)


@pytest.mark.parametrize(
    "text",
    [
        "上海市去年检查企业340家，居全国第二。",
        "市场监管总局在北京公布，去年检查企业340家。",
        "去年从德国进口汽车340辆，全国检查企业12家。",
        "日本品牌去年在我国召回汽车340辆。",
    ],
)
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
