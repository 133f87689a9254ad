"""A landed document in, its rows for the raw tables out: parse → extract → validate, and set aside what fails.

No SQL and no network here, and no clock: `loaded_at` is handed in. Whatever is wrong with one document or one
figure ends as a row of the quarantine with its rule, its reason and its evidence; nothing is dropped.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from flows.errors import DocumentRejectedError
from flows.extract.model import Boilerplate, Citation, Document, Figure, Note, Objective, OutlineItem
from flows.extract.reader import DocumentReader, Extracted, RawDocument, reject_faults
from flows.extract.version import VERSION
from flows.extract.vocabulary.entries import Vocabulary
from flows.extract.vocabulary.read import read_vocabulary
from flows.ingestion.process import ReadingProcess
from flows.io.landing.store import Sidecar
from flows.io.seeds.rows import read_reference_rows
from flows.io.seeds.word_frequencies import WordFrequencies
from flows.io.warehouse.database import Batch
from flows.paths import SEEDS
from schemas.inputs.metadata import Metadata
from schemas.raw.citation import CitationSchema
from schemas.raw.document import DocumentSchema
from schemas.raw.figure import FigureSchema
from schemas.raw.ingestion import IngestionSchema
from schemas.raw.landing import LandingSchema
from schemas.raw.note import NoteSchema
from schemas.raw.objective import ObjectiveSchema
from schemas.raw.outline_item import OutlineItemSchema
from schemas.raw.quarantined_record import QuarantinedRecordSchema
from schemas.validation import Failure, to_frame, validate, validate_figures

Row = dict[str, Any]


@dataclass(frozen=True)
class StoredSidecar:
    """What the raw tables keep of a sidecar; rows are made of it as of the sidecar itself."""

    doc_id: str
    address: str
    file_name: str | None
    size_bytes: int
    landed_at: datetime
    landings: Mapping[str, datetime]
    fingerprint: str


AnySidecar = Sidecar | StoredSidecar


class Preparer(DocumentReader):
    """Prepares documents with one set of reference data; make one and use it for many."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        word_frequencies: Mapping[str, float],
        licences: Collection[str],
        process: ReadingProcess | None = None,
    ) -> None:
        """Compile once what every document needs; documents are read in `process`, without one here."""
        super().__init__(vocabulary, word_frequencies)
        self._licences = licences
        self._reader: DocumentReader | ReadingProcess = process or self
        self._catalogue = {
            "unit": frozenset(vocabulary.units),
            "agency": frozenset(vocabulary.agencies),
            "ref_area": vocabulary.ref_areas,
            "indicator": frozenset(vocabulary.indicators),
        }

    def prepare(self, sidecar: Sidecar, content: bytes, loaded_at: datetime) -> "PreparedDocument":
        """All rows of one document; one that cannot be read gives a row of the quarantine and nothing else."""
        return self._prepare(sidecar, lambda: self._read(sidecar, content), loaded_at)

    def prepare_again(
        self, sidecar: StoredSidecar, document: Document, loaded_at: datetime
    ) -> "PreparedDocument":
        """As `prepare`, of a document that is parsed already: its text and what is known of it stay."""
        return self._prepare(
            sidecar, lambda: self._reader.extract_again(document, sidecar.file_name), loaded_at
        )

    def _read(self, sidecar: Sidecar, content: bytes) -> Extracted:
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
        """A misspelt licence would keep back a text that may be published, and nobody would know why."""
        if licence is not None and licence not in self._licences:
            raise DocumentRejectedError(
                "invalid_metadata",
                f'The licence of {file_name}, "{licence}", is none of {", ".join(self._licences)}: mend it and '
                "land the document again, or add it to seeds/reference/licences.csv.",
            )

    def _prepare(
        self, sidecar: AnySidecar, read: Callable[[], Extracted], loaded_at: datetime
    ) -> "PreparedDocument":
        try:
            with reject_faults(sidecar.file_name):
                return self._validated(sidecar, read(), loaded_at)
        except DocumentRejectedError as rejection:
            return _set_aside(sidecar, rejection.rule, str(rejection), loaded_at)

    def _validated(
        self,
        sidecar: AnySidecar,
        reading: Extracted,
        loaded_at: datetime,
    ) -> "PreparedDocument":
        figure_rows, item_rows, objective_rows, citation_rows, note_rows = (
            _rows(found)
            for found in (
                reading.figures,
                reading.outline,
                reading.objectives,
                reading.citations,
                reading.notes,
            )
        )
        valid_figures, figure_failures = validate_figures(
            to_frame(FigureSchema, figure_rows), reading.document.text, self._catalogue
        )
        valid_items, item_failures = validate(OutlineItemSchema, to_frame(OutlineItemSchema, item_rows))
        valid_objectives, objective_failures = validate(
            ObjectiveSchema, to_frame(ObjectiveSchema, objective_rows)
        )
        valid_citations, citation_failures = validate(CitationSchema, to_frame(CitationSchema, citation_rows))
        valid_notes, note_failures = validate(NoteSchema, to_frame(NoteSchema, note_rows))
        return PreparedDocument(
            documents=[_storable_document_row(sidecar, reading.document)],
            figures=valid_figures,
            outline_items=valid_items,
            objectives=valid_objectives,
            citations=valid_citations,
            notes=valid_notes,
            quarantine=[
                *make_quarantine_rows(sidecar, "figure", figure_rows, figure_failures),
                *make_quarantine_rows(sidecar, "outline_item", item_rows, item_failures),
                *make_quarantine_rows(sidecar, "objective", objective_rows, objective_failures),
                *make_quarantine_rows(sidecar, "citation", citation_rows, citation_failures),
                *make_quarantine_rows(sidecar, "note", note_rows, note_failures),
            ],
            landings=_landing_rows(sidecar),
            ingestions=[
                _ingestion_row(
                    sidecar, "loaded", len(figure_rows), len(valid_figures), len(valid_items), loaded_at
                )
            ],
        )


