"""Chapters, items, parents and bodies of structured texts."""

import pytest

from flows.extract.find_outline import find_outline
from flows.extract.model import Boilerplate, Document, OutlineItem


@pytest.fixture
def outline(vocabulary, word_frequencies):
    """`outline(text)`: the outline items of a text."""

    def read(text: str, boilerplate: tuple[Boilerplate, ...] = ()) -> list[OutlineItem]:
        document = Document("test", text, boilerplate=boilerplate)
        return find_outline(document, vocabulary.heading_marks, word_frequencies)

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


HEADINGS = {
    "chapter": ("Part {}: Aims", "I", "II"),
    "article": ("Article {} Aims", "1", "2"),
    "goal": ("Pillar {}: Aims", "1", "2"),
    "decimal": ("{} Aims", "1.1", "1.2"),
    "roman": ("{}, Aims", "I", "II"),
    "arabic": ("{}) Aims", "1", "2"),
    "word": ("{}: Aims", "One", "Two"),
}


@pytest.mark.parametrize("style", HEADINGS)
def test_two_marks_that_count_make_an_outline(outline, style):
    pattern, *numbers = HEADINGS[style]
    items = outline("\n".join(pattern.format(number) for number in numbers))
    assert [(item.level, item.title) for item in items] == [(1, "Aims"), (1, "Aims")]
    assert [item.number.split()[-1] for item in items] == numbers


def test_every_style_of_headings_is_tried(vocabulary):
    assert {mark.style for mark in vocabulary.heading_marks} == set(HEADINGS)


@pytest.mark.parametrize(
    "text",
    [
        "Quality matters.\nNothing is counted here.\n",
        "3. quarter results are good\nNothing follows.\n",
        "I, for one, agree.\nNobody else does.\n",
        "1. Only one item makes no outline\n",
        "7. Seven\n9. Nine\n12. Twelve\n",
    ],
)
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
