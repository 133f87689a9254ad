"""Periods of sentences that name none: by title, heading, question, opening statement or deadline."""

from datetime import date

import pytest
from examples import each_example


@pytest.fixture(scope="module")
def periods_of(read):
    """Number and days of each figure: `("12", "2023-01-01", "2023-12-31")`, null as ""."""

    def periods(text: str, **fields) -> list[tuple[str, str, str]]:
        return [(f.number, str(f.period_start or ""), str(f.period_end or "")) for f in read(text, **fields)]

    return periods


def year(number: str, year: int) -> tuple[str, str, str]:
    return number, f"{year}-01-01", f"{year}-12-31"


def by(number: str, day: str) -> tuple[str, str, str]:
    return number, "", day


TODAY = "2024-02-21"


def test_the_opening_statement_governs_later_paragraphs(read, periods_of):
    text = "In 2022 inspectors closed 340 shops.\n\nThey fined 12 makers.\n\nAccidents killed 30 people."
    assert periods_of(text) == [year("340", 2022), year("12", 2022), year("30", 2022)]
    assert [figure.period_basis for figure in read(text)] == ["stated", "inherited", "inherited"]


def test_what_is_so_now_is_not_governed_by_a_report(periods_of):
    text = "In 2022 inspectors closed 340 shops.\n\nThe city has 12 laboratories. Now 19 shops are shut."
    assert periods_of(text)[1:] == [by("12", TODAY), by("19", TODAY)]


def test_another_time_told_in_between_leaves_it_open(read):
    text = "In 2021 they closed 34 shops.\n\nIn 2022 they closed 41 shops.\n\nThey fined 12 makers."
    fined = read(text)[-1]
    assert (fined.period_start, fined.period_end, fined.period_basis) == (None, None, None)
    assert {fined.reasons[name] for name in ("period_start", "period_end")} == {"ambiguous"}


def test_a_part_of_the_time_told_in_between_leaves_it_as_it_was(periods_of):
    text = "In 2022 they closed 34 shops.\n\nIn June 2022 they closed 5 shops.\n\nThey fined 12 makers."
    assert periods_of(text)[-1] == year("12", 2022)


def test_an_opening_comes_at_the_beginning(periods_of):
    text = (
        "They drew up 40 rules.\n\nThey trained 50 officers.\n\n"
        "In 2022 they closed 34 shops.\n\nThey fined 12 makers."
    )
    assert periods_of(text)[-1] == by("12", TODAY)


def test_the_present_perfect_sums_up_only_what_has_just_ended(periods_of):
    done = "{} they closed 34 shops. They have fined 12 makers."
    assert periods_of(done.format("In 2023"))[-1] == year("12", 2023)
    assert periods_of(done.format("In 2021"))[-1] == by("12", TODAY)
    assert periods_of("In 2023 they closed 34 shops.\n\nThey have fined 12 makers.")[-1] == by("12", TODAY)


def test_a_title_governs_past_events_stocks_and_lists(periods_of):
    text = (
        "Inspectors closed 34 shops.\n\nThe list:\n- Makers fined: 12\n- Rate: 93%\n\nSome 15 valid patents."
    )
    expected = [year("34", 2023), year("12", 2023), year("93%", 2023), by("15", "2023-12-31")]
    assert periods_of(text, title="Inspections in 2023") == expected
    assert periods_of(text, title="Inspections")[0] == by("34", TODAY)


def test_a_heading_governs_its_section_and_ends_with_the_next(periods_of):
    text = "I. Work in 2022\n\nThey closed 34 shops.\n\nII. Work in 2023\n\nThey closed 41 shops."
    assert periods_of(text) == [year("34", 2022), year("41", 2023)]


def test_a_heading_below_another_stays_within_it(periods_of):
    text = "I. Work in 2022\n\n1. Shops\n\nThey closed 34 shops.\n\n2. Makers\n\nThey fined 12 makers."
    assert periods_of(text) == [year("34", 2022), year("12", 2022)]


def test_a_year_that_is_almost_over_is_reported_on(periods_of):
    text = "Review of 2024\n\nThey closed 34 shops."
    assert periods_of(text, published=date(2024, 12, 10)) == [year("34", 2024)]
    assert periods_of(text, published=date(2024, 5, 10)) == [by("34", "2024-05-10")]


def test_a_question_governs_its_answer_and_the_next_one(periods_of):
    text = (
        "Daily: What was done last year?\n\nLi Ming: Thank you. We closed 34 shops.\n\n"
        "Daily: And the makers?\n\nLi Ming: We fined 12 makers."
    )
    assert periods_of(text) == [year("34", 2023), year("12", 2023)]


