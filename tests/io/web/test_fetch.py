"""Fetching from a real server on this machine: refusals, retries and results."""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from email.utils import formatdate
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stamina

from flows.errors import FetchError, UsageError
from flows.io.web.fetch import Validators, fetch, fetch_if_changed
from flows.settings import Settings

# Without the time, which would give tests different names in the two processes of pytest-xdist.
compressed = partial(gzip.compress, mtime=0)


class Site(BaseHTTPRequestHandler):
    """A server with one behaviour for each path; `server.asked` counts the requests by path."""

    def do_GET(self):
        path = self.path.partition("?")[0]
        self.server.asked[path] = self.server.asked.get(path, 0) + 1
        self.server.hosts.append(self.headers["Host"])
        getattr(self, "get_" + path.strip("/").replace("/", "_").partition(".")[0])()

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_page(self):
        self.answer(200, b"<p>Hello</p>", Content_Type="text/html; charset=big5")

    def get_download(self):
        name = "attachment; filename*=UTF-8''..%2F..%2Fquality%20report.pdf"
        self.answer(200, b"%PDF-", Content_Disposition=name)

    def get_busy(self):
        self.answer(503 if self.server.asked["/busy"] < 3 else 200, b"at last")

    def get_broken(self):
        self.answer(500)

    def get_limited(self):
        self.answer(429 if self.server.asked["/limited"] < 2 else 200, b"your turn")

    def get_missing(self):
        self.answer(404)

    def get_large(self):
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(1000):
                self.wfile.write(b"x" * 1000)
        except OSError:
            self.server.cut_off = True

    def get_slow(self):
        time.sleep(1.5)
        self.answer(200)

    def get_moved(self):
        self.answer(302, Location="/page")

    def get_loop(self):
        self.answer(302, Location="/loop")

    def get_inside(self):
        self.answer(302, Location=self.server.elsewhere)

    def get_tagged(self):
        is_known = self.headers["If-None-Match"] == '"v1"'
        self.answer(304 if is_known else 200, b"" if is_known else b"tagged", ETag='"v1"')

    def get_to_tagged(self):
        self.answer(302, Location="/tagged")

    def get_strange_tag(self):
        self.answer(200, b"text", ETag="x" * 10_000, Last_Modified="\xe9")

    def get_304(self):
        self.answer(304)

    def get_soon(self):
        self.answer(503 if self.server.asked["/soon"] < 2 else 200, b"here", Retry_After="1")

    def get_later(self):
        self.answer(429, Retry_After="120")

    def get_at_a_time(self):
        self.answer(503, Retry_After=formatdate(time.time() + 300, usegmt=True))

    def get_never(self):
        self.answer(503, Retry_After="99999999999")

    def get_nonsense(self):
        self.answer(503 if self.server.asked["/nonsense"] < 2 else 200, b"here", Retry_After="soon")

    def get_nowhere(self):
        moment = f"Mon, 01 Jan 2026 00:00:00 +{'9' * 20}"
        self.answer(503 if self.server.asked["/nowhere"] < 2 else 200, b"here", Retry_After=moment)

    def get_named(self):
        self.answer(200, b"text", Content_Disposition=f"attachment; filename*={self.server.elsewhere}")

    def get_coded(self):
        coding, packed = self.server.coded
        self.answer(200, packed, Content_Encoding=coding)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked, server.hosts, server.elsewhere, server.cut_off, server.coded = {}, [], None, False, None
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings(tmp_path):
    return Settings(
        home=tmp_path,
        allow_private_addresses=True,
        http_attempts=3,
        http_timeout_seconds=0.5,
        max_document_bytes=100_000,
    )


@pytest.fixture(autouse=True)
def without_pauses():
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


def test_bytes_come_with_their_media_type_and_the_name_at_the_final_address(server, settings):
    fetched = fetch(f"{server.url}/moved", settings)
    assert fetched.content == b"<p>Hello</p>"
    assert fetched.media_type == "text/html; charset=big5"
    assert fetched.file_name == "page"


def test_the_name_of_a_download_never_leads_out_of_a_folder(server, settings):
    assert fetch(f"{server.url}/download?id=1", settings).file_name == "quality report.pdf"


@pytest.mark.parametrize("name", ["undefined''a.pdf", "idna''%ff", "punycode''%ff"])
def test_a_name_in_an_encoding_that_cannot_decode_it_is_passed_over(server, settings, name):
    server.elsewhere = name
    assert fetch(f"{server.url}/named", settings).file_name == "named"


