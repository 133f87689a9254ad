"""A web site on a real socket of this machine, whose pages behave as well or badly as a test wants."""

import gzip
import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass
class Page:
    """The answer of a path; `body` may depend on the number of the request, starting with 1."""

    body: bytes | str | Callable[[int], str] = b""
    status: int = 200
    media_type: str | None = HTML
    headers: dict[str, str] = field(default_factory=dict)
    has_etag: bool = False
    last_modified: str | None = None

    def answer(self, request: "Request", count: int) -> None:
        body = self.body(count) if callable(self.body) else self.body
        content = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": self.media_type, "Last-Modified": self.last_modified, **self.headers}
        if self.has_etag:
            headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()}"'
        if request.knows(headers):
            request.reply(304, headers | {"Content-Type": None}, b"")
        else:
            request.reply(self.status, headers, content)


@dataclass
class Behaviour:
    """A path that does something no proper page does."""

    act: Callable[["Request"], None]

    def answer(self, request: "Request", _count: int) -> None:
        self.act(request)


@dataclass(frozen=True)
class Asked:
    """A received request."""

    path: str
    host: str
    headers: dict[str, str]


class Site(ThreadingHTTPServer):
    """A server of `pages`; `asked` holds the requests so far, in order."""

    daemon_threads = True
    request_queue_size = 32

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.pages: dict[str, Page | Behaviour] = {}
        self.asked: list[Asked] = []
        self.is_closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def count(self, path: str) -> int:
        return Counter(asked.path for asked in self.asked)[path]

    def paths(self) -> list[str]:
        """Return the requested paths in order."""
        return [asked.path for asked in self.asked]

    def forget(self) -> None:
        """Forget the requests so far."""
        self.asked.clear()

    def last(self, path: str) -> Asked:
        return next(asked for asked in reversed(self.asked) if asked.path == path)


class Request(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(Asked(self.path, headers["host"], headers))
        page = self.server.pages.get(self.path, Page("<p>Not here</p>", status=404))
        page.answer(self, self.server.count(self.path))

    def knows(self, headers: dict[str, str | None]) -> bool:
        conditions = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
        given = [
            headers.get(says) == self.headers[asks] for asks, says in conditions.items() if self.headers[asks]
        ]
        return bool(given) and all(given)

    def reply(self, status: int, headers: dict[str, str | None], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if value is not None:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def serve_site() -> Iterator[Site]:
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.is_closing.set()
            site.shutdown()
            thread.join()


def redirect(to: str) -> Page:
    return Page(status=302, headers={"Location": to})


def send_slowly(request: Request) -> None:
    """Send a byte now and then, each within the time limit of a single step, without end."""
    request.send_response(200)
    request.send_header("Content-Type", HTML)
    request.end_headers()
    drip(request, b"x")


def send_headers_slowly(request: Request) -> None:
    """Send a header line now and then, each within the time limit of a single step, and never a body."""
    request.send_response(200)
    request.flush_headers()
    drip(request, b"X-More: to come\r\n")


def drip(request: Request, drop: bytes) -> None:
    """Send the same again and again until the client is gone or the site closes."""
    try:
        while not request.server.is_closing.wait(0.05):
            request.wfile.write(drop)
    except OSError:
        pass


def send_endlessly(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Type", HTML)
    request.end_headers()
    try:
        while not request.server.is_closing.is_set():
            request.wfile.write(b"<p>and so on</p>" * 1000)
    except OSError:
        pass


def never_answer(request: Request) -> None:
    request.server.is_closing.wait(5)


def hang_up(request: Request) -> None:
    """Close the connection without an answer."""
    request.close_connection = True


def packed(content: bytes, **headers: str) -> Page:
    return Page(gzip.compress(content), headers={"Content-Encoding": "gzip", **headers})


def gzip_bomb() -> Page:
    """Return two megabytes that unpack to two gigabytes, in pieces that each unpack to a thousand times their size."""
    member = gzip.compress(b"\0" * 10_000_000)
    return Page(member * 200, headers={"Content-Encoding": "gzip"})


def feed(*links: str, changed: str | None = None) -> str:
    stamp = f"<pubDate>{changed}</pubDate>" if changed else ""
    items = "".join(f"<item><title>News</title><link>{link}</link>{stamp}</item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


def list_page(*links: str) -> str:
    items = "".join(f'<li><a href="{link}">Statement</a></li>' for link in links)
    return f'<html><body><a href="/about">About</a><ul class="news">{items}</ul></body></html>'


def sitemap(*links: str, changed: str | None = None) -> str:
    stamp = f"<lastmod>{changed}</lastmod>" if changed else ""
    urls = "".join(f"<url><loc>{link}</loc>{stamp}</url>" for link in links)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def sitemap_index(**lists: str) -> str:
    entries = "".join(
        f"<sitemap><loc>{link}</loc><lastmod>{day}</lastmod></sitemap>" for link, day in lists.items()
    )
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'


def statement(batches: str = "1,250", views: int = 1, page: int = 1) -> str:
    """Return a press release with a figure, a view counter and the pagination of its site."""
    return f"""<html><head><title>Inspection of kettles in 2023</title></head><body>
    <nav><a href="/">Home</a> <a href="/news">News</a></nav>
    <article><h1>Inspection of kettles in 2023</h1>
    <p>2024-02-21 Views: {views}</p>
    <p>In 2023, inspectors checked {batches} batches of electric kettles from manufacturers in all regions.</p>
    <p>Of these batches, 93.6 percent met the standard, which is more than in the year before.</p>
    <p>{views} views</p></article>
    <div>&lt; {" ".join(str(number) for number in range(page, page + 4))} &gt;</div>
    <footer>About us | Contact us</footer></body></html>"""
