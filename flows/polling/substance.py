"""Two readings of one page in, whether it states anything else out.

Bytes of a page change with every call: a counter of views, a toolbar, the pagination, links to other articles.
A page is another version only when what extraction reads of it is another: its text without boilerplate, its
title, and what it says of its date, publisher and language.
"""

from dataclasses import dataclass

from flows.extract.model import Document
from flows.extract.patterns.spans import replace_spans


@dataclass(frozen=True)
class Substance:
    """What a page states: the lines of its text without boilerplate, and its description of itself."""

    lines: tuple[str, ...]
    described: tuple[object, ...]


def read_substance(document: Document) -> Substance:
    """Return what two versions of a document are compared by; how blanks and empty lines lie is no difference."""
    described = (document.title, document.published, document.publisher, document.language)
    lines = (" ".join(line.split()) for line in _without_boilerplate(document).splitlines())
    return Substance(tuple(line for line in lines if line), described)


def _without_boilerplate(document: Document) -> str:
    return replace_spans(document.text, (stretch.span for stretch in document.boilerplate))
