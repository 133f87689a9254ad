"""The entrance to extraction: reads a document and everything that is found in it.

`quality-warehouse extract` needs only this, so it imports neither pandera nor polars nor DuckDB, which start slowly.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from flows.errors import DocumentRejectedError
from flows.extract.checks.checker import DocumentChecker
from flows.extract.figures.extractor import Extractor
from flows.extract.languages.readers import READ_LANGUAGES
from flows.extract.model import Citation, Document, Figure, Note, Objective, OutlineItem
from flows.extract.parse.document import make_document, parse
from flows.extract.parse.parsed_content import Content
from flows.extract.plans.objectives import ObjectiveFinder
from flows.extract.plans.outline import find_outline
from flows.extract.policies.citations import CitationFinder
from flows.extract.vocabulary.entries import Vocabulary
from schemas.inputs.json_lines_document import GivenDocument
from schemas.inputs.metadata import Metadata

logger = logging.getLogger("quality_warehouse")


@dataclass(frozen=True)
class RawDocument:
    """The bytes of a document and what is known before parsing; `media_type` is the one that a server declared."""

    doc_id: str
    file_name: str
    content: bytes
    media_type: str | None
    metadata: Metadata


@dataclass(frozen=True)
class Extracted:
    """A document and all that was found in it."""

    document: Document
    figures: list[Figure]
    outline_items: list[OutlineItem]
    objectives: list[Objective]
    citations: list[Citation]
    notes: list[Note]


class Reader(Protocol):
    """Reads documents: DocumentReader in this process, ReadingProcess in a guarded one."""

    def parse(self, raw: RawDocument) -> Document:
        """Parse a document in any language; raises DocumentRejectedError."""

    def extract(self, raw: RawDocument) -> Extracted:
        """Parse a document and extract from it; raises DocumentRejectedError."""

    def extract_again(self, document: Document, file_name: str | None) -> Extracted:
        """Extract from a document that is parsed already; raises DocumentRejectedError."""


class DocumentReader:
    """Reads documents with one set of reference data; make one and use it for many."""

    def __init__(self, vocabulary: Vocabulary, word_frequencies: Mapping[str, float]) -> None:
        """Compile once what every document needs."""
        self.vocabulary = vocabulary
        self.word_frequencies = word_frequencies
        self.extractor = Extractor(vocabulary)
        self.objective_finder = ObjectiveFinder(vocabulary)
        self.citation_finder = CitationFinder(vocabulary)
        self.document_checker = DocumentChecker(vocabulary)

    def parse_readable(self, raw: RawDocument) -> Document:
        """Parse a document; raises DocumentRejectedError, also for a language that is not read."""
        return check_language(self.parse(raw), raw.file_name)

    def parse(self, raw: RawDocument) -> Document:
        """Parse a document in any language; raises DocumentRejectedError."""
        with reject_faults(raw.file_name):
            return parse(
                raw.content,
                doc_id=raw.doc_id,
                file_name=raw.file_name,
                declared_media_type=raw.media_type,
                metadata=raw.metadata,
                boilerplate_patterns=self.vocabulary.boilerplate_patterns,
                word_frequencies=self.word_frequencies,
            )

    def extract(self, raw: RawDocument) -> Extracted:
        """Parse a document and extract from it; raises DocumentRejectedError, whatever goes wrong."""
        document = self.parse_readable(raw)
        with reject_faults(raw.file_name):
            return self._find_all(document)

    def extract_again(self, document: Document, file_name: str | None) -> Extracted:
        """Extract from a document that is parsed already; raises DocumentRejectedError, whatever goes wrong."""
        with reject_faults(file_name):
            return self._find_all(check_language(document, file_name))

    def _find_all(self, document: Document) -> Extracted:
        figures = self.extractor.extract(document)
        outline = find_outline(document, self.vocabulary, self.word_frequencies)
        return Extracted(
            document=document,
            figures=figures,
            outline_items=outline,
            objectives=self.objective_finder.find(document, outline, figures),
            citations=self.citation_finder.find(document),
            notes=self.document_checker.check(document),
        )

    def document_of_text(self, given: GivenDocument) -> Document:
        """Make a document of a given text; raises pydantic's ValidationError where its metadata are wrong."""
        return make_document(
            Content(given.text),
            doc_id=given.doc_id,
            metadata=given.metadata(),
            boilerplate_patterns=self.vocabulary.boilerplate_patterns,
            word_frequencies=self.word_frequencies,
        )


@contextmanager
def reject_faults(file_name: str | None) -> Iterator[None]:
    """Turn any error into a DocumentRejectedError, so that a fault of ours in one document does not stop the others."""
    try:
        yield
    except DocumentRejectedError:
        raise
    except MemoryError as error:
        raise DocumentRejectedError(
            "too_much_memory",
            f"{file_name} needs more memory to be read than is allowed: split it, or raise "
            "QUALITY_WAREHOUSE_MAX_READING_BYTES and land a copy of it.",
        ) from error
    except Exception as error:
        logger.debug("%s could not be read", file_name, exc_info=True)
        what = f"{type(error).__name__}: {error}"
        raise DocumentRejectedError(
            "unexpected_error", f"{file_name} could not be read ({what}). Report it together with the file."
        ) from error


def check_language(document: Document, file_name: str | None) -> Document:
    """Return the document; raises DocumentRejectedError where it is in a language that is not read."""
    if document.language in (None, *READ_LANGUAGES):
        return document
    raise DocumentRejectedError(
        "unsupported_language",
        f"{file_name} is written in `{document.language}`, which the extractor does not read "
        f"yet (it reads {', '.join(READ_LANGUAGES)}). It stays landed for a version that does.",
    )
