"""The main job as its users see it: one command, a published file, and no file when the audit fails.

Whatever happens on the way (killed runs, two at once, a locked database, another machine), the tables end as
after one undisturbed run.
"""

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from bad_documents import NEWS
from command_line import (
    COMMAND,
    environment,
    quality_warehouse,
    start_quality_warehouse,
    text_of,
    wait_for_status,
    wait_until,
)

from benchmarks.working_tables import read_tables
from flows.build import build_warehouse
from flows.cli.views.status import print_status
from flows.errors import AuditError
from flows.io.landing.metadata import METADATA_SUFFIX
from flows.land import land_documents
from flows.paths import SAMPLE_DOCUMENTS
from flows.publish import publish_warehouse
from flows.settings import Settings

pytestmark = [pytest.mark.usefixtures("parsed_dbt_project"), pytest.mark.slow]

# Holds a database open for writing until its standard input ends.
HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(); sys.stdin.read()"
DOCUMENTS = [file for file in SAMPLE_DOCUMENTS.iterdir() if not file.name.endswith(METADATA_SUFFIX)]


@pytest.fixture
def copy_of_sample_home(sample_run, tmp_path) -> Path:
    """A private copy of a home in which the sample documents are loaded and published."""
    return Path(shutil.copytree(sample_run.home, tmp_path / "home", symlinks=True))


def test_run_loads_every_sample_document_and_says_so(sample_run):
    assert sample_run.status == 0
    summary = dict(re.findall(r"^(\w+)  +(.+?) *$", sample_run.output, re.MULTILINE))
    count = len(DOCUMENTS)
    assert summary["Documents"] == f"{count}, {count} of them new"
    assert re.fullmatch(r"(\d+), \1 of them new", summary["Figures"])
    assert summary["Quarantined"] == "0"
    assert summary["Published"].startswith(str(sample_run.home / "published" / "quality.duckdb"))


def test_progress_goes_to_standard_error_in_plain_lines_where_no_terminal_is(sample_run):
    count = len(DOCUMENTS)
    *reading, building = sample_run.errors.splitlines()
    assert reading == [f"Reading documents {number}/{count}" for number in range(1, count + 1)]
    assert building == "Building and auditing the warehouse"


def test_a_terminal_shows_a_bar_and_standard_output_only_the_result(tmp_path, use_home):
    home = tmp_path / "home"
    use_home(home)
    (tmp_path / "news.txt").write_text(NEWS)
    land_documents.fn([str(tmp_path / "news.txt")])
    terminal, terminal_of_process = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, "ingest"],
        env={**environment(home), "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=terminal_of_process,
        text=True,
    )
    os.close(terminal_of_process)
    shown = read_terminal(terminal)
    output = process.stdout.read()
    assert process.wait() == 0
    assert "Reading documents" in shown
    assert "━" in shown
    assert output == "1 documents loaded with 2 figures, 0 documents set aside, 0 rows in quarantine\n"


def read_terminal(terminal: int) -> str:
    shown = b""
    try:
        while chunk := os.read(terminal, 65_536):
            shown += chunk
    except OSError:  # Linux raises this when the process at the other end is gone
        pass
    os.close(terminal)
    return shown.decode()


def test_every_figure_in_is_loaded_or_quarantined(sample_run):
    with duckdb.connect(str(sample_run.home / "work" / "quality.duckdb"), read_only=True) as connection:
        ledger = connection.execute(
            "select sum(figures_in), sum(figures_loaded + figures_quarantined), sum(figures_loaded) "
            "from raw.ingestions"
        ).fetchone()
        loaded = connection.execute("select count(*) from raw.figures").fetchone()
    assert ledger == (loaded[0],) * 3


def test_failed_audit_publishes_nothing_and_the_published_file_stays(copy_of_sample_home, use_home):
    home = copy_of_sample_home
    published = home / "published" / "quality.duckdb"
    before, target = published.read_bytes(), published.resolve()
    plant(
        home,
        "update raw.figures set indicator = 'no_such_indicator'; update raw.ingestions set loaded_at = now()",
    )

    use_home(home)
    with pytest.raises(AuditError, match=r"nothing is published: the test \w*indicator\w* found") as failure:
        build_warehouse.fn()
    assert failure.value.exit_status == 1
    with pytest.raises(AuditError, match=r"There is no audited build to publish\. Run `quality-"):
        publish_warehouse.fn()
    assert (published.read_bytes(), published.resolve()) == (before, target)
    with duckdb.connect(str(published), read_only=True) as connection:
        assert connection.execute("select count(*) from fct_observations").fetchone()[0] > 0


def plant(home: Path, statement: str) -> None:
    with duckdb.connect(str(home / "work" / "quality.duckdb")) as connection:
        connection.execute(statement)


def test_status_names_the_published_version(sample_run, use_home, capsys):
    use_home(sample_run.home)
    print_status(Settings())
    version = (sample_run.home / "published" / "quality.duckdb").resolve().parent.name
    assert f"Published    {version}\n" in capsys.readouterr().out


@pytest.fixture
def documents(tmp_path) -> Path:
    """The sample documents in a folder of another name."""
    return Path(shutil.copytree(SAMPLE_DOCUMENTS, tmp_path / "elsewhere" / "documents"))


@contextmanager
def held(database: Path):
    """Let another process hold the database open for writing; yield a function that lets it go."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    process.stdout.readline()
    try:
        yield process.stdin.close
    finally:
        process.stdin.close()
        process.wait()


@pytest.mark.fault
def test_killed_runs_and_two_at_once_end_as_one_undisturbed_run_on_another_machine(
    sample_run, documents, tmp_path
):
    home = tmp_path / "home"
    stages = {
        "landing": lambda: len(list(home.glob("landing/*/*/sidecar.json"))) >= 2,
        "loading": lambda: text_of(tmp_path / "errors").count("Reading documents 2/2") >= 2,
        "building": lambda: len(list((home / "dbt" / "target" / "run").rglob("*.sql"))) >= 5,
    }
    for stage, is_reached in stages.items():
        process = start_quality_warehouse("run", documents, home=home, batch_size=2)
        wait_until(is_reached, process)
        process.kill()
        assert wait_for_status(process) == -signal.SIGKILL, stage
    assert not (home / "published").exists()

    runs = [start_quality_warehouse("run", documents, home=home, batch_size=2) for _ in range(2)]
    assert [wait_for_status(run) for run in runs] == [0, 0]
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
        assert wait_for_status(ingest) == 0
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
