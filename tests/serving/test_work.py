"""What the worker of `serve` does when a job fails, and what becomes of a part that cannot run."""

import threading
from collections.abc import Callable, Iterator

import pytest

from flows import serve
from flows.errors import QualityWarehouseError
from flows.reading_process import end_kept_ready
from flows.serve import Work
from flows.settings import Settings


class Worker:
    """A worker whose runs of the main job end as they are told; something happens whenever it is idle."""

    def __init__(self, *ends_well: bool) -> None:
        self.ends_well, self.ran = ends_well, 0
        self.when_idle: Callable[[], object] = lambda: None

    def run_scheduled(self) -> bool:
        self.when_idle()
        return False

    def run_now(self, name: str) -> bool:
        assert name == "run-warehouse"
        self.ran += 1
        return self.ends_well[self.ran - 1]


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    """Is set after a while in any case, so that no test waits for ever."""
    event = threading.Event()
    guard = threading.Timer(30, event.set)
    guard.start()
    yield event
    guard.cancel()


@pytest.fixture
def nothing_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither the landing nor the ledger has work, and nobody is patient."""
    for name, value in {"FIRST_RETRY_SECONDS": 0.1, "TICK_SECONDS": 0.01}.items():
        monkeypatch.setattr(serve, name, value)
    monkeypatch.setattr(serve, "_is_behind", lambda _settings: False)
    yield
    end_kept_ready()


def test_a_job_that_failed_is_tried_again_though_the_ledger_has_no_work(tmp_path, stop, nothing_waits):
    worker = Worker(False, True)
    worker.when_idle = lambda: worker.ran < 2 or stop.set()
    serve._write(worker, Work(), Settings(home=tmp_path), stop)
    assert worker.ran == 2


def test_an_event_that_brings_no_work_starts_nothing_and_a_decision_does(tmp_path, stop, nothing_waits):
    settings, worker, work = Settings(home=tmp_path), Worker(True, True), Work()
    settings.decisions.mkdir(parents=True)
    ran = []
    moments = iter(
        [work.say, lambda: ran.append(worker.ran), (settings.decisions / "1.jsonl").touch, stop.set]
    )
    worker.when_idle = lambda: next(moments)()  # noqa: PLW0108 (each time the next one)
    serve._write(worker, work, settings, stop)
    assert (ran, worker.ran) == ([1], 2)


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
