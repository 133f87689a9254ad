"""The agency of a figure in Chinese: names, descriptions, speakers, turns; never the newspaper."""

from datetime import date

import pytest
from examples import each_example


@pytest.fixture(scope="module")
def read_chinese(read):
    return lambda text, **fields: read(text, language="zh", **fields)


def whose(figures) -> list[tuple[str | None, str | None]]:
    return [(figure.agency, figure.speaker) for figure in figures]


def owners(figures) -> list[str | None]:
    return [figure.agency for figure in figures]


@each_example("agencies", "attribution", "zh")
def test_an_agency_is_known_by_its_names_and_by_what_it_does(read_chinese, text, agency):
    assert set(owners(read_chinese(text))) == {agency}


@pytest.mark.parametrize(("year", "agency"), [(2016, "aqsiq"), (2024, "samr")])
def test_who_a_description_means_depends_on_the_day(read_chinese, year, agency):
    [figure] = read_chinese("质检部门抽查产品340批次。", published=date(year, 3, 1))
    assert figure.agency == agency


def test_the_regulator_of_a_province_is_meant_in_a_text_about_it(read_chinese):
    [figure] = read_chinese("省市场监管部门检查企业340家。", title="江苏省公布检查情况")
    assert (figure.agency, figure.ref_area) == ("jiangsu_amr", "CN-JS")


@pytest.mark.parametrize("text", ["宁波市市场监管局检查企业340家。", "中国烹饪协会统计，检查企业340家。"])
def test_a_body_that_no_table_lists_owns_its_figures_and_nobody_else_does(read_chinese, text):
    [figure] = read_chinese(f"市场监管总局召开会议。\n\n{text}")
    assert (figure.agency, figure.reasons["agency"]) == (None, "unmapped")


@pytest.mark.parametrize(
    "text",
    [
        "市场监管总局会同公安部查处案件340件。",
        "市场监管总局、海关总署联合查处案件340件。",
        "市场监管总局等有关部门查处案件340件。",
    ],
)
def test_two_who_act_together_are_ambiguous(read_chinese, text):
    [figure] = read_chinese(text)
    assert (figure.agency, figure.reasons["agency"], figure.ref_area) == (None, "ambiguous", "CN")


@pytest.mark.parametrize(
    "text",
    [
        "市场监管总局联合省公安厅查处案件340件。",
        "中国消费者协会与上海市消费者协会一起测试商品340件。",
    ],
)
def test_two_of_different_areas_who_act_together_are_ambiguous(read_chinese, text):
    [figure] = read_chinese(text)
    assert (figure.agency, figure.reasons["agency"]) == (None, "ambiguous")


@pytest.mark.parametrize(
    "text",
    [
        "市场监管总局通报召回情况。与公安部一道查处案件340件。",
        "受公安部委托，市场监管总局检查企业340家。",
        "市场监管总局召开会议。各地查处问题340起，移送公安机关12起。",
        "市场监管总局召开会议。各地向公安部移送案件340件。",
    ],
)
def test_a_partner_of_somebody_else_is_no_owner(read_chinese, text):
    assert set(owners(read_chinese(text))) == {"samr"}


@each_example("agencies", "attribution", "zh")
def test_what_bears_the_name_of_a_body_is_not_its_act(read_chinese, text, agency):
    assert owners(read_chinese(text))[-1] == agency


@each_example("agencies", "attribution", "zh")
def test_the_regulator_of_a_local_text_is_that_of_its_place(read_chinese, text, title, publisher, expected):
    [figure] = read_chinese(
        text,
        title=title,
        publisher=publisher,
        published=date(2015, 1, 5) if "质监" in text else date(2024, 1, 5),
    )
    assert (figure.agency, figure.ref_area) == tuple(expected)


def test_each_clause_has_its_own_agency(read_chinese):
    figures = read_chinese("市场监管总局检查企业340家，海关总署退运食品12批次。")
    assert owners(figures) == ["samr", "gacc"]


def test_the_source_of_the_data_outweighs_who_published_them(read_chinese):
    assert owners(read_chinese("市场监管总局发布消息，据海关总署统计，退运食品12批次。")) == ["gacc"]


def test_an_agency_named_later_in_the_paragraph_owns_what_comes_before(read_chinese):
    text = "海关总署召开会议。\n\n共抽检蔬菜340批次。不合格的已由农业农村部移交。"
    assert owners(read_chinese(text)) == ["mara"]


