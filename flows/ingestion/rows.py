"""Turns what was read of a document into rows of the raw tables, and failed records into rows of the quarantine."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Protocol

import polars as pl

from flows.extract.model import Citation, Document, Figure, Note, Objective, OutlineItem
from flows.extract.version import VERSION
from flows.ingestion.catalogue import Catalogue
from flows.io.warehouse.tables import RAW_TABLES
from schemas.validation import Failure, to_frame, validate, validate_figures

Row = dict[str, Any]

EXTRACTED = {
    "figure": "figures",
    "outline_item": "outline_items",
    "objective": "objectives",
    "citation": "citations",
    "note": "notes",
}
"""All that is extracted: the subject in the quarantine → the raw table, and the field of `Extracted` of that name."""


class AnySidecar(Protocol):
    """The part of a sidecar that rows need, from the landing or from the raw tables."""

    @property
    def doc_id(self) -> str:
        """SHA-256 of the bytes."""

    @property
    def address(self) -> str:
        """The path or URL from which the bytes came last."""

    @property
    def file_name(self) -> str | None:
        """The name of the file, for people."""

    @property
    def size_bytes(self) -> int:
        """The size of the bytes."""

    @property
    def landed_at(self) -> datetime:
        """When the bytes became the newest at their address; UTC."""

    @property
    def landings(self) -> Mapping[str, datetime]:
        """That time for every address."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the sidecar; a document whose sidecar has another one is ingested again."""


def validate_rows(
    table: str, rows: Sequence[Row], text: str, catalogue: Catalogue
) -> tuple[pl.DataFrame, list[Failure]]:
    """Validate what was extracted from one document; `text` is that of the document."""
    frame = to_frame(RAW_TABLES[table], rows)
    if table == "figures":
        return validate_figures(frame, text, catalogue)
    return validate(RAW_TABLES[table], frame)


def make_extracted_rows(found: Sequence[Figure | OutlineItem | Objective | Citation | Note]) -> list[Row]:
    """Make a row of each extracted thing, with its mappings and sequences as JSON."""
    return [
        {
            name: _as_json(value) if isinstance(value, (dict, tuple)) else value
            for name, value in asdict(one).items()
        }
        for one in found
    ]


def make_document_row(sidecar: AnySidecar, document: Document) -> Row:
    """Make the row of `raw.documents`."""
    return {
        "doc_id": sidecar.doc_id,
        "address": sidecar.address,
        "file_name": sidecar.file_name,
        "source_url": document.url or _web_address(sidecar.address),
        "licence": document.licence,
        "media_type": document.media_type,
        "size_bytes": sidecar.size_bytes,
        "title": document.title,
        "title_raw": document.title_raw,
        "publisher": document.publisher,
        "document_type": document.document_type,
        "language": document.language,
        "published_at": document.published,
        "event_at": document.event,
        "landed_at": without_zone(sidecar.landed_at),
        "text": document.text,
        "boilerplate": _as_json([[span.start, span.end, span.kind] for span in document.boilerplate]),
        "page_starts": _as_json(list(document.page_starts)),
    }


def make_landing_rows(sidecar: AnySidecar) -> list[Row]:
    """Make the rows of `raw.landings`, one for each address."""
    return [
        {"doc_id": sidecar.doc_id, "address": address, "landed_at": without_zone(landed_at)}
        for address, landed_at in sidecar.landings.items()
    ]


def make_ingestion_row(
    sidecar: AnySidecar,
    outcome: str,
    loaded_at: datetime,
    *,
    figures_in: int = 0,
    figures_loaded: int = 0,
    outline_items_loaded: int = 0,
) -> Row:
    """Make the row of the ledger; `outcome` is `loaded` or `quarantined`."""
    return {
        "doc_id": sidecar.doc_id,
        "address": sidecar.address,
        "sidecar_sha256": sidecar.fingerprint,
        "extractor_version": VERSION,
        "outcome": outcome,
        "figures_in": figures_in,
        "figures_loaded": figures_loaded,
        "figures_quarantined": figures_in - figures_loaded,
        "outline_items_loaded": outline_items_loaded,
        "landed_at": without_zone(sidecar.landed_at),
        "loaded_at": without_zone(loaded_at),
    }


def make_quarantine_rows(
    sidecar: AnySidecar, subject: str, rows: Sequence[Row], failures: Iterable[Failure]
) -> list[Row]:
    """Make a row of the quarantine for each failure; `rows` are the records that were validated."""
    return [
        make_quarantine_row(
            sidecar,
            subject,
            failure.rule,
            f"{failure.reason} Quote: “{rows[failure.row].get('quote', rows[failure.row].get('title'))}”.",
            record=f"{rows[failure.row]['start']}:{rows[failure.row]['end']}",
            evidence=_as_json(rows[failure.row]),
        )
        for failure in failures
    ]


def make_quarantine_row(
    sidecar: AnySidecar,
    subject: str,
    rule: str,
    reason: str,
    *,
    record: str | None = None,
    evidence: str | None = None,
) -> Row:
    """Make one row of the quarantine; `record` and `evidence` are null for a document that is set aside whole."""
    key = "|".join((sidecar.doc_id, subject, record or "", rule))
    return {
        "quarantine_id": hashlib.sha256(key.encode()).hexdigest(),
        "doc_id": sidecar.doc_id,
        "address": sidecar.address,
        "file_name": sidecar.file_name,
        "subject": subject,
        "record": record,
        "rule": rule,
        "reason": reason,
        "evidence": evidence,
        "landed_at": without_zone(sidecar.landed_at),
    }


def without_zone(moment: datetime) -> datetime:
    """Drop the time zone: the raw tables hold UTC without saying so in each cell."""
    return moment.replace(tzinfo=None)


def _web_address(address: str) -> str | None:
    """Return the address unless it is a path on the machine that landed the file, which nobody else can open."""
    return address if address.startswith(("http://", "https://")) else None


def _as_json(value: object) -> str:
    def plain(other: object) -> str:
        if isinstance(other, date):
            return other.isoformat()
        raise TypeError(f"{type(other).__name__} has no JSON form")

    return json.dumps(value, ensure_ascii=False, default=plain)
