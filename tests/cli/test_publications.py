"""The version that readers get, as an operator chooses it, and the status for people and monitors."""

import json
import subprocess
import sys
from contextlib import contextmanager

import duckdb
import pytest
from bad_documents import NEWS
from typer.testing import CliRunner

from flows.cli.app import app
from flows.cli.views.publications import describe_publication
from flows.cli.views.status import print_status, read_home_status
from flows.errors import UsageError
from flows.ingest import ingest_documents
from flows.io.journal.runs import read_last_runs
from flows.io.locks import writer_lock
from flows.io.published.publication import list_publications, publish, read_current_version
from flows.io.warehouse.database import open_working_database
from flows.land import land_documents
from flows.settings import Settings


@pytest.fixture
def settings(tmp_path, use_home, monkeypatch) -> Settings:
    use_home(tmp_path / "home")
    monkeypatch.setenv("QUALITY_WAREHOUSE_LOCK_TIMEOUT_SECONDS", "0.2")
    monkeypatch.setenv("COLUMNS", "200")
    return Settings()


def publish_documents(settings, count):
    """Publish marts with `count` documents and twice as many figures, without dbt."""
    with open_working_database(settings) as connection:
        connection.execute(
            "create or replace table main.dim_documents as select 'Someone' as publisher, "
            f"date '2026-01-01' as published_at, timestamp '2026-01-02' as landed_at from range({count})"
        )
        connection.execute(
            f"create or replace table main.fct_observations as from range({2 * count}) as t(id)"
        )
    return publish(settings)


def call(*arguments):
    done = CliRunner().invoke(app, arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def read_documents(settings):
    with duckdb.connect(str(settings.published_database), read_only=True) as connection:
        return connection.execute("select count(*) from dim_documents").fetchone()[0]


def test_kept_versions_are_listed_with_what_is_in_them(settings):
    assert call("publications", "list") == "Nothing is published yet.\n"
    versions = [publish_documents(settings, count).version for count in (3, 4)]
    listed = [line.split() for line in call("publications", "list").splitlines() if "Z-" in line]
    assert [line[0] for line in listed] == versions[::-1]
    assert [line[3:5] for line in listed] == [["4", "8"], ["3", "6"]]
    assert [line[-1] for line in listed] == ["current", "MB"]


def test_rollback_holds_until_it_is_ended_and_everybody_is_told(settings):
    good, bad = (publish_documents(settings, count) for count in (3, 4))
    with writer_lock(settings):  # a build at work
        told = call("publications", "rollback", "--previous", "--why", "wrong year", "--by", "Ann")
    assert told.startswith(f"pinned  {good.version}\n")
    assert read_documents(settings) == 3

    again = publish(settings)
    assert again.pin
    assert describe_publication(again).startswith(
        f"kept beside  {bad.path}\nReaders keep version {good.version}, by Ann"
    )
    assert ": wrong year" in call("publications", "list")
    (pinned,) = (line for line in call("status").splitlines() if line.startswith("Pinned "))
    assert good.version in pinned
    assert json.loads(call("status", "--json"))["pin"]["reason"] == "wrong year"

    assert call("publications", "resume").startswith("No longer pinned")
    assert read_documents(settings) == 3
    assert describe_publication(publish(settings)) == f"published  {bad.path}"
    assert read_documents(settings) == 4
    assert call("publications", "resume") == "No version was pinned.\n"
    records = {run.stage: run for run in read_last_runs(settings)}
    assert records["rollback"].note == f"{good.version}, by Ann: wrong year"
    assert records["resume"].note.startswith("by ")


def test_rollback_to_a_version_by_name(settings):
    first, *_ = [publish_documents(settings, count) for count in (3, 4, 5)]
    call("publications", "rollback", first.version)
    assert read_current_version(settings) == first.version
    assert len(list_publications(settings)) == 3


@pytest.mark.parametrize("arguments", [[], ["20260101T000000Z-abc", "--previous"]])
def test_rollback_wants_either_a_version_or_the_previous_one(settings, arguments):
    with pytest.raises(UsageError, match="Name either a VERSION"):
        call("publications", "rollback", *arguments)


@pytest.mark.parametrize("command", ["list", "rollback", "resume"])
def test_help_shows_an_example(command):
    shown = CliRunner().invoke(app, ["publications", command, "--help"], env={"COLUMNS": "160"}).output
    assert f"Example: quality-warehouse publications {command}" in shown


@contextmanager
def held(database):
    """Let another process hold the database open for writing, as dbt does during a build."""
    hold = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(); sys.stdin.read()"
    process = subprocess.Popen(
        [sys.executable, "-c", hold, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    process.stdout.readline()
    try:
        yield
    finally:
        process.communicate()


def test_status_waits_for_nobody_who_writes(settings):
    publish_documents(settings, 3)
    with held(settings.working_database):
        overview = read_home_status(settings)
        shown, told = call("status"), json.loads(call("status", "--json"))
    assert (overview.loaded, overview.pending) == (None, None)
    assert overview.publishers[0].documents == 3
    assert "unknown, because another process is writing" in shown
    assert told["loaded"] is None


def test_status_for_a_monitor_has_everything_as_plain_values(settings):
    version = publish_documents(settings, 3).version
    told = json.loads(call("status", "--json"))
    assert (told["landed"], told["pending"], told["published"], told["pin"]) == (0, 0, version, None)
    assert told["loaded"]["quarantined"] == 0
    (publisher,) = told["publishers"]
    assert (publisher["publisher"], publisher["landed_at"]) == ("Someone", "2026-01-02T00:00:00Z")
    assert (publisher["is_silent"], publisher["usual_days"]) == (False, None)


def test_status_of_a_home_that_is_not_there_makes_none(settings):
    assert "nothing yet" in call("status")
    assert json.loads(call("status", "--json"))["runs"] == []
    assert not settings.root.exists()


def test_status_follows_a_document_on_its_way(tmp_path, use_home, capsys):
    def status() -> dict[str, str]:
        print_status(Settings())
        summary, _, _tables = capsys.readouterr().out.partition("\n\n")
        rows = (line.split(maxsplit=1) for line in summary.splitlines())
        return {name: value.strip() for name, value in rows}

    use_home(tmp_path / "home")
    nothing = status()
    assert (nothing["Landed"], nothing["Published"]) == ("0 documents", "nothing yet")
    assert not (tmp_path / "home").exists()
    (tmp_path / "news.txt").write_text(NEWS)
    land_documents.fn([str(tmp_path / "news.txt")])
    landed = status()
    assert (landed["Landed"], landed["Pending"]) == ("1 documents", "1 documents")
    assert landed["Loaded"].startswith("0 documents")
    ingest_documents.fn()
    ingested = status()
    assert (ingested["Landed"], ingested["Pending"]) == ("1 documents", "0 documents")
    assert ingested["Loaded"].startswith("1 documents, 2 figures")
    assert ingested["Published"] == "nothing yet"