def test_the_agency_of_the_title_owns_what_the_text_gives_to_nobody(read_chinese):
    [figure] = read_chinese("全年抽检药品340批次。", title="十年来药品监管工作的成就")
    assert figure.agency == "nmpa"


def test_the_newspaper_owns_nothing(read_chinese):
    [figure] = read_chinese("全年检查企业340家。", publisher="新华社")
    assert (figure.agency, figure.reasons["agency"]) == (None, "not_stated")


def test_a_plan_of_a_place_is_that_of_its_government(read_chinese):
    [figure] = read_chinese("到2025年，合格率达到95%。", title="浙江省质量提升行动计划")
    assert figure.agency == "zhejiang_gov"


def test_what_a_company_says_of_itself_is_no_agency_s(read_chinese):
    text = "市场监管总局召开会议。\n\n东方汽车有限公司公布，全年销售汽车340辆。"
    assert owners(read_chinese(text)) == [None]


@each_example("agencies", "attribution", "zh")
def test_a_speaker_is_known_by_the_office(read_chinese, text, name):
    assert whose(read_chinese(text)) == [("samr", name)]


@pytest.mark.parametrize("subject", ["他还", "该负责人", "这位负责人还", "陈立"])
def test_a_speaker_is_taken_up_again(read_chinese, subject):
    text = f"市场监管总局副局长陈立出席。海关总署也派人参加。\n\n{subject}介绍，全年查处案件340件。"
    assert owners(read_chinese(text)) == ["samr"]


def test_in_a_transcript_each_turn_has_its_speaker(read_chinese):
    text = (
        "主持人：今天请来了海关总署副署长赵刚、市场监管总局副局长陈立。\n\n"
        "赵刚：大家好。去年退运食品12批次。\n\n[市场监管总局副局长 陈立]：去年查处案件340件。\n\n"
        "赵刚：还销毁食品7批次。"
    )
    assert whose(read_chinese(text)) == [("gacc", "赵刚"), ("samr", "陈立"), ("gacc", "赵刚")]


def test_a_turn_may_be_marked_by_brackets_alone(read_chinese):
    text = (
        "【主持人 于军】大家好。\n【市场监管总局网监司司长 庞立】去年查处案件340件。\n"
        "【晚报记者】请问还有什么？\n【庞立】还检查企业12家。"
    )
    assert whose(read_chinese(text)) == [("samr", "庞立"), ("samr", "庞立")]


def test_whoever_is_introduced_takes_a_turn(read_chinese):
    text = "主持人：市场监管总局的同志来了，请听标准司副司长周宁先生讲话。\n\n周宁：去年查处案件340件。"
    assert whose(read_chinese(text)) == [("samr", "周宁")]


def test_the_publisher_is_taken_up_by_its_kind(read_chinese):
    text = "去年，总局组织检查企业340家。"
    assert owners(read_chinese(text, publisher="国家质量监督检验检疫总局")) == ["aqsiq"]


def test_an_answer_is_that_of_the_office_that_was_asked(read_chinese):
    text = "问：请问海关总署做了什么？\n\n答：退运食品12批次。\n\n问：请问市场监管总局呢？\n\n答：检查企业340家。"
    assert whose(read_chinese(text)) == [("gacc", None), ("samr", None)]


def test_a_heading_with_a_colon_is_no_speaker(read_chinese):
    assert [figure.speaker for figure in read_chinese("主要数据：\n\n全年查处案件340件。")] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "市场监管总局等十一部门联合印发方案，部署27项举措。",
        "本方案由市场监管总局等十一个部门共同制定，部署27项举措。",
        "市场监管总局牵头会同公安部，查处案件340件。",
    ],
)
def test_a_named_leader_of_unnamed_ones_is_the_owner(read_chinese, text):
    assert set(owners(read_chinese(text))) == {"samr"}


@pytest.mark.parametrize(
    "text",
    ["市场监管总局、公安部等十一部门联合印发方案，部署27项举措。", "市场监管总局等十一部门查处案件340件。"],
)
def test_one_of_several_who_are_named_or_act_is_no_leader(read_chinese, text):
    assert set(owners(read_chinese(text))) == {None}


def test_the_center_of_an_administration_is_not_the_administration(read_chinese):
    text = "市场监管总局查处案件340件。缺陷产品管理中心收到线索1.3万条。\n\n总局查处企业12家。"
    assert owners(read_chinese(text)) == ["samr", "dpac", "samr"]
