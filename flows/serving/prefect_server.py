"""The Prefect server of one machine: starts it, registers the deployments, and ends it with this process.

Its SQLite database and its log are in the home. If `PREFECT_API_URL` names a server, `serve` uses that one instead.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from flows.errors import QualityWarehouseError
from flows.paths import PROJECT_ROOT
from flows.serving import end_with_parent
from flows.settings import Settings

_PATIENCE_SECONDS = 120
_STOP_SECONDS = 15


def environment_of_prefect(settings: Settings) -> dict[str, str]:
    """Return the variables to set before Prefect is imported; those that people set themselves win."""
    rarely_written = {
        f"PREFECT_SERVER_SERVICES_{service}_{setting}": value
        for service in ("TASK_RUN_RECORDER", "EVENT_PERSISTER")
        for setting, value in (("BATCH_SIZE", "500"), ("READ_BATCH_SIZE", "500"), ("FLUSH_INTERVAL", "5"))
    }
    return {
        "PREFECT_HOME": str(settings.prefect_home),
        "PREFECT_API_URL": f"http://127.0.0.1:{settings.prefect_port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "quality_warehouse",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        # This project prints its own lines; Prefect shows its lines in its interface.
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        # On SQLite, a transaction that reads and then writes fails when another one writes in between, as the
        # service of late runs and single-row writes do. Prefect tries again two seconds later; but if Python collects
        # the failed cursor while its connection waits for the lock, the server hangs for a minute. So few writes.
        **rarely_written,
        "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
        **{
            name: value for name, value in os.environ.items() if name.startswith(("PREFECT_", "DO_NOT_TRACK"))
        },
    }


@contextmanager
def running_server(settings: Settings, environment: Mapping[str, str]) -> Iterator[None]:
    """Run a Prefect server for the length of the context.

    Raises QualityWarehouseError when its port is taken or when it does not answer in time.
    """
    url = environment["PREFECT_API_URL"]
    if _answers(url):
        raise QualityWarehouseError(
            f"Another server answers at {url} already: end it, set QUALITY_WAREHOUSE_PREFECT_PORT to another port, "
            "or, if it is your own Prefect server, set PREFECT_API_URL to it."
        )
    log = settings.prefect_home / "server.log"
    guarded = (sys.executable, "-m", end_with_parent.__name__, str(os.getpid()))
    start = (sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*guarded, *start, "--port", str(settings.prefect_port)],
            env={**os.environ, **environment},
            cwd=PROJECT_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that Ctrl+C reaches this process only, which ends the server last
        )
    try:
        _wait_until_it_answers(process, url, log)
        yield
    finally:
        _stop(process)


def deploy(environment: Mapping[str, str]) -> None:
    """Register the deployments of `prefect.yaml` with their schedules and triggers; this is idempotent.

    Raises QualityWarehouseError with the answer of Prefect when it refuses them.
    """
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        env={**os.environ, **environment},
        cwd=PROJECT_ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = " ".join((done.stderr or done.stdout).split())[-500:]
        raise QualityWarehouseError(f"Prefect refuses the deployments of {PROJECT_ROOT}/prefect.yaml: {last}")


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=2).is_success
    except httpx.TransportError:
        return False


def _wait_until_it_answers(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise QualityWarehouseError(f"The Prefect server did not start: {log} says why.")
        time.sleep(0.1)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to end, twice because it may ignore the first request, then kill it with its children."""
    for _ in range(2):
        process.terminate()
        try:
            process.wait(_STOP_SECONDS / 2)
            return
        except subprocess.TimeoutExpired:
            continue
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
