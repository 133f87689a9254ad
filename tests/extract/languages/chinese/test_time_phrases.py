"""Chinese time phrases, resolved to days against the date of a document of 21 February 2024."""

from datetime import date
from itertools import pairwise

import pytest

from flows.extract.languages.chinese.reader import ChineseReader
from flows.extract.languages.chinese.time_phrases import number_of
from flows.extract.languages.time_phrases import TimePhrase

ANCHOR = date(2024, 2, 21)


@pytest.fixture(scope="module")
def chinese(vocabulary):
    return vocabulary.languages["zh"]


@pytest.fixture(scope="module")
def phrases_of(chinese, vocabulary):
    return ChineseReader(chinese, vocabulary).find_time_phrases


@pytest.fixture(scope="module")
def only_phrase(phrases_of):
    """Words and phrase of a sentence with exactly one time phrase."""

    def read(text: str, anchor: date | None = ANCHOR) -> tuple[str, TimePhrase]:
        [phrase] = phrases_of(text, anchor)
        return text[phrase.start : phrase.end], phrase

    return read


def days(phrase: TimePhrase) -> tuple[str | None, str | None]:
    first, last = (day.isoformat() if day else None for day in (phrase.first, phrase.last))
    return first, last


INTERVALS = [
    ("2023年查处多起案件。", "2023-01-01", "2023-12-31"),
    ("2.2023年查处多起案件。", "2023-01-01", "2023-12-31"),
    ("2023, 案件数: 多", "2023-01-01", "2023-12-31"),
    ("后年新建多个中心。", "2026-01-01", "2026-12-31"),
    ("2023年度查处多起案件。", "2023-01-01", "2023-12-31"),
    ("二〇二三年查处多起案件。", "2023-01-01", "2023-12-31"),
    ("前年查处多起案件。", "2022-01-01", "2022-12-31"),
    ("去年查处多起案件。", "2023-01-01", "2023-12-31"),
    ("上年查处多起案件。", "2023-01-01", "2023-12-31"),
    ("今年查处多起案件。", "2024-01-01", "2024-02-21"),
    ("2018至19年度接获投诉。", "2018-04-01", "2019-03-31"),
    ("过去一年查处多起案件。", "2023-01-01", "2023-12-31"),
    ("昨日，某局查处12起案件。", "2024-02-20", "2024-02-20"),
    ("2月20日晚，某局出动执法人员30人。", "2024-02-20", "2024-02-20"),
    ("今年将查处多起案件。", "2024-01-01", "2024-12-31"),
    ("本年度查处多起案件。", "2024-01-01", "2024-02-21"),
    ("明年新建多个中心。", "2025-01-01", "2025-12-31"),
    ("全年查处多起案件。", "2023-01-01", "2023-12-31"),
    ("2022年全年查处多起案件。", "2022-01-01", "2022-12-31"),
    ("（2022）案件", "2022-01-01", "2022-12-31"),
    ("《2022年食品抽检年度报告》发布。", "2022-01-01", "2022-12-31"),
    ("《质量状况白皮书（2019—2021年）》发布。", "2019-01-01", "2021-12-31"),
    ("2016—2020年查处多起案件。", "2016-01-01", "2020-12-31"),
    ("从2016年到2020年查处多起案件。", "2016-01-01", "2020-12-31"),
    ("上半年查处多起案件。", "2023-01-01", "2023-06-30"),
    ("2022年下半年查处多起案件。", "2022-07-01", "2022-12-31"),
    ("下半年将查处多起案件。", "2024-07-01", "2024-12-31"),
    ("一季度查处多起案件。", "2023-01-01", "2023-03-31"),
    ("2022年第三季度查处多起案件。", "2022-07-01", "2022-09-30"),
    ("前三季度查处多起案件。", "2023-01-01", "2023-09-30"),
    ("去年前十个月查处多起案件。", "2023-01-01", "2023-10-31"),
    ("1—9月查处多起案件。", "2023-01-01", "2023-09-30"),
    ("2022年1至9月份查处多起案件。", "2022-01-01", "2022-09-30"),
    ("2022年11月至2023年2月查处多起案件。", "2022-11-01", "2023-02-28"),
    ("2022年3月份查处多起案件。", "2022-03-01", "2022-03-31"),
    ("2022年2月中旬查处多起案件。", "2022-02-11", "2022-02-20"),
    ("2022年2月下旬查处多起案件。", "2022-02-21", "2022-02-28"),
    ("十二月查处多起案件。", "2023-12-01", "2023-12-31"),
    ("上个月查处多起案件。", "2024-01-01", "2024-01-31"),
    ("本月查处多起案件。", "2024-02-01", "2024-02-21"),
    ("2023年10月1日至12月31日查处多起案件。", "2023-10-01", "2023-12-31"),
    ("12月20日至1月5日查处多起案件。", "2023-12-20", "2024-01-05"),
    ("近5年来查处多起案件。", "2019-02-21", "2024-02-21"),
    ("十年来查处多起案件。", "2014-02-21", "2024-02-21"),
    ("最近三个月查处多起案件。", "2023-11-21", "2024-02-21"),
    ("近两周查处多起案件。", "2024-02-07", "2024-02-21"),
    ("两年以来查处多起案件。", "2022-02-21", "2024-02-21"),
    ("未来三年新建多个中心。", "2024-02-21", "2027-02-21"),
    ("今年以来查处多起案件。", "2024-01-01", "2024-02-21"),
    ("年内查处多起案件。", "2024-01-01", "2024-02-21"),
    ("“十三五”期间查处多起案件。", "2016-01-01", "2020-12-31"),
    ("“十四五”前三年查处多起案件。", "2021-01-01", "2023-12-31"),
    ("九五时期查处多起案件。", "1996-01-01", "2000-12-31"),
    ("今天（2月21日）推出50项标准。", "2024-02-21", "2024-02-21"),
    ("2月20日，总局发布12项标准。", "2024-02-20", "2024-02-20"),
    ("东海省“十四五”质量发展规划", "2021-01-01", "2025-12-31"),
    ("预计今年增长5%。", "2024-01-01", "2024-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), INTERVALS)
def test_an_interval_has_its_first_and_its_last_day(only_phrase, text, first, last):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("interval", first, last)


INSTANTS = [
    ("截至2022年底全部完成。", "2022-12-31"),
    ("2022年年末全部完成。", "2022-12-31"),
    ("到去年底全部完成。", "2023-12-31"),
    ("年末全部完成。", "2023-12-31"),
    ("到年底，力争全部完成。", "2024-12-31"),
    ("年内将全部完成。", "2024-12-31"),
    ("截至2022年全部完成。", "2022-12-31"),
    ("到2025年全部完成。", "2025-12-31"),
    ("提出到2025年的目标。", "2025-12-31"),
    ("2027年前全部完成。", "2027-12-31"),
    ("力争2025年实现全覆盖。", "2025-12-31"),
    ("截至9月底全部完成。", "2023-09-30"),
    ("截至2022年9月全部完成。", "2022-09-30"),
    ("三季度末全部完成。", "2023-09-30"),
    ("截至2022年9月15日全部完成。", "2022-09-15"),
    ("2024年3月1日前全部完成。", "2024-03-01"),
    ("“十四五”末全部完成。", "2025-12-31"),
    ("截至目前全部完成。", "2024-02-21"),
    ("迄今全部完成。", "2024-02-21"),
]


@pytest.mark.parametrize(("text", "last"), INSTANTS)
def test_a_deadline_or_a_state_has_only_its_last_day(only_phrase, text, last):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("instant", None, last)


SINCES = [
    ("自2018年以来全部完成。", "2018-01-01"),
    ("2018年3月17日至今全部完成。", "2018-03-17"),
    ("2018年机构改革以来全部完成。", "2018-01-01"),
    ("从2018年起全部完成。", "2018-01-01"),
    ("12月以来全部完成。", "2023-12-01"),
    ("党的十八大以来全部完成。", "2012-11-08"),
    ("香港回归祖国以来全部完成。", "1997-07-01"),
    ("“十四五”以来全部完成。", "2021-01-01"),
    ("近年来全部完成。", None),
    ("40多年来全部完成。", None),
    ("二十余年来全部完成。", None),
    ("几十年来全部完成。", None),
    ("专项行动开展以来全部完成。", None),
]


@pytest.mark.parametrize(("text", "first"), SINCES)
def test_since_runs_to_the_date_of_the_document(only_phrase, text, first):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("since", first, "2024-02-21")


COMPARISONS = [
    ("同比增长。", "同比"),
    ("比上年同期多。", "上年同期"),
    ("较同期多。", "较同期"),
    ("比上年提高。", "比上年"),
    ("较2021年提高。", "较2021年"),
    ("比上年末增加。", "比上年末"),
    ("较年初增加。", "较年初"),
    ("与2020年相比增加。", "与2020年"),
    ("高于上年。", "高于上年"),
    ("是2015年的3倍。", "是2015年"),
    ("是上年同期的3倍。", "是上年同期的"),
    ("以2015年为基期。", "以2015年为基期"),
    ("较“十三五”末提高。", "较“十三五”末"),
    ("较上次提高。", "较上次"),
]


@pytest.mark.parametrize(("text", "phrase"), COMPARISONS)
def test_the_base_of_a_comparison_is_never_a_period(only_phrase, text, phrase):
    quote, found = only_phrase(text)
    assert (quote, found.role, *days(found)) == (phrase, "comparison", None, None)


BASES = [
    ("比2020年的95%提高。", "2020-01-01"),
    ("较2020年95%提高。", "2020-01-01"),
    ("由2020年的300家增加。", "2020-01-01"),
    ("比2020年底的95%提高。", None),
]


@pytest.mark.parametrize(("text", "first"), BASES)
def test_a_base_that_has_a_number_of_its_own_dates_it(only_phrase, text, first):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("base", first, "2020-12-31")


NOW_AS_BASE = "由目前的61家增加。"


def test_the_present_may_be_what_another_number_is_compared_with(only_phrase):
    _, phrase = only_phrase(NOW_AS_BASE)
    assert (phrase.role, *days(phrase)) == ("base", None, "2024-02-21")


ANAPHORAS = [
    "这一年查处多起案件。",
    "当年查处多起案件。",
    "同期查处多起案件。",
    "一年里查处多起案件。",
    "行动期间查处多起案件。",
    "届时查处多起案件。",
]
NAMED = ["《质量提升规划（2021—2025年）》发布。"]
RUNNING = ["连续6年保持稳定。"]
YEAR_EARLIER = ["去年同期为12件。", "去年同期，查处案件12件。"]
OF_PLAN = ["规划期内增长5%。", "三年累计投入5亿元。"]
BASE_YEAR_EARLIER = ["由去年同期的12件增加。"]
EVENTS = [
    "2月9日，双方会面。",
    "2018年2月9日上午，双方会面。",
    "2024年1月1日起施行。",
    "2018-02-09发布。",
    "近日，双方会面。",
    "15日，双方会面。",
]
SOME_TIME = [
    "上次抽查情况良好。",
    "2023年国庆假期秩序良好。",
    "上世纪90年代起步。",
    "春节期间秩序良好。",
    "2022年冬奥会期间秩序良好。",
    "“3·15”期间秩序良好。",
]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        *((text, "anaphora") for text in ANAPHORAS),
        *((text, "name") for text in NAMED),
        *((text, "day") for text in EVENTS),
        *((text, "interval") for text in SOME_TIME),
        *((text, "year_earlier") for text in YEAR_EARLIER),
        *((text, "of_plan") for text in OF_PLAN),
        *((text, "base_year_earlier") for text in BASE_YEAR_EARLIER),
    ],
)
def test_what_only_points_at_a_time_names_no_days(only_phrase, text, role):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == (role, None, None)


