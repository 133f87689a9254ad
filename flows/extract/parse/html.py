"""HTML: the complete article of a page with its title, date and address.

trafilatura finds the article, but its text leaves out headings, lists after headings or whole blocks, and the
figures in them. So trafilatura only locates the article: everything in that part of the page is kept, except
scripts, forms, navigation and blocks that are nearly all links. Remaining toolbars are marked as boilerplate later.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile

import trafilatura
from lxml import etree, html

from flows.extract.parse import rejections
from flows.extract.parse.dates import find_dates
from flows.extract.parse.encoding import decode_text, find_declared_encoding
from flows.extract.parse.parsed_content import Content

_DROPPED = frozenset(
    "script style noscript template head nav footer aside button select textarea svg iframe object audio video"
    " canvas dialog map".split()
)
_BLOCKS = frozenset(
    "address article blockquote body caption center dd div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5"
    " h6 header hr legend li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_CELLS = ("td", "th")
_LINE_BREAK = "\n"
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_LINK_SHARE = 0.7
# A shorter piece of the article ("Details") may occur anywhere on the page, so it does not locate the article.
_TELLING_LENGTH = 20
# Keys under which pages state their publication for machines. htmldate would also take the dates of changes and of
# the rendering, and dates that can be read in two ways.
_PUBLICATION_KEY = re.compile(
    r"(?:[\w ]+[:.] ?)?(?:pub_?date|publish(?:ed)?[-_]?(?:date|time)?|publication[-_]?date|date[-_]?published"
    r"|first_?published_?time|date|issued|created?(?:[-_](?:date|at))?|release[-_]?date)",
    re.IGNORECASE,
)
_PUBLICATION_IN_JSON = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')


@dataclass(frozen=True)
class _Block:
    """A run of text within one block element; `path` holds the block elements around it, outermost first."""

    text: str
    link_length: int
    path: tuple[html.HtmlElement, ...]

    @property
    def is_links(self) -> bool:
        """Whether the block is navigation: nearly all of its text is in links."""
        return self.link_length > _LINK_SHARE * len(self.text)

    def around(self, *tags: str) -> html.HtmlElement | None:
        """Return the innermost element around the block that has one of `tags`."""
        return next((element for element in reversed(self.path) if element.tag in tags), None)


def parse_html(content: bytes, *, file_name: str, charset: str | None = None) -> Content:
    """Return the article of a page: a blank line between blocks, table rows and list items on their own lines.

    `charset` is the encoding that the server named. Raises `DocumentRejectedError` (`no_text`) for a page of nothing
    but scripts and navigation.
    """
    page = decode_text(content, file_name=file_name, declared=charset or find_declared_encoding(content))
    tree = _parse(page)
    article = _find_article(page)
    blocks = [] if tree is None else _select_blocks(list(_read_blocks(tree)), article)
    if not blocks:
        raise rejections.no_text(
            file_name, "is a page of scripts or links without text", "save it from a browser first"
        )
    return Content(
        text=_join(blocks),
        title=_one_line(article.title) if article else None,
        published=_read_date(tree),
        publisher=_read_site_name(tree),
        url=_read_address(tree),
    )


def _parse(page: str) -> html.HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(page.encode("utf-8", errors="replace"), parser=parser)
    except etree.XMLSyntaxError as error:  # the HTML parser repairs all syntax; only memory can run out
        raise MemoryError from error
    except etree.ParserError:  # the page holds nothing but comments and blanks
        return None


def _find_article(page: str) -> trafilatura.settings.Document | None:
    article = trafilatura.bare_extraction(
        page,
        favor_recall=True,
        include_tables=True,
        include_comments=False,
        deduplicate=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "max_date": "2100-12-31"},  # not today's date
    )
    return None if isinstance(article, dict) else article  # a dict only for callers who ask for one


class _BlockReader:
    """Collects the text of block elements in document order, without recursion."""

    def __init__(self) -> None:
        """Start outside all elements."""
        self.blocks: list[_Block] = []
        self._path: list[html.HtmlElement] = []
        self._pieces: list[str] = []
        self._link_length = self._dropped = self._links = 0

    def start(self, element: html.HtmlElement) -> None:
        """Enter an element and collect the text at its beginning."""
        if element.tag in _BLOCKS:
            self._end_block()
            self._path.append(element)
        self._dropped += _is_dropped(element)
        self._links += element.tag == "a"
        if element.tag == "br":
            self._pieces.append(_LINE_BREAK)
        self._take(element.text)

    def end(self, element: html.HtmlElement) -> None:
        """Leave an element and collect the text after it."""
        if element.tag in _BLOCKS:
            self._end_block()
            self._path.pop()
        self._dropped -= _is_dropped(element)
        self._links -= element.tag == "a"
        self._take(element.tail)

    def _take(self, text: str | None) -> None:
        if text and not self._dropped:
            self._pieces.append(text.replace("\n", " "))
            self._link_length += len(text.strip()) if self._links else 0

    def _end_block(self) -> None:
        lines = [_BLANKS.sub(" ", line).strip() for line in "".join(self._pieces).split(_LINE_BREAK)]
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
        if text:
            self.blocks.append(_Block(text, self._link_length, tuple(self._path)))
        self._pieces, self._link_length = [], 0


def _read_blocks(tree: html.HtmlElement) -> list[_Block]:
    reader = _BlockReader()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        reader.start(element) if event == "start" else reader.end(element)
    return reader.blocks


def _is_dropped(element: html.HtmlElement) -> bool:
    is_hidden = (
        "hidden" in element.attrib or "display:none" in element.get("style", "").replace(" ", "").lower()
    )
    return element.tag in _DROPPED or is_hidden


def _select_blocks(blocks: list[_Block], article: trafilatura.settings.Document | None) -> list[_Block]:
    """Keep the blocks in the innermost element around the article and its headline, without lists of links."""
    paths = _find_paths(blocks, article) if article else []
    shared = takewhile(lambda elements: len(set(elements)) == 1, zip(*paths, strict=False))
    around = tuple(elements[0] for elements in shared)
    return [block for block in blocks if block.path[: len(around)] == around and not block.is_links]


def _find_paths(
    blocks: list[_Block], article: trafilatura.settings.Document
) -> list[tuple[html.HtmlElement, ...]]:
    """Return the paths of the blocks in trafilatura's article, and of the headline above them."""
    taken = {_squeeze(line) for line in (article.text or "").splitlines() if len(line) >= _TELLING_LENGTH}
    headline = _squeeze(article.title or "")
    paths = [
        block.path for block in blocks if any(_squeeze(line) in taken for line in block.text.splitlines())
    ]
    if not paths:
        return []
    return [*paths, *[block.path for block in blocks if headline and _squeeze(block.text) == headline][:1]]


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _join(blocks: Sequence[_Block]) -> str:
    parts = [blocks[0].text]
    for previous, block in pairwise(blocks):
        parts += [_separator(previous, block), block.text]
    return "".join(parts)


