"""Cached seed rows: the same as the validated ones, and never older than the files."""

import shutil
from pathlib import Path

import pytest

from flows.errors import InvalidSeedsError
from flows.io.seeds.cached_rows import KEPT_FILE, read_seed_rows
from flows.io.seeds.tables import read_seed_tables
from flows.paths import SEEDS


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds", ignore=shutil.ignore_patterns("documents", ".*")))


def test_kept_rows_are_the_validated_ones_with_their_types(seeds):
    validated = {name: table.to_dicts() for name, table in read_seed_tables(seeds).items()}
    assert read_seed_rows(seeds) == validated
    assert (seeds / KEPT_FILE).is_file()
    assert read_seed_rows(seeds) == validated


def test_a_change_of_a_file_is_seen(seeds):
    before = read_seed_rows(seeds)
    bounds = seeds / "reference" / "bounds.csv"
    bounds.write_text(bounds.read_text(encoding="utf-8").replace("\nnearly,", "\nnearly,N"), encoding="utf-8")
    after = read_seed_rows(seeds)
    assert before["bounds"] != after["bounds"]
    assert read_seed_rows(seeds) == after


def test_a_fault_is_refused_after_a_valid_state_was_kept(seeds):
    read_seed_rows(seeds)
    (seeds / "reference" / "years.csv").unlink()
    with pytest.raises(InvalidSeedsError, match=r"years\.csv: the file is missing; restore it\."):
        read_seed_rows(seeds)


def test_a_state_with_a_fault_is_not_kept(seeds):
    (seeds / "reference" / "years.csv").unlink()
    with pytest.raises(InvalidSeedsError):
        read_seed_rows(seeds)
    assert not (seeds / KEPT_FILE).exists()


def test_a_state_that_changes_while_it_is_read_is_not_kept(seeds, monkeypatch):
    def read_while_somebody_writes(folder: Path) -> dict:
        tables = read_seed_tables(folder)
        bounds = folder / "reference" / "bounds.csv"
        bounds.write_text(bounds.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        return tables

    monkeypatch.setattr("flows.io.seeds.tables.read_seed_tables", read_while_somebody_writes)
    assert read_seed_rows(seeds)["bounds"]
    assert not (seeds / KEPT_FILE).exists()


@pytest.mark.parametrize(
    "rubbish", [b"", b"{", b'{"x": 1}', b"null", b"[]", b'["another fingerprint", []]', b"\xff"]
)
def test_what_else_lies_where_rows_are_kept_is_replaced(seeds, rubbish):
    (seeds / KEPT_FILE).write_bytes(rubbish)
    rows = read_seed_rows(seeds)
    assert rows["bounds"]
    assert (seeds / KEPT_FILE).read_bytes() != rubbish


def test_where_nothing_can_be_kept_the_rows_come_all_the_same(seeds):
    (seeds / KEPT_FILE).mkdir()
    assert read_seed_rows(seeds)["bounds"]
    assert [path for path in seeds.iterdir() if path.name.startswith(f"{KEPT_FILE}.")] == []
