"""A build that would change nothing is skipped, judged by the ledger, the landings, the decisions and the project."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from hand_made_batch import hand_made_batch

from flows.build import build_warehouse
from flows.io import dbt
from flows.io.dbt import is_up_to_date
from flows.io.warehouse.builds import begin_build
from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import load_batch
from flows.settings import Settings


@pytest.fixture
def built(built_warehouse, tmp_path, monkeypatch) -> Settings:
    """A copy of the built warehouse that tests may build in."""
    home = shutil.copytree(built_warehouse.settings.root, tmp_path / "home", symlinks=True)
    monkeypatch.setenv("QUALITY_WAREHOUSE_HOME", str(home))
    return Settings()


def times_of_files(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_after_a_build_nothing_is_to_be_built(built):
    assert is_up_to_date(built)
    before = times_of_files(built.dbt_state)
    assert build_warehouse.fn().succeeded == 0
    assert times_of_files(built.dbt_state) == before, "dbt has run"


def test_what_is_loaded_again_has_to_be_built_again(built):
    with open_working_database(built) as connection:
        load_batch(connection, hand_made_batch())
    assert is_up_to_date(built), "the same rows, loaded at the same moment"
    with open_working_database(built) as connection:
        connection.execute(
            "update raw.ingestions set loaded_at = ?", [datetime.now(UTC).replace(tzinfo=None)]
        )
    assert not is_up_to_date(built)


@pytest.mark.parametrize("table", ["ingestions", "landings"])
def test_a_row_less_has_to_be_built(built, table):
    with duckdb.connect(str(built.working_database)) as connection:
        connection.execute(f"delete from raw.{table} where rowid = 0")
    assert not is_up_to_date(built)


def test_a_build_that_did_not_end_has_to_be_made_again(built):
    with open_working_database(built) as connection:
        begin_build(connection)
    assert not is_up_to_date(built)


def test_another_project_builds_anew(built, monkeypatch):
    monkeypatch.setattr(dbt, "project_fingerprint", lambda: "another one")
    assert not is_up_to_date(built)


def test_a_home_without_a_database_is_not_up_to_date(tmp_path):
    assert not is_up_to_date(Settings(home=tmp_path))
