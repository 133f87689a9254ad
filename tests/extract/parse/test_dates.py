"""Dates: only what is written, in one possible reading."""

from datetime import date

import pytest

from flows.extract.model import Boilerplate
from flows.extract.parse.dates import find_dates, is_dateline, read_event, read_published


@pytest.mark.parametrize(
    "written",
    [
        "February 21, 2024",
        "Feb. 21, 2024",
        "Feb 21 2024",
        "21 February 2024",
        "21st of February, 2024",
        "2024-02-21",
        "2024/2/21",
        "2024.02.21",
        "2024年2月21日",
        "2024 年 2 月 21 日",
        "21/02/2024",
        "02/21/2024",
        "21.02.2024",
        "2024-02-21T10:30:00+08:00",
    ],
)
def test_a_date_is_read_in_every_common_form(written):
    assert [stated.day for stated in find_dates(f"x {written} y")] == [date(2024, 2, 21)]


@pytest.mark.parametrize(
    "written", ["12/02/2018", "2018-13-01", "February 30, 2024", "1.2.2018.4", "GB/T 2019.1.1.2", "May 2024"]
)
def test_what_is_no_date_or_two_dates_is_none(written):
    assert find_dates(f"x {written} y") == []


def test_a_day_and_a_month_that_are_equal_leave_no_doubt():
    assert [stated.day for stated in find_dates("05/05/2018")] == [date(2018, 5, 5)]


@pytest.mark.parametrize(
    "dateline",
    [
        "Release Date:2021-03-05",
        "(March 5, 2021)",
        "March 5, 2021",
        "Example Daily, March 5, 2021",
        "Example.org, March 5, 2021",
        "Published: 5 March 2021 10:30",
        "Updated: 2021-03-05 05:48",
        "来源：示例报 2021年3月5日 10:30",
        "发布时间：2021-03-05",
        "By Jane Doe | March 5, 2021",
        "NORTHTOWN, March 5, 2021 (Example Agency) -- Inspectors found 30 faults, the office said.",
        "示例社北方市2021年3月5日电 市监督局通报了第一季度头盔产品质量监督抽查的结果，检出多批不合格。",
        "本报北方市2021年3月5日讯（记者甲）市监督局通报了第一季度头盔产品质量监督抽查的结果，检出多批不合格。",
        "本通报由市监督局于2021年3月5日正式发布，供各级监管部门和广大消费者查阅使用，欢迎转载。",
    ],
)
def test_a_dateline_near_the_top_dates_the_document(dateline):
    assert read_published(f"Helmets recalled\n\n{dateline}\n\nText follows.") == date(2021, 3, 5)


@pytest.mark.parametrize(
    "line",
    [
        "On March 5, 2021, the office released its plan.",
        "The plan of March 5, 2021",
        "Effective Date: March 5, 2021",
        "Deadline: 2021-03-05",
        "Valid until March 5, 2021",
        "截至2021年3月5日",
        "自2021年3月5日起施行",
        "2021年3月5日，全国质量工作会议在北方市举行，会议总结了过去一年的工作并部署了下一年的任务。",
        "Published: 12/02/2018",
        "《头盔产品质量提升规划》于2021年3月5日发布，要求各级监管部门和企业共同做好头盔的质量安全工作。",
        "本公告依据《头盔产品管理办法》于2021年3月5日公布的条款制定，要求各级监管部门和企业共同做好工作。",
    ],
)
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


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Helmets were the topic of a press conference held on February 9.", date(2018, 2, 9)),
        ("Material for the February 9th briefing of the office", date(2018, 2, 9)),
        ("A forum on toys was held in Northtown from 7 February.", date(2018, 2, 7)),
        ("The fair opened on Friday in Northtown.", date(2018, 2, 9)),
        ("The fair opened on Monday in Northtown.", date(2018, 2, 12)),
        ("On December 28, the office convened a meeting of inspectors.", date(2017, 12, 28)),
        ("The office said on Thursday that 30 lots had failed.", date(2018, 2, 8)),
        ("Inspectors told reporters yesterday that 30 lots had failed.", date(2018, 2, 11)),
        ("The conference took place on February 1, 2018.", date(2018, 2, 1)),
        ("2月9日，市政府举行新闻发布会。", date(2018, 2, 9)),
        ("记者从昨天召开的会议上获悉，抽查合格率提高。", date(2018, 2, 11)),
        ("市场监管局30日举行新闻发布会。", date(2018, 1, 30)),
        ("The fair will be held on February 10 in Northtown.", None),
        ("A plan released on January 17 was the subject of the meeting.", None),
        ("The meeting of May 5, 2012 is long past.", None),
        ("Inspectors checked 30 lots of helmets in February.", None),
        ("It is a meeting of 9 members.", None),
        ("By 2020, quality will be better.", None),
    ],
)
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


@pytest.mark.parametrize(
    "sentence",
    [
        "On January 12, 2018, the agency announced the recall of 500 helmets.",
        "The recall of 500 helmets began on February 9.",
        "Since February 9 a meeting of inspectors has been looking at helmets.",
        "A meeting put the deadline back to February 5.",
        "The meeting of November 30, 2017 is behind them.",
    ],
)
def test_a_day_on_which_something_else_happened_is_not_the_event(sentence):
    assert read_event(f"Helmets and toys\n\n{sentence}\n", PUBLISHED) is None


def test_a_title_and_a_paragraph_that_a_margin_broke_belong_to_the_opening():
    text = "Helmets and toys\n\nInspectors have\nchecked 30 toys.\nThey told a meeting so on February 9."
    assert read_event(text, PUBLISHED) == date(2018, 2, 9)


def test_what_stands_behind_a_dateline_in_prose_may_tell_the_event():
    text = "头盔抽查\n\n示例社北方市2021年3月5日电 市监督局4日召开发布会，通报头盔抽查结果，检出多批不合格。"
    assert read_event(text, read_published(text)) == date(2021, 3, 4)
