"""`make fuzz` with so few documents that it ends at once, and the faults that it must report."""

import re
from dataclasses import replace

import pytest

from benchmarks.fuzz import Ended, Report, describe, fuzz, sparkline
from benchmarks.fuzzed_documents import make_fuzzed_document, read_samples

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")  # about a part that an archive has twice
SEED = 20240221
FEW = 100


def ended(number: int, **changes) -> Ended:
    one = Ended(str(number), f"{number}.txt", True, (), 0.1, 100_000_000, 100_000_000)
    return replace(one, **changes)


@pytest.mark.fault
def test_every_fuzzed_document_is_loaded_or_in_quarantine_and_the_process_lives(tmp_path):
    report = fuzz(FEW, SEED, tmp_path, max_seconds=1)
    assert report.faults == []
    assert report.exit_status == 0
    rules = {rule for one in report.ended for rule in one.rules}
    assert {"binary", "truncated", "mislabelled", "no_text"} <= rules
    assert sum(one.is_loaded for one in report.ended) > FEW / 4
    # Documents that were cut to nothing are one and the same.
    assert FEW * 0.9 < len({one.doc_id for one in report.ended}) == len(report.ended) <= FEW


def test_the_same_number_of_the_same_seed_is_the_same_document():
    samples = read_samples()
    first, again = ([make_fuzzed_document(number, SEED, samples) for number in range(60)] for _ in range(2))
    assert first == again
    others = [make_fuzzed_document(number, SEED + 1, samples) for number in range(60)]
    assert not any(one == other for one, other in zip(first, others, strict=True))


def test_fuzzed_documents_are_of_every_format():
    samples = read_samples()
    names = [make_fuzzed_document(number, SEED, samples).name for number in range(200)]
    suffixes = [name.rpartition(".")[2] for name in names]
    assert all(suffixes.count(suffix) > 10 for suffix in ("html", "pdf", "docx", "txt"))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"exit_status": -11, "running": "7.pdf"}, r"ended \(-11\) while it was at 7.pdf"),
        ({"unaccounted": 2}, "2 documents are neither loaded nor in quarantine"),
        ({"ended": [ended(1, rules=("unexpected_error",))]}, "nobody expected: 1.txt"),
        ({"build_fault": "AuditError: a test failed"}, "cannot be built: AuditError"),
        ({"ended": [ended(n, loader_bytes=10**8 + n * 10**6) for n in range(400)]}, "loader_bytes. grew"),
    ],
)
def test_what_documents_must_not_do_is_told(changes, fault):
    report = replace(Report(given=1, seed=SEED), **changes)
    [told] = report.faults
    assert list(describe(report))[-1] == told
    assert re.search(fault, told)


def test_memory_is_drawn_as_high_as_it_was():
    assert sparkline([0, 7, 0]) == "▁█▁"
    assert sparkline([0] * 100 + [7] + [0] * 99) == "▁" * 25 + "█" + "▁" * 24
    assert sparkline([]) == ""