def test_a_name_beyond_ascii_is_resolved_as_it_stands_in_the_host_header(settings, monkeypatch):
    asked = []
    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **kw: asked.append(host) or resolve(host, *rest, **kw)
    )
    with pytest.raises(FetchError, match="its name cannot be resolved"):
        fetch("http://stra\u00dfe.invalid/", settings)
    assert set(asked) == {"xn--strae-oqa.invalid"}


def test_the_name_of_the_server_is_kept_though_the_connection_goes_to_its_address(server, settings):
    fetch(f"http://localhost:{server.server_port}/page", settings)
    assert server.hosts == [f"localhost:{server.server_port}"]


@pytest.mark.parametrize(
    ("path", "content", "asked"), [("/busy", b"at last", 3), ("/limited", b"your turn", 2)]
)
def test_a_busy_server_is_asked_again(server, settings, path, content, asked):
    assert fetch(server.url + path, settings).content == content
    assert server.asked[path] == asked


def test_a_server_that_stays_broken_is_reported_after_the_last_try(server, settings):
    with pytest.raises(
        FetchError, match=r"/broken answered 500 .*\. It was tried 3 times: try again later\."
    ):
        fetch(f"{server.url}/broken", settings)
    assert server.asked["/broken"] == 3


def test_a_missing_page_is_not_asked_for_again(server, settings):
    with pytest.raises(
        FetchError, match=r"/missing answered 404 Not Found: check the address in a browser\."
    ):
        fetch(f"{server.url}/missing", settings)
    assert server.asked["/missing"] == 1


def test_a_body_beyond_the_limit_is_cut_off_while_it_comes(server, settings):
    with pytest.raises(FetchError, match="/large is larger than 100000 bytes"):
        fetch(f"{server.url}/large", settings)
    assert server.asked["/large"] == 1


def test_a_server_that_does_not_answer_in_time_is_reported(server, settings):
    with pytest.raises(FetchError, match="/slow did not answer in time"):
        fetch(f"{server.url}/slow", settings)
    assert server.asked["/slow"] == 3


def test_a_port_where_nobody_listens_is_reported(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(FetchError, match=f"http://127.0.0.1:{port}/ could not be reached .*try again later"):
        fetch(f"http://127.0.0.1:{port}/", settings)


def test_a_name_that_does_not_exist_is_reported(settings):
    with pytest.raises(FetchError, match=r"http://no-such-host\.invalid/ could not be reached"):
        fetch("http://no-such-host.invalid/", settings)


def test_endless_redirects_end(server, settings):
    with pytest.raises(FetchError, match="/loop redirects more than 5 times: give the final address"):
        fetch(f"{server.url}/loop", settings)
    assert server.asked["/loop"] == 6


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/a", "file:///etc/passwd", "example.org", "http://", "http://a:b/", "http://xn--/"],
)
def test_only_plain_web_addresses_are_allowed(settings, url):
    with pytest.raises(UsageError, match=r"not allowed|not an address"):
        fetch(url, settings)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0.0.0.0", "[::1]", "[::ffff:7f00:1]"]
)
def test_this_machine_is_not_reachable_unless_it_is_allowed(server, settings, host):
    strict = settings.model_copy(update={"allow_private_addresses": False})
    with pytest.raises(UsageError, match="is a private address"):
        fetch(f"http://{host}:{server.server_port}/page", strict)
    assert server.asked == {}


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://user:word@127.0.0.1/",
        "http://xn--/",
        "http://xn--a/",
        "http:page",
    ],
)
def test_a_redirect_to_what_is_no_plain_web_address_is_refused(server, settings, target):
    server.elsewhere = target
    with pytest.raises(FetchError, match="/inside redirects to a forbidden address"):
        fetch(f"{server.url}/inside", settings)


def test_a_redirect_to_a_private_address_is_refused(server, settings):
    strict = settings.model_copy(update={"allow_private_addresses": False})
    server.elsewhere = f"http://127.0.0.2:{server.server_port}/page"
    refusal = r"/inside redirects to a forbidden address: .*127\.0\.0\.2 is a private address"
    with pytest.raises(FetchError, match=refusal):
        fetch(f"{server.url}/inside", strict, is_allowed=lambda address: str(address) == "127.0.0.1")
    assert server.asked == {"/inside": 1}