def read_preparer(process: ReadingProcess | None = None) -> Preparer:
    """Read the reference data, which must be valid before the first document is touched.

    A `process` reads the documents where one of them might never end or end the process: in all flows.
    """
    rows = read_reference_rows(SEEDS)
    licences = [row["licence"] for row in rows["licences"]]
    return Preparer(read_vocabulary(rows), WordFrequencies(), licences, process)


@dataclass(frozen=True)
class PreparedDocument:
    """The rows of one document for each raw table; those that are frames are valid already."""

    documents: list[Row]
    figures: pl.DataFrame
    outline_items: pl.DataFrame
    objectives: pl.DataFrame
    citations: pl.DataFrame
    notes: pl.DataFrame
    quarantine: list[Row]
    landings: list[Row]
    ingestions: list[Row]


def make_batch(prepared: Sequence[PreparedDocument]) -> Batch:
    """Put the rows of several documents together, each frame valid against its model."""

    def rows(name: str) -> Iterable[Row]:
        return [row for document in prepared for row in getattr(document, name)]

    def frame(model: type, name: str) -> pl.DataFrame:
        return model.validate(to_frame(model, rows(name)), lazy=True)

    return Batch(
        documents=frame(DocumentSchema, "documents"),
        figures=pl.concat([document.figures for document in prepared]),
        outline_items=pl.concat([document.outline_items for document in prepared]),
        objectives=pl.concat([document.objectives for document in prepared]),
        citations=pl.concat([document.citations for document in prepared]),
        notes=pl.concat([document.notes for document in prepared]),
        quarantine=frame(QuarantinedRecordSchema, "quarantine"),
        landings=frame(LandingSchema, "landings"),
        ingestions=frame(IngestionSchema, "ingestions"),
    )


def read_stored(batch: Batch) -> Iterator[tuple[StoredSidecar, Document]]:
    """The documents of a batch that was read back, each with its sidecar: what `_document_row` made rows of."""
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
            _stored_document(row),
        )


