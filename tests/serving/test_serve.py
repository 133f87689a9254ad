"""`quality-warehouse serve` as people run it: documents arrive in every way, readers stay connected, processes die.

One process serves nearly all tests. No test waits for a fixed time.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowFilter, FlowFilterName
from prefect.events.actions import RunDeployment
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.settings import PREFECT_API_URL, temporary_settings

from benchmarks.serving import Serving, report, serving
from benchmarks.soak import Reader
from flows.paths import PROJECT_ROOT

pytestmark = pytest.mark.slow

# A thousand take some minutes: `BURST=1000 pytest tests/serving/test_serve.py -k burst`.
BURST = int(os.environ.get("BURST", "100"))
BROKEN = 5
TRIGGERS = (
    "ingest-documents after document.landed",
    "build-warehouse after document.ingested",
    "publish-warehouse after build-warehouse",
)


@pytest.fixture(scope="module")
def served(begin_home: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(begin_home(tmp_path_factory.mktemp("serve") / "home")) as served:
        yield served


@contextmanager
def reading(served: Serving) -> Iterator[None]:
    """Read on one connection and on new ones all the time; see no error and no half-loaded state."""
    reader = Reader(served.settings.published_database)
    reader.start()
    yield
    reader.stop()
    assert reader.errors == []
    assert reader.reads > 0


def test_what_is_dropped_and_posted_is_published_while_a_reader_stays_connected(served):
    with reading(served):
        for number in range(5):
            served.drop(f"dropped-{number}.txt", report(10_000 + number))
        answer = served.post("/documents?file_name=posted.txt", content=report(20_000).encode())
        assert answer.status_code == 202
        served.wait_for(lambda: served.count() == 6, "six documents are published")


@pytest.mark.fault
def test_a_burst_of_documents_makes_few_runs_and_each_is_loaded_or_set_aside(served):
    before, runs_before = served.count(), count_runs(served)
    with reading(served):
        for number in range(BURST):
            served.drop(f"burst-{number}.txt", report(30_000 + number))
        for number in range(BROKEN):
            served.drop(f"broken-{number}.pdf", f"%PDF-1.7 {number} and nothing that a PDF has")
        served.wait_for(lambda: served.count() == before + BURST, "the burst is published")
        served.wait_for(lambda: served.count("quarantine") == BROKEN, "what is broken is in quarantine")
    assert count_runs(served) - runs_before <= 10


def test_what_another_process_lands_is_published(served, tmp_path):
    before = served.count()
    (tmp_path / "landed.txt").write_text(report(40_000), encoding="utf-8")
    port = served.environment["QUALITY_WAREHOUSE_PREFECT_PORT"]
    done = subprocess.run(
        [sys.executable, "-c", "from flows.cli.app import main; main()", "land", tmp_path / "landed.txt"],
        env={**served.environment, "PREFECT_API_URL": f"http://127.0.0.1:{port}/api"},
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    served.wait_for(lambda: served.count() == before + 1, "it is published")


def test_what_a_person_schedules_is_run_and_triggers_start_nothing_that_has_started(served, tmp_path):
    before = served.count()
    (tmp_path / "scheduled.txt").write_text(report(45_000), encoding="utf-8")
    with client_of(served) as client:
        deployment = client.read_deployment_by_name("land-documents/land-documents")
        inputs = {"inputs": [str(tmp_path / "scheduled.txt")]}
        run = client.create_flow_run_from_deployment(deployment.id, parameters=inputs)
        served.wait_for(lambda: served.count() == before + 1, "it is published")
        served.wait_for(lambda: is_completed(client, run.id), "its run has ended")
    assert read_automations(served) == dict.fromkeys(TRIGGERS, False)


def test_a_second_serve_of_the_same_home_is_refused(served):
    done = subprocess.run(
        [sys.executable, "-c", "from flows.cli.app import main; main()", "serve"],
        env=served.environment,
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Another `quality-warehouse serve` serves" in done.stderr


@pytest.mark.fault
def test_a_killed_serve_leaves_no_server_and_loses_no_document(served):
    """Kill the process that serves all other tests, then stop its successor properly; this test runs last."""
    automate(served, "somebody's own")
    before = served.count()
    served.drop("last.txt", report(50_000))
    served.process.kill()
    served.process.wait()
    home = served.settings.home
    ports = [int(served.environment[f"QUALITY_WAREHOUSE_{name}_PORT"]) for name in ("PREFECT", "HTTP")]
    for port in ports:
        wait_until_free(port)
    with serving(home) as again:
        again.wait_for(lambda: again.count() == before + 1, "the last document is published")
        assert read_automations(again) == {**dict.fromkeys(TRIGGERS, False), "somebody's own": True}
        again.process.send_signal(signal.SIGINT)  # Ctrl+C; `serving` stops the others by SIGTERM
        assert again.process.wait(60) == 0
        assert "Stopping" in again.log.read_text(encoding="utf-8")
        wait_until_free(urlsplit(again.url).port)


def wait_until_free(port: int) -> None:
    for _ in range(500):
        try:
            socket.create_server(("127.0.0.1", port)).close()
            return
        except OSError:
            threading.Event().wait(0.02)
    raise AssertionError(f"somebody still listens at port {port}")


def count_runs(served: Serving) -> int:
    wanted = FlowFilter(name=FlowFilterName(any_=["run-warehouse"]))
    with client_of(served) as client:
        return len(client.read_flow_runs(flow_filter=wanted, limit=200))


def read_automations(served: Serving) -> dict[str, bool]:
    """Return whether each automation is enabled, by name."""
    with client_of(served) as client:
        return {automation.name: automation.enabled for automation in client.read_automations()}


def automate(served: Serving, name: str) -> None:
    """Automate a deployment to run after a failed audit, as users may."""
    with client_of(served) as client:
        deployment = client.read_deployment_by_name("build-warehouse/build-warehouse")
        trigger = EventTrigger(expect={"warehouse.audit-failed"}, posture=Posture.Reactive, threshold=1)
        action = RunDeployment(deployment_id=deployment.id)
        client.create_automation(AutomationCore(name=name, trigger=trigger, actions=[action]))


def is_completed(client: SyncPrefectClient, run_id: UUID) -> bool:
    return client.read_flow_run(run_id).state.is_completed()


@contextmanager
def client_of(served: Serving) -> Iterator[SyncPrefectClient]:
    port = served.environment["QUALITY_WAREHOUSE_PREFECT_PORT"]
    with (
        temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{port}/api"}),
        get_client(sync_client=True) as client,
    ):
        yield client
