"""Each stage is recorded, whether it completes, fails or is killed, and recording never stops it."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from flows.errors import AuditError
from flows.io.journal.runs import read_last_runs
from flows.paths import PROJECT_ROOT
from flows.runtime.logs import JsonFormatter, logger, report_to_standard_error
from flows.runtime.recording import recorded
from flows.runtime.stages import count
from flows.settings import Settings

HANG = """
import time
from flows.runtime.recording import record_stage
with record_stage("build"):
    print("at work", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def settings(tmp_path, use_home) -> Settings:
    use_home(tmp_path / "home")
    return Settings()


@pytest.fixture(autouse=True)
def quiet_again():
    before = logger.handlers, logger.propagate
    yield
    logger.handlers, logger.propagate = before


@recorded("land")
def land_some(names):
    """A flow's own words."""
    count("documents", len(names), len(names) - 1, 1)
    return names


@recorded("build")
def build_badly():
    count("models and tests", 3, 2, 1)
    raise AuditError("The audit failed.\nIts details are elsewhere.")


@recorded("run")
def run_both():
    land_some(["a", "b"])
    build_badly()


def rows_by_stage(settings):
    return {run.stage: run for run in read_last_runs(settings)}


def test_a_stage_that_ends_well_is_a_row_with_its_counts(settings):
    assert land_some(["a", "b", "c"]) == ["a", "b", "c"]
    (row,) = read_last_runs(settings)
    assert (row.stage, row.outcome, row.error) == ("land", "completed", None)
    assert (row.counted, row.count_in, row.count_out, row.count_held) == ("documents", 3, 2, 1)
    assert row.seconds >= 0
    assert (row.project_version, row.flow_run_id) == ("0.1.0", None)
    assert row.extractor_version


def test_counts_of_several_batches_add_up(settings):
    @recorded("ingest")
    def ingest():
        count("documents", 3, 2, 1)
        count("documents", 4, 4)

    ingest()
    (row,) = read_last_runs(settings)
    assert (row.count_in, row.count_out, row.count_held) == (7, 6, 1)


def test_a_stage_that_fails_is_a_row_with_its_sentence_and_the_error_goes_on(settings):
    with pytest.raises(AuditError, match="The audit failed"):
        run_both()
    rows = rows_by_stage(settings)
    assert {stage: row.outcome for stage, row in rows.items()} == {
        "build": "failed",
        "land": "completed",
        "run": "failed",
    }
    assert rows["build"].error == rows["run"].error == "The audit failed."
    assert rows["build"].count_held == 1
    assert len({row.run_id for row in rows.values()}) == 1


def test_two_runs_have_ids_of_their_own(settings):
    land_some(["a"])
    first = read_last_runs(settings)
    land_some(["a"])
    assert read_last_runs(settings)[0].run_id != first[0].run_id


def test_a_stage_that_is_killed_is_a_row_once_the_next_one_begins(settings, tmp_path, monkeypatch):
    command = [sys.executable, "-c", HANG]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT_ROOT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "at work\n"
        assert rows_by_stage(settings)["build"].outcome == "running"
        process.send_signal(signal.SIGKILL)
    monkeypatch.setenv("QUALITY_WAREHOUSE_LINEAGE", str(tmp_path / "lineage.jsonl"))
    land_some(["a"])
    assert {stage: row.outcome for stage, row in rows_by_stage(settings).items()} == {
        "build": "killed",
        "land": "completed",
    }
    events = read_events(tmp_path / "lineage.jsonl")
    assert [(event["job"]["name"], event["eventType"]) for event in events] == [
        *(("build", "ABORT"), ("land", "START"), ("land", "COMPLETE"))
    ]


def test_what_cannot_be_recorded_is_a_warning_and_the_work_goes_on(tmp_path, use_home, caplog):
    use_home(tmp_path / "home")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "runs").write_text("a file where the folder should be")
    logger.propagate = True
    with caplog.at_level(logging.WARNING):
        assert land_some(["a"]) == ["a"]
    assert "This run could not be recorded" in caplog.text