def _stored_document(row: Row) -> Document:
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


def _set_aside(sidecar: AnySidecar, rule: str, reason: str, loaded_at: datetime) -> PreparedDocument:
    return PreparedDocument(
        documents=[],
        figures=to_frame(FigureSchema, []),
        outline_items=to_frame(OutlineItemSchema, []),
        objectives=to_frame(ObjectiveSchema, []),
        citations=to_frame(CitationSchema, []),
        notes=to_frame(NoteSchema, []),
        quarantine=[_quarantine_row(sidecar, "document", None, rule, reason, None)],
        landings=_landing_rows(sidecar),
        ingestions=[_ingestion_row(sidecar, "quarantined", 0, 0, 0, loaded_at)],
    )


def _storable_document_row(sidecar: AnySidecar, document: Document) -> Row:
    """The row of a document; raises where a table cannot hold it, or the whole batch would fail with it."""
    row = _document_row(sidecar, document)
    to_frame(DocumentSchema, [row])
    return row


def _document_row(sidecar: AnySidecar, document: Document) -> Row:
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
        "landed_at": _naive(sidecar.landed_at),
        "text": document.text,
        "boilerplate": _json([[span.start, span.end, span.kind] for span in document.boilerplate]),
        "page_starts": _json(list(document.page_starts)),
    }


def _landing_rows(sidecar: AnySidecar) -> list[Row]:
    return [
        {"doc_id": sidecar.doc_id, "address": address, "landed_at": _naive(landed_at)}
        for address, landed_at in sidecar.landings.items()
    ]


def _ingestion_row(
    sidecar: AnySidecar,
    outcome: str,
    figures_in: int,
    figures_loaded: int,
    outline_items: int,
    loaded_at: datetime,
) -> Row:
    return {
        "doc_id": sidecar.doc_id,
        "address": sidecar.address,
        "sidecar_sha256": sidecar.fingerprint,
        "extractor_version": VERSION,
        "outcome": outcome,
        "figures_in": figures_in,
        "figures_loaded": figures_loaded,
        "figures_quarantined": figures_in - figures_loaded,
        "outline_items_loaded": outline_items,
        "landed_at": _naive(sidecar.landed_at),
        "loaded_at": _naive(loaded_at),
    }


def make_quarantine_rows(
    sidecar: AnySidecar, subject: str, rows: Sequence[Row], failures: Iterable[Failure]
) -> list[Row]:
    """A row of the quarantine for each failure; `rows` are the records that were validated."""
    return [
        _quarantine_row(
            sidecar,
            subject,
            f"{rows[failure.row]['start']}:{rows[failure.row]['end']}",
            failure.rule,
            f"{failure.reason} Quote: “{rows[failure.row].get('quote', rows[failure.row].get('title'))}”.",
            _json(rows[failure.row]),
        )
        for failure in failures
    ]


def _quarantine_row(
    sidecar: AnySidecar, subject: str, record: str | None, rule: str, reason: str, evidence: str | None
) -> Row:
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
        "landed_at": _naive(sidecar.landed_at),
    }


def _web_address(address: str) -> str | None:
    """A path of the machine that landed a file is no address that others can open."""
    return address if address.startswith(("http://", "https://")) else None


def _naive(moment: datetime) -> datetime:
    """The raw tables hold UTC without saying so in each cell."""
    return moment.replace(tzinfo=None)


def _rows(found: Sequence[Figure | OutlineItem | Objective | Citation | Note]) -> list[Row]:
    """A row of each; the raw tables hold what is no plain value as JSON."""
    rows = [asdict(one) for one in found]
    return [
        {name: _json(value) if isinstance(value, (dict, tuple)) else value for name, value in row.items()}
        for row in rows
    ]


def _json(value: object) -> str:
    def plain(other: object) -> str:
        if isinstance(other, date):
            return other.isoformat()
        raise TypeError(f"{type(other).__name__} has no JSON form")

    return json.dumps(value, ensure_ascii=False, default=plain)