def _separator(previous: _Block, block: _Block) -> str:
    """Return a bar between cells, a line break between rows and between list items, else a blank line.

    Old sites lay out whole pages in tables, whose rows have a single cell, or whose cells have paragraphs.
    """
    row, table = block.around("tr"), block.around("table")
    if (
        row is not None
        and row is previous.around("tr")
        and block.around(*_CELLS) is not previous.around(*_CELLS)
    ):
        return " | "
    if table is not None and table is previous.around("table") and row is not previous.around("tr"):
        return "\n" if row is not None and len(row) > 1 else "\n\n"
    item_list = block.around("ul", "ol")
    return "\n" if item_list is not None and item_list is previous.around("ul", "ol") else "\n\n"


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _read_date(tree: html.HtmlElement) -> date | None:
    """Return the day that the page states for machines; visible dates are read from the text later."""
    stated = [
        meta.get("content", "")
        for meta in tree.iter("meta")
        if _PUBLICATION_KEY.fullmatch(meta.get("name") or meta.get("property") or meta.get("itemprop") or "")
    ]
    for script in tree.xpath("//script[@type='application/ld+json']"):
        stated += _PUBLICATION_IN_JSON.findall(script.text or "")
    return next((found.day for text in stated for found in find_dates(text)), None)


def _read_site_name(tree: html.HtmlElement) -> str | None:
    return _one_line(next(iter(tree.xpath("//meta[@property='og:site_name']/@content")), None))


def _read_address(tree: html.HtmlElement) -> str | None:
    addresses = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((address for address in addresses if address.startswith(("http://", "https://"))), None)
