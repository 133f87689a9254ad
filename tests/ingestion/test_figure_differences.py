"""Figures of two readings are paired where they are the same statement; the others differ, with their fields."""

from datetime import date

import pytest

from flows.ingestion.figure_differences import compare_figures, find_number, match_figures
from schemas.raw.figure import FigureSchema

TEXT = "In 2023, about 1,250 batches of kettles were checked, of which 3 to 5 percent failed in 12 of the 2 ports."


def figure(quote: str, number: str, **changes) -> dict:
    """Return a figure stated in TEXT, with every column of the raw table."""
    start = TEXT.index(quote)
    nothing = dict.fromkeys(FigureSchema.to_schema().columns)
    stated = {
        "doc_id": "a",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "number": number,
        "value": 1250.0,
        "unit": "count",
        "period_start": date(2023, 1, 1),
        "period_end": date(2023, 12, 31),
        "sentence_start": 0,
        "sentence_end": len(TEXT),
    }
    return nothing | stated | changes


CHECKED = figure("1,250 batches", "1,250")
FAILED = figure("3 to 5 percent", "3 to 5", value=3.0, value_max=5.0, unit="percent")


def test_equal_readings_differ_in_nothing_whatever_their_order():
    assert compare_figures([CHECKED, FAILED], [dict(FAILED), dict(CHECKED)]) == []
    assert compare_figures([], []) == []


def test_added_and_lost_figures_say_all_that_is_stated_of_them():
    [lost, added] = compare_figures([CHECKED], [FAILED])
    assert (lost.change, lost.quote, lost.start) == ("lost", "1,250 batches", CHECKED["start"])
    assert (added.change, added.quote, added.start) == ("added", "3 to 5 percent", FAILED["start"])
    assert added.fields["value_max"] == (None, 5.0)
    assert lost.fields["period"] == ("2023-01-01/2023-12-31", None)
    assert "agency" not in added.fields
    assert "doc_id" not in added.fields


@pytest.mark.parametrize(
    ("change", "field", "old", "new"),
    [
        ({"value": 1250.5}, "value", 1250.0, 1250.5),
        ({"value_max": 1300.0}, "value_max", None, 1300.0),
        ({"bound": "about"}, "bound", None, "about"),
        ({"period_start": None}, "period", "2023-01-01/2023-12-31", "../2023-12-31"),
        ({"period_start": None, "period_end": None}, "period", "2023-01-01/2023-12-31", None),
        ({"sentence_end": 50}, "sentence", f"0/{len(TEXT)}", "0/50"),
        ({"reasons": "{}"}, "reasons", None, "{}"),
        ({"confidence": 0.9}, "confidence", None, 0.9),
    ],
)
def test_a_changed_figure_names_the_field_and_both_values(change, field, old, new):
    [difference] = compare_figures([CHECKED], [CHECKED | change])
    assert difference.change == "changed"
    assert difference.fields == {field: (old, new)}


def test_every_column_is_compared():
    for column in set(FigureSchema.to_schema().columns) - {"doc_id", "start", "end", "number", "quote"}:
        [difference] = compare_figures([CHECKED], [CHECKED | {column: "something else"}])
        assert len(difference.fields) == 1, column


def test_a_quote_that_grew_is_a_change_and_neither_a_loss_nor_an_addition():
    [difference] = compare_figures([CHECKED], [figure("about 1,250 batches of kettles", "1,250")])
    assert difference.change == "changed"
    assert difference.quote == "about 1,250 batches of kettles"
    assert difference.fields["quote"] == ("1,250 batches", "about 1,250 batches of kettles")
    assert set(difference.fields) == {"quote", "span"}


def test_a_range_read_as_two_values_is_one_change_and_one_addition():
    three, five = (
        figure("3", "3", start=TEXT.index("3 to"), end=TEXT.index("3 to") + 1),
        figure("5 percent", "5"),
    )
    pairs, lost, added = match_figures([FAILED], [five, three])
    assert (pairs, lost, added) == ([(FAILED, three)], [], [five])


def test_figures_of_one_quote_are_told_apart_by_their_numbers():
    twelve, two = figure("12 of the 2 ports", "12"), figure("12 of the 2 ports", "2")
    assert TEXT[slice(*find_number(twelve))] == "12"
    assert find_number(two)[0] == TEXT.index("2 ports")
    pairs, lost, added = match_figures([two], [figure("2 ports", "2"), twelve])
    assert ([(old["number"], new["quote"]) for old, new in pairs], lost) == ([("2", "2 ports")], [])
    assert added == [twelve]


def test_a_column_that_an_older_release_did_not_have_was_null():
    older = {name: value for name, value in CHECKED.items() if name != "breakdown"}
    assert compare_figures([older], [CHECKED]) == []
    [difference] = compare_figures([older], [CHECKED | {"breakdown": "toys"}])
    assert difference.fields == {"breakdown": (None, "toys")}
