"""Contradictions within a document are noted with both numbers, and whatever may be right is left alone."""

import json

import pytest
import yaml
from examples import each_example

from flows.extract.checks.checker import DocumentChecker
from flows.extract.model import Document, Note
from flows.paths import PROJECT_ROOT


@pytest.fixture(scope="module")
def checker(vocabulary) -> DocumentChecker:
    return DocumentChecker(vocabulary)


@pytest.fixture(scope="module")
def check(checker):
    """`check(text)`: the notes on a text, which is Chinese where it holds Chinese characters."""

    def check_text(text: str) -> list[Note]:
        language = "zh" if any("\u4e00" <= character <= "\u9fff" for character in text) else "en"
        notes = checker.check(Document("test", text, language=language))
        assert all(text[note.start : note.end] == note.quote for note in notes)
        return notes

    return check_text


@each_example("checks", "checker", "en", "zh")
def test_list_without_as_many_members_as_announced_is_noted(check, text, stated, found):
    [note] = check(text)
    assert (note.rule, note.stated, note.found) == ("list_count", stated, found)
    assert note.explanation == f"The text announces {stated} and names {found}."


@each_example("checks", "checker", "en", "zh")
def test_list_that_may_be_right_is_left_alone(check, text):
    assert check(text) == []


@each_example("checks", "checker", "en", "zh")
def test_sum_that_cannot_be_right_is_noted_with_both_numbers(check, text, rule, stated, found):
    [note] = check(text)
    assert (note.rule, note.stated, note.found) == (rule, stated, found)


@each_example("checks", "checker", "en", "zh")
def test_sum_that_may_be_right_is_left_alone(check, text):
    assert check(text) == []


def test_explanation_says_what_the_numbers_give(check):
    texts = (
        "In spring, 12 of 150 samples failed, 10 percent.",
        "Accidents fell from 45 to 17, down 50 percent.",
        "There were 150 complaints, of which 90 concerned shoes and 80 concerned hats.",
        "There were 150 complaints, of which 190 concerned shoes.",
    )
    assert [note.explanation for text in texts for note in check(text)] == [
        "12 of 150 is 8 percent, not 10.",
        "From 45 to 17 is a change of -62.22 percent, not -50.",
        "90 + 80 is 170, which is more than the total of 150.",
        "190 is more than the total of 150.",
    ]


def test_notes_come_in_the_order_of_the_text_and_leave_tables_and_boilerplate_out(checker):
    text = (
        "In spring, 12 of 150 samples failed, 10 percent.\n\nThe plan names four goals: food, toys and hats.\n\n"
        "Of | 150 samples | 12 failed | 10%\nOf | 150 samples | 12 failed | 10%\n"
    )
    notes = checker.check(Document("test", text, language="en"))
    assert [note.rule for note in notes] == ["share_of_whole", "list_count"]


def annotated_documents() -> list[Document]:
    """Return realistic documents whose every number was checked by hand."""
    files = sorted((PROJECT_ROOT / "tests" / "annotated").glob("*/*.json"))
    rows = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    cases = sorted((PROJECT_ROOT / "tests" / "golden").glob("*.yaml"))
    texts = [yaml.safe_load(case.read_text(encoding="utf-8")).get("text") for case in cases]
    return [Document(row["doc_id"], row["text"], language=row["language"]) for row in rows] + [
        Document("golden", text, language="zh" if "。" in text else "en") for text in texts if text
    ]


def test_documents_that_are_right_get_no_note(checker):
    documents = annotated_documents()
    assert len(documents) > 25
    assert [note for document in documents for note in checker.check(document)] == []
