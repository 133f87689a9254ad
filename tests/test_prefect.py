"""The flows under a real Prefect server and worker: runs, tasks, logs, events, and what a server that is down costs.

One server serves all tests. A worker is at work from the beginning: documents that are landed at the beginning
must be published at the end, without anybody doing anything. Nothing here waits for a fixed time.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import httpx
import pytest
from command_line import Run, quality_warehouse
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName, LogFilter, LogFilterFlowRunId
from prefect.client.schemas.objects import FlowRun
from prefect.events.filters import EventFilter, EventNameFilter, EventResourceFilter
from prefect.events.schemas.events import Event
from prefect.events.worker import EventsWorker
from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows.errors import AuditError
from flows.settings import PROJECT_ROOT, SAMPLE_DOCUMENTS
from flows.tasks import step

T = TypeVar("T")

PATIENCE_SECONDS = 120
POOL = "quality-warehouse"
NEWS = "In 2023, inspectors checked 1,250 batches of kettles, and 93.6 percent of them met the standard.\n"

# Quiet, offline, and without the pauses that Prefect makes on SQLite when it writes one row at a time.
SERVER_SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    **{
        f"PREFECT_SERVER_SERVICES_{service}_{setting}": value
        for service in ("TASK_RUN_RECORDER", "EVENT_PERSISTER")
        for setting, value in (("BATCH_SIZE", "500"), ("READ_BATCH_SIZE", "500"), ("FLUSH_INTERVAL", "0.5"))
    },
    "PREFECT_WORKER_QUERY_SECONDS": "1",
}


@dataclass(frozen=True)
class Server:
    """A running Prefect server: its address, a client of it, and the environment of processes that use it."""

    url: str
    client: SyncPrefectClient
    environment: dict[str, str]

    def prefect(self, *arguments: str) -> str:
        """Run a command of Prefect in the checkout and return what it printed; it must succeed."""
        done = subprocess.run(
            [sys.executable, "-m", "prefect", "--no-prompt", *arguments],
            env=self.environment,
            cwd=PROJECT_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def run_flow(self, code: str, home: Path) -> subprocess.CompletedProcess[str]:
        """Run Python that calls a flow, in a process of its own as a deployment would."""
        return subprocess.run(
            [sys.executable, "-c", code],
            env={
                **self.environment,
                "QUALITY_WAREHOUSE_HOME": str(home),
                "PREFECT_LOGGING_EXTRA_LOGGERS": "quality_warehouse",
            },
            cwd=PROJECT_ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def read_events(self, name: str, doc_ids: set[str] | None = None) -> list[Event]:
        """The events of this name, of these documents if any are named."""
        resources = [f"quality-warehouse.document.{doc_id}" for doc_id in doc_ids or ()]
        wanted = EventFilter(
            event=EventNameFilter(name=[name]),
            resource=EventResourceFilter(id=resources) if resources else None,
        )
        return self.client.read_events(wanted, limit=50).events

    def read_runs(self, name: str) -> list[FlowRun]:
        """All runs of the flow of this name, the oldest first."""
        runs = [run for run in self.client.read_flow_runs() if self.flow_name(run) == name]
        return sorted(runs, key=lambda run: run.expected_start_time)

    def flow_name(self, run: FlowRun) -> str:
        return self.client.read_flow(run.flow_id).name


def wait_for(look: Callable[[], T], enough: Callable[[T], Any] = bool) -> T:
    """Look until it is enough, and fail with what was seen last when patience ends."""
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
    """Keep a Prefect process and what it starts running, and end exactly these."""
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
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("prefect")
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    with ExitStack() as stack:
        variables = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in {**SERVER_SETTINGS, "PREFECT_HOME": str(folder), "PREFECT_API_URL": url}.items():
            variables.setenv(name, value)
        start = ("server", "start", "--host", "127.0.0.1", "--port", str(port))
        stack.enter_context(running(*start, environment=dict(os.environ), log=folder / "server.log"))
        wait_for(lambda: is_up(url))
        stack.enter_context(
            temporary_settings({PREFECT_API_URL: url, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})
        )
        stack.callback(lambda: EventsWorker.instance().drain())
        client = stack.enter_context(get_client(sync_client=True))
        yield Server(url, client, dict(os.environ))


@pytest.fixture(scope="module")
def deployed(server: Server) -> Server:
    server.prefect("work-pool", "create", POOL, "--type", "process")
    server.prefect("deploy", "--all")
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
def landed(deployed: Server, inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Documents that were landed by the command line while a worker is at work."""
    home = tmp_path_factory.mktemp("deployed") / "home"
    environment = {**deployed.environment, "QUALITY_WAREHOUSE_HOME": str(home)}
    with running(
        "worker", "start", "--pool", POOL, environment=environment, log=home.with_name("worker.log")
    ):
        yield quality_warehouse("land", inbox, home=home)


def landed_ids(run: Run) -> set[str]:
    return {line.split()[0] for line in run.output.splitlines()}


def test_deploying_all_makes_every_deployment_with_its_limit_and_trigger(deployed):
    deployments = {deployment.name: deployment for deployment in deployed.client.read_deployments()}
    assert sorted(deployments) == [
        "build-warehouse",
        "ingest-documents",
        "land-documents",
        "publish-warehouse",
        "run-warehouse",
    ]
    assert {name for name, deployment in deployments.items() if deployment.global_concurrency_limit} == {
        *deployments
    } - {"land-documents"}
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
    events = wait_for(lambda: server.read_events("document.landed", ids), lambda seen: len(seen) >= 4)
    assert {event.resource.id for event in events} == {f"quality-warehouse.document.{i}" for i in ids}
    assert Counter(event.resource.name for event in events).most_common(1)[0][1] == 1


def test_the_main_job_is_a_flow_run_of_four_flows_whose_steps_are_tasks(server, tmp_path):
    done = server.run_flow(
        f"from flows.run import run_warehouse; run_warehouse([{str(SAMPLE_DOCUMENTS)!r}])", tmp_path
    )
    assert done.returncode == 0, done.stderr
    (main,) = server.read_runs("run-warehouse")
    assert main.state_name == "Completed"
    events = wait_for(lambda: server.read_events("warehouse.published"))
    assert [event.resource.id for event in events] == ["quality-warehouse.warehouse"]
    tasks = wait_for(server.client.read_task_runs, lambda seen: len(seen) >= 14)
    children = {task.id: task for task in tasks if task.flow_run_id == main.id}
    flows = {run.id: run for run in server.client.read_flow_runs() if run.parent_task_run_id in children}
    names = {
        flow_id: sorted(task.name.rpartition("-")[0] for task in tasks if task.flow_run_id == flow_id)
        for flow_id in flows
    }
    assert {server.flow_name(flows[flow_id]): steps for flow_id, steps in names.items()} == {
        "land-documents": ["emit_document_landed_task", "land_task"],
        "ingest-documents": [
            "emit_document_ingested_task",
            "emit_document_quarantined_task",
            "find_pending_task",
            "load_task",
            "prepare_batch_task",
        ],
        "build-warehouse": ["build_task"],
        "publish-warehouse": ["emit_warehouse_published_task", "publish_task"],
    }
    (building,) = (run_id for run_id, run in flows.items() if server.flow_name(run) == "build-warehouse")
    wanted = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[building]))
    lines = wait_for(
        lambda: [log.message for log in server.client.read_logs(wanted)],
        lambda seen: "Building and auditing the warehouse" in seen,
    )
    assert lines
