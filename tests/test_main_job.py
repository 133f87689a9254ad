"""The main job as its users see it: one command, a published file, and none at all when the audit fails."""

import os
import pty
import re
import subprocess
from pathlib import Path

import duckdb
import pytest
from bad_documents import NEWS
from command_line import COMMAND, environment, quality_warehouse

from flows.build import build_warehouse
from flows.errors import AuditError
from flows.io.landing import METADATA_SUFFIX
from flows.land import land_documents
from flows.settings import SAMPLE_DOCUMENTS

DOCUMENTS = [file for file in SAMPLE_DOCUMENTS.iterdir() if not file.name.endswith(METADATA_SUFFIX)]


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
    except OSError:  # Linux says so when the process at the other end is gone
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
    plant(home, "update raw.figures set indicator = 'no_such_indicator'")

    use_home(home)
    with pytest.raises(AuditError, match=r"nothing is published: the test \w*indicator\w* found") as failure:
        build_warehouse.fn()
    assert failure.value.exit_status == 1
    publish = quality_warehouse("publish", home=home)
    assert (publish.status, publish.output) == (1, "")
    assert publish.errors == ("There is no audited build to publish. Run `quality-warehouse build` first.\n")
    assert (published.read_bytes(), published.resolve()) == (before, target)
    with duckdb.connect(str(published), read_only=True) as connection:
        assert connection.execute("select count(*) from fct_observations").fetchone()[0] > 0


def plant(home: Path, statement: str) -> None:
    with duckdb.connect(str(home / "work" / "quality.duckdb")) as connection:
        connection.execute(statement)
