"""`quality-warehouse serve`: everything that one machine needs to run by itself, in one command.

    inbox ── Watcher ─┐                                ┌─ Worker: ingest, build, publish
    curl ── receiver ─┼─ landed, event ──> work to do ─┤
    poll ─────────────┤                                └─ its Worker: what people schedule (backfills, corrections)
    `land` ── event ──┘

One thread writes the warehouse. The others only land documents and say that there is work: what work, say the
landing and the ledger. So an event that is lost costs a minute, after which the ledger is asked again, and nothing
else; and a source that answers slowly keeps no document waiting.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from typing import Any

import uvicorn
from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.clients import get_events_subscriber
from prefect.events.filters import EventFilter, EventNameFilter
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows.build import build_warehouse
from flows.errors import QualityWarehouseError, WarehouseLockedError
from flows.ingest import ingest_documents
from flows.ingestion.pending import find_pending
from flows.ingestion.process import end_kept_ready, keep_ready
from flows.io.announce.events import emit_document_landed
from flows.io.dbt import is_up_to_date
from flows.io.journal.decisions import list_decisions
from flows.io.landing.store import Sidecar
from flows.io.locks import hold
from flows.land import land_documents
from flows.poll import poll_sources
from flows.publish import publish_warehouse
from flows.reextract import reextract_documents
from flows.run import run_warehouse
from flows.runtime.logs import logger
from flows.runtime.writer import own_server
from flows.serving.http_api import make_receiver
from flows.serving.prefect_server import deploy, environment_of_prefect, running_server
from flows.serving.watcher import Watcher
from flows.serving.worker import HEARTBEAT_SECONDS, Worker, clear_up, make_limit, make_pool, send_heartbeat
from flows.settings import Settings

LANDING: dict[str, Flow[..., Any]] = {flow.name: flow for flow in (land_documents, poll_sources)}
WRITING: dict[str, Flow[..., Any]] = {
    flow.name: flow
    for flow in (ingest_documents, reextract_documents, build_warehouse, publish_warehouse, run_warehouse)
}
TICK_SECONDS = 1
SENDING_SECONDS = 10
# After a failure the main job is tried again, each time twice as late.
FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS = 60, 3600


class WorkSignal:
    """Says that there may be work; set from any thread, taken by the worker."""

    def __init__(self) -> None:
        """Begin with work: whatever was left behind when the last process ended."""
        self._event = threading.Event()
        self._event.set()

    def say(self) -> None:
        """Say that there may be work."""
        self._event.set()

    def take(self, patience_seconds: float) -> bool:
        """Wait for work; says whether there is some."""
        if not self._event.wait(patience_seconds):
            return False
        self._event.clear()
        return True


def serve(settings: Settings, stop: threading.Event, *, has_server: bool = False) -> None:
    """Serve until told to stop, with a Prefect server of its own unless there is one.

    Raises QualityWarehouseError when another `serve` has this home, when a port is taken, and when a part of it
    failed: then all of it has stopped, for whoever keeps it running to start it again.
    """
    environment = environment_of_prefect(settings)
    failures: list[BaseException] = []
    with _alone(settings), ExitStack() as stack:
        if not has_server:
            logger.info("Starting the Prefect server at %s", environment["PREFECT_API_URL"])
            stack.enter_context(running_server(settings, environment))
            stack.callback(_send_the_rest)
        # A heartbeat would hold each run up for a second at its end, and is of no use within one process.
        stack.enter_context(temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}))
        client = stack.enter_context(get_client(sync_client=True))
        make_pool(client)
        deploy(environment)
        lander, writer, work = Worker(client, LANDING), Worker(client, WRITING), WorkSignal()
        if has_server:
            make_limit(client)
        else:
            clear_up(client)
            # What they would start, an event has started here already.
            lander.pause_triggers()
            writer.pause_triggers()
            stack.enter_context(own_server())
        stack.callback(end_kept_ready)
        # In threads, too, for in the main one Prefect would end a run at the signal that asks us to stop.
        workers = (
            lambda: _write(writer, work, settings, stop),
            lambda: _land(lander, stop),
            lambda: _send_heartbeats(client, stop),
        )
        for run in (*workers, *_helpers(settings, work, stop)):
            stack.enter_context(_in_thread(run, stop, failures))
        logger.info("Watching %s. Stop with Ctrl+C.", settings.inbox)
        stop.wait()
        logger.info("Stopping after the run that is at work")
    if failures:
        raise QualityWarehouseError(f"A part of `serve` failed, so all of it has stopped: {failures[0]!r}")


def _send_the_rest() -> None:
    """Send events and logs while there is a server: Prefect would try at the end of the process, and for ever."""
    for service in (EventsWorker, APILogWorker):
        service.drain_all(timeout=SENDING_SECONDS, at_exit=False)


def _helpers(settings: Settings, work: WorkSignal, stop: threading.Event) -> list[Callable[[], None]]:
    def on_landed(sidecars: Sequence[Sidecar]) -> None:
        work.say()  # first, for what goes through the server arrives later
        emit_document_landed(sidecars)

    watcher = Watcher(settings.inbox, settings, on_landed)
    helpers: list[Callable[[], None]] = [lambda: watcher.watch(stop), lambda: _subscribe(work, stop)]
    if settings.api_key is None:
        logger.info("No document can be posted: QUALITY_WAREHOUSE_API_KEY is not set.")
    else:
        logger.info("Documents are taken at http://%s:%d/documents", settings.http_host, settings.http_port)
        helpers.append(lambda: _receive(settings, on_landed, work, stop))
    return helpers


def _write(worker: Worker, work: WorkSignal, settings: Settings, stop: threading.Event) -> None:
    """Do the main job when there is work for it, and what is scheduled otherwise."""
    next_look, patience = 0.0, TICK_SECONDS
    is_well, retry, decided = False, FIRST_RETRY_SECONDS, list_decisions(settings)
    while not stop.is_set():
        now = time.monotonic()
        if (known := list_decisions(settings)) != decided:
            decided, is_well = known, False
            work.say()
        if not work.take(patience) and now < next_look:
            # One at a time, for what has landed comes first.
            patience = 0 if worker.run_scheduled() else TICK_SECONDS
        # What failed may have been the publication, of which the ledger says nothing.
        elif not is_well or _is_behind(settings):
            is_well = worker.run_now(run_warehouse.name)
            keep_ready(settings)
            retry = FIRST_RETRY_SECONDS if is_well else min(2 * retry, LONGEST_RETRY_SECONDS)
            next_look = time.monotonic() + retry
        else:
            next_look = now + FIRST_RETRY_SECONDS


def _land(worker: Worker, stop: threading.Event) -> None:
    """Do what is scheduled of what lands documents."""
    while not stop.is_set():
        if not worker.run_scheduled():
            stop.wait(TICK_SECONDS)


def _send_heartbeats(client: SyncPrefectClient, stop: threading.Event) -> None:
    while not stop.is_set():
        send_heartbeat(client)
        stop.wait(HEARTBEAT_SECONDS)


def _is_behind(settings: Settings) -> bool:
    """Whether something has landed and is not ingested, or is loaded and not built."""
    try:
        return bool(find_pending(settings)) or not is_up_to_date(settings)
    except QualityWarehouseError:
        return True  # the main job meets the same, says so, and is tried again


def _subscribe(work: WorkSignal, stop: threading.Event) -> None:
    """Hear of what other processes land: `quality-warehouse land`, a poll, somebody's event."""
    asyncio.run(_hear(work, stop))


