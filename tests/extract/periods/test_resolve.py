"""The time phrases that a figure takes, inherits, or never takes."""

from datetime import date

import pytest
from examples import each_example


def period(figure) -> tuple[str | None, str | None, str | None]:
    start, end = (str(day) if day else None for day in (figure.period_start, figure.period_end))
    return start, end, figure.period_basis


@each_example("periods", "resolve", "en")
def test_a_stated_period_is_resolved_against_the_date_of_the_document(read_one, text, expected):
    assert period(read_one(text)) == (*expected, "stated")


def test_each_figure_takes_the_phrase_right_behind_it(read):
    first, second = read("The rate rose to 94 percent in 2022 from 91.5 percent in 2019.")
    assert (first.period_end.year, second.period_end.year) == (2022, 2019)


def test_a_figure_takes_the_nearest_phrase_before_it(read):
    first, second = read("In 2021 inspectors closed 340 shops; in 2022 they closed 410 shops.")
    assert (first.period_end.year, second.period_end.year) == (2021, 2022)


@each_example("periods", "resolve", "en")
def test_the_base_of_a_comparison_is_never_the_period(read_one, text):
    assert period(read_one(text)) == ("2023-01-01", "2023-12-31", "stated")


@pytest.mark.parametrize("time", ["In 2021, 2022 and 2023", "From 2021 to 2023", "Over the past three years"])
def test_figures_given_in_turn_get_a_year_each(read, time):
    figures = read(f"{time} the pass rate was 91 percent, 92 percent and 93 percent, respectively.")
    assert [figure.period_start.isoformat() for figure in figures] == [
        "2021-01-01",
        "2022-01-01",
        "2023-01-01",
    ]
    assert [figure.period_end.isoformat() for figure in figures] == ["2021-12-31", "2022-12-31", "2023-12-31"]


def test_the_ends_of_a_movement_are_the_ends_of_its_period(read):
    begun, ended = read("From 2015 to 2022 the number of labs rose from 150 labs to 376 labs.")
    assert (begun.period_end.year, ended.period_start.year) == (2015, 2022)
    before, now = read("In 2023 the time was cut from 45 days to 17 days.")
    assert (before.period_end, now.period_end.year) == (None, 2023)


def test_a_year_in_brackets_dates_nothing_outside(read):
    _, _, injured = read("In 2023 there were 71 accidents (108 accidents in 2022) and 69 injuries.")
    assert injured.period_end.year == 2023


def test_a_past_event_inherits_the_period_of_its_paragraph(read):
    _, fined = read("In 2022 inspectors closed 340 shops. They also fined 12 makers.")
    assert period(fined) == ("2022-01-01", "2022-12-31", "inherited")


def test_a_present_state_does_not_inherit_a_past_period(read):
    _, now = read("In 2022 inspectors closed 340 shops. There are now 12 laboratories.")
    assert period(now) == (None, "2024-02-21", "document_date")


def test_a_state_without_a_period_is_one_on_the_day_of_the_document(read_one):
    assert period(read_one("There are 877 laboratories.")) == (None, "2024-02-21", "document_date")


def test_the_day_of_the_event_comes_before_the_day_of_publication(read_one):
    figure = read_one("In the past five years inspectors closed 340 shops.", event=date(2024, 2, 1))
    assert period(figure) == ("2019-02-01", "2024-02-01", "stated")


def test_an_undated_document_resolves_nothing_that_is_relative(read_one):
    figure = read_one("Last year inspectors closed 340 shops.", published=None)
    assert period(figure) == (None, None, None)
    assert figure.reasons["period_start"] == "undated_document"
    assert figure.reasons["period_end"] == "undated_document"


def test_an_undated_document_keeps_what_it_states(read_one):
    figure = read_one("In 2022 inspectors closed 340 shops.", published=None)
    assert period(figure) == ("2022-01-01", "2022-12-31", "stated")


def test_no_year_is_made_up_for_a_score_without_one(read):
    text = "The satisfaction score for life services is 78.01. The pass rate is 93.65%."
    assert [figure.period_start for figure in read(text)] == [None, None]
    assert {figure.reasons["period_start"] for figure in read(text)} == {"not_stated"}


@each_example("periods", "resolve", "en")
def test_a_fiscal_year_is_that_of_the_country(read_one, text, publisher, first, last):
    figure = read_one(text, publisher=publisher)
    assert (str(figure.period_start), str(figure.period_end)) == (first, last)


