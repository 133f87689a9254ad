"""The landed documents that are not ingested yet, in batches."""

from collections.abc import Iterator, Sequence

from flows.extract.version import VERSION
from flows.io.landing.store import Sidecar, read_sidecars
from flows.io.warehouse.reading import read_ledger
from flows.settings import Settings

BATCH_BYTES = 100_000_000
"""Upper limit of a batch in bytes, because all of it is in memory at once; a single document may exceed it."""


def find_pending(settings: Settings) -> list[Sidecar]:
    """Return the documents whose present sidecar is not in the ledger, the oldest landing first."""
    ledger = read_ledger(settings, VERSION)
    pending = [s for s in read_sidecars(settings) if ledger.get(s.doc_id) != s.fingerprint]
    return sorted(pending, key=lambda sidecar: (sidecar.landed_at, sidecar.doc_id))


def split_into_batches(pending: Sequence[Sidecar], settings: Settings) -> Iterator[list[Sidecar]]:
    """Yield the documents in order, at most `settings.batch_size` and BATCH_BYTES at once."""
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
