"""Prepares documents for loading: extract, validate, set aside what fails.

No SQL, no network and no clock of its own: `loaded_at` is an argument. Whatever is wrong with one document or one
figure becomes a row of the quarantine with its rule, its reason and its evidence; nothing is dropped.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import polars as pl

from flows.errors import DocumentRejectedError
from flows.extract.model import Document
from flows.extract.reader import Extracted, RawDocument, Reader, reject_faults
from flows.ingestion.catalogue import Catalogue, read_catalogue
from flows.ingestion.rows import (
    EXTRACTED,
    AnySidecar,
    Row,
    make_document_row,
    make_extracted_rows,
    make_ingestion_row,
    make_landing_rows,
    make_quarantine_row,
    make_quarantine_rows,
    validate_rows,
)
from flows.ingestion.stored import StoredSidecar, read_stored
from flows.io.landing.store import Sidecar, read_content
from flows.io.seeds.cached_rows import read_seed_rows
from flows.io.warehouse.loading import Batch
from flows.paths import SEEDS
from flows.runtime.logs import track_progress
from flows.settings import Settings
from schemas.inputs.metadata import Metadata
from schemas.raw.document import DocumentSchema
from schemas.raw.ingestion import IngestionSchema
from schemas.raw.landing import LandingSchema
from schemas.raw.quarantined_record import QuarantinedRecordSchema
from schemas.validation import to_frame


class Preparer:
    """Prepares documents with one reader and one catalogue; make one and use it for many."""

    def __init__(self, reader: Reader, catalogue: Catalogue, licences: Collection[str]) -> None:
        """Take the reader, the codes that figures may have, and the licences that metadata may name."""
        self._reader = reader
        self._catalogue = catalogue
        self._licences = licences

    def prepare(self, sidecar: Sidecar, content: bytes, loaded_at: datetime) -> Batch:
        """Return all rows of one document; for one that cannot be read, only its row of the quarantine."""
        return self._prepare(sidecar, lambda: self._extract(sidecar, content), loaded_at)

    def prepare_again(self, sidecar: StoredSidecar, document: Document, loaded_at: datetime) -> Batch:
        """Return all rows of a document that is parsed already; its text and metadata stay as they are."""
        return self._prepare(
            sidecar, lambda: self._reader.extract_again(document, sidecar.file_name), loaded_at
        )

    def _extract(self, sidecar: Sidecar, content: bytes) -> Extracted:
        if sidecar.rejection:
            raise DocumentRejectedError(sidecar.rejection.rule, sidecar.rejection.reason)
        metadata = Metadata.model_validate(sidecar.metadata or {})
        self._check_licence(metadata.licence, sidecar.file_name)
        return self._reader.extract(
            RawDocument(
                doc_id=sidecar.doc_id,
                file_name=sidecar.file_name,
                content=content,
                media_type=sidecar.media_type,
                metadata=metadata,
            )
        )

    def _check_licence(self, licence: str | None, file_name: str) -> None:
        """Reject a misspelt licence, which would silently keep back a text that may be published."""
        if licence is not None and licence not in self._licences:
            raise DocumentRejectedError(
                "invalid_metadata",
                f'The licence of {file_name}, "{licence}", is none of {", ".join(self._licences)}: mend it and '
                "land the document again, or add it to seeds/reference/licences.csv.",
            )

    def _prepare(self, sidecar: AnySidecar, extract: Callable[[], Extracted], loaded_at: datetime) -> Batch:
        try:
            with reject_faults(sidecar.file_name):
                return self._validate(sidecar, extract(), loaded_at)
        except DocumentRejectedError as rejection:
            return _set_aside(sidecar, rejection, loaded_at)

    def _validate(self, sidecar: AnySidecar, extracted: Extracted, loaded_at: datetime) -> Batch:
        valid: dict[str, pl.DataFrame] = {}
        invalid: list[Row] = []
        for subject, table in EXTRACTED.items():
            rows = make_extracted_rows(getattr(extracted, table))
            valid[table], failures = validate_rows(table, rows, extracted.document.text, self._catalogue)
            invalid += make_quarantine_rows(sidecar, subject, rows, failures)
        ingestion = make_ingestion_row(
            sidecar,
            "loaded",
            loaded_at,
            figures_in=len(extracted.figures),
            figures_loaded=len(valid["figures"]),
            outline_items_loaded=len(valid["outline_items"]),
        )
        return Batch(
            documents=to_frame(DocumentSchema, [make_document_row(sidecar, extracted.document)]),
            **valid,
            quarantine=to_frame(QuarantinedRecordSchema, invalid),
            landings=to_frame(LandingSchema, make_landing_rows(sidecar)),
            ingestions=to_frame(IngestionSchema, [ingestion]),
        )


def read_preparer(reader: Reader) -> Preparer:
    """Read the reference data, which must be valid before the first document is touched."""
    rows = read_seed_rows(SEEDS)
    return Preparer(reader, read_catalogue(rows), [row["licence"] for row in rows["licences"]])


def prepare_batch(sidecars: Sequence[Sidecar], preparer: Preparer, settings: Settings) -> Batch:
    """Prepare landed documents; never retried, because the same documents give the same rows."""
    loaded_at = datetime.now(UTC)
    return Batch.concat(
        [
            preparer.prepare(
                sidecar, b"" if sidecar.rejection else read_content(sidecar, settings), loaded_at
            )
            for sidecar in track_progress(sidecars, "Reading documents")
        ]
    )


def extract_again(stored: Batch, preparer: Preparer) -> Batch:
    """Prepare stored documents from their texts; their landings and metadata stay as they are."""
    loaded_at = datetime.now(UTC)
    return Batch.concat(
        [
            preparer.prepare_again(sidecar, document, loaded_at)
            for sidecar, document in track_progress(list(read_stored(stored)), "Extracting again")
        ]
    )


def _set_aside(sidecar: AnySidecar, rejection: DocumentRejectedError, loaded_at: datetime) -> Batch:
    quarantined = make_quarantine_row(sidecar, "document", rejection.rule, str(rejection))
    return replace(
        Batch.empty(),
        quarantine=to_frame(QuarantinedRecordSchema, [quarantined]),
        landings=to_frame(LandingSchema, make_landing_rows(sidecar)),
        ingestions=to_frame(IngestionSchema, [make_ingestion_row(sidecar, "quarantined", loaded_at)]),
    )