def test_what_has_not_changed_is_not_sent_again(server, settings):
    known = fetch(f"{server.url}/tagged", settings).validators
    assert known == Validators(f"{server.url}/tagged", '"v1"', None)
    assert fetch_if_changed(f"{server.url}/tagged", settings, known) is None
    assert (
        fetch_if_changed(f"{server.url}/tagged", settings, Validators(known.address, '"v0"')).content
        == b"tagged"
    )


def test_a_tag_is_shown_only_to_the_address_that_gave_it(server, settings):
    known = fetch(f"{server.url}/to_tagged", settings).validators
    assert known.address == f"{server.url}/tagged"
    assert fetch_if_changed(f"{server.url}/to_tagged", settings, known) is None
    elsewhere = Validators(f"{server.url}/page", '"v1"')
    assert fetch_if_changed(f"{server.url}/tagged", settings, elsewhere).content == b"tagged"


def test_validators_that_could_not_be_sent_back_are_dropped(server, settings):
    assert fetch(f"{server.url}/strange_tag", settings).validators == Validators(f"{server.url}/strange_tag")


def test_a_304_that_nobody_asked_for_is_told(server, settings):
    with pytest.raises(FetchError, match="/304 answered 304"):
        fetch(f"{server.url}/304", settings)


def test_every_address_is_shown_before_it_is_asked(server, settings):
    shown = []
    fetch_if_changed(f"{server.url}/moved", settings, Validators(), before=shown.append)
    assert shown == [f"{server.url}/moved", f"{server.url}/page"]


def test_a_short_pause_that_a_server_asks_for_is_kept(server, settings, monkeypatch):
    slept = []
    monkeypatch.setattr("time.sleep", slept.append)
    with stamina.set_testing(False):
        assert fetch(f"{server.url}/soon", settings).content == b"here"
    assert slept == [1]


@pytest.mark.parametrize(
    ("path", "low", "high"),
    [("/later", 120, 120), ("/at_a_time", 290, 300), ("/never", 86_400, 86_400)],
)
def test_a_long_pause_is_not_waited_for_but_told(server, settings, path, low, high):
    with pytest.raises(FetchError, match=r"It asks to wait \d+ s: try again then\.") as caught:
        fetch(server.url + path, settings)
    assert low <= caught.value.retry_after <= high
    assert caught.value.status in (429, 503)
    assert server.asked[path] == 1


@pytest.mark.parametrize("path", ["/nonsense", "/nowhere"])
def test_a_pause_that_is_no_pause_is_passed_over(server, settings, path):
    assert fetch(server.url + path, settings).content == b"here"


def raw_deflate(content):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", compressed(b"text")),
        ("x-gzip", compressed(b"te") + compressed(b"xt") + b"\0\0"),
        ("deflate", zlib.compress(b"text")),
        ("deflate", raw_deflate(b"text")),
        ("identity", b"text"),
    ],
)
def test_compressed_bodies_are_unfolded(server, settings, coding, packed):
    server.coded = coding, packed
    assert fetch(f"{server.url}/coded", settings).content == b"text"


@pytest.mark.parametrize(
    ("coding", "packed", "problem"),
    [
        ("gzip", compressed(b"text")[:-4], "sends a broken answer"),
        ("gzip", b"no gzip at all", "sends a broken answer"),
        ("gzip", compressed(b"text") + b"rubbish", "sends a broken answer"),
        ("br", b"text", "comes in the coding 'br'"),
        ("gzip, gzip", compressed(compressed(b"text")), "comes in the coding 'gzip, gzip'"),
        pytest.param(
            "gzip", compressed(b"") * 10_000, "is larger than 100000 bytes", id="ten thousand empty members"
        ),
    ],
)
def test_bodies_that_cannot_be_unfolded_are_told_and_not_asked_for_again(
    server, settings, coding, packed, problem
):
    server.coded = coding, packed
    with pytest.raises(FetchError, match=problem):
        fetch(f"{server.url}/coded", settings)
    assert server.asked["/coded"] == 1


def test_a_bomb_is_never_unfolded(server, settings):
    server.coded = "gzip", compressed(b"\0" * 50_000_000)
    tracemalloc.start()
    with pytest.raises(FetchError, match="is larger than 100000 bytes"):
        fetch(f"{server.url}/coded", settings)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
