"""Targets, estimates and actuals are told apart."""

import pytest
from examples import each_example, examples_of


@each_example("figures", "status", "en")
def test_what_is_wanted_is_a_target(read_one, text):
    assert read_one(text).status == "target"


@each_example("figures", "status", "en")
def test_what_is_reckoned_is_an_estimate(read, text):
    assert read(text)[-1].status == "estimate"


def test_every_status_phrase_has_an_example(english):
    examples = {
        "target": examples_of(test_what_is_wanted_is_a_target),
        "estimate": examples_of(test_what_is_reckoned_is_an_estimate),
    }
    unshown = [
        row
        for row in english.status_phrases
        if not any(row.pattern.search(example["text"]) for example in examples[row.status])
    ]
    assert unshown == []


@each_example("figures", "status", "en")
def test_what_was_measured_and_what_a_plan_consists_of_is_actual(read_one, text):
    assert read_one(text).status == "actual"


def test_what_a_plan_expects_is_a_target(read_one):
    text = "By 2030 the pass rate is expected to reach 95 percent."
    assert read_one(text, title="Action plan for better goods").status == "target"
    assert read_one(text, title="Customs sees better goods").status == "estimate"


def test_an_estimate_of_what_is_over_stays_one(read):
    estimated, known = read("An early estimate puts deaths in 2022 at 42,795, fewer than the 42,939 in 2021.")
    assert (estimated.status, known.status) == ("estimate", "actual")


@pytest.mark.parametrize(
    "text",
    [
        "Consumers should ask for a refund of $90.",
        "Suppliers must register 33 categories of household goods.",
        "Firms must report; the highest fine is $17 million.",
    ],
)
def test_what_others_are_told_to_do_promises_no_figure(read_one, text):
    assert read_one(text).status == "actual"


def test_what_a_part_of_a_plan_is_widened_to_is_a_target(read_one):
    assert read_one("From 2030 the list is to be widened to 36 categories.").status == "target"


def test_what_is_so_now_is_not_wanted_with_what_shall_be(read):
    now, wanted = read("It takes 24 months on average, and it should take 18 months by 2030.")
    assert (now.status, str(now.period_end)) == ("actual", "2024-02-21")
    assert (wanted.status, str(wanted.period_end)) == ("target", "2030-12-31")


def test_the_value_that_a_wanted_one_starts_from_is_actual(read):
    wanted, now = read("The share is to rise to 50 percent, from about 30 percent now.")
    assert (wanted.status, now.status) == ("target", "actual")


def test_a_phrase_governs_only_the_figures_behind_it(read):
    done, wanted = read("Inspectors closed 340 shops and should close 500 stalls next year.")
    assert (done.status, wanted.status) == ("actual", "target")


def test_a_heading_governs_the_list_below_it_and_nothing_behind_the_list(read):
    text = "Targets for 2030:\n- 80 percent of the shops\n- 12 laboratories\n\nInspectors closed 340 shops."
    share, count, closed = read(text)
    assert [share.status, count.status, closed.status] == ["target", "target", "actual"]
    assert [str(share.period_end), str(count.period_end)] == ["2030-12-31", "2030-12-31"]
    assert closed.period_end.year == 2024


def test_nobody_has_measured_the_future(read_one):
    assert read_one("A pass rate of 95 percent by 2030.").status == "target"
    assert read_one("A pass rate of 95 percent by 2020.").status == "actual"


def test_a_target_keeps_its_deadline_and_its_floor(read_one):
    figure = read_one("By 2020 the index of quality competitiveness in manufacturing should be above 90.")
    assert (figure.value, figure.unit, figure.bound, figure.status) == (90, "index", "at_least", "target")
    assert (figure.period_start, str(figure.period_end)) == (None, "2020-12-31")


def test_what_has_been_done_behind_a_promise_is_actual(read):
    wanted, done = read("The city aims to add 1,000 lifts by 2026; 624 have been finished so far.")
    assert (wanted.status, done.status) == ("target", "actual")


def test_the_beginning_of_a_wanted_movement_is_actual(read):
    begun, wanted = read("Approval times are to fall from 45 days to 17 days.")
    assert (begun.status, wanted.status) == ("actual", "target")


def test_what_is_wanted_in_a_quotation_ends_with_it(read_one):
    assert (
        read_one('"Parents should check labels," said Li, adding that 90 percent were bad.').status
        == "actual"
    )