def test_the_year_after_a_financial_year_is_that_financial_year(read):
    text = "The report covers the financial year 2022-23. They closed 340 shops in the year."
    [figure] = read(text, publisher="Office for Product Safety and Standards")
    assert (str(figure.period_start), str(figure.period_end)) == ("2022-04-01", "2023-03-31")


def test_the_year_of_a_compared_figure_dates_nothing_else(read):
    text = "In 2022 they took down 1,873 offers, up from 1,240 the year before, and 94% of them at once."
    assert [str(figure.period_end) for figure in read(text)] == ["2022-12-31", "2021-12-31", "2022-12-31"]


def test_a_running_total_does_not_lead_away_from_what_the_title_reports_on(read):
    text = "In 2019 they closed 340 shops. Since 2004 they have closed 5,000 shops.\n\nThey fined 12 makers."
    *_, fined = read(text, title="Shops closed in 2019")
    assert (str(fined.period_start), str(fined.period_end)) == ("2019-01-01", "2019-12-31")


def test_a_part_of_what_was_named_has_the_year_behind_it(read):
    [_, part] = read("So far it has published 25,000 standards, 1,569 of them last year.")
    assert (str(part.period_start), str(part.period_end)) == ("2023-01-01", "2023-12-31")


def test_the_end_of_the_year_is_that_of_the_year_told(read):
    *_, stock = read("In 2022 they closed 340 shops. At the end of the year 5,000 shops were open.")
    assert (stock.period_start, str(stock.period_end)) == (None, "2022-12-31")


def test_who_issued_a_plan_did_so_before_what_it_wants(read):
    issuers, wanted = read("Under a plan issued by eight departments, it is to be no fewer than 40 by 2030.")
    assert (issuers.status, wanted.status, str(wanted.period_end)) == ("actual", "target", "2030-12-31")


def test_a_year_that_opens_the_next_clause_dates_nothing_before_it(read):
    now, then = read("The office employs 72 people and in 2018 welcomed 161 guests.")
    assert (now.period_start, str(now.period_end), str(then.period_end)) == (None, "2024-02-21", "2018-12-31")


@pytest.mark.parametrize(
    "name", ["GB 4706-2005", "EN 1078:2012", "the Goods Act 1979", "Regulation (EU) 2017/745"]
)
def test_the_year_of_a_standard_or_a_law_dates_nothing(read, name):
    tested, failed = read(f"In 2023 labs tested 120 helmets under {name}, and 14 failed.")
    assert (str(tested.period_start), str(failed.period_start)) == ("2023-01-01", "2023-01-01")


def test_more_than_in_a_half_of_another_year_is_told_of_its_own_year(read):
    figures = read(
        "In the first half of 2023 labs tested 120 scales, 12 percent more than in the first half of 2022."
    )
    assert [str(figure.period_end) for figure in figures] == ["2023-06-30"] * 2


def test_a_movement_that_begins_now_begins_on_the_day_of_the_document(read):
    now, then = read("The board hopes to raise the number of labs from 1,210 now to 1,500 by March 2026.")
    assert (now.status, now.period_start, str(now.period_end)) == ("actual", None, "2024-02-21")
    assert (then.status, str(then.period_end)) == ("target", "2026-03-31")


def test_by_then_is_by_the_deadline_told_before(read):
    _, labs, now = read("The outline wants 90% by 2030. By then, 20 labs should be open; today there are 11.")
    assert (labs.period_start, str(labs.period_end), labs.status) == (None, "2030-12-31", "target")
    assert (now.period_start, str(now.period_end), now.status) == (None, "2024-02-21", "actual")


def test_by_then_is_by_the_day_that_was_asked_about(read):
    text = "Reporter: What does the plan want by 2027?\n\nMr Li: By then there should be 20 labs."
    [labs] = read(text)
    assert (labs.period_start, str(labs.period_end)) == (None, "2027-12-31")


def test_the_quarter_is_that_told_beyond_a_day(read):
    text = "Between October and December 2023 labs made 68 checks."
    *_, rate = read(f"{text} On 31 December 2023 they had 12 vans; in the quarter 9% broke down.")
    assert str(rate.period_start) == "2023-10-01"


def test_a_further_number_goes_on_about_the_time_told(read):
    _, further = read("In 2023 the board issued 300 standards. A further 29 look after children.")
    assert str(further.period_start) == "2023-01-01"


def test_what_a_wanted_number_is_up_from_today_is_told_of_today(read):
    wanted, now = read("The office wants 85 labs by 2027, up from 63 today.")
    assert (str(wanted.period_end), str(now.period_end), now.status) == ("2027-12-31", "2024-02-21", "actual")
