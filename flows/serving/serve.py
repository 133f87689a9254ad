"""`quality-warehouse serve`: everything that one machine needs to run by itself, in one command.

    inbox ── Watcher ──┐                               ┌─ writing loop: ingest, build, publish; scheduled backfills
    curl ── HTTP API ──┼─ landed, event ──> WorkSignal ┤
    `land` ── event ───┤
    landing loop ──────┘  polls and landings that people schedule

One thread writes the warehouse. The others only land documents and say that there may be work (`flows.serving.work`),
so a source that answers slowly keeps no document waiting.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows.build import build_warehouse
from flows.errors import LockHeldError, QualityWarehouseError
from flows.ingest import ingest_documents
from flows.ingestion.reading_process import end_kept_ready
from flows.io.announce.prefect_events import emit_document_landed
from flows.io.landing.store import Sidecar
from flows.io.locks import hold
from flows.land import land_documents
from flows.poll import poll_sources
from flows.publish import publish_warehouse
from flows.reextract import reextract_documents
from flows.run import run_warehouse
from flows.runtime.logs import logger
from flows.runtime.writer import own_server
from flows.serving.http_api import make_http_api, run_http_api
from flows.serving.listener import listen_until_stopped
from flows.serving.prefect_server import deploy, environment_of_prefect, running_server
from flows.serving.threads import running_in_thread
from flows.serving.watcher import Watcher
from flows.serving.work import WorkSignal, land_until_stopped, write_until_stopped
from flows.serving.worker import (
    Worker,
    end_unfinished_runs,
    make_pool,
    make_writer_limit,
    send_heartbeats_until_stopped,
)
from flows.settings import Settings

Flows = Mapping[str, Flow[..., Any]]

LANDING: Flows = {flow.name: flow for flow in (land_documents, poll_sources)}
WRITING: Flows = {
    flow.name: flow
    for flow in (ingest_documents, reextract_documents, build_warehouse, publish_warehouse, run_warehouse)
}
_SENDING_SECONDS = 10


def serve_home(settings: Settings, stop: threading.Event, *, has_server: bool = False) -> None:
    """Serve one home until `stop` is set, with a Prefect server of its own unless there is one.

    Raises QualityWarehouseError when another `serve` has this home, when a port is taken, and when one part failed:
    then all parts have stopped, so that a supervisor can start `serve` again.
    """
    environment = environment_of_prefect(settings)
    failures: list[BaseException] = []
    with _alone(settings), ExitStack() as stack:
        if not has_server:
            logger.info("Starting the Prefect server at %s", environment["PREFECT_API_URL"])
            stack.enter_context(running_server(settings, environment))
            stack.callback(_send_the_rest)
        # Heartbeats of runs would delay the end of each by a second, and are useless within one process.
        stack.enter_context(temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}))
        client = stack.enter_context(get_client(sync_client=True))
        lander, writer = _prepare_workers(client, environment, has_server=has_server)
        if not has_server:
            stack.enter_context(own_server())
        stack.callback(end_kept_ready)
        work = WorkSignal()
        # Not in the main thread, where Prefect would end a run at the signal that asks us to stop.
        workers = (
            lambda: write_until_stopped(writer, work, settings, stop),
            lambda: land_until_stopped(lander, stop),
            lambda: send_heartbeats_until_stopped(client, stop),
        )
        for run in (*workers, *_ways_in(settings, work, stop)):
            stack.enter_context(running_in_thread(run, stop, failures))
        logger.info("Watching %s. Stop with Ctrl+C.", settings.inbox)
        stop.wait()
        logger.info("Stopping after the current run")
    if failures:
        raise QualityWarehouseError(f"A part of `serve` failed, so all of it has stopped: {failures[0]!r}")


def _prepare_workers(
    client: SyncPrefectClient, environment: Mapping[str, str], *, has_server: bool
) -> tuple[Worker, Worker]:
    """Register pool and deployments, and return the worker that lands and the worker that writes."""
    make_pool(client)
    deploy(environment)
    lander, writer = Worker(client, LANDING), Worker(client, WRITING)
    if has_server:
        make_writer_limit(client)
    else:
        end_unfinished_runs(client)
        # Events start here what these triggers would start a second time.
        lander.pause_triggers()
        writer.pause_triggers()
    return lander, writer


def _ways_in(settings: Settings, work: WorkSignal, stop: threading.Event) -> list[Callable[[], None]]:
    """Return the parts that hear of documents: watcher, listener and, if there is a key, the HTTP API."""

    def on_landed(sidecars: Sequence[Sidecar]) -> None:
        work.give()  # first, because the event comes back through the server later
        emit_document_landed(sidecars)

    watcher = Watcher(settings.inbox, settings, on_landed)
    parts: list[Callable[[], None]] = [
        lambda: watcher.watch(stop),
        lambda: listen_until_stopped(work.give, stop),
    ]
    if settings.api_key is None:
        logger.info("No document can be posted: QUALITY_WAREHOUSE_API_KEY is not set.")
    else:
        logger.info("Post documents to http://%s:%d/documents", settings.http_host, settings.http_port)
        parts.append(lambda: run_http_api(make_http_api(settings, on_landed, work.give), settings, stop))
    return parts


def _send_the_rest() -> None:
    """Send events and logs while the server lives: Prefect would try forever when the process ends."""
    for service in (EventsWorker, APILogWorker):
        service.drain_all(timeout=_SENDING_SECONDS, at_exit=False)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(settings.serve_lock, timeout_seconds=0))
        except LockHeldError as error:
            raise QualityWarehouseError(
                f"Another `quality-warehouse serve` serves {settings.root}: stop it first, or choose another home."
            ) from error
        yield
