"""Reads the addresses of documents out of a feed, a list page or a sitemap.

Pure: it fetches neither documents nor anything else that the bytes refer to. A publisher can write anything into a
list, so XML is read without entities, external files and bombs, and only usable links are kept: http(s) addresses on
the wanted hosts, each once, in order.
"""

import re
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from lxml import etree

from flows.errors import DocumentRejectedError
from flows.extract.parse.encoding import decode_text, find_declared_encoding

FEED, LIST_PAGE, SITEMAP = "feed", "list_page", "sitemap"
_GZIP = b"\x1f\x8b"
_LONGEST_ADDRESS = 2_000
_LONGEST_TITLE = 500
_LARGEST_PAGE_BYTES = 5_000_000  # two seconds a megabyte
_ENTRIES = ("item", "entry")
_SITEMAP_ROOTS = ("urlset", "sitemapindex")
_FEED_ROOTS = ("rss", "RDF", "feed")
# Feeds are full of addresses with unescaped ampersands; in CDATA these are correct.
_BARE_AMPERSAND = re.compile(rb"(<!\[CDATA\[.*?\]\]>)|&(?!(?:#\d+|#x[0-9a-f]+|[a-z]\w*);)", re.I | re.S)
_CHANGED = ("updated", "modified", "pubDate", "published", "date", "lastmod")


@dataclass(frozen=True)
class Link:
    """The address of a document, with its title and its date of publication or change as the list words them."""

    address: str
    title: str | None = None
    changed: str | None = None


@dataclass(frozen=True)
class Listing:
    """The content of a list: `links` to documents, links to further `lists`, the number of `refused` links."""

    links: tuple[Link, ...]
    lists: tuple[Link, ...] = ()
    refused: int = 0


@dataclass(frozen=True)
class Wanted:
    """The links of a list that are documents.

    `hosts` are the allowed hosts in lower case (`www.` makes no difference), `pattern` is a regular expression that
    occurs in the addresses, and `selector` the CSS selector of the links on a list page.
    """

    hosts: frozenset[str]
    pattern: str | None = None
    selector: str | None = None


def read_links(
    content: bytes, *, kind: str, address: str, wanted: Wanted, charset: str | None = None, limit: int
) -> Listing:
    """Return the content of the list at `address`.

    `kind` is feed, list_page or sitemap, `charset` the encoding that the server named, and `limit` the size in bytes
    that a compressed sitemap may have when unpacked.
    Raises DocumentRejectedError (`no_list`, `no_links`, `unsafe_xml`, `too_large`, `too_large_when_unpacked`).
    """
    readers: Mapping[str, Callable[[], tuple[Iterable[Link], Iterable[Link]]]] = {
        FEED: lambda: (_read_feed(_parse_xml(content, address), address), ()),
        LIST_PAGE: lambda: (_read_page(content, address, wanted.selector or "a", charset), ()),
        SITEMAP: lambda: _read_sitemap(_parse_xml(_unpack(content, address, limit), address), address),
    }
    links, lists = readers[kind]()
    kept, refused = _select(links, wanted.hosts, wanted.pattern)
    kept_lists, refused_lists = _select(lists, wanted.hosts, None)
    return Listing(kept, kept_lists, refused + refused_lists)


