"""A decision holds wherever its sentence occurs, and lapses, with a reason, where the sentence has changed."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.review.corrections import change_figure, read_change
from flows.review.settle import Settled, StatedFigure, StoredDocument, fold_decisions, place_of, settle
from schemas.raw.decision import Decision

SENTENCE = "In 2023, 6.7 million cars were recalled."
OTHER = "In 2023, 7.6 million cars were recalled."
ADDRESS = "https://example.org/release"
CATALOGUE = {
    "unit": frozenset({"count", "percent"}),
    "agency": frozenset({"samr"}),
    "ref_area": frozenset({"CN"}),
    "indicator": frozenset({"vehicles_recalled"}),
}
ACCEPTABLE = frozenset({"share_is_a_part"})


def figure(text: str, number: str = "6.7 million", doc_id: str = "first", nth: int = 0, **fields) -> dict:
    """Make the figure at the nth occurrence of a number in a text; its sentence ends with a full stop."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(number, start + 1)
    sentence_start = (
        text.rfind(". ", 0, start) + 2 if ". " in text[:start] else text.rfind("\n", 0, start) + 1
    )
    sentence_end = text.index(".", start + len(number)) + 1
    end = start + len(number)
    return {
        "doc_id": doc_id, "quote": number, "start": start, "end": end, "number": number, "value": 6.7e6,
        "value_max": None, "unit": "count", "counted": "cars", "bound": "exact", "kind": "level",
        "status": "actual", "period_start": None, "period_end": date(2024, 1, 1), "period_basis": "document_date",
        "agency": None, "ref_area": None, "indicator": None, "measure": "cars", "breakdown": None,
        "speaker": None, "confidence": 0.5, "sentence_start": sentence_start, "sentence_end": sentence_end,
        "context_start": sentence_start, "context_end": sentence_end,
        "reasons": '{"indicator": "unmapped", "agency": "not_stated"}',
    } | fields  # fmt: skip


def document(
    text: str | None, *figures: dict, doc_id: str = "first", newest: bool = True, rules=()
) -> StoredDocument:
    stated = tuple(StatedFigure(one | {"doc_id": doc_id}, frozenset(rules)) for one in figures)
    newest_at = frozenset({ADDRESS} if newest else ())
    return StoredDocument(doc_id, text, frozenset({ADDRESS}), newest_at, stated)


def decision(verdict: str = "correct", minute: int = 0, **given) -> Decision:
    """Make a decision, by default about the 6.7 million of SENTENCE."""
    return Decision(
        **{
            "decision_id": f"{verdict} {minute}",
            "doc_id": "first",
            "address": ADDRESS,
            "sentence": SENTENCE,
            "occurrence": 0,
            "number": "6.7 million",
            "number_start": 9,
            "rule": "unmapped",
            "verdict": verdict,
            "changes": {"indicator": (None, "vehicles_recalled")} if verdict == "correct" else {},
            "decided_by": "me",
            "reason": "read it",
            "decided_at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute),
        }
        | given
    )


def settled(decisions, *documents) -> Settled:
    return settle(decisions, documents, CATALOGUE, ACCEPTABLE)


def lapsed(found: Settled) -> list[str]:
    return [reason for _, reason in found.lapsed.values()]


def test_correction_replaces_its_field_and_leaves_the_others_to_the_extractor():
    [row] = settled([decision()], document(SENTENCE, figure(SENTENCE, confidence=0.9))).figures
    assert (row["indicator"], row["confidence"], row["value"]) == ("vehicles_recalled", 0.9, 6.7e6)
    assert json.loads(row["reasons"]) == {"agency": "not_stated"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"A title\n\nSomething new. {SENTENCE}", "6.7 million"),
        (SENTENCE, "6.7"),
        (SENTENCE, "6.7 million cars"),
    ],
)
def test_decision_survives_other_offsets_and_another_reading_of_the_number(text, number):
    found = settled([decision()], document(text, figure(text, number), doc_id="second"))
    assert [row["indicator"] for row in found.figures] == ["vehicles_recalled"]
    assert found.lapsed == {}
    [record] = found.decisions
    assert (record["doc_id"], record["field"], record["old_value"]) == ("second", "indicator", None)
    assert (record["new_value"], record["decided_by"], record["lapsed"]) == ("vehicles_recalled", "me", None)


def test_changed_sentence_makes_it_lapse_in_the_newest_version_and_it_holds_in_the_old_one():
    old = document(SENTENCE, figure(SENTENCE), newest=False)
    new = document(OTHER, figure(OTHER, "7.6 million"), doc_id="second")
    found = settled([decision()], old, new)
    assert [row["doc_id"] for row in found.figures] == ["first"]
    assert lapsed(found) == ["sentence_changed"]
    assert [record["lapsed"] for record in found.decisions] == [None, "sentence_changed"]
    assert [record["start"] for record in found.decisions] == [9, None]


def test_each_reason_to_lapse_is_told():
    assert lapsed(settled([decision()], document(SENTENCE))) == ["figure_not_read"]
    assert lapsed(settled([decision()], document(None))) == ["document_not_read"]
    assert lapsed(settled([decision()])) == ["document_not_read"]
    nonsense = decision(changes={"indicator": (None, "no such thing")})
    found = settled([nonsense], document(SENTENCE, figure(SENTENCE)))
    assert (lapsed(found), found.figures) == (["not_valid"], [])


