"""Prefect events: an event says that there is work; the ledger says which.

Nothing is emitted where no Prefect server is set (`PREFECT_API_URL`) or where it does not answer: the next ingestion,
build or nightly run finds the work anyway. Prefect sends in the background, and sends the rest before the process ends.
"""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import httpx
from prefect.client.orchestration import get_client
from prefect.events import emit_event
from prefect.settings import (
    PREFECT_API_REQUEST_TIMEOUT,
    PREFECT_API_URL,
    PREFECT_CLIENT_MAX_RETRIES,
    temporary_settings,
)

from flows.io.dbt import BuildResult
from flows.io.landing.store import Sidecar
from flows.io.published.freshness import Freshness
from flows.io.published.publication import Pin, Publication

logger = logging.getLogger("quality_warehouse")

WAREHOUSE = {"prefect.resource.id": "quality-warehouse.warehouse"}

# A server that is down refuses at once, or its machine does not answer; a busy one answers late.
CONNECT_SECONDS = 2
ANSWER_SECONDS = 20

# Prefect's sender warns at the end of each process that it is not idle. It reports failures as errors.
logging.getLogger("EventsWorker").setLevel(logging.ERROR)


def emit_document_landed(sidecars: Sequence[Sidecar]) -> None:
    """Emit `document.landed` for each document as it is landed now; emitting it again has no effect."""
    _emit([_document_event("document.landed", sidecar) for sidecar in sidecars])


def emit_document_ingested(sidecars: Sequence[Sidecar]) -> None:
    """Emit `document.ingested` for each document that was loaded."""
    _emit([_document_event("document.ingested", sidecar) for sidecar in sidecars])


def emit_document_quarantined(sidecars: Sequence[Sidecar]) -> None:
    """Emit `document.quarantined` for each document that was set aside as a whole."""
    _emit([_document_event("document.quarantined", sidecar) for sidecar in sidecars])


def emit_warehouse_published(publication: Publication) -> None:
    """Emit `warehouse.published` with the version and the number of rows of each table."""
    payload = {"version": publication.version, "tables": publication.tables}
    _emit([{"event": "warehouse.published", "resource": WAREHOUSE, "payload": payload}])


def emit_warehouse_rolled_back(pin: Pin) -> None:
    """Emit `warehouse.rolled-back` with the version that readers get now, who decided so and why."""
    payload = {"version": pin.version, "pinned_by": pin.pinned_by, "reason": pin.reason}
    _emit([{"event": "warehouse.rolled-back", "resource": WAREHOUSE, "payload": payload}])


def emit_audit_failed(result: BuildResult) -> None:
    """Emit `warehouse.audit-failed` with the names of the failed nodes; each failed audit is a separate event."""
    payload = {"failed": [node.name for node in result.failed]}
    _emit([{"event": "warehouse.audit-failed", "resource": WAREHOUSE, "payload": payload}])


def emit_publisher_silent(publishers: Sequence[Freshness]) -> None:
    """Emit `publisher.silent` for each silent publisher; emitting it again has no effect until it publishes."""
    _emit([_silence_event(publisher) for publisher in publishers])


def _silence_event(silent: Freshness) -> dict[str, Any]:
    return {
        "event": "publisher.silent",
        "resource": {
            "prefect.resource.id": f"quality-warehouse.publisher.{silent.publisher}",
            "prefect.resource.name": str(silent.publisher),
        },
        "payload": {
            "published_at": str(silent.published_at),
            "days_quiet": silent.days_quiet,
            "usual_days": silent.usual_days,
        },
        "id": _id("publisher.silent", f"{silent.publisher}/{silent.published_at}"),
    }


def _document_event(event: str, sidecar: Sidecar) -> dict[str, Any]:
    return {
        "event": event,
        "resource": {
            "prefect.resource.id": f"quality-warehouse.document.{sidecar.doc_id}",
            "prefect.resource.name": sidecar.file_name,
        },
        "payload": {"file_name": sidecar.file_name, "address": sidecar.address},
        "id": _id(event, sidecar.fingerprint),
    }


def _id(event: str, occasion: str) -> UUID:
    """Derive the id from the occasion, so that the server takes a repeated event for the same one."""
    return uuid5(NAMESPACE_URL, f"quality-warehouse/{event}/{occasion}")


def _emit(events: Sequence[dict[str, Any]]) -> None:
    if not events or not PREFECT_API_URL.value():
        return
    if _server_answers():
        for event in events:
            emit_event(**event)
    else:
        logger.warning(
            "No Prefect server answers at %s, so %d event(s) %s are not sent: no work is lost, but no "
            "deployment starts by itself; start the server, or unset PREFECT_API_URL.",
            PREFECT_API_URL.value(),
            len(events),
            events[0]["event"],
        )


def _server_answers() -> bool:
    """Ask the server first: Prefect by itself would try one that is down for ten seconds, a hung one for minutes."""
    seconds = min(ANSWER_SECONDS, PREFECT_API_REQUEST_TIMEOUT.value())
    patience = {"timeout": httpx.Timeout(seconds, connect=CONNECT_SECONDS)}
    with (
        temporary_settings({PREFECT_CLIENT_MAX_RETRIES: 0}),
        get_client(httpx_settings=patience, sync_client=True) as client,
    ):
        return client.api_healthcheck() is None
