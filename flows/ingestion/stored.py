"""Restores sidecars and documents from rows of the raw tables."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flows.extract.model import Boilerplate, Document
from flows.ingestion.rows import Row
from flows.io.warehouse.loading import Batch


@dataclass(frozen=True)
class StoredSidecar:
    """What the raw tables keep of a sidecar."""

    doc_id: str
    address: str
    file_name: str | None
    size_bytes: int
    landed_at: datetime
    landings: Mapping[str, datetime]
    fingerprint: str


def read_stored(batch: Batch) -> Iterator[tuple[StoredSidecar, Document]]:
    """Yield each document of a batch with its sidecar; the inverse of `make_document_row`."""
    ingestions = {row["doc_id"]: row for row in batch.ingestions.iter_rows(named=True)}
    landings: dict[str, dict[str, datetime]] = {}
    for row in batch.landings.iter_rows(named=True):
        landings.setdefault(row["doc_id"], {})[row["address"]] = row["landed_at"]
    for row in batch.documents.iter_rows(named=True):
        doc_id = row["doc_id"]
        yield (
            StoredSidecar(
                doc_id=doc_id,
                address=row["address"],
                file_name=row["file_name"],
                size_bytes=row["size_bytes"],
                landed_at=row["landed_at"],
                landings=landings.get(doc_id, {}),
                fingerprint=ingestions[doc_id]["sidecar_sha256"],
            ),
            _restore_document(row),
        )


def _restore_document(row: Row) -> Document:
    return Document(
        doc_id=row["doc_id"],
        text=row["text"],
        title=row["title"],
        title_raw=row["title_raw"],
        published=row["published_at"],
        event=row["event_at"],
        language=row["language"],
        publisher=row["publisher"],
        document_type=row["document_type"],
        url=row["source_url"],
        licence=row["licence"],
        media_type=row["media_type"],
        boilerplate=tuple(Boilerplate(*span) for span in json.loads(row["boilerplate"])),
        page_starts=tuple(json.loads(row["page_starts"])),
    )
