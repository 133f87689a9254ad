"""Chinese has no future tense: targets, estimates and actuals are told apart by modal words and deadlines."""

from datetime import date

import pytest
from examples import each_example, examples_of


@pytest.fixture(scope="module")
def statuses_of(read):
    return lambda text, **fields: [figure.status for figure in read(text, language="zh", **fields)]


@each_example("figures", "status", "zh")
def test_what_is_wanted_is_a_target(statuses_of, text):
    assert statuses_of(text) == ["target"]


@each_example("figures", "status", "zh")
def test_what_is_reckoned_is_an_estimate(statuses_of, text):
    assert statuses_of(text) == ["estimate"]


def test_every_chinese_status_phrase_has_an_example(vocabulary):
    examples = {
        "target": examples_of(test_what_is_wanted_is_a_target),
        "estimate": examples_of(test_what_is_reckoned_is_an_estimate),
    }
    unshown = [
        row.pattern.pattern
        for row in vocabulary.languages["zh"].status_phrases
        if not any(row.pattern.search(example["text"]) for example in examples[row.status])
    ]
    assert unshown == []


@each_example("figures", "status", "zh")
def test_what_was_done_and_what_only_sounds_like_a_promise_is_actual(statuses_of, text):
    assert statuses_of(text) == ["actual"]


def test_a_target_and_what_was_reached_are_two_statements(statuses_of):
    assert statuses_of("合格率目标为95%，实际达到96%。") == ["target", "actual"]
    assert statuses_of("到2030年合格率达到98%，比2020年的95%高。") == ["target", "actual"]
    assert statuses_of("完成了培训300人的目标。") == ["target"]


def test_nobody_has_measured_the_future(statuses_of):
    assert statuses_of("到2030年，合格率达到98%。") == ["target"]
    assert statuses_of("到2024年底，合格率达到98%。") == ["target"]
    assert statuses_of("到2022年，合格率达到98%。") == ["actual"]


def test_a_deadline_goes_on_through_the_sentences_of_a_plan(read):
    figures = read("到2030年，培育品牌100个。制定标准80项，其中地方标准60项。", language="zh")
    assert [(f.status, str(f.period_end)) for f in figures] == [("target", "2030-12-31")] * 3


def test_a_report_of_what_was_done_ends_the_deadline(read):
    figures = read("到2030年，培育品牌100个。目前已制定标准80项。", language="zh")
    assert [(f.status, f.period_end.year) for f in figures] == [("target", 2030), ("actual", 2024)]


PLAN = "重点产品质量提升行动方案（2025—2027年）"


def test_what_a_plan_says_without_a_time_is_wanted(read):
    text = (
        "第二章 主要目标\n（一）到2027年，合格率达到94%。\n（二）新建实验室20家，中心由目前的61家增加到80家。"
    )
    figures = read(text, language="zh", title=PLAN, published=date(2025, 3, 20))
    assert [(f.number, f.status, f.period_end.year) for f in figures] == [
        ("94%", "target", 2027),
        ("20", "target", 2027),
        ("61", "actual", 2025),
        ("80", "target", 2027),
    ]


def test_measures_of_a_plan_below_another_heading_are_wanted_too(read):
    text = "第三章 保障措施\n中央财政三年累计投入18亿元。"
    [figure] = read(text, language="zh", title=PLAN, published=date(2025, 3, 20))
    assert (figure.status, figure.period_start, figure.period_end) == (
        "target",
        date(2025, 1, 1),
        date(2027, 12, 31),
    )


def test_what_a_plan_says_of_itself_is_a_fact(read):
    text = "第一章 总体要求\n本方案由十一部门共同制定。"
    [figure] = read(text, language="zh", title=PLAN, published=date(2025, 3, 20))
    assert figure.status == "actual"


def test_the_goals_of_a_five_year_plan_are_to_be_reached_at_its_end(read):
    text = "专栏1 主要指标\n食品抽检合格率保持在98%以上。"
    [figure] = read(text, language="zh", title="“十四五”市场监管规划", published=date(2021, 12, 28))
    assert (figure.status, figure.period_end) == ("target", date(2025, 12, 31))
