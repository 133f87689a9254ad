"""Flow `ingest_documents`: all landed documents that are not ingested in, loaded batches out.

The ledger says what work there is, not the event that started the run: a lost event loses nothing, a doubled
one doubles nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from prefect import flow

from flows.extract.version import VERSION
from flows.ingestion.prepare import Preparer, make_batch, read_preparer
from flows.ingestion.process import open_reading_process
from flows.io.announce.events import emit_document_ingested, emit_document_quarantined
from flows.io.landing.store import Sidecar, read_content, read_sidecars
from flows.io.warehouse.database import Batch, load_batch, open_working_database, read_ledger
from flows.runtime.logs import track_progress
from flows.runtime.recording import recorded
from flows.runtime.stages import count
from flows.runtime.steps import one_writer, step
from flows.settings import Settings

BATCH_BYTES = 100_000_000
"""What the documents of a batch may have together, for all of it is in memory at once; one may have more."""


@dataclass(frozen=True)
class Ingested:
    """What one run of ingestion did: the documents loaded and set aside, the figures loaded, the rows quarantined."""

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


def find_pending(settings: Settings) -> list[Sidecar]:
    """The landed documents without a row in the ledger for what is landed now, oldest first."""
    ledger = read_ledger(settings, VERSION)
    pending = [s for s in read_sidecars(settings) if ledger.get(s.doc_id) != s.fingerprint]
    return sorted(pending, key=lambda sidecar: (sidecar.landed_at, sidecar.doc_id))


def split_into_batches(pending: Sequence[Sidecar], settings: Settings) -> Iterator[list[Sidecar]]:
    """The documents in order, so many at once as the settings and the memory allow."""
    batch: list[Sidecar] = []
    size = 0
    for sidecar in pending:
        size += sidecar.size_bytes
        if batch and (len(batch) == settings.batch_size or size > BATCH_BYTES):
            yield batch
            batch, size = [], sidecar.size_bytes
        batch.append(sidecar)
    if batch:
        yield batch


def prepare_batch(sidecars: Sequence[Sidecar], preparer: Preparer, settings: Settings) -> Batch:
    """Parse, extract and validate some documents; the same documents give the same rows, so never retried."""
    loaded_at = datetime.now(UTC)
    prepared = [
        preparer.prepare(sidecar, b"" if sidecar.rejection else read_content(sidecar, settings), loaded_at)
        for sidecar in track_progress(sidecars, "Reading documents")
    ]
    return make_batch(prepared)


def load(batch: Batch, settings: Settings) -> None:
    """Load a batch with its part of the ledger in one transaction; doing so again changes nothing."""
    with open_working_database(settings) as connection:
        load_batch(connection, batch)


def summarize(sidecars: Sequence[Sidecar], batch: Batch) -> Ingested:
    """Say what became of these documents, now that their batch is loaded."""
    loaded = set(batch.documents["doc_id"])
    return Ingested(
        loaded=tuple(sidecar for sidecar in sidecars if sidecar.doc_id in loaded),
        set_aside=tuple(sidecar for sidecar in sidecars if sidecar.doc_id not in loaded),
        figures=len(batch.figures),
        quarantined=len(batch.quarantine),
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
                done = summarize(sidecars, batch)
                count("documents", len(sidecars), len(done.loaded), len(done.set_aside))
                # After each batch: what is loaded gets built even if a later batch fails.
                _emit_document_ingested(done.loaded)
                _emit_document_quarantined(done.set_aside)
                ingested += done
    return ingested
