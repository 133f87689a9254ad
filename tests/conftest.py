"""Fixtures for tests that call flows in this process, and homes that are made once for all of them.

pytest-xdist runs the tests in two processes. Whatever takes long and is only read afterwards is in a folder that
both share; the first to need it makes it while the other waits.
"""

import gc
import json
import os
import pickle
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest
from bad_documents import GOOD_DOCUMENTS, write_bad_documents, write_hostile_documents
from built_warehouse import BuiltWarehouse, build_hand_made_batch
from command_line import Run, quality_warehouse
from filelock import FileLock

from flows.io.dbt import build, is_up_to_date, parse
from flows.paths import PROJECT_ROOT
from flows.settings import Settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start slow tests first: one that starts last would leave the other process idle."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Exempt everything imported and collected from garbage collection, since none of it becomes garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def use_home(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Let the flows that this process calls use a home: `use_home(path)`."""
    return lambda home: monkeypatch.setenv("QUALITY_WAREHOUSE_HOME", str(home))


@pytest.fixture(scope="session")
def common_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this pytest run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def parsed_dbt_project(common_folder: Path) -> Iterator[None]:
    """Let all homes, including those of started processes, begin with one parse of the dbt project.

    A cold parse takes as long as a build. dbt checks whether this one is valid, and otherwise makes its own.
    """
    settings = Settings(home=common_folder / "parsed")
    parsed = settings.dbt_state / "target" / "partial_parse.msgpack"
    with FileLock(common_folder / "parsed.lock"):
        if not parsed.exists():
            parse(settings)
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv("DBT_PARTIAL_PARSE_FILE_PATH", str(parsed))
        yield


@pytest.fixture(scope="session")
def built_home(common_folder: Path, parsed_dbt_project: None) -> Path:
    """A home without documents, built once and not published; read it, or change a copy."""
    settings = Settings(home=common_folder / "built empty" / "home")
    with FileLock(common_folder / "built empty.lock"):
        if not is_up_to_date(settings):
            assert build(settings).failed == ()
    return settings.root


@pytest.fixture(scope="session")
def begin_home(built_home: Path) -> Callable[[Path], Path]:
    """Copy a built home, for tests that are not about the first build of everything.

    The next build makes only what the test's documents change, in two thirds of the time.
    """
    return lambda home: Path(shutil.copytree(built_home, home, symlinks=True, dirs_exist_ok=True))


@pytest.fixture(scope="session")
def sample_run(common_folder: Path, parsed_dbt_project: None) -> Run:
    """`make warehouse` in a fresh home, which does `quality-warehouse run`; read its results only."""
    return do_once(common_folder, "sample", lambda: make_warehouse(common_folder / "sample" / "data"))


@pytest.fixture(scope="session")
def bad_run(common_folder: Path, begin_home: Callable[[Path], Path]) -> Run:
    """The main job on good files, bad ones of every kind and hostile names; read its results only.

    The inbox is beside the home.
    """

    def run() -> Run:
        inbox = common_folder / "bad" / "inbox"
        inbox.mkdir(parents=True)
        write_bad_documents(inbox)
        write_hostile_documents(inbox)
        for name, make in GOOD_DOCUMENTS.items():
            (inbox / name).write_bytes(make())
        return quality_warehouse("run", inbox, home=begin_home(inbox.with_name("home")))

    return do_once(common_folder, "bad", run)


def do_once(common_folder: Path, name: str, run: Callable[[], Run]) -> Run:
    """Do a run in the process that needs it first, and return its result in all of them."""
    kept = common_folder / f"{name}.json"
    with FileLock(common_folder / f"{name}.lock"):
        if not kept.exists():
            kept.write_text(json.dumps(asdict(run()), default=str))
    left = json.loads(kept.read_text())
    return Run(**left | {"home": Path(left["home"])})


def make_warehouse(home: Path) -> Run:
    # `make test` runs this, and a nested make announces itself on standard output.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))
    } | {"QUALITY_WAREHOUSE_HOME": str(home)}
    done = subprocess.run(
        ["make", "warehouse"], cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return Run(home, done.returncode, done.stdout, done.stderr)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "someone's data", lock_timeout_seconds=0.5)


@pytest.fixture(scope="session")
def built_warehouse(parsed_dbt_project, common_folder) -> BuiltWarehouse:
    """The hand-made batch, loaded, built with dbt's unit tests, and published; read it, or change a copy."""
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
