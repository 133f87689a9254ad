"""Documents that are only to be read: files or JSON Lines in, figures or outline items out, no warehouse."""

import codecs
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from flows.errors import DocumentRejectedError, UsageError
from flows.extract.content import Content
from flows.extract.find_outline import find_outline
from flows.extract.languages import READ_LANGUAGES
from flows.extract.model import Document, Figure, OutlineItem
from flows.extract.parse import describe
from flows.io.landing import Sidecar, read_metadata
from flows.prepare import Preparer, read_preparer
from flows.progress import logger
from schemas.given_document import GivenDocument

Rejections = list[DocumentRejectedError]


def extract_figures(files: Sequence[Path], documents: str | None, rejected: Rejections) -> Iterator[Figure]:
    """The figures of `files`, or of the JSON Lines at `documents` (`-` is standard input).

    What cannot be read is appended to `rejected`; the others go on.
    """
    preparer = read_preparer()
    for document in _read_documents(files, documents, preparer, rejected):
        if document.language in (None, *READ_LANGUAGES):
            yield from preparer.extractor.extract(document)
        else:
            logger.warning(
                "%s is written in `%s`, which is not read yet.", document.doc_id, document.language
            )


def extract_outline(
    files: Sequence[Path], documents: str | None, rejected: Rejections
) -> Iterator[OutlineItem]:
    """The outline items of the same documents."""
    preparer = read_preparer()
    for document in _read_documents(files, documents, preparer, rejected):
        yield from find_outline(document, preparer.vocabulary.heading_marks, preparer.word_frequencies)


def _read_documents(
    files: Sequence[Path], documents: str | None, preparer: Preparer, rejected: Rejections
) -> Iterator[Document]:
    files = [_existing(file) for file in files]  # all of them, before the first is read
    if documents == "-":
        yield from _read_lines(sys.stdin.buffer, "standard input", preparer)
    elif documents:
        with _existing(Path(documents)).open("rb") as lines:
            yield from _read_lines(lines, documents, preparer)
    for file in files:
        try:
            yield _read_file(file, preparer)
        except DocumentRejectedError as rejection:
            rejected.append(rejection)


def _read_file(file: Path, preparer: Preparer) -> Document:
    metadata, rejection = read_metadata(file)
    content = file.read_bytes()
    sidecar = Sidecar(
        doc_id=file.stem,
        address=str(file),
        file_name=file.name,
        size_bytes=len(content),
        landed_at=datetime.now(UTC),
        metadata=metadata,
        rejection=rejection,
    )
    return preparer.parse(sidecar, content)


def _read_lines(lines: Iterable[bytes], name: str, preparer: Preparer) -> Iterator[Document]:
    for number, raw in enumerate(lines, 1):
        line = raw.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        try:
            given = GivenDocument.model_validate_json(line)
            metadata = given.metadata()
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(map(str, fault["loc"])) or "the line"
            raise UsageError(f"Line {number} of {name} is no document: {where}: {fault['msg']}.") from error
        yield describe(
            Content(given.text),
            doc_id=given.doc_id,
            metadata=metadata,
            boilerplate_patterns=preparer.vocabulary.boilerplate_patterns,
            word_frequencies=preparer.word_frequencies,
        )


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"{path} is no file. Check the path.")
    return path
