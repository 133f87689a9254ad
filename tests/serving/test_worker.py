"""When `serve` runs the main job, even after failures, and what happens when one of its parts fails."""

import shutil
import threading
from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path

import pytest
from command_line import Run

from flows.errors import QualityWarehouseError
from flows.ingestion.reading_process import end_kept_ready
from flows.serving import work
from flows.serving.threads import running_in_thread
from flows.serving.work import WorkSignal, write_until_stopped
from flows.settings import Settings


class Worker:
    """A worker whose main jobs end as `ends_well` says; each time it is idle, the next of `moments` happens."""

    def __init__(self, *ends_well: bool) -> None:
        self.ends_well, self.ran = ends_well, 0
        self.moments: Iterator[Callable[[], object]] = iter(())

    def run_scheduled(self) -> bool:
        next(self.moments)()
        return False

    def run_now(self, name: str) -> bool:
        assert name == "run-warehouse"
        self.ran += 1
        return self.ends_well[self.ran - 1]


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    """An event that is set after a time limit, so that no test waits forever."""
    event = threading.Event()
    guard = threading.Timer(30, event.set)
    guard.start()
    yield event
    guard.cancel()


@pytest.fixture
def settings(sample_run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A home in which everything is ingested and built; retries come quickly."""
    for name, value in {"FIRST_RETRY_SECONDS": 0.1, "TICK_SECONDS": 0.01}.items():
        monkeypatch.setattr(work, name, value)
    shutil.copytree(sample_run.home, tmp_path / "home", symlinks=True)
    yield Settings(home=tmp_path / "home")
    end_kept_ready()


def test_a_job_that_failed_is_tried_again_though_the_ledger_has_no_work(settings, stop):
    worker = Worker(False, True)
    worker.moments = repeat(lambda: worker.ran < 2 or stop.set())
    write_until_stopped(worker, WorkSignal(), settings, stop)
    assert worker.ran == 2


def test_an_event_that_brings_no_work_starts_nothing_and_a_decision_does(settings, stop):
    worker, signal = Worker(True, True), WorkSignal()
    settings.decisions.mkdir(parents=True, exist_ok=True)
    ran = []
    decide = (settings.decisions / "1.jsonl").touch
    worker.moments = iter([signal.give, lambda: ran.append(worker.ran), decide, stop.set])
    write_until_stopped(worker, signal, settings, stop)
    assert (ran, worker.ran) == ([1], 2)


def test_a_part_that_cannot_run_stops_all_others():
    stop, failures = threading.Event(), []

    def fail() -> None:
        raise QualityWarehouseError("The port is taken.")

    with running_in_thread(fail, stop, failures):
        assert stop.wait(30)
    assert [str(failure) for failure in failures] == ["The port is taken."]


def test_work_is_taken_once_and_there_is_some_at_the_beginning():
    signal = WorkSignal()
    assert signal.take(0)
    assert not signal.take(0)
    signal.give()
    signal.give()
    assert signal.take(0)
    assert not signal.take(0)


@pytest.mark.parametrize("error", [SystemExit(1), OSError("no such address")])
def test_a_server_that_ends_itself_counts_as_failed(error):
    failures = []

    def end() -> None:
        raise error

    with running_in_thread(end, threading.Event(), failures):
        pass
    assert failures == [error]
