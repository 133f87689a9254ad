"""Dates as written, and only those with a single possible reading."""

from datetime import date

import pytest
from examples import each_example

from flows.extract.model import Boilerplate
from flows.extract.parse.dates import find_dates, is_dateline, read_event, read_published


@each_example("parse", "dates", "en", "zh")
def test_a_date_is_read_in_every_common_form(written):
    assert [stated.day for stated in find_dates(f"x {written} y")] == [date(2024, 2, 21)]


@each_example("parse", "dates", "en")
def test_what_is_no_date_or_two_dates_is_none(written):
    assert find_dates(f"x {written} y") == []


def test_a_day_and_a_month_that_are_equal_leave_no_doubt():
    assert [stated.day for stated in find_dates("05/05/2018")] == [date(2018, 5, 5)]


@each_example("parse", "dates", "en", "zh")
def test_a_dateline_near_the_top_dates_the_document(dateline):
    assert read_published(f"Helmets recalled\n\n{dateline}\n\nText follows.") == date(2021, 3, 5)


@each_example("parse", "dates", "en", "zh")
def test_a_date_of_something_else_does_not_date_the_document(line):
    assert read_published(f"Helmets recalled\n\n{line}\n\nText follows.") is None


def test_a_labelled_date_comes_before_a_bare_one_and_the_top_before_the_end():
    assert read_published("T\nMay 1, 2021\nRelease date: May 4, 2021\n\nText.") == date(2021, 5, 4)
    assert read_published("T\nMay 1, 2021\n" + "A line.\n" * 30 + "May 9, 2021\n") == date(2021, 5, 1)


def test_a_signature_at_the_end_dates_the_document_and_one_in_the_middle_does_not():
    assert read_published("T\n" + "A line of the notice.\n" * 30 + "2021年5月9日\n") == date(2021, 5, 9)
    assert read_published("T\n" + "A line.\n" * 30 + "May 9, 2021\n" + "A line.\n" * 30) is None


def test_a_toolbar_before_the_date_does_not_hide_it():
    text = "3 Comment(s)Print and mail Example.org, May 9, 2021\n"
    assert not is_dateline(text.strip())
    assert read_published(text, [Boilerplate(0, 26, "toolbar")]) == date(2021, 5, 9)


PUBLISHED = date(2018, 2, 12)  # a Monday


@each_example("parse", "dates", "en", "zh")
def test_the_event_is_the_day_on_which_it_was_held_or_spoken(sentence, event):
    assert read_event(f"Helmets and toys\n\n{sentence}\n", PUBLISHED) == event


def test_an_undated_document_has_no_event_unless_its_year_is_stated():
    assert read_event("The fair opened on Friday.", None) is None
    assert read_event("The fair opened on May 4, 2012.", None) == date(2012, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "A line of the report.\n" * 10 + "A conference was held on February 9.",
        "Inspectors checked helmets.\n\nThey also checked toys.\n\nA conference was held on February 9.",
        "Inspectors checked helmets. " * 10 + "A conference was held on February 9.",
    ],
)
def test_an_event_far_down_the_text_is_background(text):
    assert read_event(text, PUBLISHED) is None


@each_example("parse", "dates", "en")
def test_a_day_on_which_something_else_happened_is_not_the_event(sentence):
    assert read_event(f"Helmets and toys\n\n{sentence}\n", PUBLISHED) is None


def test_a_title_and_a_paragraph_that_a_margin_broke_belong_to_the_opening():
    text = "Helmets and toys\n\nInspectors have\nchecked 30 toys.\nThey told a meeting so on February 9."
    assert read_event(text, PUBLISHED) == date(2018, 2, 9)


def test_what_stands_behind_a_dateline_in_prose_may_tell_the_event():
    text = "头盔抽查\n\n示例社北方市2021年3月5日电 市监督局4日召开发布会，通报头盔抽查结果，检出多批不合格。"
    assert read_event(text, read_published(text)) == date(2021, 3, 4)
