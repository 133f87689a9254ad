"""What the worker of `serve` does when a job fails, and what becomes of a part that cannot run."""

import threading

import pytest

from flows import serve
from flows.errors import QualityWarehouseError
from flows.serve import Work
from flows.settings import Settings


class FailingOnce:
    """A worker whose first run of the main job fails, after everything was loaded and built; keeps what it ran."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop, self.ran = stop, 0

    def run_scheduled(self) -> bool:
        return False

    def run_now(self, name: str) -> bool:
        assert name == "run-warehouse"
        self.ran += 1
        if self.ran == 2:
            self.stop.set()
        return self.ran > 1


def test_a_job_that_failed_is_tried_again_though_the_ledger_has_no_work(tmp_path, monkeypatch):
    for name, value in {"FIRST_RETRY_SECONDS": 0.01, "TICK_SECONDS": 0.01}.items():
        monkeypatch.setattr(serve, name, value)
    monkeypatch.setattr(serve, "_is_behind", lambda _settings: False)
    stop = threading.Event()
    guard = threading.Timer(30, stop.set)
    guard.start()
    worker = FailingOnce(stop)
    serve._write(worker, Work(), Settings(home=tmp_path), stop)
    guard.cancel()
    assert worker.ran == 2


def test_a_part_that_cannot_run_stops_all_others():
    stop, failures = threading.Event(), []

    def fail() -> None:
        raise QualityWarehouseError("The port is taken.")

    with serve._in_thread(fail, stop, failures):
        assert stop.wait(30)
    assert [str(failure) for failure in failures] == ["The port is taken."]


def test_work_is_taken_once_and_there_is_some_at_the_beginning():
    work = Work()
    assert work.take(0)
    assert not work.take(0)
    work.say()
    work.say()
    assert work.take(0)
    assert not work.take(0)


@pytest.mark.parametrize("error", [SystemExit(1), OSError("no such address")])
def test_a_server_that_ends_itself_counts_as_failed(error):
    failures = []

    def end() -> None:
        raise error

    with serve._in_thread(end, threading.Event(), failures):
        pass
    assert failures == [error]
