"""Promises of documents with their deadlines and owners, and what is not a promise."""

from datetime import date

import pytest
from examples import each_example

from flows.extract.model import Document, Objective
from flows.extract.plans.objectives import ObjectiveFinder
from flows.extract.plans.outline import find_outline

PUBLISHED = date(2023, 3, 1)
PLAN = "Action Plan for Safer Goods"


@pytest.fixture(scope="module")
def finder(vocabulary) -> ObjectiveFinder:
    return ObjectiveFinder(vocabulary)


@pytest.fixture
def objectives(finder, extractor, vocabulary):
    """`objectives(text, …)`: the promises of a text of 1 March 2023."""

    def read(text: str, **fields) -> list[Objective]:
        document = Document("test", text, **({"published": PUBLISHED, "language": "en"} | fields))
        found = finder.find(document, find_outline(document, vocabulary), extractor.extract(document))
        assert all(text[objective.start : objective.end] == objective.quote for objective in found)
        return found

    return read


def deadlines(found: list[Objective]) -> list[tuple[str, date | None]]:
    return [(objective.quote, objective.deadline) for objective in found]


@each_example("plans", "objectives", "en")
def test_a_promise_is_found_in_any_document_with_its_deadline(objectives, sentence, deadline, words):
    [objective] = objectives(f"Inspectors met in spring. {sentence} It rained.")
    assert (objective.quote, objective.deadline, objective.deadline_quote) == (sentence, deadline, words)
    assert not objective.is_quantified
    assert objective.reasons == dict.fromkeys(["owner", "owner_quote"], "not_stated") | {
        "outline_start": "not_applicable"
    }


@each_example("plans", "objectives", "zh")
def test_a_chinese_promise_needs_no_word_of_promise(objectives, sentence, deadline):
    text = f"会议在北京召开。\n{sentence}\n与会者发言。"
    assert deadlines(objectives(text, language="zh")) == [(sentence, deadline)]


@each_example("plans", "objectives", "en")
def test_what_was_or_is_only_expected_is_no_objective(objectives, sentence):
    assert objectives(sentence) == []


@pytest.mark.parametrize(
    "sentence", ["截至2022年底，全国共有标准4万项。", "会议将在杭州举行。", "2022年召回汽车204次。"]
)
def test_what_was_is_no_objective_in_chinese(objectives, sentence):
    assert objectives(sentence, language="zh") == []


@pytest.mark.parametrize(
    ("language", "text", "promised"),
    [
        ("en", "By 2020 it had 300 hands. By 2035 it shall have ten works.", "By 2035 it shall have ten works."),
        ("zh", "到2020年，该厂已有工人三百名。到2035年，工厂将增至十家。", "到2035年，工厂将增至十家。"),
    ],
)  # fmt: skip
def test_without_a_date_of_the_document_what_was_reached_by_then_is_no_objective(
    objectives, language, text, promised
):
    assert [o.quote for o in objectives(text, language=language, published=None)] == [promised]


@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_what_a_plan_tells_below_a_deadline_is_no_objective(objectives, published):
    text = (
        "1. Toys\nBy the end of 2025, each works will keep a register. In 2021 the office tested 4,200 toys. "
        "Inspectors saw 80 works. It follows the strategy of 2020, which was to run until 2024.\n2. Means\nMoney.\n"
    )
    found = objectives(text, title=PLAN, published=published)
    assert deadlines(found) == [("By the end of 2025, each works will keep a register.", date(2025, 12, 31))]


def test_a_figure_makes_an_objective_quantified_and_gives_its_indicator(objectives):
    [objective] = objectives(
        "By 2025, the pass rate in food sampling inspections should stay above 98 percent."
    )
    assert objective.is_quantified
    assert objective.indicators == ("food_sampling_pass_rate",)


def test_a_deadline_that_comes_first_holds_for_its_paragraph_in_a_plan(objectives):
    text = (
        "I. Aims\nBy 2027, the quality of supply will be better. Labs will have grown stronger.\n\n"
        "Cooperation shall go on.\nII. Means\nMoney.\n"
    )
    found = objectives(text, title=PLAN)
    assert deadlines(found) == [
        ("By 2027, the quality of supply will be better.", date(2027, 12, 31)),
        ("Labs will have grown stronger.", date(2027, 12, 31)),
        ("Cooperation shall go on.", None),
    ]
    assert found[1].deadline_quote == "By 2027"
    assert {objective.outline_start for objective in found} == {0}
    assert found[2].reasons["deadline"] == "not_stated"


def test_a_line_above_a_list_and_a_heading_set_deadlines_for_what_is_below(objectives):
    text = (
        "1. Homes\n2026 targets:\n- Plant trees in every district\n- Buses to run on power alone by 2030\n"
        "- Mend the lamps of all old streets\n2. Targets for 2028\nShops give no bags away.\n"
    )
    assert deadlines(objectives(text, title=PLAN)) == [
        ("Plant trees in every district", date(2026, 12, 31)),
        ("Buses to run on power alone by 2030", date(2030, 12, 31)),
        ("Mend the lamps of all old streets", date(2026, 12, 31)),
        ("Shops give no bags away.", date(2028, 12, 31)),
    ]


