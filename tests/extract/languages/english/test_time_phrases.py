"""Time phrases, resolved to days against the date of a document of 21 February 2024."""

from datetime import date
from itertools import pairwise

import pytest

from flows.extract.languages.english.time_phrases import month_number
from flows.extract.languages.time_phrases import TimePhrase, last_day, years_before

ANCHOR = date(2024, 2, 21)


@pytest.fixture(scope="module")
def only_phrase(time_phrases):
    """Words and phrase of a sentence with exactly one time phrase."""

    def read(text: str, anchor: date | None = ANCHOR) -> tuple[str, TimePhrase]:
        [phrase] = time_phrases(text, anchor)
        return text[phrase.start : phrase.end].strip(), phrase

    return read


def days(phrase: TimePhrase) -> tuple[str | None, str | None]:
    first, last = (day.isoformat() if day else None for day in (phrase.first, phrase.last))
    return first, last


INTERVALS = [
    ("Between 1 April 2022 and 31 March 2023 rates rose.", "2022-04-01", "2023-03-31"),
    ("From April 1, 2022 to March 31, 2023 rates rose.", "2022-04-01", "2023-03-31"),
    ("In the two years to December 2023 rates rose.", "2022-01-01", "2023-12-31"),
    ("In the year ended March 2023 rates rose.", "2022-04-01", "2023-03-31"),
    ("In Q3 2023 rates rose.", "2023-07-01", "2023-09-30"),
    ("Last month rates rose.", "2024-01-01", "2024-01-31"),
    ("Last quarter rates rose.", "2023-10-01", "2023-12-31"),
    ("This month rates rose.", "2024-02-01", "2024-02-21"),
    ("In 2023 H1 rates rose.", "2023-01-01", "2023-06-30"),
    ("In the 2022 fiscal year rates rose.", "2021-10-01", "2022-09-30"),
    ("In fiscal 2022 rates rose.", "2021-10-01", "2022-09-30"),
    ("In financial year 2022/23 rates rose.", "2022-04-01", "2023-03-31"),
    ("During FY22 rates rose.", "2021-10-01", "2022-09-30"),
    ("In FY 2022-23 rates rose.", "2022-04-01", "2023-03-31"),
    ("In the first 11 months rates rose.", "2023-01-01", "2023-11-30"),
    ("From 2019 to 2021 rates rose.", "2019-01-01", "2021-12-31"),
    ("Between 2019 and 2021 rates rose.", "2019-01-01", "2021-12-31"),
    ("In 2023 rates rose.", "2023-01-01", "2023-12-31"),
    ("The figure for 2019 was lower.", "2019-01-01", "2019-12-31"),
    ("Throughout 2021 rates rose.", "2021-01-01", "2021-12-31"),
    ("Last year rates rose.", "2023-01-01", "2023-12-31"),
    ("This year rates rose.", "2024-01-01", "2024-02-21"),
    ("So far this year rates rose.", "2024-01-01", "2024-02-21"),
    ("Rates rose year to date.", "2024-01-01", "2024-02-21"),
    ("Since the beginning of this year rates rose.", "2024-01-01", "2024-02-21"),
    ("This year to February 10 rates rose.", "2024-01-01", "2024-02-10"),
    ("From 2016 to 2020 rates rose.", "2016-01-01", "2020-12-31"),
    ("Between 2018 and 2022 rates rose.", "2018-01-01", "2022-12-31"),
    ("The 2011-2015 rates rose.", "2011-01-01", "2015-12-31"),
    ("The 2015-16 rates rose.", "2015-04-01", "2016-03-31"),
    ("In the financial year 2013 to 2014 rates rose.", "2013-04-01", "2014-03-31"),
    ("In fiscal year 2018 rates rose.", "2017-10-01", "2018-09-30"),
    ("In FY2018 rates rose.", "2017-10-01", "2018-09-30"),
    ("From January to June 2023 rates rose.", "2023-01-01", "2023-06-30"),
    ("In the January-September period of last year rates rose.", "2023-01-01", "2023-09-30"),
    ("From November 2022 to April 2023 rates rose.", "2022-11-01", "2023-04-30"),
    ("In the first half of 2023 rates rose.", "2023-01-01", "2023-06-30"),
    ("In the second half of last year rates rose.", "2023-07-01", "2023-12-31"),
    ("In the third quarter of 2023 rates rose.", "2023-07-01", "2023-09-30"),
    ("In the last quarter of 2023 rates rose.", "2023-10-01", "2023-12-31"),
    ("In the first three quarters of 2023 rates rose.", "2023-01-01", "2023-09-30"),
    ("In the first eleven months of 2023 rates rose.", "2023-01-01", "2023-11-30"),
    ("In the past five years rates rose.", "2019-02-21", "2024-02-21"),
    ("Over the past 3 months rates rose.", "2023-11-21", "2024-02-21"),
    ("In the past two weeks rates rose.", "2024-02-07", "2024-02-21"),
    ("In the past ten days rates rose.", "2024-02-11", "2024-02-21"),
    ("In March 2023 rates rose.", "2023-03-01", "2023-03-31"),
    ("In February of last year rates rose.", "2023-02-01", "2023-02-28"),
    ("In January rates rose.", "2024-01-01", "2024-01-31"),
    ("In November rates rose.", "2023-11-01", "2023-11-30"),
    ("Between Jan 1 and Feb 15 rates rose.", "2024-01-01", "2024-02-15"),
    ("Over the past year rates rose.", "2023-01-01", "2023-12-31"),
    ("In the past decade rates rose.", "2014-02-21", "2024-02-21"),
    ("In the previous year rates rose.", "2023-01-01", "2023-12-31"),
    ("Next year rates will rise.", "2025-01-01", "2025-12-31"),
    ("In the next three years rates will rise.", "2024-02-21", "2027-02-21"),
    ("In Q4 rates rose.", "2023-10-01", "2023-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), INTERVALS)
def test_an_interval_has_its_first_and_its_last_day(only_phrase, text, first, last):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("interval", first, last)


INSTANTS = [
    ("By the end of 2022 all were done.", "2022-12-31"),
    ("At the end of last year all were done.", "2023-12-31"),
    ("At the end of last month all were done.", "2024-01-31"),
    ("By the end of next year all are done.", "2025-12-31"),
    ("By 31 December 2027 all are done.", "2027-12-31"),
    ("As of the end of 2023 all were done.", "2023-12-31"),
    ("When 2021 ended all were done.", "2021-12-31"),
    ("By year-end 2022 all were done.", "2022-12-31"),
    ("At the close of 2021 all were done.", "2021-12-31"),
    ("By the end of June 2023 all were done.", "2023-06-30"),
    ("By the end of October all were done.", "2023-10-31"),
    ("As of January 31, 2024 all were done.", "2024-01-31"),
    ("As of January 31 all were done.", "2024-01-31"),
    ("By December 2023 all were done.", "2023-12-31"),
    ("By 2025 all will be done.", "2025-12-31"),
    ("Before the year 2030 all will be done.", "2030-12-31"),
    ("By the end of fiscal year 2018 all were done.", "2018-09-30"),
    ("So far all were done.", "2024-02-21"),
    ("By the end of FY2030 all are done.", "2030-09-30"),
]


@pytest.mark.parametrize(("text", "last"), INSTANTS)
def test_a_deadline_or_a_state_has_only_its_last_day(only_phrase, text, last):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("instant", None, last)


SINCES = [
    ("Since 2018 all were done.", "2018-01-01"),
    ("Since March 2018 all were done.", "2018-03-01"),
    ("Since March 17, 2018 all were done.", "2018-03-17"),
    ("Since the system was founded in 2004 all were done.", "2004-01-01"),
    ("With records going back to 2004 all were done.", "2004-01-01"),
]


@pytest.mark.parametrize(("text", "first"), SINCES)
def test_since_runs_to_the_date_of_the_document(only_phrase, text, first):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("since", first, "2024-02-21")


COMPARISONS = [
    ("It was twice as much as in 2017.", "as much as in 2017"),
    ("It rose by 6% on 2022.", "on 2022"),
    ("It was 88.1 (2015 = 100).", "(2015 = 100)"),
    ("It rose year on year.", "year on year"),
    ("It rose year-over-year.", "year-over-year"),
    ("It rose over the same period of 2022.", "over the same period of 2022"),
    ("It rose compared with the same period last year.", "compared with the same period last year"),
    ("It rose on the previous year.", "on the previous year"),
    ("It was higher than a year earlier.", "than a year earlier"),
    ("It was higher than in 2022.", "than in 2022"),
    ("It rose compared with 2022.", "compared with 2022"),
    ("It was up 3 percent from 2022.", "from 2022"),
    ("It was higher than a year ago.", "than a year ago"),
    ("It was 2 percent above the FY 2022 enacted level.", "above the FY 2022 enacted level"),
    ("It was more than at the end of 2022.", "than at the end of 2022"),
    ("It was the highest number since 2003.", "highest number since 2003"),
    ("It was lower than in the first half of 2022.", "than in the first half of 2022"),
    ("It was lower than in Q3 2022.", "than in Q3 2022"),
    ("It rose compared with March 2022.", "compared with March 2022"),
]


@pytest.mark.parametrize(("text", "phrase"), COMPARISONS)
def test_the_base_of_a_comparison_is_never_a_period(only_phrase, text, phrase):
    quote, found = only_phrase(text)
    assert (quote, found.role, *days(found)) == (phrase, "comparison", None, None)


DAYS = [
    ("On February 9 they met.", "2024-02-09"),
    ("On February 9th, 2018 they met.", "2018-02-09"),
    ("On 9 February 2018 they met.", "2018-02-09"),
    ("The 12th of March was fine.", "2023-03-12"),
    ("They met yesterday morning.", "2024-02-20"),
    ("They met today.", "2024-02-21"),
    ("They met on Wednesday.", "2024-02-21"),
    ("They met on Thursday afternoon.", "2024-02-15"),
    ("Dated 2018-02-09 and filed.", None),
    ("Dated 09/02/2018 and filed.", None),
    ("They met on the 14th and parted.", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day_of_an_event_is_a_day_and_no_period(only_phrase, text, day):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("day", day, day)


POINTERS = [
    ("The 2024 Annual Food Report was issued.", "name"),
    ("Lamps are built by GB/T 9473-2022 here.", "name"),
    ("Lamps are built by BS EN 60598-1:2021+A1:2022 here.", "name"),
    ("Scales are made by IS 9281 (Part 2): 1979 here.", "name"),
    ("It was read beside Regulation (EU) 2019/1020 then.", "name"),
    ("It was read beside SI 2011/1881 then.", "name"),
    ("It was read beside Decree 23/2019 then.", "name"),
    ("It was read beside the Toys Act 1997 then.", "name"),
    ("It was read beside the Toys Act, 1997.", "name"),
    ("It was 12 a year earlier.", "year_earlier"),
    ("In the same period of last year it fell.", "year_earlier"),
    ("It is to grow over the plan period.", "of_plan"),
]


@pytest.mark.parametrize(("text", "role"), POINTERS)
def test_what_only_points_at_a_time_names_no_days(only_phrase, text, role):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == (role, None, None)


ANAPHORAS = [
    "That year rates rose.",
    "In the same period rates rose.",
    "During that time rates rose.",
    "Rates rose in the period.",
    "Rates rose during the quarter.",
    "Rates will rise by then.",
]


@pytest.mark.parametrize("text", ANAPHORAS)
def test_a_period_named_before_is_only_pointed_at(only_phrase, text):
    _, phrase = only_phrase(text)
    assert (phrase.role, *days(phrase)) == ("anaphora", None, None)


def test_every_time_pattern_has_an_example(english):
    dated = [*DAYS, *POINTERS, *INTERVALS, *INSTANTS, *SINCES, *COMPARISONS]
    texts = [*ANAPHORAS, *(text for text, *_ in dated)]
    unshown = [row for row in english.time_patterns if not any(row.pattern.search(text) for text in texts)]
    assert unshown == []


@pytest.mark.parametrize(
    "text",
    [
        "Last year rates rose.",
        "This year rates rose.",
        "In the past five years rates rose.",
        "In January rates rose.",
        "By the end of October all were done.",
        "In the first half of last year rates rose.",
        "So far this year rates rose.",
    ],
)
def test_a_relative_phrase_stays_unresolved_without_a_date(only_phrase, text):
    _, phrase = only_phrase(text, anchor=None)
    assert days(phrase) == (None, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("In 2023 rates rose.", "2023-01-01", "2023-12-31"),
        ("From January to June 2023 rates rose.", "2023-01-01", "2023-06-30"),
        ("By the end of 2022 all were done.", None, "2022-12-31"),
    ],
)
def test_an_absolute_phrase_needs_no_date(only_phrase, text, first, last):
    _, phrase = only_phrase(text, anchor=None)
    assert days(phrase) == (first, last)


@pytest.mark.parametrize(
    "text", ["Rates rose.", "It may improve.", "They march on.", "A total of 2,023 firms.", "2020% more"]
)
def test_what_only_looks_like_time_is_none(time_phrases, text):
    assert time_phrases(text, ANCHOR) == []


def test_phrases_come_in_order_and_do_not_overlap(time_phrases):
    text = "By the end of 2022 it rose on the previous year, and in the first half of 2023 it fell."
    phrases = time_phrases(text, ANCHOR)
    assert [phrase.role for phrase in phrases] == ["instant", "comparison", "interval"]
    assert all(left.end <= right.start for left, right in pairwise(phrases))


def test_a_leap_day_has_a_counterpart_in_every_year():
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)


def test_months_are_known_by_their_short_names():
    assert [month_number(name) for name in ("Sept.", "sep", "DECEMBER", "Feb.")] == [9, 9, 12, 2]
    assert [last_day(year, 2) for year in (2023, 2024)] == [date(2023, 2, 28), date(2024, 2, 29)]
