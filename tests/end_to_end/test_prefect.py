"""Flows under a real Prefect server and worker: runs, tasks, logs, events, and a server that is down.

One server serves all tests, and a worker runs from the start: documents that land at the start must be published
at the end without any further action. Nothing here waits for a fixed time.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import httpx
import pytest
from command_line import Run, installed_quality_warehouse
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterId,
)
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.sorting import FlowRunSort
from prefect.events.filters import EventFilter, EventNameFilter, EventResourceFilter
from prefect.events.schemas.events import Event
from prefect.events.worker import EventsWorker
from prefect.settings import (
    PREFECT_API_REQUEST_TIMEOUT,
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)

from flows.build import build_warehouse
from flows.errors import AuditError
from flows.io.announce.prefect_events import CONNECT_SECONDS, emit_document_landed, emit_publisher_silent
from flows.io.journal.runs import read_last_runs
from flows.io.landing.store import land
from flows.io.published.freshness import Freshness
from flows.paths import PROJECT_ROOT
from flows.runtime.steps import step
from flows.settings import Settings

pytestmark = pytest.mark.slow

T = TypeVar("T")

PATIENCE_SECONDS = 300
NEWS = "In 2023, inspectors checked 1,250 batches of kettles, and 93.6 percent of them met the standard.\n"

# Quiet, offline, and without the pauses of Prefect on SQLite between single rows. A second is the minimum: the
# recorder of task runs rounds less down to zero and keeps a core busy polling.
SERVER_SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    **{
        f"PREFECT_SERVER_SERVICES_{service}_{setting}": value
        for service in ("TASK_RUN_RECORDER", "EVENT_PERSISTER")
        for setting, value in (("BATCH_SIZE", "500"), ("READ_BATCH_SIZE", "500"), ("FLUSH_INTERVAL", "1"))
    },
    "PREFECT_WORKER_QUERY_SECONDS": "1",
}

# The small flows of these tests need neither, and both would call the server even after it has ended.
IN_THIS_PROCESS = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None, PREFECT_LOGGING_TO_API_ENABLED: False}


@dataclass(frozen=True)
class Server:
    """A running Prefect server: its address, a client, the environment of processes that use it, its process."""

    url: str
    client: SyncPrefectClient
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    def pause(self, seconds: float) -> None:
        """Stop answering for this long; clients that connect meanwhile wait."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        threading.Timer(seconds, os.killpg, (self.process.pid, signal.SIGCONT)).start()

    def read_events(self, name: str, doc_ids: Iterable[str] = ()) -> list[Event]:
        """Return the events of this name, for these documents if any are given."""
        resources = [f"quality-warehouse.document.{doc_id}" for doc_id in doc_ids]
        wanted = EventFilter(
            event=EventNameFilter(name=[name]),
            resource=EventResourceFilter(id=resources) if resources else None,
        )
        return self.client.read_events(wanted, limit=50).events

    def read_runs(self, name: str) -> list[FlowRun]:
        """Return all runs of the flow of this name, whether by a deployment or not, oldest first."""
        wanted = FlowFilter(name=FlowFilterName(any_=[name]))
        return self.client.read_flow_runs(flow_filter=wanted, sort=FlowRunSort.START_TIME_ASC)

    def read_steps(self, main: FlowRun) -> list[str]:
        """Return the sorted names of the tasks of a flow run."""
        wanted = FlowRunFilter(id=FlowRunFilterId(any_=[main.id]))
        return sorted(
            task.name.rpartition("-")[0] for task in self.client.read_task_runs(flow_run_filter=wanted)
        )


