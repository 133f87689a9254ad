"""Levels, changes, growth rates, shares, cumulative totals and ranks are told apart."""

import pytest
from examples import each_example


def kind_of(read, text: str, number: str) -> str:
    [kind] = [figure.kind for figure in read(text) if figure.number == number]
    return kind


@each_example("figures", "kind", "en")
def test_a_percentage_of_change_is_a_growth_rate(read, text, number):
    assert kind_of(read, text, number) == "growth_rate"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The rate rose by 0.5 percentage points.", "0.5 percentage points"),
        ("The rate is 2.68 percentage points above the mean.", "2.68 percentage points"),
        ("The network added 300 laboratories.", "300"),
    ],
)
def test_a_difference_in_the_unit_itself_is_a_change(read, text, number):
    assert kind_of(read, text, number) == "change"


@each_example("figures", "kind", "en")
def test_a_part_of_a_whole_is_a_share(read, text, number):
    assert kind_of(read, text, number) == "share"


@each_example("figures", "kind", "en")
def test_a_rate_a_score_and_a_count_are_levels(read, text, number):
    assert kind_of(read, text, number) == "level"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A cumulative total of 1,366 contracts has been signed.", "1,366"),
        ("Since 2004 makers have recalled 96 million cars.", "96 million"),
        ("The accumulated number of recalls is 3,100.", "3,100"),
        ("To date 12 firms have joined.", "12"),
    ],
)
def test_a_total_since_a_start_is_cumulative(read, text, number):
    assert kind_of(read, text, number) == "cumulative"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The region ranks third in the world.", "third"),
        ("The harbour came second in the country.", "second"),
    ],
)
def test_a_place_in_an_order_is_a_rank(read, text, number):
    assert kind_of(read, text, number) == "rank"


def test_so_far_this_year_is_a_flow_and_no_cumulative_total(read):
    assert kind_of(read, "So far this year inspectors checked 4,310 firms.", "4,310") == "level"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Customs held back 2.4 million goods (16%).", "16%"),
        ("Of the items that failed, almost 50 percent had to do with additives.", "50 percent"),
        ("The share of small firms rose from 58.1 percent to 61.3 percent.", "61.3 percent"),
        ("It helped 6,200 firms, of which 58% were small.", "58%"),
    ],
)
def test_a_part_of_what_was_named_before_is_a_share(read, text, number):
    assert kind_of(read, text, number) == "share"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Of the samples tested, 95 percent passed.", "95 percent"),
        ("97.1% of fishing firms complied.", "97.1%"),
        ("At least 85 percent of such standards should be adopted.", "85 percent"),
    ],
)
def test_a_rate_of_passing_or_adoption_is_a_level(read, text, number):
    assert kind_of(read, text, number) == "level"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It asks for $80 million above the 2022 enacted level.", "80 million"),
        ("It took 265 days, 14 days shorter than in 2022.", "14"),
        ("Income rose £6.4 million to £121.9 million.", "6.4 million"),
        ("It was 69%, 3 points down on 2020.", "3"),
    ],
)
def test_a_difference_is_a_change(read, text, number):
    assert kind_of(read, text, number) == "change"


def test_a_percentage_up_on_another_time_is_a_growth_rate(read):
    assert kind_of(read, "It is set at 49 million euros, 1% up on the period before.", "1%") == "growth_rate"


def test_the_highest_since_a_year_is_no_total_since_then(read):
    assert kind_of(read, "They sent 3,412 alerts, the highest number since 2003.", "3,412") == "level"


@pytest.mark.parametrize("verb", ["said they felt safe", "named price first", "agreed"])
def test_what_part_of_the_people_said_is_a_share(read, verb):
    assert kind_of(read, f"Asked by the board, 63 percent {verb}.", "63 percent") == "share"


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("An additional 400 prams were sold abroad.", "400", "level"),
        ("They will train an additional 400 testers.", "400", "change"),
        ("Two to four labs will be added by 2030.", "Two to four", "change"),
    ],
)
def test_what_is_added_is_a_change_and_what_was_left_out_is_none(read, text, number, kind):
    assert kind_of(read, text, number) == kind