def test_every_chinese_time_pattern_has_an_example(chinese):
    dated = [text for text, *_ in INTERVALS + INSTANTS + SINCES + COMPARISONS + BASES]
    texts = [*dated, *ANAPHORAS, *NAMED, *RUNNING, *YEAR_EARLIER, *BASE_YEAR_EARLIER]
    texts += [*EVENTS, *SOME_TIME, *OF_PLAN, NOW_AS_BASE]
    unshown = [
        row.pattern.pattern
        for row in chinese.time_patterns
        if not any(row.pattern.search(text) for text in texts)
    ]
    assert unshown == []


@pytest.mark.parametrize(
    "text",
    [
        "去年增长。",
        "今年增长。",
        "近5年来增长。",
        "1月份增长。",
        "到年底增长。",
        "上半年增长。",
        "今年以来增长。",
    ],
)
def test_a_relative_phrase_stays_unresolved_without_a_date(only_phrase, text):
    _, phrase = only_phrase(text, anchor=None)
    assert days(phrase) == (None, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023年增长。", "2023-01-01", "2023-12-31"),
        ("2023年1—6月增长。", "2023-01-01", "2023-06-30"),
        ("截至2022年底增长。", None, "2022-12-31"),
        ("“十三五”期间增长。", "2016-01-01", "2020-12-31"),
    ],
)
def test_an_absolute_phrase_needs_no_date(only_phrase, text, first, last):
    _, phrase = only_phrase(text, anchor=None)
    assert days(phrase) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "18岁以上年龄段的人。",
        "晚上年轻人多。",
        "三个月后再说。",
        "共2023家。",
        "12015年。",
        "0月99日。",
        "历时3年。",
        "投产后年产量高。",
    ],
)
def test_what_only_looks_like_time_is_none(phrases_of, text):
    assert phrases_of(text, ANCHOR) == []


def test_phrases_come_in_order_and_do_not_overlap(phrases_of):
    phrases = phrases_of("截至2022年底，同比增长；2023年上半年有所回落。", ANCHOR)
    assert [phrase.role for phrase in phrases] == ["instant", "comparison", "interval"]
    assert all(left.end <= right.start for left, right in pairwise(phrases))


def test_numbers_are_read_as_they_are_said():
    assert [number_of(n) for n in ("12", "十", "十二", "二十", "三十五", "两", "二〇二三")] == [
        12,
        10,
        12,
        20,
        35,
        2,
        2023,
    ]