def wait_for(look: Callable[[], T], enough: Callable[[T], Any] = bool) -> T:
    """Look until it is enough; fail with what was seen last when patience ends."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not enough(seen := look()):
        assert time.monotonic() < deadline, f"gave up waiting; last seen: {seen}"
        time.sleep(0.2)
    return seen


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def is_up(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health").is_success
    except httpx.TransportError:
        return False


@contextmanager
def running(*arguments: str, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a Prefect process running with all that it starts, and end exactly these."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", *arguments],
            env=environment,
            cwd=PROJECT_ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def server(parsed_dbt_project: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("prefect")
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    with ExitStack() as stack:
        variables = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in {**SERVER_SETTINGS, "PREFECT_HOME": str(folder), "PREFECT_API_URL": url}.items():
            variables.setenv(name, value)
        start = ("server", "start", "--host", "127.0.0.1", "--port", str(port))
        log = folder / "server.log"
        process = stack.enter_context(running(*start, environment=dict(os.environ), log=log))
        wait_for(lambda: is_up(url))
        stack.enter_context(temporary_settings({PREFECT_API_URL: url, **IN_THIS_PROCESS}))
        stack.callback(lambda: EventsWorker.instance().drain())
        client = stack.enter_context(get_client(sync_client=True))
        yield Server(url, client, dict(os.environ), process)


@pytest.fixture(scope="module")
def main_home(begin_home: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin_home(tmp_path_factory.mktemp("main") / "home")


@pytest.fixture(scope="module")
def main_job_at_work(server: Server, main_home: Path) -> Iterator[subprocess.Popen[str]]:
    """A flow run of the main job on one document, which leaves time to prepare other things."""
    document = main_home.with_name("news.txt")
    document.write_text(NEWS, encoding="utf-8")
    code = f"from flows.run import run_warehouse; run_warehouse([{str(document)!r}])"
    environment = {
        **server.environment,
        "QUALITY_WAREHOUSE_HOME": str(main_home),
        "PREFECT_LOGGING_EXTRA_LOGGERS": "quality_warehouse",
    }
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


@pytest.fixture(scope="module")
def main_job(main_job_at_work: subprocess.Popen[str], main_home: Path) -> Path:
    """The home that the flow run of the main job has filled."""
    errors = main_job_at_work.communicate(timeout=PATIENCE_SECONDS)[1]
    assert main_job_at_work.returncode == 0, errors
    return main_home


@pytest.fixture(scope="module")
def worker_home(
    server: Server, begin_home: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The home in which a worker of the pool runs the deployments."""
    home = begin_home(tmp_path_factory.mktemp("worker") / "home")
    environment = {**server.environment, "QUALITY_WAREHOUSE_HOME": str(home)}
    start = ("worker", "start", "--pool", "quality-warehouse", "--type", "process")
    with running(*start, environment=environment, log=home.with_name("worker.log")):
        wait_for(server.client.read_work_pools)
        yield home


