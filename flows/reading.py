"""Bytes or a given text in, a document out, with all that is needed to extract from it; no warehouse, no tables.

This is what `quality-warehouse extract` needs and no more: it imports neither pandera nor polars nor DuckDB.
"""

from collections.abc import Mapping

from flows.errors import DocumentRejectedError
from flows.extract.check_document import DocumentChecker
from flows.extract.content import Content
from flows.extract.engine import Extractor
from flows.extract.find_citations import CitationFinder
from flows.extract.find_objectives import ObjectiveFinder
from flows.extract.languages import READ_LANGUAGES
from flows.extract.model import Document
from flows.extract.parse import describe, parse
from flows.extract.vocabulary import Vocabulary, read_vocabulary
from flows.io.reference_rows import read_reference_rows
from flows.io.word_frequencies import WordFrequencies
from flows.places import SEEDS
from schemas.given_document import GivenDocument
from schemas.metadata import Metadata


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

    def read_bytes(
        self,
        content: bytes,
        *,
        doc_id: str,
        file_name: str,
        metadata: Metadata,
        declared_media_type: str | None = None,
    ) -> Document:
        """Make text of the bytes of a document; raises DocumentRejectedError."""
        document = self.parse_bytes(
            content,
            doc_id=doc_id,
            file_name=file_name,
            metadata=metadata,
            declared_media_type=declared_media_type,
        )
        return check_language(document, file_name)

    def parse_bytes(
        self,
        content: bytes,
        *,
        doc_id: str,
        file_name: str,
        metadata: Metadata,
        declared_media_type: str | None = None,
    ) -> Document:
        """As `read_bytes`, whatever the language; raises DocumentRejectedError."""
        return parse(
            content,
            doc_id=doc_id,
            file_name=file_name,
            declared_media_type=declared_media_type,
            metadata=metadata,
            boilerplate_patterns=self.vocabulary.boilerplate_patterns,
            word_frequencies=self.word_frequencies,
        )

    def read_given(self, given: GivenDocument) -> Document:
        """Describe a text that is used as it is; raises pydantic's ValidationError where its metadata are wrong."""
        return describe(
            Content(given.text),
            doc_id=given.doc_id,
            metadata=given.metadata(),
            boilerplate_patterns=self.vocabulary.boilerplate_patterns,
            word_frequencies=self.word_frequencies,
        )


def read_document_reader() -> DocumentReader:
    """Read the reference data, which must be valid before the first document is touched."""
    return DocumentReader(read_vocabulary(read_reference_rows(SEEDS)), WordFrequencies())


def check_language(document: Document, file_name: str | None) -> Document:
    """Return the document, if it is in a language that is read; raises DocumentRejectedError."""
    if document.language in (None, *READ_LANGUAGES):
        return document
    raise DocumentRejectedError(
        "unsupported_language",
        f"{file_name} is written in `{document.language}`, which the extractor does not read "
        f"yet (it reads {', '.join(READ_LANGUAGES)}). It stays landed for a version that does.",
    )
