"""Chapters, items, parents and bodies of structured texts."""

import pytest
from examples import each_example, examples_of

from flows.extract.model import Boilerplate, Document, OutlineItem
from flows.extract.plans.outline import find_outline


@pytest.fixture
def outline(vocabulary, word_frequencies):
    """`outline(text)`: the outline items of a text."""

    def read(text: str, boilerplate: tuple[Boilerplate, ...] = (), **fields) -> list[OutlineItem]:
        document = Document("test", text, boilerplate=boilerplate, **fields)
        return find_outline(document, vocabulary, word_frequencies)

    return read


def marks(items: list[OutlineItem]) -> list[tuple[int, str | None, str, str | None]]:
    return [(item.level, item.number, item.title, item.parent) for item in items]


def test_roman_chapters_hold_arabic_items_that_count_through(outline):
    text = "I. Aims\n1. Growth\n2. Safety\nII. Means\n3. Money\n4. People\n"
    assert marks(outline(text)) == [
        (1, "I", "Aims", None),
        (2, "1", "Growth", "I"),
        (2, "2", "Safety", "I"),
        (1, "II", "Means", None),
        (2, "3", "Money", "II"),
        (2, "4", "People", "II"),
    ]


def test_items_may_count_anew_in_every_chapter(outline):
    text = "I. Aims\n1. Growth\n2. Safety\nII. Means\n1. Money\n2. People\n"
    items = outline(text)
    assert [item.number for item in items] == ["I", "1", "2", "II", "1", "2"]
    money = items[4]
    assert (money.parent, money.parent_start) == ("II", text.index("II."))


def test_arabic_chapters_hold_decimal_sections(outline):
    text = "1. Aims\n1.1 Growth\n1.2 Safety\n2. Means\n2.1 Money\n2.2 People\n"
    assert marks(outline(text)) == [
        (1, "1", "Aims", None),
        (2, "1.1", "Growth", "1"),
        (2, "1.2", "Safety", "1"),
        (1, "2", "Means", None),
        (2, "2.1", "Money", "2"),
        (2, "2.2", "People", "2"),
    ]


def test_decimal_sections_may_go_three_deep(outline):
    text = "1.1 Growth\n1.1.1 Trade\n1.1.2 Jobs\n1.2 Safety\n1.2.1 Toys\n1.2.2 Lifts\n"
    assert [(item.level, item.number, item.parent) for item in outline(text)] == [
        (1, "1.1", None),
        (2, "1.1.1", "1.1"),
        (2, "1.1.2", "1.1"),
        (1, "1.2", None),
        (2, "1.2.1", "1.2"),
        (2, "1.2.2", "1.2"),
    ]


def test_markdown_goals_are_headings(outline):
    text = "## Goal 1: Fewer labs\n\nShut some.\n\n## Goal 2: Better labs\n\nMend some.\n"
    assert marks(outline(text)) == [(1, "Goal 1", "Fewer labs", None), (1, "Goal 2", "Better labs", None)]


def test_word_marks_are_headings_and_their_sentence_is_the_title(outline):
    text = "One: Overall aim. By then all is well.\nTwo: Chief fields. There are many.\n"
    items = outline(text)
    assert marks(items) == [(1, "One", "Overall aim", None), (1, "Two", "Chief fields", None)]
    assert [item.body for item in items] == ["By then all is well.", "There are many."]


def test_chapters_and_articles_are_headings(outline):
    text = "Chapter I General\nArticle 1 Scope\nArticle 2 Terms\nChapter II Duties\nArticle 3 Makers\n"
    assert [(item.level, item.number, item.parent) for item in outline(text)] == [
        (1, "I", None),
        (2, "1", "I"),
        (2, "2", "I"),
        (1, "II", None),
        (2, "3", "II"),
    ]


@each_example("plans", "outline", "en", "zh")
def test_two_marks_that_count_make_an_outline(outline, style, pattern, numbers):
    items = outline("\n".join(pattern.format(number) for number in numbers))
    assert [(item.level, item.title) for item in items] == [(1, "Aims"), (1, "Aims")]
    assert [item.number for item in items] == numbers


