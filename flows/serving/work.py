"""The two loops that do the work of `serve`: one writes the warehouse, the other lands documents.

An event, a landed document and a decision only say that there may be work; the landing and the ledger say what work.
So a lost event delays a document by a minute at most.
"""

import threading
import time

from flows.errors import QualityWarehouseError
from flows.ingestion.pending import find_pending
from flows.ingestion.reading_process import keep_ready
from flows.io.dbt import is_up_to_date
from flows.io.journal.decisions import list_decisions
from flows.run import run_warehouse
from flows.serving.worker import Worker
from flows.settings import Settings

TICK_SECONDS = 1
# Pauses before the main job is tried again after failures: twice as long each time.
FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS = 60, 3600


class WorkSignal:
    """A signal that there may be work: any thread sets it, the writing loop clears it."""

    def __init__(self) -> None:
        """Start with work, because the last process may have left some."""
        self._event = threading.Event()
        self._event.set()

    def give(self) -> None:
        """Say that there may be work."""
        self._event.set()

    def take(self, patience_seconds: float) -> bool:
        """Wait for the signal and clear it; return whether it came in time."""
        if not self._event.wait(patience_seconds):
            return False
        self._event.clear()
        return True


def write_until_stopped(worker: Worker, work: WorkSignal, settings: Settings, stop: threading.Event) -> None:
    """Run the main job when there is work for it, otherwise the scheduled runs that write."""
    next_look, patience = 0.0, float(TICK_SECONDS)
    is_well, retry, decided = False, FIRST_RETRY_SECONDS, list_decisions(settings)
    while not stop.is_set():
        now = time.monotonic()
        if (known := list_decisions(settings)) != decided:
            decided, is_well = known, False
            work.give()
        if not work.take(patience) and now < next_look:
            # One scheduled run at a time, because landed documents come first.
            patience = 0 if worker.run_scheduled() else TICK_SECONDS
        # After a failure always: it may have been the publication, which the ledger does not show.
        elif not is_well or _is_behind(settings):
            is_well = worker.run_now(run_warehouse.name)
            keep_ready(settings)
            retry = FIRST_RETRY_SECONDS if is_well else min(2 * retry, LONGEST_RETRY_SECONDS)
            next_look = time.monotonic() + retry
        else:
            next_look = now + FIRST_RETRY_SECONDS


def land_until_stopped(worker: Worker, stop: threading.Event) -> None:
    """Run the scheduled flows that land documents."""
    while not stop.is_set():
        if not worker.run_scheduled():
            stop.wait(TICK_SECONDS)


def _is_behind(settings: Settings) -> bool:
    """Tell whether a landed document is not ingested, or a loaded one is not built."""
    try:
        return bool(find_pending(settings)) or not is_up_to_date(settings)
    except QualityWarehouseError:
        return True  # the main job meets the same error, reports it, and is tried again
