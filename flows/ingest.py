"""Flow `ingest_documents`: extract from all landed documents that are not ingested yet, and load what is valid.

The ledger says what work there is, not the event that started the run: a lost event loses nothing, a doubled
one doubles nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from prefect import flow

from flows.ingestion.pending import find_pending, split_into_batches
from flows.ingestion.prepare import prepare_batch, read_preparer
from flows.ingestion.reading_process import open_reading_process
from flows.io.announce.prefect_events import emit_document_ingested, emit_document_quarantined
from flows.io.landing.store import Sidecar
from flows.io.warehouse.loading import Batch, load
from flows.runtime.recording import recorded
from flows.runtime.stages import count
from flows.runtime.steps import step
from flows.runtime.writer import one_writer
from flows.settings import Settings


@dataclass(frozen=True)
class Ingested:
    """The result of one run: documents loaded and set aside, figures loaded, records quarantined."""

    loaded: tuple[Sidecar, ...] = ()
    set_aside: tuple[Sidecar, ...] = ()
    figures: int = 0
    quarantined: int = 0

    def __add__(self, other: "Ingested") -> "Ingested":
        """Add up batches."""
        return Ingested(
            self.loaded + other.loaded,
            self.set_aside + other.set_aside,
            self.figures + other.figures,
            self.quarantined + other.quarantined,
        )


_find_pending = step(find_pending)
_prepare_batch = step(prepare_batch)
_load = step(load, retries=2)
_emit_document_ingested = step(emit_document_ingested)
_emit_document_quarantined = step(emit_document_quarantined)


@flow(name="ingest-documents")
@recorded("ingest")
def ingest_documents() -> Ingested:
    """Drain the landing folder: batch after batch, each in one transaction with its part of the ledger."""
    settings = Settings()
    ingested = Ingested()
    with one_writer(settings):
        pending = _find_pending(settings)
        if not pending:
            return ingested
        with open_reading_process(settings) as process:
            preparer = read_preparer(process)
            for sidecars in split_into_batches(pending, settings):
                batch = _prepare_batch(sidecars, preparer, settings)
                _load(batch, settings)
                done = _summarize(sidecars, batch)
                count("documents", len(sidecars), len(done.loaded), len(done.set_aside))
                # After each batch, so that what is loaded gets built even if a later batch fails.
                _emit_document_ingested(done.loaded)
                _emit_document_quarantined(done.set_aside)
                ingested += done
    return ingested


def _summarize(sidecars: Sequence[Sidecar], batch: Batch) -> Ingested:
    """Sum up what became of these documents in their batch."""
    loaded = set(batch.documents["doc_id"])
    return Ingested(
        loaded=tuple(sidecar for sidecar in sidecars if sidecar.doc_id in loaded),
        set_aside=tuple(sidecar for sidecar in sidecars if sidecar.doc_id not in loaded),
        figures=len(batch.figures),
        quarantined=len(batch.quarantine),
    )