def test_every_style_of_headings_is_tried(vocabulary):
    assert {mark.style for mark in vocabulary.heading_marks} == {
        example["style"] for example in examples_of(test_two_marks_that_count_make_an_outline)
    }


@each_example("plans", "outline", "en", "zh")
def test_marks_that_do_not_count_are_no_headings(outline, text):
    assert outline(text) == []


def test_what_breaks_the_count_is_body_text(outline):
    text = "1. Growth\n7. of May was a good day\n2. Safety\n3. Trade\n"
    items = outline(text)
    assert [item.number for item in items] == ["1", "2", "3"]
    assert "7. of May" in items[0].body


def test_a_body_is_the_text_up_to_the_next_heading_or_nothing(outline):
    text = "I. Aims\n1. Growth\nTrade must grow.\nJobs too.\n2. Safety\nII. Means\n"
    aims, growth, safety, _ = outline(text)
    assert (aims.body, growth.body, safety.body) == (None, "Trade must grow.\nJobs too.", None)


def test_boilerplate_is_no_body(outline):
    text = "1. Growth\nTrade must grow.\n2. Safety\nPrint this page\n"
    bar = Boilerplate(text.index("Print"), len(text.rstrip()), "toolbar")
    assert [item.body for item in outline(text, (bar,))] == ["Trade must grow.", None]


def test_offsets_span_mark_and_title(outline):
    text = "Preface.\n\n  I. Aims\n 1. Growth of trade\n 2. Safety\nII. Means\n"
    assert [text[item.start : item.end] for item in outline(text)] == [
        "I. Aims", "1. Growth of trade", "2. Safety", "II. Means",
    ]  # fmt: skip


def test_a_broken_word_is_mended_in_the_title_and_kept_raw(outline):
    first, second = outline("1. Streng then the checks\n2. Impro ve the labs\n")
    assert (first.title, first.title_raw) == ("Strengthen the checks", "Streng then the checks")
    assert (second.title, second.title_raw) == ("Improve the labs", "Impro ve the labs")


def test_words_that_only_look_broken_stay(outline):
    items = outline("1. Come in to work\n2. Be a part of it\n")
    assert [item.title for item in items] == ["Come in to work", "Be a part of it"]


LAW = """第一章　总则
第一条　为了加强监督，制定本办法。
第二条　从事生产活动的，遵守本办法。
第二章　监督抽查
第一节　一般规定
第三条　国家实行监督抽查制度。抽查不得收费。
第二节　程序
第四条　抽查按下列规定进行：
（一）随机确定对象；
（二）公开结果。
第十一条　【罚则】违反规定的，责令改正。
第三章　附则
第十二条　本办法自2024年1月1日起施行。
"""


def test_articles_of_a_chinese_law_count_through_its_chapters_and_may_leave_numbers_out(outline):
    assert marks(outline(LAW, language="zh")) == [
        (1, "第一章", "总则", None),
        (2, "第一条", "为了加强监督，制定本办法", "第一章"),
        (2, "第二条", "从事生产活动的，遵守本办法", "第一章"),
        (1, "第二章", "监督抽查", None),
        (2, "第一节", "一般规定", "第二章"),
        (3, "第三条", "国家实行监督抽查制度", "第一节"),
        (2, "第二节", "程序", "第二章"),
        (3, "第四条", "抽查按下列规定进行", "第二节"),
        (4, "（一）", "随机确定对象", "第四条"),
        (4, "（二）", "公开结果", "第四条"),
        (3, "第十一条", "【罚则】", "第二节"),
        (1, "第三章", "附则", None),
        (2, "第十二条", "本办法自2024年1月1日起施行", "第三章"),
    ]