async def _hear(work: WorkSignal, stop: threading.Event) -> None:
    landed = EventFilter(event=EventNameFilter(name=["document.landed"]))
    while not stop.is_set():
        try:
            async with get_events_subscriber(landed) as events:
                while not stop.is_set():
                    try:
                        await asyncio.wait_for(anext(events), TICK_SECONDS)
                    except TimeoutError:
                        continue
                    work.say()
        except Exception as error:  # whatever breaks the connection: events are not needed, only quick
            logger.warning("No events are heard for the moment (%s).", error)
            await asyncio.sleep(TICK_SECONDS)


def _receive(
    settings: Settings,
    on_landed: Callable[[Sequence[Sidecar]], None],
    work: WorkSignal,
    stop: threading.Event,
) -> None:
    app = make_receiver(settings, on_landed, work.say)
    config = uvicorn.Config(
        app, host=settings.http_host, port=settings.http_port, log_config=None, access_log=False
    )
    server = uvicorn.Server(config)

    def end() -> None:
        stop.wait()
        server.should_exit = True

    threading.Thread(target=end, daemon=True).start()
    server.run()


@contextmanager
def _in_thread(
    run: Callable[[], None], stop: threading.Event, failures: list[BaseException]
) -> Iterator[None]:
    """Run beside the main thread, with its settings of Prefect.

    What cannot run stops everything, for half of it would go unnoticed.
    """

    def guarded() -> None:
        try:
            run()
        except (Exception, SystemExit) as error:
            failures.append(error)
            stop.set()

    thread = threading.Thread(target=copy_context().run, args=(guarded,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(settings.serve_lock, timeout_seconds=0))
        except WarehouseLockedError as error:
            raise QualityWarehouseError(
                f"Another `quality-warehouse serve` serves {settings.root}: stop it first, or choose another home."
            ) from error
        yield