def test_lines_for_programs_are_objects_with_run_and_stage(settings, monkeypatch, capsys):
    monkeypatch.setenv("QUALITY_WAREHOUSE_LOG_FORMAT", "json")
    report_to_standard_error()

    @recorded("ingest")
    def ingest():
        logger.info("Reading %s", "质量 “x”\n")
        count("documents", 2, 1, 1)

    ingest()
    logger.warning("after it")
    reading, ended, after = map(json.loads, capsys.readouterr().err.splitlines())
    assert (reading["level"], reading["message"], reading["stage"]) == (
        "info",
        "Reading 质量 “x”\n",
        "ingest",
    )
    assert reading["time"].endswith("+00:00")
    assert ended["run_id"] == reading["run_id"]
    assert (ended["outcome"], ended["count_in"], ended["count_held"]) == ("completed", 2, 1)
    assert "run_id" not in after
    assert after["level"] == "warning"


def test_lines_for_people_leave_out_what_the_table_says(settings, capsys):
    report_to_standard_error()
    land_some(["a"])
    logger.info("Building")
    assert capsys.readouterr().err == "Building\n"


def test_an_unexpected_error_in_a_line_for_programs_has_its_traceback_in_the_object():
    try:
        raise ValueError("odd")
    except ValueError:
        record = logging.LogRecord("quality_warehouse", logging.ERROR, "", 1, "It broke", (), sys.exc_info())
    line = json.loads(JsonFormatter().format(record))
    assert line["message"] == "It broke"
    assert "ValueError: odd" in line["traceback"]


def read_events(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_lineage_of_a_run_is_appended_to_a_file(settings, tmp_path, monkeypatch):
    path = tmp_path / "lineage.jsonl"
    monkeypatch.setenv("QUALITY_WAREHOUSE_LINEAGE", str(path))
    with pytest.raises(AuditError):
        run_both()
    events = read_events(path)
    assert [(event["job"]["name"], event["eventType"]) for event in events] == [
        *(("run", "START"), ("land", "START"), ("land", "COMPLETE")),
        *(("build", "START"), ("build", "FAIL"), ("run", "FAIL")),
    ]
    run, land, landed, build, failed, _ = events
    assert land["run"]["runId"] == landed["run"]["runId"] != run["run"]["runId"]
    parent = build["run"]["facets"]["parent"]
    assert (parent["run"]["runId"], parent["job"]["name"]) == (run["run"]["runId"], "run")
    assert "parent" not in run["run"]["facets"]
    assert failed["run"]["facets"]["errorMessage"]["message"] == "The audit failed."
    assert [dataset["name"] for dataset in build["inputs"]] == [f"{settings.working_database}/raw"]
    assert [dataset["name"] for dataset in land["outputs"]] == [str(settings.landing)]


class Lineage(BaseHTTPRequestHandler):
    """A lineage service that keeps what it receives and answers with the status that its server holds."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, self.headers.get("Authorization"), json.loads(body)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def lineage_service(status=201):
    with HTTPServer(("127.0.0.1", 0), Lineage) as server:
        server.received, server.status = [], status
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def test_lineage_is_posted_to_an_address_with_the_key(settings, monkeypatch):
    with lineage_service() as service:
        address = f"http://127.0.0.1:{service.server_port}/api/v1/lineage"
        monkeypatch.setenv("QUALITY_WAREHOUSE_LINEAGE", address)
        monkeypatch.setenv("QUALITY_WAREHOUSE_LINEAGE_API_KEY", "secret")
        land_some(["a"])
    assert [(path, key, event["eventType"]) for path, key, event in service.received] == [
        ("/api/v1/lineage", "Bearer secret", "START"),
        ("/api/v1/lineage", "Bearer secret", "COMPLETE"),
    ]


def test_a_lineage_service_that_fails_costs_a_warning_without_secrets(settings, monkeypatch, caplog):
    logger.propagate = True
    with lineage_service(status=500) as service:
        address = f"http://someone:password@127.0.0.1:{service.server_port}/"
        monkeypatch.setenv("QUALITY_WAREHOUSE_LINEAGE", address)
        monkeypatch.setenv("QUALITY_WAREHOUSE_LINEAGE_API_KEY", "secret")
        assert land_some(["a"]) == ["a"]
    assert "The lineage event COMPLETE of land could not be sent (it answered 500)" in caplog.text
    monkeypatch.setenv("QUALITY_WAREHOUSE_LINEAGE", address)  # nobody listens there any more
    assert land_some(["a"]) == ["a"]
    assert "could not be sent (ConnectError)" in caplog.text
    assert not [word for word in ("password", "secret") if word in caplog.text]
    assert "secret" not in repr(Settings())