def test_a_chinese_title_ends_with_its_first_sentence_or_before_the_text_that_runs_on(outline):
    text = (
        "一、总体要求。到2025年，质量明显改善。\n"
        "（一）指导思想：坚持质量第一，推动变革。\n"
        "（二）基本原则　企业为主，社会参与。\n"
        "二、重点任务\n"
        "1.制定标准。2024年底前完成。\n"
        "２．公开标准\n"
    )
    items = outline(text, language="zh")
    assert marks(items) == [
        (1, "一", "总体要求", None),
        (2, "（一）", "指导思想", "一"),
        (2, "（二）", "基本原则", "一"),
        (1, "二", "重点任务", None),
        (2, "1", "制定标准", "二"),
        (2, "２", "公开标准", "二"),
    ]
    assert [item.body for item in items] == [
        "到2025年，质量明显改善。", "坚持质量第一，推动变革。", "企业为主，社会参与。", None, "2024年底前完成。", None,
    ]  # fmt: skip


def test_chinese_numerals_count_on_past_ten(outline):
    numbers = [*"一二三四五六七八九十", "十一", "十二"]
    assert [item.number for item in outline("\n".join(f"{number}、事项" for number in numbers))] == numbers


def test_traditional_characters_count_and_stay_as_written(outline):
    items = outline("第一條 總則\n本法所稱商品，指流通之物。\n第二條 罰則\n", language="zh")
    assert [(item.number, item.title) for item in items] == [("第一條", "總則"), ("第二條", "罰則")]


def test_articles_may_have_their_titles_on_the_next_line(outline):
    text = (
        "CHAPTER I\nGENERAL PROVISIONS\n\nArticle 1\nSubject matter\n\nThis Regulation lays down rules.\n\n"
        "Article 2\nScope\n\nIt applies to toys.\n\nCHAPTER II\nOBLIGATIONS\n\nArticle 3\nMakers\n"
    )
    items = outline(text)
    assert [(item.level, item.number, item.title) for item in items] == [
        (1, "I", "GENERAL PROVISIONS"),
        (2, "1", "Subject matter"),
        (2, "2", "Scope"),
        (1, "II", "OBLIGATIONS"),
        (2, "3", "Makers"),
    ]
    assert text[items[1].start : items[1].end] == "Article 1\nSubject matter"
    assert items[1].body == "This Regulation lays down rules."


def test_goals_hold_objectives_that_count_below_them(outline):
    text = "Goal 1: Safer lifts\nObjective 1.1: Fewer falls\nObjective 1.2: Staff\nGoal 2: Data\nObjective 2.1: Share\n"
    assert [(item.level, item.number, item.parent) for item in outline(text)] == [
        (1, "Goal 1", None),
        (2, "Objective 1.1", "Goal 1"),
        (2, "Objective 1.2", "Goal 1"),
        (1, "Goal 2", None),
        (2, "Objective 2.1", "Goal 2"),
    ]


def test_a_letter_that_is_also_a_numeral_counts_as_what_it_follows(outline):
    letters = "\n".join(f"{letter}. Aims" for letter in "ABCDEFGHIJ")
    assert [item.number for item in outline(letters)] == list("ABCDEFGHIJ")
    numerals = "\n".join(f"{number}. Aims" for number in ("I", "II", "III", "IV", "V"))
    assert [item.number for item in outline(numerals)] == ["I", "II", "III", "IV", "V"]


def test_a_number_alone_is_a_heading_above_its_sections(outline):
    text = "1. Summary\n\n1.1 Money\n\nThere is some.\n\n1.2 People\n\nThere are many.\n"
    assert [(item.level, item.number) for item in outline(text)] == [(1, "1"), (2, "1.1"), (2, "1.2")]


def test_a_table_of_contents_is_no_outline_of_its_own(outline):
    contents = "Contents\n1. Aims ......... 3\n2. Means ........ 5\n\n"
    items = outline(f"{contents}1. Aims\nGrowth comes first.\n2. Means\nMoney helps.\n")
    assert [(item.number, item.body) for item in items] == [
        ("1", "Growth comes first."),
        ("2", "Money helps."),
    ]


