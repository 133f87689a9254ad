"""The data model of extraction: documents and what is found in them.

A span is a pair of Python string offsets into `Document.text`; `text[start:end]` is the quote.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Boilerplate:
    """A stretch of text that states nothing: a toolbar, pagination, a comment form, a footer."""

    start: int
    end: int
    kind: str

    @property
    def span(self) -> tuple[int, int]:
        """Its start and end."""
        return self.start, self.end


@dataclass(frozen=True)
class Document:
    """A text and what is known about it.

    `title` is the repaired title, `title_raw` the title as the site wrote it. `published` is the day on which the
    document was published, `event` the stated day on which its figures were announced (a press conference).
    `page_starts` are the offsets of the pages of a paged format, empty for other formats.
    """

    doc_id: str
    text: str
    title: str | None = None
    title_raw: str | None = None
    published: date | None = None
    event: date | None = None
    language: str | None = None
    publisher: str | None = None
    document_type: str | None = None
    url: str | None = None
    licence: str | None = None
    media_type: str = "text/plain"
    boilerplate: tuple[Boilerplate, ...] = ()
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One stated quantity. The fields and their vocabularies are described in `schemas/raw/figure.py`."""

    doc_id: str
    quote: str
    start: int
    end: int
    number: str
    value: float
    value_max: float | None = None
    unit: str = "count"
    counted: str | None = None
    bound: str = "exact"
    kind: str = "level"
    status: str = "actual"
    period_start: date | None = None
    period_end: date | None = None
    period_basis: str | None = None
    agency: str | None = None
    ref_area: str | None = None
    indicator: str | None = None
    measure: str | None = None
    breakdown: str | None = None
    speaker: str | None = None
    confidence: float = 0.5
    sentence_start: int = 0
    sentence_end: int = 0
    context_start: int = 0
    context_end: int = 0
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OutlineItem:
    """One heading of a structured document; the fields are described in `schemas/raw/outline_item.py`."""

    doc_id: str
    level: int
    number: str | None
    title: str
    title_raw: str
    parent: str | None
    parent_start: int | None
    start: int
    end: int
    body: str | None = None
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """A passage in which a document contradicts itself; the fields are described in `schemas/raw/note.py`."""

    doc_id: str
    rule: str
    quote: str
    start: int
    end: int
    stated: float
    found: float
    explanation: str


@dataclass(frozen=True)
class Citation:
    """A passage in which a document names a policy; the fields are described in `schemas/raw/citation.py`."""

    doc_id: str
    policy: str | None
    relation: str
    quote: str | None
    start: int | None
    end: int | None
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Objective:
    """A promise with its deadline and owner; the fields are described in `schemas/raw/objective.py`."""

    doc_id: str
    outline_start: int | None
    quote: str
    start: int
    end: int
    deadline: date | None = None
    deadline_quote: str | None = None
    owner: str | None = None
    owner_quote: str | None = None
    is_quantified: bool = False
    indicators: tuple[str, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)
