"""Other processes: two runs at once, runs that are killed, a database that someone holds, another machine.

Whatever happens on the way, the tables end as an undisturbed run elsewhere made them.
"""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest
from bad_documents import NEWS
from command_line import (
    PATIENCE_SECONDS,
    quality_warehouse,
    read_tables,
    start_quality_warehouse,
)

from flows.land import land_documents
from flows.settings import SAMPLE_DOCUMENTS

HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(); sys.stdin.read()"


@pytest.fixture
def documents(tmp_path) -> Path:
    """The sample documents in a folder of another name."""
    return Path(shutil.copytree(SAMPLE_DOCUMENTS, tmp_path / "elsewhere" / "documents"))


@contextmanager
def held(database: Path):
    """Another process that has the database open for writing; `yield` what lets it go."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    process.stdout.readline()
    try:
        yield process.stdin.close
    finally:
        process.stdin.close()
        process.wait()


def wait_until(is_reached: Callable[[], bool], process: subprocess.Popen) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not is_reached():
        assert process.poll() is None, "The process ended before it came to the point."
        assert time.monotonic() < give_up, "The process never came to the point."
        time.sleep(0.01)


def text_of(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def test_killed_runs_and_two_at_once_end_as_one_undisturbed_run_on_another_machine(
    sample_run, documents, tmp_path
):
    home = tmp_path / "home"
    stages = {
        "landing": lambda: len(list(home.glob("landing/*/*/sidecar.json"))) >= 2,
        "loading": lambda: text_of(tmp_path / "errors").count("Reading documents 2/2") >= 2,
        "building": lambda: text_of(home / "dbt" / "logs" / "dbt.log").count(" START ") >= 5,
    }
    for stage, is_reached in stages.items():
        process = start_quality_warehouse("run", documents, home=home, batch_size=2)
        wait_until(is_reached, process)
        process.kill()
        assert process.wait() == -signal.SIGKILL, stage
    assert not (home / "published").exists()

    runs = [start_quality_warehouse("run", documents, home=home, batch_size=2) for _ in range(2)]
    assert [run.wait(PATIENCE_SECONDS) for run in runs] == [0, 0]
    assert "Traceback" not in text_of(tmp_path / "errors")
    assert read_tables(home) == read_tables(sample_run.home)
    assert (home / "published" / "quality.duckdb").exists()


def test_held_database_is_waited_for_and_then_loaded(tmp_path, copy_of_sample_home, use_home):
    home = copy_of_sample_home
    use_home(home)
    (tmp_path / "news.txt").write_text(NEWS)
    land_documents.fn([str(tmp_path / "news.txt")])
    with held(home / "work" / "quality.duckdb") as let_go:
        ingest = start_quality_warehouse("ingest", home=home)
        wait_until(lambda: "waiting for" in text_of(tmp_path / "errors"), ingest)
        let_go()
        assert ingest.wait(PATIENCE_SECONDS) == 0
    assert text_of(tmp_path / "output").startswith("1 documents loaded with 2 figures")


def test_database_that_stays_held_is_reported_and_nothing_is_published(copy_of_sample_home):
    home = copy_of_sample_home
    published = (home / "published" / "quality.duckdb").resolve()
    with held(home / "work" / "quality.duckdb"):
        run = quality_warehouse("run", home=home, lock_timeout_seconds=1)
    assert (run.status, run.output) == (1, "")
    assert run.errors.splitlines()[-1].startswith("Another process held ")
    assert "QUALITY_WAREHOUSE_LOCK_TIMEOUT_SECONDS" in run.errors
    assert "Traceback" not in run.errors
    assert (home / "published" / "quality.duckdb").resolve() == published
