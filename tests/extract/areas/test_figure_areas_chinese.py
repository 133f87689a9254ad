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
        ("北京市海淀区去年检查企业340家。", "海淀区"),
        ("临江县去年检查企业340家。", "临江县"),
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
        "我国去年查获来自法国、日本、德国的汽车340辆。",
        "全国检查企业12家。香港晚报记者问及，去年检查企业340家。",
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


@pytest.mark.parametrize(
    ("text", "fields", "areas"),
    [
        ("宁波市检查企业340家。全省检查企业12家。", {"title": "浙江检查情况"}, [None, "CN-ZJ"]),
        ("海淀区检查企业340家。全市检查企业12家。", {"title": "北京检查情况"}, [None, "CN-BJ"]),
        ("全市检查企业340家。", {"title": "宁波检查情况"}, [None]),
        ("全市检查企业340家。", {"publisher": "宁波晚报"}, [None]),
        ("我省检查企业340家，宁波市12家。", {"publisher": "浙江晚报"}, ["CN-ZJ", None]),
        ("我省检查企业340家。其中，宁波市12家。", {}, ["CN-ZJ", None]),
        ("检查企业340家，获中国质量奖企业12家。", {"publisher": "甘肃省人民政府"}, ["CN-GS", "CN-GS"]),
        ("检查企业340家。", {"publisher": "香港食物安全中心"}, ["HK"]),
        ("检查企业340家。", {"publisher": "浙江晚报"}, [None]),
        ("欧洲药品管理局批准新药34个。", {}, ["EU"]),
        ("现有食品安全国家标准34项。", {}, [None]),
        ("仅四川一省就检查企业340家。去年退回12家。", {"title": "我国检查情况"}, ["CN-SC", "CN"]),
        ("12个中心建在宁波市。去年检查企业340家。", {"title": "浙江检查情况"}, [None, "CN-ZJ"]),
    ],
)
def test_a_local_text_speaks_of_its_place(areas_of, text, fields, areas):
    assert areas_of(text, **fields) == areas


def test_a_corps_that_bears_the_name_of_a_place_is_not_it(areas_of):
    assert areas_of("全国各地和新疆生产建设兵团检查企业340家。") == ["CN"]


def test_where_an_agency_cabled_from_is_not_meant(areas_of):
    assert areas_of("东海晚报北京1月24日电 质检总局24日通报，检查企业340家。") == ["CN"]


@pytest.mark.parametrize(
    ("publisher", "text", "unit"),
    [
        ("香港消費者委員會", "涉及金額19億元。", "HKD"),
        ("澳門海關", "涉案貨值560萬元。", "MOP"),
        ("香港消費者委員會", "涉及人民幣5萬元。", "CNY"),
        ("香港消費者委員會", "涉及5萬美元。", "USD"),
        ("市场监管总局", "涉案货值560万元。", "CNY"),
    ],
)
def test_money_is_that_of_the_place_of_the_text(read, publisher, text, unit):
    [figure] = read(text, language="zh", publisher=publisher)
    assert figure.unit == unit


def test_the_country_in_the_name_of_a_law_is_not_meant(read):
    text = "依照《中华人民共和国标准化法》查处案件340件。"
    [figure] = read(text, language="zh", publisher="浙江省市场监督管理局")
    assert figure.ref_area == "CN-ZJ"
