"""A disk that fills up during a write: one sentence, nothing partial, and all is well once there is room.

The kernel makes the disk of a process full for every file that would grow beyond `room`.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import PATIENCE_SECONDS, Run, environment

from benchmarks.working_tables import read_tables
from flows.build import build_warehouse
from flows.errors import QualityWarehouseError
from flows.ingest import ingest_documents
from flows.ingestion.pending import find_pending
from flows.io.landing.store import read_sidecars
from flows.io.published.publication import list_publications
from flows.land import land_documents
from flows.publish import publish_warehouse
from flows.settings import Settings

pytestmark = [pytest.mark.fault, pytest.mark.usefixtures("parsed_dbt_project"), pytest.mark.slow]

LIMITED = """
import resource, sys
from flows.cli.app import main
room = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
main()
"""
NEWS = "In 2023, 1,250 batches of kettles were inspected in Exeter, and 93.5 percent of them qualified.\n"
SMALL, MEDIUM = 50_000, 5_000_000  # less than a batch or a build log, and less than a published file


def run_with_room(room: int, *arguments: str | Path, home: Path) -> Run:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(room), *arguments],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    return Run(home, done.returncode, done.stdout, done.stderr)


def last_line(run: Run) -> str:
    """Return the last line of a run, which must have printed nothing meant for programmers."""
    assert "Traceback" not in run.errors
    return run.errors.splitlines()[-1]


@pytest.fixture
def home(tmp_path: Path, use_home) -> Path:
    use_home(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


def test_a_document_for_which_there_is_no_room_does_not_land_and_lands_later(home, tmp_path):
    large = tmp_path / "large.txt"
    large.write_text(NEWS * 1000, encoding="utf-8")
    run = run_with_room(SMALL, "land", large, home=home)
    assert run.status == 1
    assert re.search(
        r"landing/.*/content: File too large\. Mend that and run the command again\.$", last_line(run)
    )
    assert read_sidecars(Settings(home=home)) == []
    assert [path for path in (home / "landing").rglob("*") if path.is_file() and path.name != ".lock"] == []
    [landed] = land_documents.fn([str(large)])
    assert [one.doc_id for one in find_pending(Settings(home=home))] == [landed.doc_id]


def test_a_batch_for_which_there_is_no_room_is_not_loaded_in_part_and_is_loaded_later(
    home, news, tmp_path, use_home
):
    land_documents.fn([str(news)])
    ingest_documents.fn()
    before = read_tables(home, without=())
    news.write_text(NEWS * 1000, encoding="utf-8")
    land_documents.fn([str(news)])
    shutil.copytree(home, tmp_path / "calm")

    run = run_with_room(SMALL, "ingest", home=home)
    assert run.status == 1
    assert re.search(r"quality\.duckdb could not be written \(Could not .*File too large\)", last_line(run))
    assert "make room on its disk and run the command again" in last_line(run)
    assert read_tables(home, without=()) == before
    assert len(find_pending(Settings(home=home))) == 1

    assert ingest_documents.fn().figures > 0
    use_home(tmp_path / "calm")
    ingest_documents.fn()
    assert read_tables(home) == read_tables(tmp_path / "calm")


def test_neither_a_build_nor_a_publication_for_which_there_is_no_room_reaches_readers(
    sample_run, home, news, tmp_path, use_home
):
    shutil.copytree(sample_run.home, home, symlinks=True)
    published = Settings(home=home).published_database
    before = published.read_bytes()
    land_documents.fn([str(news)])
    ingest_documents.fn()
    shutil.copytree(home, tmp_path / "calm", symlinks=True)

    run = run_with_room(SMALL, "build", home=home)
    assert run.status == 1
    assert "File too large" in last_line(run)
    with pytest.raises(QualityWarehouseError, match="build"):
        publish_warehouse.fn()
    assert published.read_bytes() == before

    build_warehouse.fn()
    versions = list_publications(Settings(home=home))
    run = run_with_room(MEDIUM, "publish", home=home)
    assert run.status == 1
    assert ".duckdb.partial could not be written (Could not " in last_line(run)
    assert published.read_bytes() == before
    assert list_publications(Settings(home=home)) == versions

    assert publish_warehouse.fn().reaches_readers
    use_home(tmp_path / "calm")
    build_warehouse.fn()
    assert read_tables(home) == read_tables(tmp_path / "calm")