def test_two_deadlines_of_a_sentence_are_two_objectives(objectives):
    text = "By 2025, every county shall have a lab, and by 2030, every town shall have one."
    assert deadlines(objectives(text)) == [
        ("By 2025, every county shall have a lab", date(2025, 12, 31)),
        ("by 2030, every town shall have one.", date(2030, 12, 31)),
    ]


def test_a_list_of_years_is_no_list_of_objectives(objectives):
    text = "Every county shall have a lab by 2025, 2026, and 2027."
    assert [o.quote for o in objectives(text)] == [text]


def test_a_deadline_that_counts_from_the_day_of_an_undated_document_stays_open(objectives):
    text = "Within six months of the publication of this plan, each office shall report on its labs."
    [objective] = objectives(text, published=None)
    assert (objective.deadline, objective.reasons["deadline"]) == (None, "undated_document")
    assert objective.deadline_quote == "Within six months of the publication of this plan"


@each_example("plans", "objectives", "en")
def test_an_owner_is_whoever_the_text_makes_responsible(objectives, sentence, owner, name):
    [objective] = objectives(sentence)
    assert (objective.owner, objective.owner_quote) == (owner, name)


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("市场监管总局会同司法部于2024年6月底前完成修订草案。", "samr"),
        ("海关总署联合国家标准委在2025年底前建成平台。", "gacc"),
        ("海关总署于2025年底前建成平台。", "gacc"),
        ("经国家标准委会同司法部研究，2025年底前完成修订。", None),
    ],
)
def test_of_bodies_that_act_together_the_first_is_the_owner(objectives, sentence, owner):
    [objective] = objectives(sentence, language="zh")
    assert objective.owner == owner


CHINESE_PLAN = """一、总体要求
到2025年，质量基础设施更加完善。
二、重点任务
（一）建设实验室。建设一批质量标准实验室。（市场监管总局牵头，工业和信息化部等按职责分工负责，2024年底前完成）
（二）公开标准。2026年底前，由国家标准委建立公开平台。
（三）提升服务。到2027年，服务更加便捷。（某局负责）
"""


def test_a_note_behind_an_item_gives_owner_and_deadline(objectives):
    found = objectives(CHINESE_PLAN, language="zh", title="质量提升行动方案")
    assert [(o.quote, o.deadline, o.owner, o.owner_quote) for o in found] == [
        ("到2025年，质量基础设施更加完善。", date(2025, 12, 31), None, None),
        ("建设一批质量标准实验室。", date(2024, 12, 31), "samr", "市场监管总局"),
        ("2026年底前，由国家标准委建立公开平台。", date(2026, 12, 31), "sac", "国家标准委"),
        ("到2027年，服务更加便捷。", date(2027, 12, 31), None, "某局负责"),
    ]
    assert found[1].indicators == ("quality_standard_laboratories",)
    assert [o.reasons.get("owner") for o in found] == ["not_stated", None, None, "unmapped"]


@pytest.mark.parametrize(
    ("language", "text", "owners"),
    [
        ("en", "1. Toys\nBy 2025, test all toys. Lead: SAMR\n2. Food\nBy 2026, test all food.\n", ["samr", None]),
        ("en", "1. By 2025, test all toys\nLead agency: SAMR\n2. By 2026, test all food\n", ["samr", None]),
        ("zh", "一、玩具\n2025年底前，检查全部玩具。责任单位：市场监管总局\n二、食品\n2026年底前，检查全部食品。\n",
            ["samr", None]),
    ],
)  # fmt: skip
def test_a_note_behind_a_sentence_or_a_heading_holds_for_its_item_alone(objectives, language, text, owners):
    title = PLAN if language == "en" else "质量提升行动方案"
    assert [o.owner for o in objectives(text, title=title, language=language)] == owners


def test_the_title_page_of_a_plan_promises_nothing(objectives):
    text = (
        f"DEPARTMENT OF GOODS\n{PLAN} 2025-2028\nPublished: 1 March 2023\n\n1. Toys\nFew.\n2. Food\nMore.\n"
    )
    assert objectives(text, title=f"{PLAN} 2025-2028") == []


def test_who_issued_the_plan_owns_what_nobody_else_does(objectives):
    text = "SAMR issued a plan for safer goods.\n\nBy 2025, a register shall be in place."
    assert [o.owner for o in objectives(text)] == ["samr"]
    text = "SAMR and the Ministry of Commerce issued a plan for safer goods.\n\nBy 2025, a register shall be in place."
    assert [(o.owner, o.reasons["owner"]) for o in objectives(text)] == [(None, "ambiguous")]
    title = "国务院关于开展质量提升行动的指导意见"
    assert [o.owner for o in objectives("到2025年，质量明显改善提升。", title=title, language="zh")] == [
        "state_council"
    ]


def test_a_law_without_deadlines_and_an_empty_text_promise_nothing(objectives):
    assert (
        objectives("Article 1 Scope\nMakers shall test goods.\nArticle 2 Records\nThey shall keep them.\n")
        == []
    )
    assert objectives("") == []
