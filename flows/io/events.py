"""Emits the Prefect events of the contract; says there is work, never what work (the ledger does).

Nothing is emitted where no Prefect server is set (`PREFECT_API_URL`): the next ingestion finds the work anyhow.
"""

from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from prefect.events import emit_event
from prefect.settings import PREFECT_API_URL

from flows.io.landing import Sidecar
from flows.io.publication import Publication
from flows.io.transformation import BuildResult

WAREHOUSE = "quality-warehouse.warehouse"


def emit_document_landed(sidecars: Sequence[Sidecar]) -> None:
    """`document.landed`, once for each document as it is landed now: emitting it again has no effect."""
    for sidecar in sidecars:
        _emit("document.landed", _document(sidecar), sidecar.fingerprint, {"file_name": sidecar.file_name})


def emit_document_ingested(sidecars: Sequence[Sidecar]) -> None:
    """`document.ingested` for each document that was loaded."""
    for sidecar in sidecars:
        _emit("document.ingested", _document(sidecar), sidecar.fingerprint, {"file_name": sidecar.file_name})


def emit_document_quarantined(sidecars: Sequence[Sidecar]) -> None:
    """`document.quarantined` for each document that was set aside whole."""
    for sidecar in sidecars:
        _emit(
            "document.quarantined", _document(sidecar), sidecar.fingerprint, {"file_name": sidecar.file_name}
        )


def emit_warehouse_published(publication: Publication) -> None:
    """`warehouse.published`, with the version and the rows of each table."""
    payload = {"version": publication.version, "tables": publication.tables}
    _emit("warehouse.published", WAREHOUSE, publication.version, payload)


def emit_audit_failed(result: BuildResult) -> None:
    """`warehouse.audit-failed`, with the names of what failed."""
    names = [node.name for node in result.failed]
    if PREFECT_API_URL.value():
        emit_event("warehouse.audit-failed", {"prefect.resource.id": WAREHOUSE}, payload={"failed": names})


def _document(sidecar: Sidecar) -> str:
    return f"quality-warehouse.document.{sidecar.doc_id}"


def _emit(event: str, resource: str, occasion: str, payload: dict[str, object]) -> None:
    """The id follows from what happened, so that the server takes a repeated event for the same one."""
    if PREFECT_API_URL.value():
        identifier = uuid5(NAMESPACE_URL, f"{event}/{resource}/{occasion}")
        emit_event(event, {"prefect.resource.id": resource}, payload=payload, id=identifier)