def test_signs_of_markdown_give_the_levels_and_the_title_of_the_document_is_no_item(outline):
    text = (
        "# Plan for labs\n\n## Aims\n\nAll labs shall be safe.\n\n### Staff\n\nThey must be trained.\n\n"
        "## 2. Means\n\nMoney.\n"
    )
    items = outline(text, title="Plan for labs")
    assert marks(items) == [(1, None, "Aims", None), (2, None, "Staff", "Aims"), (1, "2", "Means", None)]
    assert [text[item.start : item.end] for item in items] == ["## Aims", "### Staff", "## 2. Means"]
    assert items[0].body == "All labs shall be safe."


UNMARKED = (
    "Green Delivery Plan 2030\n\nCleaner vans\n\n"
    "All new vans of the city will be electric by 2027, and chargers will stand in every district.\n\n"
    "Table 1. Vans by district\n\nLess waste\n\n"
    "The city will collect food waste from every home, and none of it will go to landfill.\n\nMayor Smith\n"
)


def test_lines_that_stand_alone_are_headings_in_a_plan_and_nowhere_else(outline):
    items = outline(UNMARKED, title="Green Delivery Plan 2030")
    assert marks(items) == [(1, None, "Cleaner vans", None), (1, None, "Less waste", None)]
    assert items == outline(UNMARKED, title="Green Delivery Plan 2030", document_type="outline")
    assert outline(UNMARKED, title="Mayor explains the delivery plan") == []
    assert outline(UNMARKED, title="Green Delivery Plan 2030", document_type="news") == []


def test_a_chinese_plan_may_go_without_marks(outline):
    text = (
        "某市质量提升行动计划\n\n工作目标\n"
        "到2026年，全市产品质量稳步提升，服务水平明显提高，群众满意程度进一步增强。\n\n保障措施\n"
        "加强组织领导，落实经费保障，强化督查考核，推动各项任务按时完成并取得实效。\n\n某市人民政府\n2024年2月1日\n"
    )
    items = outline(text, title="某市质量提升行动计划", language="zh")
    assert [item.title for item in items] == ["工作目标", "保障措施"]


def test_a_numbered_list_in_the_news_is_no_outline(outline):
    text = "1. Toys\nThey broke.\n2. Lamps\nThey burned.\n"
    assert outline(text, document_type="news") == []
    assert len(outline(text)) == 2


@each_example("plans", "outline", "en", "zh")
def test_an_item_speaks_of_the_indicators_that_its_words_name(outline, text, indicators):
    first, second = outline(f"1. {text}\n2. Other things\n")
    assert (first.indicators, second.indicators) == (tuple(indicators), ())


def test_a_long_text_of_marks_takes_time_in_proportion_and_no_more(outline):
    items = outline("1. Growth\n" * 20_000 + "(一) 增长" * 5_000 + " " * 200_000 + "." * 200_000)
    assert items == []


def test_a_title_that_a_margin_broke_is_one(outline):
    text = (
        "1. Raise the supply of good farm produce, of food\nand of drugs\n"
        "2. Better goods\nof all kinds are wanted everywhere, and so they shall be made.\n"
    )
    first, second = outline(text)
    assert (first.title, first.body) == ("Raise the supply of good farm produce, of food and of drugs", None)
    assert first.title_raw == "Raise the supply of good farm produce, of food\nand of drugs"
    assert second.title == "Better goods"


@each_example("plans", "outline", "en", "zh")
def test_numbered_parts_of_a_news_report_are_no_outline(vocabulary, language, opening):
    parts = "1. Demand\nIt was strong.\n\n2. Exports\nThey fell.\n"
    if language == "zh":
        parts = "1. 需求\n需求旺盛。\n\n2. 出口\n出口下降。\n"
    report = Document("report", f"Works\n{opening}\n\n{parts}", title="Works", language=language)
    study = Document("study", f"Works\n\n{parts}", title="Works", language=language)
    assert find_outline(report, vocabulary) == []
    assert [item.number for item in find_outline(study, vocabulary)] == ["1", "2"]
