"""A landed document in, its rows for the raw tables out: parse → extract → validate, and set aside what fails.

No SQL and no network here, and no clock: `loaded_at` is handed in. Whatever is wrong with one document or one
figure ends as a row of the quarantine with its rule, its reason and its evidence; nothing is dropped.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from flows.errors import DocumentRejectedError
from flows.extract.engine import VERSION, Extractor
from flows.extract.find_outline import find_outline
from flows.extract.languages import READ_LANGUAGES
from flows.extract.model import Document, Figure
from flows.extract.parse import parse
from flows.extract.vocabulary import Vocabulary, read_vocabulary
from flows.io.landing import Sidecar
from flows.io.reference import read_reference_tables, read_word_frequencies
from flows.io.warehouse import Batch
from flows.settings import SEEDS
from schemas.document import DocumentSchema
from schemas.figure import FigureSchema
from schemas.ingestion import IngestionSchema
from schemas.landing import LandingSchema
from schemas.metadata import Metadata
from schemas.outline_item import OutlineItemSchema
from schemas.quarantined_record import QuarantinedRecordSchema
from schemas.validation import Failure, to_frame, validate, validate_figures

Row = dict[str, Any]
logger = logging.getLogger("quality_warehouse")


class Preparer:
    """Prepares documents with one set of reference data; make one and use it for many."""

    def __init__(self, vocabulary: Vocabulary, word_frequencies: Mapping[str, float]) -> None:
        """Compile once what every document needs."""
        self.vocabulary = vocabulary
        self.word_frequencies = word_frequencies
        self.extractor = Extractor(vocabulary)
        self._catalogue = {
            "unit": frozenset(vocabulary.units),
            "agency": frozenset(vocabulary.agencies),
            "ref_area": vocabulary.ref_areas,
            "indicator": frozenset(vocabulary.indicators),
        }

    def parse(self, sidecar: Sidecar, content: bytes) -> Document:
        """Make text of the bytes of a landed document; raises DocumentRejectedError."""
        if sidecar.rejection:
            raise DocumentRejectedError(sidecar.rejection.rule, sidecar.rejection.reason)
        document = parse(
            content,
            doc_id=sidecar.doc_id,
            file_name=sidecar.file_name,
            declared_media_type=sidecar.media_type,
            metadata=Metadata.model_validate(sidecar.metadata or {}),
            boilerplate_patterns=self.vocabulary.boilerplate_patterns,
            word_frequencies=self.word_frequencies,
        )
        if document.language not in (None, *READ_LANGUAGES):
            raise DocumentRejectedError(
                "unsupported_language",
                f"{sidecar.file_name} is written in `{document.language}`, which the extractor does not read "
                f"yet (it reads {', '.join(READ_LANGUAGES)}). It stays landed for a version that does.",
            )
        return document

    def prepare(self, sidecar: Sidecar, content: bytes, loaded_at: datetime) -> "PreparedDocument":
        """All rows of one document; one that cannot be read gives a row of the quarantine and nothing else."""
        try:
            document = self.parse(sidecar, content)
            figures = self.extractor.extract(document)
            outline = find_outline(document, self.vocabulary.heading_marks, self.word_frequencies)
        except DocumentRejectedError as rejection:
            return _set_aside(sidecar, rejection.rule, str(rejection), loaded_at)
        except Exception as error:
            # A fault of ours in one document must not cost the others: it is kept with its document.
            logger.debug("%s could not be read", sidecar.file_name, exc_info=True)
            what = f"{type(error).__name__}: {error}"
            reason = f"{sidecar.file_name} could not be read ({what}). Report it together with the file."
            return _set_aside(sidecar, "unexpected_error", reason, loaded_at)
        return self._validated(sidecar, document, figures, [asdict(item) for item in outline], loaded_at)

    def _validated(
        self,
        sidecar: Sidecar,
        document: Document,
        figures: Sequence[Figure],
        outline: Sequence[Row],
        loaded_at: datetime,
    ) -> "PreparedDocument":
        figure_rows = [asdict(figure) | {"reasons": _json(figure.reasons)} for figure in figures]
        valid_figures, figure_failures = validate_figures(
            to_frame(FigureSchema, figure_rows), document.text, self._catalogue
        )
        valid_items, item_failures = validate(OutlineItemSchema, to_frame(OutlineItemSchema, outline))
        return PreparedDocument(
            documents=[_document_row(sidecar, document)],
            figures=valid_figures,
            outline_items=valid_items,
            quarantine=[
                *_quarantine_rows(sidecar, "figure", figure_rows, figure_failures),
                *_quarantine_rows(sidecar, "outline_item", outline, item_failures),
            ],
            landings=_landing_rows(sidecar),
            ingestions=[
                _ingestion_row(
                    sidecar, "loaded", len(figure_rows), len(valid_figures), len(valid_items), loaded_at
                )
            ],
        )


def read_preparer() -> Preparer:
    """Read the reference data, which must be valid before the first document is touched."""
    tables = read_reference_tables(SEEDS)
    rows = {name: table.to_dicts() for name, table in tables.items()}
    return Preparer(read_vocabulary(rows), read_word_frequencies())


@dataclass(frozen=True)
class PreparedDocument:
    """The rows of one document for each raw table; `figures` and `outline_items` are valid frames already."""

    documents: list[Row]
    figures: pl.DataFrame
    outline_items: pl.DataFrame
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
        quarantine=frame(QuarantinedRecordSchema, "quarantine"),
        landings=frame(LandingSchema, "landings"),
        ingestions=frame(IngestionSchema, "ingestions"),
    )


def _set_aside(sidecar: Sidecar, rule: str, reason: str, loaded_at: datetime) -> PreparedDocument:
    return PreparedDocument(
        documents=[],
        figures=to_frame(FigureSchema, []),
        outline_items=to_frame(OutlineItemSchema, []),
        quarantine=[_quarantine_row(sidecar, "document", None, rule, reason, None)],
        landings=_landing_rows(sidecar),
        ingestions=[_ingestion_row(sidecar, "quarantined", 0, 0, 0, loaded_at)],
    )


def _document_row(sidecar: Sidecar, document: Document) -> Row:
    return {
        "doc_id": sidecar.doc_id,
        "address": sidecar.address,
        "file_name": sidecar.file_name,
        "source_url": document.url or _web_address(sidecar.address),
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


def _landing_rows(sidecar: Sidecar) -> list[Row]:
    return [
        {"doc_id": sidecar.doc_id, "address": address, "landed_at": _naive(landed_at)}
        for address, landed_at in sidecar.landings.items()
    ]


def _ingestion_row(
    sidecar: Sidecar,
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


def _quarantine_rows(
    sidecar: Sidecar, subject: str, rows: Sequence[Row], failures: Iterable[Failure]
) -> list[Row]:
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
    sidecar: Sidecar, subject: str, record: str | None, rule: str, reason: str, evidence: str | None
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


def _json(value: object) -> str:
    def plain(other: object) -> str:
        if isinstance(other, date):
            return other.isoformat()
        raise TypeError(f"{type(other).__name__} has no JSON form")

    return json.dumps(value, ensure_ascii=False, default=plain)