@pytest.fixture(scope="module")
def deployed(server: Server, main_job_at_work: object, worker_home: Path, main_job: Path) -> Server:
    """The server with all deployments of prefect.yaml, made as people make them.

    Earlier events of the main job start none of them.
    """
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        env=server.environment,
        cwd=PROJECT_ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return server


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four documents, one of them empty."""
    folder = tmp_path_factory.mktemp("inbox")
    for number in (1, 2, 3):
        (folder / f"news-{number}.txt").write_text(f"Report {number}. {NEWS}", encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture(scope="module", autouse=True)
def landed(deployed: Server, worker_home: Path, inbox: Path) -> Run:
    """The result of landing these documents, on which the worker starts at once."""
    return installed_quality_warehouse("land", inbox, home=worker_home)


def landed_ids(run: Run) -> set[str]:
    return {line.split()[0] for line in run.output.splitlines()}


def is_called_or_deployed(run: FlowRun) -> bool:
    return bool(run.parent_task_run_id or run.deployment_id)


def count_published_documents(home: Path) -> int:
    path = home / "published" / "quality.duckdb"
    if not path.exists():
        return 0
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("select count(*) from dim_documents").fetchall()[0][0]


def test_deploying_all_makes_every_deployment_with_its_limit_and_trigger(deployed):
    deployments = {deployment.name: deployment for deployment in deployed.client.read_deployments()}
    limited = {
        "build-warehouse",
        "ingest-documents",
        "poll-sources",
        "publish-warehouse",
        "reextract-documents",
        "run-warehouse",
    }
    assert set(deployments) == limited | {"land-documents"}
    assert {
        name for name, deployment in deployments.items() if deployment.global_concurrency_limit
    } == limited
    assert [schedule.slug for schedule in deployments["run-warehouse"].schedules] == ["nightly"]
    automations = httpx.post(f"{deployed.url}/automations/filter", json={}).json()
    started = {automation["name"]: automation["actions"][0]["deployment_id"] for automation in automations}
    assert started == {
        "ingest-documents after document.landed": str(deployments["ingest-documents"].id),
        "build-warehouse after document.ingested": str(deployments["build-warehouse"].id),
        "publish-warehouse after build-warehouse": str(deployments["publish-warehouse"].id),
    }


def test_landing_at_the_command_line_delivers_its_events_before_it_ends(server, landed):
    assert (landed.status, landed.errors) == (0, "")
    ids = landed_ids(landed)
    events = wait_for(lambda: server.read_events("document.landed", ids), lambda seen: len(seen) >= len(ids))
    assert {event.resource.id for event in events} == {f"quality-warehouse.document.{id}" for id in ids}
    assert {event.resource.name for event in events} == {
        "news-1.txt",
        "news-2.txt",
        "news-3.txt",
        "empty.txt",
    }


def test_landing_the_same_again_is_the_same_event(server, landed, inbox, tmp_path):
    before = landed_ids(landed)
    later = tmp_path / "later.txt"
    later.write_text(f"Later report. {NEWS}", encoding="utf-8")
    again = installed_quality_warehouse("land", inbox / "news-1.txt", later, home=landed.home)
    assert (again.status, again.errors) == (0, "")
    (last,) = landed_ids(again) - before
    # Events arrive in the order in which they are sent: when the last one is there, all are.
    wait_for(lambda: server.read_events("document.landed", [last]))
    assert len(server.read_events("document.landed", before)) == len(before)


def test_the_main_job_is_a_flow_run_of_four_flows_whose_steps_are_tasks(server, main_job):
    (main,) = (run for run in server.read_runs("run-warehouse") if not run.auto_scheduled)
    assert main.state_name == "Completed"
    steps = wait_for(lambda: server.read_steps(main), lambda seen: len(seen) >= 12)
    assert steps == [
        "apply_decisions_task",
        "build_task",
        "emit_document_ingested_task",
        "emit_document_landed_task",
        "emit_document_quarantined_task",
        "emit_publisher_silent_task",
        "emit_warehouse_published_task",
        "find_pending_task",
        "land_task",
        "load_task",
        "prepare_batch_task",
        "publish_task",
    ]


def test_a_publication_is_an_event_with_its_version(server, main_job):
    version = (main_job / "published" / "quality.duckdb").resolve().parent.name
    events = wait_for(
        lambda: [e for e in server.read_events("warehouse.published") if e.payload["version"] == version]
    )
    assert [event.resource.id for event in events] == ["quality-warehouse.warehouse"]
    assert events[0].payload["tables"]["dim_documents"] > 0


def test_the_page_of_a_run_shows_what_it_did_and_links_to_what_it_published(server, main_job):
    (main,) = (run for run in server.read_runs("run-warehouse") if not is_called_or_deployed(run))
    wanted = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[main.id]))
    artifacts = {one.key: one for one in server.client.read_artifacts(artifact_filter=wanted)}
    assert set(artifacts) == {"quality-warehouse-run", "quality-warehouse-run-published"}
    rows = {row["stage"]: row for row in json.loads(artifacts["quality-warehouse-run"].data)}
    assert list(rows) == ["land", "ingest", "build", "publish", "run"]
    assert {row["outcome"] for row in rows.values()} == {"completed"}
    assert rows["ingest"]["count_in"] == rows["ingest"]["count_out"] > 0
    link = artifacts["quality-warehouse-run-published"].data
    assert (main_job / "published" / "quality.duckdb").as_uri() in link
    (row,) = (run for run in read_last_runs(Settings(home=main_job)) if run.stage == "run")
    assert row.flow_run_id == str(main.id)


def test_a_silence_is_one_event_however_often_it_is_noticed(server):
    def silent(publisher: str) -> Freshness:
        return Freshness(publisher, 4, date(2026, 1, 1), None, days_quiet=30, usual_days=7, is_silent=True)

    emit_publisher_silent([silent("Weekly")])
    emit_publisher_silent([silent("Weekly"), silent("Another")])
    events = wait_for(lambda: server.read_events("publisher.silent"), lambda seen: len(seen) >= 2)
    assert sorted(event.resource.name for event in events) == ["Another", "Weekly"]
    assert events[0].payload == {"published_at": "2026-01-01", "days_quiet": 30, "usual_days": 7}


def test_what_a_flow_says_is_in_the_log_of_its_run(server, main_job):
    def read_lines() -> list[str]:
        return [log.message for log in server.client.read_logs()]

    assert wait_for(read_lines, lambda lines: "Building and auditing the warehouse" in lines)


def test_a_failed_audit_fails_the_run_and_is_an_event(server, main_job, use_home):
    use_home(main_job)
    with duckdb.connect(str(main_job / "work" / "quality.duckdb")) as connection:
        connection.execute("update raw.figures set quote = quote || ' and more'")
        connection.execute("update raw.ingestions set loaded_at = now()")  # as a load would
    with pytest.raises(AuditError, match="nothing is published"):
        build_warehouse()
    (by_hand,) = (run for run in server.read_runs("build-warehouse") if not is_called_or_deployed(run))
    assert by_hand.state_name == "Failed"
    (event,) = wait_for(lambda: server.read_events("warehouse.audit-failed"))
    assert event.resource.id == "quality-warehouse.warehouse"
    assert "assert_quotes_stand_in_the_text_at_their_offsets" in event.payload["failed"]


def test_a_step_that_does_io_is_tried_again_but_not_after_an_error_of_ours(server):
    errors = [OSError("the disk was busy"), None]
    tries = []

    def write() -> str:
        tries.append("write")
        if error := errors.pop(0):
            raise error
        return "written"

    def judge() -> None:
        tries.append("judge")
        raise AuditError("Nothing is published.")

    @flow
    def write_and_judge() -> None:
        assert step(write, retries=1)() == "written"
        step(judge, retries=1)()

    with pytest.raises(AuditError):
        write_and_judge()
    assert tries == ["write", "write", "judge"]


def test_a_step_gets_the_very_arguments_and_prefect_does_not_look_into_them(server):
    @dataclass
    class Sealed:
        content: str

    sealed = Sealed("secret")
    del sealed.content  # looking for it raises AttributeError

    @flow
    def hand_over() -> bool:
        return step(lambda given, *, named: given is sealed and named is sealed)(sealed, named=sealed)

    assert hand_over()


def test_a_step_outside_a_flow_run_is_the_plain_function():
    assert step(free_port)() > 0


def test_a_server_that_is_down_costs_one_line(server, inbox, tmp_path, monkeypatch):
    url = f"http://127.0.0.1:{free_port()}/api"
    monkeypatch.setenv("PREFECT_API_URL", url)
    done = installed_quality_warehouse("land", inbox, home=tmp_path)
    assert done.status == 0
    assert len(landed_ids(done)) == 4
    (line,) = done.errors.splitlines()
    assert line.startswith(f"No Prefect server answers at {url}, so 4 event(s) document.landed are not sent")


def test_a_server_that_accepts_and_never_answers_is_asked_once_for_the_shorter_time(
    inbox, tmp_path, caplog, monkeypatch
):
    sidecars, _ = land([inbox / "news-1.txt"], Settings(home=tmp_path))
    timeouts = []

    def get_client_and_record(**options):
        timeouts.append(options["httpx_settings"]["timeout"])
        return get_client(**options)

    monkeypatch.setattr("flows.io.announce.prefect_events.get_client", get_client_and_record)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/api"
        with temporary_settings({PREFECT_API_URL: url, PREFECT_API_REQUEST_TIMEOUT: 1}):
            emit_document_landed(sidecars)
        assert f"No Prefect server answers at {url}" in caplog.text
        assert [(timeout.connect, timeout.read) for timeout in timeouts] == [(CONNECT_SECONDS, 1)]
        silent.setblocking(False)
        silent.accept()
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_a_server_that_is_busy_for_a_while_still_gets_its_events(server, tmp_path):
    document = tmp_path / "busy.txt"
    document.write_text(f"Report of a busy day. {NEWS}", encoding="utf-8")
    sidecars, _ = land([document], Settings(home=tmp_path / "home"))
    server.pause(CONNECT_SECONDS + 0.5)
    emit_document_landed(sidecars)
    wait_for(lambda: server.read_events("document.landed", [sidecars[0].doc_id]))


def test_landed_documents_are_published_by_themselves(server, landed):
    wait_for(lambda: count_published_documents(landed.home), lambda count: count >= 3)
    ids = landed_ids(landed)
    ingested = wait_for(lambda: server.read_events("document.ingested", ids), lambda seen: len(seen) >= 3)
    assert {event.resource.name for event in ingested} == {"news-1.txt", "news-2.txt", "news-3.txt"}
    (quarantined,) = wait_for(lambda: server.read_events("document.quarantined", ids))
    assert quarantined.resource.name == "empty.txt"


def test_a_burst_of_events_starts_one_run(server, landed):
    bursts = 2  # what `landed` and the landing of the same again have landed
    by_deployment = [run for run in server.read_runs("ingest-documents") if run.deployment_id]
    assert 1 <= len(by_deployment) <= bursts < len(server.read_events("document.landed"))


def test_sources_are_polled_each_minute_without_anybody_doing_anything(server, deployed):
    runs = wait_for(
        lambda: server.read_runs("poll-sources"),
        lambda seen: any(run.state_name == "Completed" for run in seen),
    )
    assert all(run.auto_scheduled for run in runs)
