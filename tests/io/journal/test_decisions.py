"""The log of decisions: complete files of lines, on disk before they count, never changed."""

from datetime import UTC, datetime

import pytest

from flows.errors import QualityWarehouseError
from flows.io.journal.decisions import append_decisions, read_decisions
from flows.settings import Settings
from schemas.raw.decision import Decision


def decision(number: int) -> Decision:
    return Decision(
        decision_id=f"decision {number}",
        doc_id="document",
        address="https://example.org/a",
        sentence="去年召回汽车673万辆。",
        occurrence=0,
        number="673万",
        number_start=6,
        rule=None,
        verdict="correct",
        changes={"value": (6.73e6, 6.7e6), "breakdown": (None, "toys")},
        decided_by="M. Lin",
        reason="line\nbreak",
        decided_at=datetime(2026, 1, 1, 0, number, tzinfo=UTC),
    )


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path)


def test_what_is_appended_is_read_back_in_the_order_of_time(settings):
    assert read_decisions(settings) == []
    append_decisions([decision(3), decision(2)], settings)
    append_decisions([decision(1)], settings)
    assert read_decisions(settings) == [decision(1), decision(2), decision(3)]


def test_file_that_was_copied_beside_itself_counts_once(settings):
    path = append_decisions([decision(1)], settings)
    path.with_name("copy.jsonl").write_bytes(path.read_bytes())
    assert read_decisions(settings) == [decision(1)]


def test_what_a_killed_call_left_half_written_is_no_decision(settings):
    append_decisions([decision(1)], settings)
    (settings.decisions / ".half").write_text('{"decision_id": "hal')
    assert read_decisions(settings) == [decision(1)]


def test_damaged_line_is_told_with_file_and_line_and_nothing_is_skipped(settings):
    path = append_decisions([decision(1), decision(2)], settings)
    path.write_text(path.read_text().replace('"verdict":"correct"', '"verdict":"perhaps"'))
    with pytest.raises(QualityWarehouseError, match=rf"Line 1 of {path} is not a decision \(verdict"):
        read_decisions(settings)