def is_on_host(address: str, hosts: frozenset[str]) -> bool:
    """Tell whether `address` is an http(s) address on one of `hosts`."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and host in {known.removeprefix("www.") for known in hosts}


def host_of(address: str) -> str:
    """Return the host of an address in lower case, without its port."""
    return urlsplit(address).hostname or ""


def _select(
    links: Iterable[Link], hosts: frozenset[str], pattern: str | None
) -> tuple[tuple[Link, ...], int]:
    """Return each wanted link once, and the number of links to other hosts; the pattern omits links on purpose."""
    kept: dict[str, Link] = {}
    refused = set()
    for link in links:
        if len(link.address) > _LONGEST_ADDRESS or not is_on_host(link.address, hosts):
            refused.add(link.address)
        elif pattern is None or re.search(pattern, link.address):
            kept.setdefault(link.address, link)
    return tuple(kept.values()), len(refused)


def _resolve(href: str | None, base: str) -> str | None:
    """Return an absolute address without fragment and blanks; None if `href` is not an address."""
    try:
        resolved = urldefrag(urljoin(base, (href or "").strip()))[0]
        urlsplit(resolved).port  # noqa: B018 (raises for a port that is not a number)
    except ValueError:
        return None
    return resolved.replace(" ", "%20") if href and href.strip() else None


def _parse_xml(content: bytes, address: str) -> etree._Element:
    """Parse XML that need not be well-formed, since few feeds are; reject it if it declares entities."""
    stripped = content.lstrip()
    try:
        root = etree.fromstring(stripped, _xml_parser(recover=False))
    except (etree.XMLSyntaxError, ValueError):
        root = _parse_broken_xml(stripped, address)
    declared = root.getroottree().docinfo.internalDTD
    # The stubs of lxml lack this method.
    if declared is not None and any(True for _ in declared.iterentities()):  # type: ignore[union-attr]
        raise DocumentRejectedError(
            "unsafe_xml", f"{address} declares entities, which no list needs: tell its publisher."
        )
    return root


def _parse_broken_xml(content: bytes, address: str) -> etree._Element:
    repaired = _BARE_AMPERSAND.sub(lambda found: found[1] or b"&amp;", content)
    try:
        root = etree.fromstring(repaired, _xml_parser(recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _no_list(address, f"it is not XML ({error})") from error
    if root is None:
        raise _no_list(address, "it is not XML")
    return root


def _xml_parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )


def _no_list(address: str, why: str) -> DocumentRejectedError:
    return DocumentRejectedError(
        "no_list",
        f"{address} is not the expected list: {why}. Check its address and kind in sources.csv.",
    )


def _read_feed(root: etree._Element, address: str) -> Iterator[Link]:
    """Yield the link of each entry of an RSS feed of any version, or of an Atom feed."""
    if _name(root) not in _FEED_ROOTS:
        raise _no_list(address, f"it begins with <{_name(root)}>, unlike RSS or Atom")
    for entry in root.iter():
        if _name(entry) in _ENTRIES:
            resolved = _resolve(_entry_link(entry), _base_of(entry, address))
            if resolved:
                yield Link(resolved, _text(entry, ("title",)), _text(entry, _CHANGED))


def _entry_link(entry: etree._Element) -> str | None:
    """Return the alternate link of an Atom entry; of an RSS item the link, else an id that is an address."""
    links = [child for child in entry if _name(child) == "link"]
    for child in links:
        if child.get("href") and child.get("rel", "alternate") == "alternate":
            return child.get("href")
    plain = next((child.text for child in links if child.text and child.text.strip()), None)
    guid = next((child for child in entry if _name(child) in ("guid", "id")), None)
    if plain or guid is None or guid.get("isPermaLink") == "false":
        return plain
    is_address = (guid.text or "").strip().startswith(("http://", "https://"))
    return guid.text if is_address else None


def _base_of(element: etree._Element, address: str) -> str:
    """Return the base of relative links in an element: the address, moved by every `xml:base` around it."""
    bases = [element.base] if element.base else []
    return urljoin(address, bases[0]) if bases else address


def _read_sitemap(root: etree._Element, address: str) -> tuple[list[Link], list[Link]]:
    """Return the pages of a `urlset`, and the further sitemaps of a `sitemapindex`."""
    if _name(root) not in _SITEMAP_ROOTS:
        raise _no_list(address, f"it begins with <{_name(root)}>, unlike a sitemap")
    found = []
    for child in root:
        resolved = _resolve(_text(child, ("loc",)), address)
        if _name(child) in ("url", "sitemap") and resolved:
            found.append(Link(resolved, None, _text(child, ("lastmod",))))
    return (found, []) if _name(root) == "urlset" else ([], found)


def _read_page(content: bytes, address: str, selector: str, charset: str | None) -> list[Link]:
    """Return the links that the selector selects, and the links within other elements that it selects."""
    if len(content) > _LARGEST_PAGE_BYTES:
        raise DocumentRejectedError(
            "too_large",
            f"{address} has {len(content)} bytes, too many for a list page: name another list.",
        )
    page = decode_text(content, file_name=address, declared=charset or find_declared_encoding(content))
    with warnings.catch_warnings():
        # BeautifulSoup warns of XML and file names; these have no links, which is reported below.
        warnings.simplefilter("ignore")
        tree = BeautifulSoup(page, "lxml")
    base_element = tree.find("base", href=True)
    base = (_resolve(str(base_element["href"]), address) if base_element else None) or address
    links = []
    for chosen in tree.select(selector):
        for anchor in [chosen] if chosen.has_attr("href") else chosen.find_all(href=True):
            resolved = _resolve(str(anchor["href"]), base)
            if resolved and anchor.name in ("a", "area"):
                links.append(Link(resolved, " ".join(anchor.get_text(" ").split())[:_LONGEST_TITLE] or None))
    if not links:
        raise DocumentRejectedError(
            "no_links",
            f"{address} has no link that `{selector}` selects: it was rebuilt, or shows its list to browsers only. "
            "Correct link_selector in sources.csv.",
        )
    return links


def _unpack(content: bytes, address: str, limit: int) -> bytes:
    """Return the content of a `sitemap.xml.gz`; other content is returned unchanged."""
    if not content.startswith(_GZIP):
        return content
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpacked = inflater.decompress(content, limit + 1)
    except zlib.error as error:
        raise _no_list(address, f"it is damaged gzip ({error})") from error
    if len(unpacked) > limit:
        raise DocumentRejectedError(
            "too_large_when_unpacked",
            f"{address} is larger than {limit} bytes when unpacked: tell its publisher.",
        )
    if not inflater.eof:
        raise _no_list(address, "it is truncated gzip")
    return unpacked


def _name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: etree._Element, names: tuple[str, ...]) -> str | None:
    """Return the text of the first of `names` among the children, in the order of `names`."""
    children = {_name(child): child for child in reversed(element)}
    for name in names:
        child = children.get(name)
        words = " ".join("".join(map(str, child.itertext())).split()) if child is not None else ""
        if words:
            return words[:_LONGEST_ADDRESS]
    return None
