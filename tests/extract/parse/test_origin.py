"""The type and the publisher of a document, as far as title, layout and dateline show them."""

import pytest
from examples import each_example

from flows.extract.parse.document import make_document
from flows.extract.parse.origin import read_document_type, read_publisher
from flows.extract.parse.parsed_content import Content
from schemas.inputs.metadata import Metadata

TURNS = "Moderator:\n\nGood morning.\n\nMorning Post:\n\nWhat was done?\n\nLi Dawei:\n\nA lot.\n"
CHAPTERS = "I. Why it is needed\nToys break.\n\nII. What is to be done\n1. Test toys\n"


@pytest.mark.parametrize(
    ("title", "text", "document_type"),
    [
        ("Press conference on toys", TURNS, "press_conference"),
        ("News briefing of the toy office", TURNS, "press_conference"),
        ("Transcript of the press conference on toys", "All toys are safe.", "press_conference"),
        ("Outline of the Campaign for Toys", CHAPTERS, "outline"),
        ("Guiding Opinions on Toys", "Chapter 1 Aims\nSafer toys.\n\nChapter 2 Tasks\nTests.", "outline"),
        ("Northtown Implementation Plan to Make Toys Safer", CHAPTERS, "outline"),
        ("Press conference hears of toys", "All toys are safe, the office said.", None),
        ("Toys of the north", TURNS, None),
        ("Plan for Toys", "The office has a plan.\n\n1. Tests\n2. More tests", None),
        ("Northtown explains its plan for toys", CHAPTERS, None),
        ("Toys of the north", CHAPTERS, None),
        ("Office finds 30 unsafe toys", "NORTHTOWN - The office found 30 unsafe toys.", None),
        (None, TURNS + CHAPTERS, None),
    ],
)
def test_title_and_layout_together_show_the_type(title, text, document_type):
    assert read_document_type(title, text) == document_type


@each_example("parse", "origin", "en")
def test_a_dateline_names_a_publisher_but_a_place_is_none(dateline, publisher):
    assert read_publisher([dateline]) == publisher


def test_the_text_tells_publisher_and_type_and_what_a_person_states_wins():
    content = Content(f"Press conference on toys\n\nExample.org, March 5, 2021\n\n{TURNS}")
    told = make_document(content, doc_id="toys")
    assert (told.publisher, told.document_type) == ("Example.org", "press_conference")
    stated = Metadata(publisher="Morning Post", document_type="news")
    told = make_document(content, doc_id="toys", metadata=stated)
    assert (told.publisher, told.document_type) == ("Morning Post", "news")


def test_a_date_in_a_sentence_names_no_publisher():
    content = Content(
        "Toys\n\nThe Toy Administration, March 5, 2021 or not, tested 30 toys in its own laboratory."
    )
    assert make_document(content, doc_id="toys").publisher is None