def test_a_question_for_plans_gives_a_deadline(read):
    text = "Daily: What are the plans for this year?\n\nLi Ming: We will open 15 laboratories."
    [figure] = read(text)
    assert figure.status == "target"
    assert (str(figure.period_start), str(figure.period_end)) == ("2024-01-01", "2024-12-31")


def test_a_promise_inherits_the_only_deadline_and_never_the_time_of_the_report(periods_of):
    assert periods_of("In 2023 they trained 40 officers. They will train 50 officers.")[-1] == by("50", "")
    one = "By 2026 the rate shall reach 95%.\n\nThey will train 50 officers."
    assert periods_of(one)[-1] == by("50", "2026-12-31")
    two = "By 2026 the rate shall reach 95%, by 2030 it shall reach 97%.\n\nThey will train 50 officers."
    assert periods_of(two)[-1] == by("50", "")


def test_a_heading_of_tasks_makes_targets_of_what_nobody_has_done(read):
    text = "Part I. Main tasks for 2025\n\nTrain 50 officers. The list was drawn up by 12 departments."
    trained, members = read(text)
    assert (trained.status, str(trained.period_end)) == ("target", "2025-12-31")
    assert (members.status, str(members.period_end)) == ("actual", TODAY)


def test_the_tasks_of_a_year_that_is_over_are_reported_on(read):
    [figure] = read("Tasks of 2022\n\nThey trained 50 officers.")
    assert (figure.status, figure.period_end) == ("actual", date(2022, 12, 31))


def test_the_title_of_a_plan_is_no_report(read):
    checked, grown = read(
        "They checked 12 plans. Spending is to grow by 8 percent over the plan period.",
        title="Action plan (2024-2026)",
    )
    assert (checked.period_start, checked.period_end) == (None, date(2024, 2, 21))
    assert (grown.period_start, grown.period_end) == (date(2024, 1, 1), date(2026, 12, 31))


def test_a_flow_takes_the_year_whose_end_was_told(periods_of):
    text = "At the end of 2022 there were 340 shops. Inspectors closed 12 shops, 5 percent more than in 2021."
    assert periods_of(text) == [by("340", "2022-12-31"), year("12", 2022), year("5 percent", 2022)]


def test_a_state_goes_on_until_something_says_now(periods_of):
    text = "At the end of 2022 there were 340 shops. Of these 40 are in town. Now 30 shops are open."
    assert periods_of(text)[1:] == [by("40", "2022-12-31"), by("30", TODAY)]


def test_that_year_and_the_period_point_at_what_was_told(periods_of):
    text = "The rate was 88% when 2022 ended, helped by the 15 rules drawn up in that year."
    assert periods_of(text)[1] == year("15", 2022)
    text = "In the first half of 2023 they closed 34 shops.\n\nThey fined 12 makers in the period."
    assert periods_of(text)[1] == ("12", "2023-01-01", "2023-06-30")


def test_what_an_office_founded_long_ago_has_now_is_of_now(periods_of):
    assert periods_of("The office opened in 1999 and employs 400 people.") == [by("400", TODAY)]


def test_what_was_done_was_not_done_next_year(read):
    done, wanted = read("Inspectors closed 340 shops and should close 500 stalls next year.")
    assert (str(done.period_end), str(wanted.period_end)) == (TODAY, "2025-12-31")


def test_what_this_year_is_to_bring_has_all_of_it(periods_of):
    assert periods_of("This year the city plans to open 12 shops.") == [year("12", 2024)]
    assert periods_of("This year the city opened 12 shops.") == [("12", "2024-01-01", TODAY)]


@each_example("periods", "follow", "en")
def test_the_day_of_an_event_is_the_period_of_what_happened_on_it(periods_of, text, start):
    [(_, first, _)] = periods_of(text)
    assert first == start


def test_a_value_a_year_earlier_has_the_year_before(periods_of):
    text = "In 2022 they closed 34 shops, compared with 30 a year earlier."
    assert periods_of(text) == [year("34", 2022), year("30", 2021)]


def test_a_sentence_of_two_years_goes_on_in_the_later(periods_of):
    text = "Recalls rose from 12 in 2021 to 14 in 2022. They covered 900 cars."
    assert periods_of(text)[-1] == year("900", 2022)


def test_headings_without_figures_cost_no_more_than_their_length(read):
    text = "\n".join(f"{number}. Work in {1990 + number % 30}" for number in range(2000))
    assert read(text) == []
