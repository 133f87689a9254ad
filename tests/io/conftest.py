"""One build of the hand-made batch serves all tests that only read what came out of it."""

import pickle
from pathlib import Path

import duckdb
import pytest
from built_warehouse import BuiltWarehouse, build_hand_made_batch
from filelock import FileLock

from flows.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "someone's data", lock_timeout_seconds=0.5)


@pytest.fixture(scope="session")
def built_warehouse(parsed_dbt_project, common_folder) -> BuiltWarehouse:
    """The hand-made batch, loaded, built with dbt's unit tests, and published; only look at it, or at a copy."""
    home, kept = common_folder / "built" / "someone's data", common_folder / "built.pickle"
    with FileLock(common_folder / "built.lock"):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(build_hand_made_batch(home)))
    return pickle.loads(kept.read_bytes())


@pytest.fixture
def marts(built_warehouse: BuiltWarehouse):
    """A reader's connection to the published file."""
    path = built_warehouse.settings.published_database
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection
