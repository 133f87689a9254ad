"""What is a figure in Chinese and what is not; units, bounds, what is counted, ranges, lists, quotes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.languages.chinese.reader import ChineseReader
from flows.extract.languages.mentions import Mention

ANCHOR = date(2024, 2, 21)


@pytest.fixture(scope="module")
def chinese(vocabulary):
    return vocabulary.languages["zh"]


@pytest.fixture(scope="module")
def mentions_of(chinese, vocabulary):
    """`mentions_of(sentence)`: the quantities that a sentence mentions; of a cell the first `lead` are heads."""
    reader = ChineseReader(chinese, vocabulary)
    return lambda text, lead=0: reader.read_mentions(text, reader.find_time_phrases(text, ANCHOR), lead)


@pytest.fixture(scope="module")
def only_mention(mentions_of):
    """Quote and mention of a sentence that mentions exactly one quantity."""

    def read(text: str) -> tuple[str, Mention]:
        [mention] = mentions_of(text)
        return text[mention.start : mention.end], mention

    return read


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit", "counted"),
    [
        ("全市查办案件3412件。", "3412件", 3412, "count", "案件"),
        ("共有6个行业的产值上升。", "6个行业", 6, "count", "行业"),
        ("八个部门一起发文。", "八个部门", 8, "count", "部门"),
        ("18部门联合发文。", "18部门", 18, "count", "部门"),
        ("抽检玩具96批次。", "96批次", 96, "count", "批次"),
        ("检出12批次玩具不合格。", "12批次玩具", 12, "count", "批次玩具"),
        ("召回玩具汽车5万辆。", "5万辆", 50_000, "count", "玩具汽车"),
        ("这次涉及5万辆。", "5万辆", 50_000, "count", "车辆"),
        ("玩具召回12次。", "12次", 12, "count", "玩具召回"),
        ("事故致死亡7人。", "7人", 7, "count", "人"),
        ("游乐设施2.5万台（套）。", "2.5万台（套）", 25_000, "count", "游乐设施"),
        ("检查门店300家/次。", "300家/次", 300, "count", "门店"),
        ("平台用户突破2亿。", "突破2亿", 2e8, "count", "平台用户"),
        ("五大行动都有进展。", "五大行动", 5, "count", "行动"),
        ("通过率为93.65%。", "93.65%", 93.65, "percent", None),
        ("出生率为6.5‰。", "6.5‰", 0.65, "percent", None),
        ("八成网友赞成。", "八成", 80, "percent", None),
        ("占比达八成六。", "八成六", 86, "percent", None),
        ("占比在九成五以上。", "九成五以上", 95, "percent", None),
        ("赞成率超八成三个月。", "超八成", 80, "percent", None),
        ("办好十件实事。", "十件实事", 10, "count", "实事"),
        ("完成十件好事。", "十件好事", 10, "count", "好事"),
        ("推进八大提升行动。", "八大提升行动", 8, "count", "提升行动"),
        ("误差不超过±0.5%。", "不超过±0.5%", 0.5, "percent", None),
        ("产值达百亿元。", "百亿元", 10_000_000_000, "CNY", None),
        ("通过率高0.5个百分点。", "0.5个百分点", 0.5, "percentage_points", None),
        ("通过率回升2个点。", "2个点", 2, "percentage_points", None),
        ("数量增长1.1倍。", "1.1倍", 1.1, "ratio", None),
        ("男女之比为1.05∶1。", "1.05∶1", 1.05, "ratio", None),
        ("每万人有病床12张。", "12张", 12, "ratio", None),
        ("万台电梯故障率为0.3。", "0.3", 0.3, "ratio", None),
        ("孕妇死亡率15.1/10万。", "15.1", 15.1, "ratio", None),
        ("人均寿命78.6岁。", "78.6岁", 78.6, "year", None),
        ("基尼系数为0.46。", "0.46", 0.46, "ratio", None),
        ("服务得分85.3分。", "85.3分", 85.3, "score", None),
        ("游客满意度为78.01。", "78.01", 78.01, "score", None),
        ("信用指数为161.6。", "161.6", 161.6, "index", None),
        ("罚款1.2亿元。", "1.2亿元", 1.2e8, "CNY", None),
        ("拨付人民币5亿元。", "人民币5亿元", 5e8, "CNY", None),
        ("出口3200万美元。", "3200万美元", 3.2e7, "USD", None),
        ("销毁鞭炮12吨。", "12吨", 12, "tonne", None),
        ("管道长7.5万公里。", "7.5万公里", 75_000, "kilometre", None),
        ("办理时间压缩到4个工作日。", "4个工作日", 4, "day", None),
        ("平均用时4.5小时。", "4.5小时", 4.5, "hour", None),
        ("规模居全球第二位。", "第二位", 2, "rank", None),
        ("规模位居世界第一。", "第一", 1, "rank", None),
        ("产量稳居全国首位。", "首位", 1, "rank", None),
    ],
)
def test_a_quantity_has_quote_value_unit_and_what_it_counts(only_mention, text, quote, value, unit, counted):
    found, mention = only_mention(text)
    assert (found, mention.value, mention.unit, mention.counted_text) == (quote, value, unit, counted)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("检查企业12家，3家被关停。", ["企业", "企业"]),
        ("参评的行业共29个，好转的有18个。", ["行业", "行业"]),
        ("玩具召回47次、12万件。", ["玩具召回", "玩具"]),
        ("电动汽车召回47次，12万辆。", ["电动汽车召回", "电动汽车"]),
        ("汽车召回47次、12万辆。", ["汽车召回", "车辆"]),
        ("在用的气瓶，目前共2亿只。", ["气瓶"]),
        ("召回部分进口汽车，共计5万辆。", ["部分进口汽车"]),
        ("召回方案已备案，共计5万辆。", ["车辆"]),
        ("玩具2023年召回8万件。", ["玩具"]),
        ("抽查31种3120批次玩具。", ["玩具", "批次玩具"]),
        ("分别抽查商场、超市12和15家。", ["超市", "超市"]),
        ("各类违法案件共查办了38件。", ["违法案件"]),
        ("由窗口处理的投诉有26万件。", ["投诉"]),
        ("来自9个国家和地区的客商。", ["国家和地区"]),
        ("发布50项玩具标准以及9项修改单。", ["玩具标准", "修改单"]),
        ("5个方面二十条举措已定。", ["方面", "举措"]),
        ("监督检查共12次。", ["监督检查"]),
        ("覆盖职工1500多万人。", ["职工"]),
        ("依法处罚门店46家。", ["门店"]),
        ("明年计划再增网点12家。", ["网点"]),
        ("国家建立样品库3个。", ["样品库"]),
        ("食品安全国家标准共12项。", ["食品安全国家标准"]),
        ("新增注册商标3件。", ["注册商标"]),
        ("收到来信58件，平均每天16件。", ["来信", "来信"]),
        ("查获线索19起，移送公安机关约4起。", ["线索", "线索"]),
        ("网点由12家增至20家。", ["网点", "网点"]),
        ("网点由2019年的12家增加到20家。", ["网点", "网点"]),
        ("清单由12件到19件。", ["清单", "清单"]),
        ("产值超亿元的企业有7家。", [None, "企业"]),
        ("两地共建实验室6个。", ["实验室"]),
        ("来自5个省（市）的客商。", ["省（市）"]),
    ],
)
def test_what_is_counted_is_found_before_behind_or_earlier(mentions_of, text, counted):
    assert [mention.counted_text for mention in mentions_of(text)] == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("来信、来电和来访分别为36件、9件和12件。", ["来信", "来电", "来访"]),
        ("全年收到来信、来电分别达36件、9件。", ["来信", "来电"]),
        ("来信和来电中的投诉分别为36件和9件。", ["投诉", "投诉"]),
        ("来信、来电为36件、9件。", ["来电", "来电"]),
        ("来信、来电和来访分别为36件、9件。", ["来电和来访", "来电和来访"]),
    ],
)
def test_in_turn_each_number_counts_its_own_noun(mentions_of, text, counted):
    assert [mention.counted_text for mention in mentions_of(text)] == counted


def test_a_noun_at_the_number_is_stated_and_one_from_before_is_not(mentions_of):
    first, second = mentions_of("检查企业12家，3家被关停。")
    assert (first.counted_is_stated, second.counted_is_stated) == (True, False)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("每次抽取3至5家企业。", [(3, 5)]),
        ("每次抽取3—5个品种。", [(3, 5)]),
        ("每次抽取三到五个品种。", [(3, 5)]),
        ("占比在20%至30%之间。", [(20, 30)]),
        ("占比在20-30%之间。", [(20, 30)]),
        ("投资1.5~2万元。", [(15_000, 20_000)]),
        ("投资5000至2万元。", [(5000, 20_000)]),
        ("罚款1万元以上5万元以下。", [(10_000, 50_000)]),
        ("占比为三至五成。", [(30, 50)]),
        ("罚款由2万元至9万元不等。", [(20_000, 90_000)]),
        ("占比由20%到30%。", [(20, None), (30, None)]),
        ("门店12家至5家。", [(12, None), (5, None)]),
    ],
)
def test_a_range_keeps_both_ends_and_a_change_or_a_decline_is_none(mentions_of, text, values):
    assert [(mention.value, mention.value_max) for mention in mentions_of(text)] == values


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("四地分别高0.8、0.6、0.4、0.1个百分点。", [0.8, 0.6, 0.4, 0.1], "percentage_points"),
        ("三地分别有企业12、15和18家。", [12, 15, 18], "count"),
        ("三地分别卖出玩具1.2、3.4和5.6万件。", [12_000, 34_000, 56_000], "count"),
        ("通过率分别为93.2%、91.5和90.1%。", [93.2, 91.5, 90.1], "percent"),
        ("两地分别高1.1个和0.6个百分点。", [1.1, 0.6], "percentage_points"),
    ],
)
def test_members_of_a_list_share_the_unit_of_the_last(mentions_of, text, values, unit):
    found = mentions_of(text)
    assert [mention.value for mention in found] == values
    assert {mention.unit for mention in found} == {unit}


def test_the_quote_of_a_member_is_its_number_alone(mentions_of):
    text = "三地分别有企业12、15和18家。"
    assert [text[m.start : m.end] for m in mentions_of(text)] == ["12", "15", "18家"]


@pytest.mark.parametrize(
    "text",
    ["总投资44亿元（6.767亿美元）。", "总投资44亿元(约合6.767亿美元)。", "总投资44亿元（约6.767亿美元）。"],
)
def test_an_amount_said_again_in_other_money_is_stated_in_each(mentions_of, text):
    assert [(m.value, m.unit) for m in mentions_of(text)] == [(4_400_000_000, "CNY"), (676_700_000, "USD")]


def test_growth_in_brackets_is_a_figure_of_its_own(mentions_of):
    count, growth = mentions_of("新办企业932家（增长28%）。")
    assert (count.value, count.unit, growth.value, growth.unit) == (932, "count", 28, "percent")


@pytest.mark.parametrize(
    ("text", "value", "unit", "counted"),
    [
        ("单位：万台。电梯, 2023: 993.5", 9_935_000, "count", "电梯"),
        ("电梯（万台）, 2022年: 964.46", 9_644_600, "count", "电梯"),
        ("通过率（%）, 2023年: 93.65", 93.65, "percent", None),
        ("罚款（亿元）, 2023: 1.2", 1.2e8, "CNY", None),
        ("企业, 一季度: 1,234", 1234, "count", "企业"),
        ("召回, 2023: 672.8万辆", 6_728_000, "count", "车辆"),
    ],
)
def test_a_cell_of_a_table_is_in_the_unit_of_its_heads(mentions_of, text, value, unit, counted):
    lead = text.rindex(": ") + 2
    [mention] = mentions_of(text, lead)
    assert (mention.value, mention.unit, mention.counted_text) == (value, unit, counted)
    assert mention.start >= lead


# At least one sentence for every row of excluded_patterns.csv; none of them states a figure.
NO_FIGURES = [
    "《2022年玩具蓝皮书（第3册）》已经出版。",
    "各地落实“双随机、三公开”和“五个统筹”。",
    "（三）加强监管",
    "12．加强监管",
    "要做到：1.加强监管，2.优化服务。",
    "玩具符合GB/T 19001和GB 6675.1—2014。",
    "依据国发〔2023〕3号文办理。",
    "依据总局第12号公告办理，住8号楼。",
    "审议第1、2项和第3至5条。",
    "拨打12315、12345投诉。",
    "联系电话：82261234转603",
    "联系人座机010-88261234",
    "见https://example.org/2023/10/50一文。",
    "发信至quality3@example.org即可。",
    "活动10:30开始。",
    "活动上午9时30分开始。",
    "适合3岁以上儿童和14至16周岁学生。",
    "活动在2023—2024年举行，2023年度结束。",
    "活动在3月15日举行，15日结束。",
    "生产日期2023-05-06。",
    "活动持续半年，半成品入库。",
    "实行三位一体，利润降至两位数。",
    "坚持四个最严和两个维护。",
    "打好三大攻坚战，落实八项规定。",
    "二类医疗器械和三类疫苗另行规定。",
    "沪苏浙皖三省一市合作。",
    "这十分重要，千家万户受益，成千上万的人叫好。",
    "每10万元产值、每隔3个站点计。",
    "使用年限超过12年的应予更换。",
    "从业人员10万人事故死亡率下降。",
    "按1美元兑人民币计。",
    "推行1+N模式。",
    "提供7×24小时服务。",
    "热线24小时开通。",
    "铅含量为0.1毫克/千克，车速60公里/小时。",
    "在COVID-19之后恢复。",
    "3·15晚会播出，315晚会落幕。",
    "入围世界500强和百强县。",
    "以上年=100计算。",
    "型号为HX200，批号：20230506。",
    "软件升级到3.0版。",
    "“12·3”事故和11·22事故已结案。",
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_is_no_figure_is_left_out(mentions_of, text):
    assert mentions_of(text) == []


def test_every_row_of_the_excluded_patterns_has_an_example(chinese):
    rows = chinese.excluded_patterns
    assert len(rows)
    unshown = [
        row.pattern.pattern for row in rows if not any(row.pattern.search(text) for text in NO_FIGURES)
    ]
    assert unshown == []


@pytest.mark.parametrize(
    "text",
    [
        "第十四届全国人大第三次会议审议了第3条和第十二条。",
        "“十四五”期间和十九大以来成效明显，二十大报告指出方向。",
        "一批企业获奖，一方面要进一步统一标准，第一时间处置。",
        "一个个问题解决了，一种产品下架了，二次供水达标。",
        "五年来，他连续6年出差，三天内回信，参加两日游。",
        "三品一标、一带一路、长三角都在推进。",
        "5G网络和4A级、二级景区、双11、00后都提到了。",
        "数十家企业、几百名代表、若干个平台到场。",
        "V6390型灯具获3C认证。",
        "一是加强监管，二是优化服务；第一，要快。",
        "这家店在零下的天气零投诉、零容忍。",
    ],
)
def test_dates_ordinals_marks_names_and_articles_are_no_figures(mentions_of, text):
    assert mentions_of(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("撤销3100张ISO 9001证书。", [3100]),
        ("2017年撤销证书2017张。", [2017]),
        ("3.撤销证书40张。", [40]),
        ("12315平台接到投诉310件。", [310]),
        ("第十四届大会表彰11家企业。", [11]),
        ("五年来撤销证书40张。", [40]),
        ("2名3岁儿童受伤。", [2]),
        ("通过率由3升至5%。", [5]),
        ("发生事故3起，重伤2人。", [3, 2]),
    ],
)
def test_a_figure_beside_what_is_none_is_kept(mentions_of, text, values):
    assert [mention.value for mention in mentions_of(text)] == values


@pytest.mark.parametrize(
    ("text", "quote", "bound"),
    [
        ("查处玩具4000多件。", "4000多件", "more_than"),
        ("查处玩具4000余万件。", "4000余万件", "more_than"),
        ("查处玩具十几件。", "十几件", "more_than"),
        ("查处玩具30来件。", "30来件", "about"),
        ("三成多网友赞成。", "三成多", "more_than"),
        ("超百家企业到场。", "超百家企业", "more_than"),
        ("上千家企业到场。", "上千家企业", "more_than"),
        ("过半网友赞成。", "过半", "more_than"),
        ("占比约为30%。", "约为30%", "about"),
        ("需标准50项以上。", "50项以上", "at_least"),
        ("设有50项以上指标。", "50项以上指标", "at_least"),
        ("拨付近人民币5亿元。", "近人民币5亿元", "nearly"),
        ("排名进入前三。", "前三", "at_most"),
    ],
)
def test_a_bound_may_stand_inside_before_a_currency_or_before_the_noun(only_mention, text, quote, bound):
    found, mention = only_mention(text)
    assert (found, mention.bound) == (quote, bound)


BOUNDS_BEFORE = {
    "more_than": "超过|超出|超|逾|突破|大于|高于|多于|迈过|跨过|越过|＞|>",
    "at_least": "不低于|不得低于|不得少于|不得小于|不应低于|不应少于|不能低于|不能少于|不宜低于|不少于|不小于"
    "|不下|至少|起码|最少|≥|≧|>=",
    "less_than": "不足|不到|不满|低于|少于|小于|未满|未达|＜|<",
    "at_most": "不超过|不高于|不大于|不多于|不超|不得超过|不得高于|不得大于|不应超过|不应高于|不能超过|不宜超过"
    "|未超过|没有超过|至多|最多|最高达|最高可达|最多达|顶多|控制在|≤|≦|<=",
    "about": "大约|约|大概|大致|约合|差不多|≈",
    "nearly": "接近|将近|近|逼近|几近|几乎",
}
BOUNDS_AFTER = {
    "at_least": "以上|及以上|（含）以上|或以上|之上|或更多",
    "at_most": "以内|之内|以下|及以下|（含）以下|或以下|以里",
    "about": "左右|上下",
}
INSIDE = {"多", "余", "几", "来", "有余"}
PHRASES_BEFORE = [(phrase, bound) for bound, row in BOUNDS_BEFORE.items() for phrase in row.split("|")]
PHRASES_AFTER = [(phrase, bound) for bound, row in BOUNDS_AFTER.items() for phrase in row.split("|")]


@pytest.mark.parametrize(("phrase", "bound"), PHRASES_BEFORE)
def test_a_bound_before_the_number_belongs_to_the_quote(only_mention, phrase, bound):
    quote, mention = only_mention(f"门店{phrase}4000家。")
    assert (quote, mention.bound) == (f"{phrase}4000家", bound)


@pytest.mark.parametrize(("phrase", "bound"), PHRASES_AFTER)
def test_a_bound_after_the_number_belongs_to_the_quote(only_mention, phrase, bound):
    quote, mention = only_mention(f"通过率为40%{phrase}。")
    assert (quote, mention.bound) == (f"40%{phrase}", bound)


def test_every_bound_phrase_is_tried(chinese):
    assert {phrase for phrase, _ in PHRASES_BEFORE} >= set(chinese.bounds_before)
    assert {phrase for phrase, _ in PHRASES_AFTER} | INSIDE >= set(chinese.bounds_after)


def test_every_classifier_counts(chinese, mentions_of):
    """大 counts only before words for parts of a plan (五大行动)."""
    classifiers = set(chinese.classifiers) - {"大"}
    counted = {word for word in classifiers if [m.value for m in mentions_of(f"共查到12{word}。")] == [12]}
    assert counted == classifiers


def test_a_numeral_stands_only_before_classifiers_that_take_one(chinese, mentions_of):
    taken = {word for word in chinese.classifiers if mentions_of(f"共查到三{word}。")}
    assert taken == {word for word, entry in chinese.classifiers.items() if entry.takes_words} - {"大"}


PIECES = """超 近 约 第 前 百 万 亿 两 三 十 半 一 多 余 几 个 家 件 次 辆 人 批次 % 成 倍 元 亿元 美元 个百分点
至 — 、 ， ； （ ） 以上 以下 左右 分之 的 有 共 召回 产品 企业 车辆 指数为 每万人 3 12 4.5 1,366 2023年 同比 为 A 《 》
“ ”""".split()


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(parts=st.lists(st.sampled_from(PIECES), max_size=30))
def test_mentions_of_any_sentence_hold_their_number_and_come_in_order(mentions_of, parts):
    text = "".join(parts)
    found = mentions_of(text)
    starts = [mention.start for mention in found]
    assert starts == sorted(set(starts))
    for mention in found:
        assert 0 <= mention.start <= mention.number.start < mention.number.end <= mention.end <= len(text)
        assert mention.value >= 0 and (mention.value_max is None or mention.value_max > mention.value)
        assert (mention.unit == "count") or mention.counted_text is None


@pytest.mark.parametrize(
    ("text", "quote", "bound"),
    [
        ("每10批鞋帽中就有近3批不合格。", "每10批鞋帽中就有近3批", "nearly"),
        ("每10批鞋帽中约有3批不合格。", "每10批鞋帽中约有3批", "about"),
        ("每10批鞋帽中有超过3批不合格。", "每10批鞋帽中有超过3批", "more_than"),
        ("每10批鞋帽中有3批不合格。", "每10批鞋帽中有3批", "exact"),
    ],
)
def test_the_bound_of_a_part_stands_within_it(only_mention, text, quote, bound):
    written, mention = only_mention(text)
    assert (written, mention.value, mention.unit, mention.bound) == (quote, 30, "percent", bound)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("事故死亡率由0.30降到0.08。", [0.3, 0.08]),
        ("万台设备死亡率由2012年的0.60降到2016年的0.35。", [0.6, 0.35]),
        ("设备故障率为0.12。", [0.12]),
    ],
)
def test_a_rate_without_a_unit_is_a_ratio(mentions_of, text, values):
    assert [(mention.value, mention.unit) for mention in mentions_of(text)] == [(v, "ratio") for v in values]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("围绕6个重点行业部署27项举措。", "重点行业"),
        ("投诉由120宗急增至340宗。", "投诉"),
        ("发出警告信63封。", "警告信"),
        ("12家企业再次不合格。", "企业"),
        ("向社会出具检测报告5万份。", "检测报告"),
        ("商标总量力争达到7万件。", "商标"),
        ("34万家企业自我声明公开标准260万项。", "企业"),
        ("抽取340家企业生产和销售的灯具。", "企业"),
        ("受立案调查影响召回88万辆。", "车辆"),
        ("儿童产品中约5万件有缺陷。", "儿童产品"),
        ("到2025年，将再加装1000部。", None),
    ],
)
def test_what_is_said_of_a_noun_is_no_part_of_it(mentions_of, text, counted):
    assert mentions_of(text)[0].counted_text == counted