def test_what_is_rejected_and_not_read_any_more_has_not_lapsed():
    assert lapsed(settled([decision("reject")], document(SENTENCE))) == []
    assert lapsed(settled([decision("reject")], document(OTHER))) == ["sentence_changed"]


def test_of_equal_sentences_the_one_that_was_seen_is_meant():
    text = f"{SENTENCE} And again. {SENTENCE}"
    both = document(text, figure(text), figure(text, nth=1))
    [row] = settled([decision(occurrence=1)], both).figures
    assert row["start"] > len(SENTENCE)


def test_number_says_which_figure_of_a_sentence_is_meant():
    text = "In 2023, 6.7 million cars and 6.7 million vans were recalled."
    both = document(text, figure(text), figure(text, nth=1))
    found = settled([decision(sentence=text, number_start=30)], both)
    assert [row["start"] for row in found.figures] == [30]
    assert place_of(figure(text, nth=1), text).number_start == 30


def test_corrections_add_up_and_the_last_word_says_whether_a_figure_is_accepted_or_rejected():
    first = decision(changes={"indicator": (None, "vehicles_recalled")})
    second = decision(minute=1, changes={"value": (6.7e6, 6.8e6)})
    standing = fold_decisions([first, second, decision("accept", 2)])
    assert standing.changes == {"indicator": "vehicles_recalled", "value": 6.8e6}
    assert (standing.is_accepted, standing.is_rejected) == (True, False)
    assert not fold_decisions([decision("accept"), second]).is_accepted
    assert fold_decisions([first, decision("reject", 3)]).is_rejected
    assert not fold_decisions([decision("reject"), decision("accept", 1)]).is_rejected


def test_withdrawn_decisions_are_as_if_they_had_not_been():
    found = settled([decision(), decision("withdraw", 1)], document(SENTENCE, figure(SENTENCE)))
    assert (found.figures, found.decisions, found.lapsed) == ([], [], {})
    later = [decision(), decision("withdraw", 1), decision(minute=2, changes={"value": (6.7e6, 7e6)})]
    [row] = settled(later, document(SENTENCE, figure(SENTENCE))).figures
    assert (row["indicator"], row["value"]) == (None, 7e6)


def test_share_above_the_whole_is_let_in_by_a_person_and_an_unknown_code_is_not():
    share = figure(SENTENCE, kind="share", unit="percent", value=110.0)
    [row] = settled([decision("accept")], document(SENTENCE, share, rules={"share_is_a_part"})).figures
    assert (row["is_accepted"], row["was_set_aside"]) == (True, True)
    corrected = decision(changes={"value": (110.0, 120.0)})
    assert lapsed(settled([corrected], document(SENTENCE, share, rules={"share_is_a_part"}))) == ["not_valid"]
    unknown = figure(SENTENCE, agency="nobody")
    assert lapsed(settled([decision("accept")], document(SENTENCE, unknown))) == ["not_valid"]


def test_rejected_figure_may_break_any_rule():
    unknown = figure(SENTENCE, agency="nobody")
    [row] = settled([decision("reject")], document(SENTENCE, unknown, rules={"agency_is_known"})).figures
    assert row["is_rejected"]


def test_figure_that_lies_at_two_addresses_is_decided_once():
    twice = StoredDocument(
        "first",
        SENTENCE,
        frozenset({ADDRESS, "other"}),
        frozenset({ADDRESS, "other"}),
        (StatedFigure(figure(SENTENCE)),),
    )
    decisions = [decision(), decision(minute=1, decision_id="other", address="other")]
    assert len(settled(decisions, twice).figures) == 1


def test_stated_period_replaces_the_date_of_the_document():
    changed = change_figure(figure(SENTENCE), {"period_start": "2023-01-01", "period_end": "2023-12-31"})
    assert (changed["period_start"], changed["period_basis"]) == (date(2023, 1, 1), "stated")
    emptied = change_figure(figure(SENTENCE), {"period_end": None})
    assert (emptied["period_end"], emptied["period_basis"]) == (None, None)
    assert json.loads(emptied["reasons"])["period_end"] == "not_stated"


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("value", "6,728,000", 6_728_000.0),
        ("value", "-0.5", -0.5),
        ("value_max", "null", None),
        ("period_end", "2023-12-31", "2023-12-31"),
        ("period_end", "2023/1/5", "2023-01-05"),
        ("breakdown", " toys ", "toys"),
        ("indicator", "", None),
    ],
)
def test_what_people_type_is_read(field, text, value):
    assert read_change(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("value", "many", "`many` is not a number like 6728000, as value has to be."),
        ("value", "nan", "`nan` is not a number"),
        ("value", "3,5", "`3,5` is not a number"),
        ("value", "1.23457E+11", "`1.23457E+11` is not a number"),
        ("value", "9" * 400, "is not a number"),
        ("period_end", "2023/13/1", "is not a day like 2023-12-31"),
        ("period_end", "31.12.2023", "is not a day like 2023-12-31"),
        ("colour", "red", "`colour` cannot be corrected; these fields can: indicator, unit"),
        ("bound", "", "`bound` may not be empty"),
    ],
)
def test_what_cannot_be_meant_is_told(field, text, said):
    with pytest.raises(ValueError, match=r".") as error:
        read_change(field, text)
    assert said in str(error.value)
