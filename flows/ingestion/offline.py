"""Extraction without a warehouse, from files or JSON Lines."""

import codecs
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from flows.errors import DocumentRejectedError, UsageError
from flows.extract.figures.explain import Explained, explain
from flows.extract.figures.extractor import Extractor
from flows.extract.figures.trace import Trace
from flows.extract.languages.readers import READ_LANGUAGES
from flows.extract.model import Document, Figure, Objective, OutlineItem
from flows.extract.plans.outline import find_outline
from flows.extract.reader import DocumentReader, RawDocument
from flows.ingestion.reader import read_document_reader
from flows.io.landing.metadata import read_metadata
from flows.runtime.logs import logger
from schemas.inputs.json_lines_document import GivenDocument
from schemas.inputs.metadata import Metadata

Rejections = list[DocumentRejectedError]


def extract_figures(files: Sequence[Path], documents: str | None, rejected: Rejections) -> Iterator[Figure]:
    """Yield the figures of `files` and of the JSON Lines at `documents` (`-` is standard input).

    A document that cannot be read is appended to `rejected` and does not stop the others.
    """
    reader = read_document_reader()
    for document in _read_documents(files, documents, reader, rejected):
        if _is_read(document):
            yield from reader.extractor.extract(document)


def explain_figures(
    files: Sequence[Path], documents: str | None, rejected: Rejections
) -> Iterator[tuple[str, Figure, list[Explained]]]:
    """Yield the figures of the same documents, each with its sentence and the reason for the value of each field."""
    reader = read_document_reader()
    traces: list[Trace] = []
    extractor = Extractor(reader.vocabulary, traces.append)
    for document in _read_documents(files, documents, reader, rejected):
        if _is_read(document):
            traces.clear()
            extractor.extract(document)
            for trace in traces:
                sentence = document.text[trace.figure.sentence_start : trace.figure.sentence_end]
                yield sentence, trace.figure, explain(trace, reader.vocabulary)


def extract_outline(
    files: Sequence[Path], documents: str | None, rejected: Rejections
) -> Iterator[OutlineItem]:
    """Yield the outline items of the same documents."""
    reader = read_document_reader()
    for document in _read_documents(files, documents, reader, rejected):
        yield from find_outline(document, reader.vocabulary, reader.word_frequencies)


def extract_objectives(
    files: Sequence[Path], documents: str | None, rejected: Rejections
) -> Iterator[Objective]:
    """Yield the objectives of the same documents: what they promise, until when and by whom."""
    reader = read_document_reader()
    for document in _read_documents(files, documents, reader, rejected):
        if _is_read(document):
            outline = find_outline(document, reader.vocabulary, reader.word_frequencies)
            figures = reader.extractor.extract(document)
            yield from reader.objective_finder.find(document, outline, figures)


def _is_read(document: Document) -> bool:
    if document.language in (None, *READ_LANGUAGES):
        return True
    logger.warning("%s is written in `%s`, which is not read yet.", document.doc_id, document.language)
    return False


def _read_documents(
    files: Sequence[Path], documents: str | None, reader: DocumentReader, rejected: Rejections
) -> Iterator[Document]:
    files = [_existing(file) for file in files]  # check all of them before reading the first
    if documents == "-":
        yield from _read_lines(sys.stdin.buffer, "standard input", reader)
    elif documents:
        with _existing(Path(documents)).open("rb") as lines:
            yield from _read_lines(lines, documents, reader)
    for file in files:
        try:
            yield _read_file(file, reader)
        except DocumentRejectedError as rejection:
            rejected.append(rejection)


def _read_file(file: Path, reader: DocumentReader) -> Document:
    metadata, rejection = read_metadata(file)
    if rejection:
        raise DocumentRejectedError(rejection.rule, rejection.reason)
    stated = Metadata.model_validate(metadata or {})
    return reader.parse_readable(RawDocument(file.stem, file.name, file.read_bytes(), None, stated))


def _read_lines(lines: Iterable[bytes], name: str, reader: DocumentReader) -> Iterator[Document]:
    for number, raw in enumerate(lines, 1):
        line = raw.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        try:
            given = GivenDocument.model_validate_json(line)
            document = reader.document_of_text(given)
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(map(str, fault["loc"])) or "the line"
            raise UsageError(
                f"Line {number} of {name} is not a document: {where}: {fault['msg']}."
            ) from error
        yield document


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"{path} is not a file. Check the path.")
    return path
