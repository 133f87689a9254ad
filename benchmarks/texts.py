"""The texts that the bench reads: annotated ones where available, else the project's own.

The annotated texts are beside the project (`../shared`) and not part of it. The others are the sample
documents of `seeds/documents/` and the golden documents of `tests/golden/`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import TypeVar

import yaml

from flows.extract.model import Document
from flows.extract.reader import DocumentReader, RawDocument
from flows.io.landing.metadata import read_metadata
from flows.paths import PROJECT_ROOT, SAMPLE_DOCUMENTS
from schemas.inputs.json_lines_document import GivenDocument
from schemas.inputs.metadata import Metadata

ANNOTATED = PROJECT_ROOT.parent / "shared" / "evaluation" / "dev"
Read = TypeVar("Read", GivenDocument, Document)
GOLDEN = PROJECT_ROOT / "tests" / "golden"


@dataclass(frozen=True)
class Texts:
    """Documents in the form that `extract --documents` takes, and where they come from."""

    source: str
    documents: Sequence[GivenDocument]


def read_texts(reader: DocumentReader) -> Texts:
    """Return the annotated texts, or those of the project itself where there are none."""
    if ANNOTATED.is_dir():
        return Texts("the annotated documents beside the project", list(_annotated()))
    return Texts("the sample and golden documents of the project", [*_samples(reader), *_golden()])


def repeat(documents: Sequence[Read], megabytes: float) -> list[Read]:
    """Repeat the documents until their UTF-8 texts have this size in total."""
    repeated: list[Read] = []
    for document in cycle(documents):
        if megabytes <= 0:
            break
        repeated.append(document)
        megabytes -= size(document.text)
    return repeated


def size(text: str) -> float:
    """Return the megabytes of a text in UTF-8."""
    return len(text.encode()) / 1e6


def _annotated() -> Iterator[GivenDocument]:
    for file in sorted(ANNOTATED.glob("*.json")):
        yield GivenDocument.model_validate_json(file.read_bytes())


def _samples(reader: DocumentReader) -> Iterator[GivenDocument]:
    for file in sorted(SAMPLE_DOCUMENTS.iterdir()):
        if not file.name.endswith(".meta.json"):
            yield _parsed(file, reader)


def _parsed(file: Path, reader: DocumentReader) -> GivenDocument:
    metadata = Metadata.model_validate(read_metadata(file)[0] or {})
    document = reader.parse_readable(RawDocument(file.stem, file.name, file.read_bytes(), None, metadata))
    return GivenDocument(
        doc_id=file.stem,
        text=document.text,
        title=document.title,
        published=document.published and document.published.isoformat(),
        language=document.language,
    )


def _golden() -> Iterator[GivenDocument]:
    for file in sorted(GOLDEN.glob("*.yaml")):
        case = yaml.safe_load(file.read_text(encoding="utf-8"))
        stated = json.loads(json.dumps(case["metadata"], default=str))
        yield GivenDocument.model_validate(stated | {"doc_id": file.stem, "text": case["text"]})
