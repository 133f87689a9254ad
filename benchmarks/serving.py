"""Time from the inbox to a reader: `quality-warehouse serve` in a process of its own.

    python -m benchmarks.serving --rounds 20

drops five documents at a time into the inbox and tells how long it takes until a connected reader can query them.
"""

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import httpx

from benchmarks.row import Group, Row
from flows.paths import PROJECT_ROOT
from flows.settings import Settings

DROPPED = 5
ROUNDS = 20
PATIENCE_SECONDS = 300
GOAL_SECONDS = 10
KEY = "a key that only this test knows"


@dataclass(frozen=True)
class Serving:
    """A running `serve`: its home, process, environment and inbox."""

    settings: Settings
    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    url: str
    log: Path

    def drop(self, name: str, text: str) -> None:
        """Put a document into the inbox as people should: write it under a hidden name, then rename it."""
        unfinished = self.settings.inbox / f".{name}"
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(self.settings.inbox / name)

    def post(self, path: str, key: str = KEY, **request: object) -> httpx.Response:
        """Post to its HTTP API."""
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.post(f"{self.url}{path}", headers=headers, timeout=PATIENCE_SECONDS, **request)

    def count(self, table: str = "dim_documents") -> int:
        """Count the documents that a reader who connects now finds."""
        return count_rows(self.settings.published_database, table)

    def wait_for(self, is_so: Callable[[], object], what: str) -> float:
        """Wait until a condition holds and return how long that took; raise AssertionError with what `serve` said."""
        begun = time.monotonic()
        while not is_so():
            said = self.log.read_text(encoding="utf-8")
            assert self.process.poll() is None, f"serve has ended:\n{said}"
            assert time.monotonic() - begun < PATIENCE_SECONDS, f"waited in vain until {what}:\n{said}"
            time.sleep(0.2)
        return time.monotonic() - begun


@contextmanager
def serving(home: Path) -> Iterator[Serving]:
    """Serve a home on free ports; on entry the inbox is watched and a first file is published."""
    ports = {name: str(_free_port()) for name in ("PREFECT_PORT", "HTTP_PORT")}
    given = {"HOME": str(home), "API_KEY": KEY, **ports}
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        **{f"QUALITY_WAREHOUSE_{name}": value for name, value in given.items()},
    }
    home.mkdir(parents=True, exist_ok=True)
    log = home / "serve.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", "from flows.cli.app import main; main()", "serve"],
            env=environment,
            cwd=PROJECT_ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{ports['HTTP_PORT']}"
    served = Serving(Settings(home=home), process, environment, url, log)
    try:
        served.wait_for(served.settings.published_database.exists, "there is a first publication")
        served.wait_for(lambda: is_up(url), "it takes documents")
        yield served
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE_SECONDS)
        finally:
            process.kill()


def is_up(url: str) -> bool:
    """Tell whether the HTTP API answers."""
    try:
        return httpx.get(f"{url}/health").is_success
    except httpx.TransportError:
        return False


def count_rows(database: Path, table: str) -> int:
    """Count the rows of a table on a new connection."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(f"select count(*) from {table}").fetchone()[0]


def report(batches: int) -> str:
    """Write a document that states two figures; another number makes another document."""
    return f"In 2023, inspectors checked {batches:,} batches of kettles, and 93.6 percent of them met the standard.\n"


def measure_serving(rounds: int = ROUNDS) -> Group:
    """Measure the time from a drop of five documents until they can be queried."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as served:
        seconds = [_drop_and_wait(served, number) for number in range(rounds)]
    p95 = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
    measured = f"p50 {statistics.median(seconds):.1f} s, p95 {p95:.1f} s, longest {max(seconds):.1f} s"
    row = Row(
        f"from drop to queryable, {rounds} times", measured, f"p95 < {GOAL_SECONDS} s", p95 < GOAL_SECONDS
    )
    return Group(f"Serving: {DROPPED} documents dropped at once", [row])


def _drop_and_wait(served: Serving, number: int) -> float:
    before = served.count()
    for place in range(DROPPED):
        served.drop(f"report-{number}-{place}.txt", report(10_000 + DROPPED * number + place))
    return served.wait_for(lambda: served.count() == before + DROPPED, "all are published")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    group = measure_serving(parser.parse_args().rounds)
    print(group.heading, *(f"{row.name}: {row.measured} ({row.goal})" for row in group.rows), sep="\n")


if __name__ == "__main__":
    main()
