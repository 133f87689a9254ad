"""The result of parsing one format: the text, and what the format itself says about it."""

from dataclasses import dataclass
from datetime import date

from flows.extract.model import Boilerplate


@dataclass(frozen=True)
class Content:
    """The text of one document, as its format gives it.

    `title`, `published`, `publisher` and `url` come from the format's own metadata fields, else they are None.
    `page_starts` are the offsets of the pages in `text`; `boilerplate` are spans that only the layout reveals.
    """

    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    page_starts: tuple[int, ...] = ()
    boilerplate: tuple[Boilerplate, ...] = ()
