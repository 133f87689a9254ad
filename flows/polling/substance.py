"""The part of a page that decides whether it is a new version.

The bytes of a page change with every request: a counter of views, a toolbar, the pagination, links to other articles.
It is a new version only if extraction reads something else: other text outside boilerplate, another title, date,
publisher or language.
"""

from dataclasses import dataclass

from flows.extract.model import Document
from flows.extract.patterns.spans import replace_spans


@dataclass(frozen=True)
class Substance:
    """The lines of a page's text without boilerplate, and its description of itself."""

    lines: tuple[str, ...]
    described: tuple[object, ...]


def read_substance(document: Document) -> Substance:
    """Return the part of a document by which versions are compared; blanks and empty lines make no difference."""
    described = (document.title, document.published, document.publisher, document.language)
    lines = (" ".join(line.split()) for line in _without_boilerplate(document).splitlines())
    return Substance(tuple(line for line in lines if line), described)


def _without_boilerplate(document: Document) -> str:
    return replace_spans(document.text, (stretch.span for stretch in document.boilerplate))
