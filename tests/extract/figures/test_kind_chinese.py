"""What kind of quantity a Chinese sentence states."""

import pytest


@pytest.fixture(scope="module")
def kind_of(read):
    """The kind of the one figure of a text with this number."""

    def kind(text: str, number: str) -> str:
        [found] = [figure.kind for figure in read(text, language="zh") if figure.number == number]
        return found

    return kind


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("案件同比增长12.5%。", "12.5%"),
        ("案件比上年减少了7%。", "7%"),
        ("投诉量环比下降5.6%。", "5.6%"),
        ("价格较去年低3%。", "3%"),
        ("数量多了18%。", "18%"),
        ("同比增幅达24%。", "24%"),
        ("增速为6.5%。", "6.5%"),
        ("次数增8.9%。", "8.9%"),
        ("案件和罚款分别下降4.9%和9.3%。", "9.3%"),
        ("比2021年分别少12.4%和48.6%。", "48.6%"),
        ("审批提速80%。", "80%"),
        ("降低企业成本20%。", "20%"),
        ("实现5%的增长。", "5%"),
        ("在用设备增长1.1倍。", "1.1"),
        ("案件以年均15%的速度增长。", "15%"),
        ("年均12%左右。", "12%"),
        ("投诉量翻了一倍。", "一"),
        ("投诉量增加接近一倍。", "一"),
        ("成本降低不足5%。", "5%"),
        ("共有企业932家（+28%）。", "28%"),
    ],
)
def test_a_percentage_or_a_multiple_of_change_is_a_growth_rate(kind_of, text, number):
    assert kind_of(text, number) == "growth_rate"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("合格率提高0.7个百分点。", "0.7"),
        ("企业净增3000户。", "3000"),
        ("企业净增超过3000户。", "3000"),
        ("投诉较上年增加约300宗。", "300"),
        ("实验室增加了12个。", "12"),
        ("案件较2022年减少35件。", "35"),
        ("罚款比上年多收8000万元。", "8000万"),
        ("检测周期缩短5天。", "5"),
        ("得分比上年提高1.2分。", "1.2"),
        ("万台特种设备死亡率下降0.02。", "0.02"),
    ],
)
def test_a_difference_in_the_unit_itself_is_a_change(kind_of, text, number):
    assert kind_of(text, number) == "change"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("企业占34.1%。", "34.1%"),
        ("占案件总量的39.2%。", "39.2%"),
        ("网购投诉占比为53.2%。", "53.2%"),
        ("占年度计划的43%。", "43%"),
        ("市场份额达到15%。", "15%"),
        ("网络覆盖90%的乡镇。", "90%"),
        ("62.3%的样品标签不规范。", "62.3%"),
        ("三成以上商家没有许可证。", "三成"),
        ("其中45.6%为教育培训类。", "45.6%"),
        ("行业增长面是62%。", "62%"),
        ("比重由20%提高到30%。", "30%"),
    ],
)
def test_a_part_of_a_whole_is_a_share(kind_of, text, number):
    assert kind_of(text, number) == "share"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("抽检合格率为97.9%。", "97.9%"),
        ("合格率提高到98%。", "98%"),
        ("投诉办结率达98.7%。", "98.7%"),
        ("满意度得分为81.5分。", "81.5"),
        ("新增认证证书6万张。", "6万"),
        ("企业由3家增加到12家。", "12"),
        ("2023年全省累计查处案件3.2万件。", "3.2万"),
        ("合格率比全国平均水平高2.1个百分点。", "2.1"),
        ("是2015年的3倍。", "3"),
        ("“十四五”以来，合格率稳定在98%。", "98%"),
    ],
)
def test_a_rate_a_score_a_count_and_a_gap_between_places_are_levels(kind_of, text, number):
    assert kind_of(text, number) == "level"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("累计帮扶企业8300家。", "8300"),
        ("累计召回2842次，车辆1.03亿辆。", "1.03亿"),
        ("自2018年以来，查处案件320件。", "320"),
        ("专项行动开展以来，罚没2.1亿元。", "2.1亿"),
        ("截至2022年底，全省共发布地方标准3200项。", "3200"),
    ],
)
def test_a_total_since_a_start_is_cumulative(kind_of, text, number):
    assert kind_of(text, number) == "cumulative"


def test_what_follows_a_total_with_a_verb_of_its_own_is_none(kind_of):
    assert kind_of("累计发布标准1660项，设有指标2300项。", "2300") == "level"


def test_a_place_in_an_order_is_a_rank(kind_of):
    assert kind_of("产量位居全国第二。", "二") == "rank"


def test_ratios_and_scores_do_not_add_up(kind_of):
    text = "三年累计投入18亿元，地方按不低于1:1的比例配套。"
    assert [kind_of(text, number) for number in ("18亿", "1:1")] == ["cumulative", "level"]


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("自2010年以来累计召回汽车900万辆，光是今年就有40万辆。", "40万", "level"),
        ("截至2022年底，获得资质认定的机构共有1200家。", "1200", "level"),
        ("到去年底，全省累计培育放心单位3万家。", "3万", "cumulative"),
    ],
)
def test_what_a_total_governs_ends_with_it(kind_of, text, number, kind):
    assert kind_of(text, number) == kind


def test_a_distance_between_two_fields_is_no_change(kind_of):
    assert kind_of("流通领域不合格率为13.8%，比生产领域高7.2个百分点。", "7.2") == "level"


@pytest.mark.parametrize("verb", ["下架", "封存", "查扣"])
def test_what_was_taken_off_up_to_now_adds_up(kind_of, verb):
    assert kind_of(f"截至目前，已{verb}问题产品1.6万件。", "1.6万") == "cumulative"
