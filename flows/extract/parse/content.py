"""What a parser of one format hands to `parse`: the text and what the format itself says about it."""

from dataclasses import dataclass
from datetime import date

from flows.extract.model import Boilerplate


@dataclass(frozen=True)
class Content:
    """The text of one document, as its format gives it.

    `title`, `published`, `publisher` and `url` are what the format states in fields of its own, else None.
    `page_starts` are the offsets of the pages in `text`; `boilerplate` is what only the layout gives away.
    """

    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    page_starts: tuple[int, ...] = ()
    boilerplate: tuple[Boilerplate, ...] = ()
