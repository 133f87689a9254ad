"""Flow `land_documents`: documents at paths or addresses in, landed bytes and one event for each out."""

from collections.abc import Sequence

from prefect import flow

from flows.io.events import emit_document_landed
from flows.io.landing import Sidecar, land
from flows.settings import Settings
from flows.tasks import step

# `land` repeats each request itself, so the task need not.
_land_inputs = step(land)
_emit_document_landed = step(emit_document_landed)


@flow(name="land-documents")
def land_documents(inputs: Sequence[str]) -> list[Sidecar]:
    """Land files, folders and URLs; emit `document.landed` for each, so that ingestion starts."""
    sidecars = _land_inputs(inputs, Settings())
    _emit_document_landed(sidecars)
    return sidecars
