"""Figures of Chinese sentences that are an indicator of the catalogue, and figures that only look like it."""

import pytest
from examples import each_example, examples_of


@each_example("indicators", "indicator", "zh")
def test_a_plain_chinese_sentence_maps_to_its_indicator(read, indicator, text):
    assert indicator in [figure.indicator for figure in read(text, language="zh")]


def test_every_chinese_row_has_a_sentence(rows_without_example):
    assert rows_without_example("zh", examples_of(test_a_plain_chinese_sentence_maps_to_its_indicator)) == []


@each_example("indicators", "indicator", "zh")
def test_a_chinese_part_is_named_and_is_not_the_whole(read, text, part):
    [figure] = read(text, language="zh")
    assert (figure.indicator, figure.breakdown) == (None, part)


@each_example("indicators", "indicator", "zh")
def test_a_chinese_look_alike_is_not_the_indicator(read, indicator, text):
    figures = read(text, language="zh")
    assert figures
    assert indicator not in [figure.indicator for figure in figures]


def test_what_follows_qizhong_is_a_part_of_what_was_stated(read):
    text = "全年汽车召回210次，涉及车辆670万辆；其中31次、180万辆是缺陷调查促成的。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "vehicle_recall_campaigns",
        "vehicles_recalled",
        None,
        None,
    ]


def test_what_follows_qizhong_may_be_an_indicator_of_its_own(read):
    text = "登记在册经营主体1.8亿户，其中企业5600万户，个体工商户1.2亿户。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "business_entities",
        "enterprises_registered",
        "individual_businesses",
    ]


def test_chinese_numbers_after_fenbie_each_get_their_own_subject(read):
    text = "公共服务、生活性服务的满意度分别为80.6分和80.1分。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "public_service_satisfaction_score",
        "life_service_satisfaction_score",
    ]


def test_a_chinese_rate_that_is_taken_up_again_keeps_its_indicator(read):
    text = "国家监督抽查的产品合格率为90.2%。近三年的合格率依次是89.1%、89.7%和90.2%。"
    assert {figure.indicator for figure in read(text, language="zh")} == {"national_spot_check_pass_rate"}


def test_a_segment_without_a_subject_goes_on_with_the_one_before(read):
    text = "消费品方面，全年召回560次、930万件；到年底累计召回4700次。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "consumer_product_recall_campaigns",
        "consumer_products_recalled",
        "consumer_product_recall_campaigns",
    ]


def test_the_title_tells_what_accidents_are_meant(read):
    [figure] = read("全年发生事故70起。", language="zh", title="全国特种设备安全状况")
    assert figure.indicator == "special_equipment_accidents"


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("获准向我国出口食品的国家和地区有98个。", "import_source_countries"),
        ("主导或参与制定国际标准137项。", None),
        ("消费者满意度得分最高的城市为87.3分。", None),
    ],
)
def test_a_word_more_may_name_a_measure_or_only_its_neighbour(read, text, indicator):
    [figure] = read(text, language="zh")
    assert figure.indicator == indicator


def test_the_checks_of_a_province_are_spot_checks(read):
    text = "省局对灯具、玩具等58种产品开展了抽查，共抽取174家企业生产和销售的231批次样品，发现20批次不合格。"
    figures = read(text, language="zh", title="关于省级产品质量监督抽查情况的通报")
    assert [figure.indicator for figure in figures] == [
        "spot_check_product_kinds",
        "enterprises_spot_checked",
        "spot_check_batches",
        "spot_check_failed_batches",
    ]


def test_kinds_that_a_list_ends_in_are_all_kinds_and_batches_are_of_a_part(read):
    text = "全年抽查服装、文具等24类产品1200批次。抽查玩具等120批次产品。"
    figures = read(text, language="zh", title="产品质量监督抽查情况")
    assert [figure.indicator for figure in figures] == [
        "spot_check_product_kinds",
        "spot_check_batches",
        None,
    ]
