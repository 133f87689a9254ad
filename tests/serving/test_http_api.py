"""The HTTP API over real sockets: who may post what, and every document answered with 202 is on disk."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
import uvicorn

from flows.errors import QualityWarehouseError
from flows.io.landing.store import read_content, read_sidecars
from flows.serving.http_api import make_http_api
from flows.settings import Settings

KEY = "sixteen letters or more"
REPORT = b"In 2023, inspectors checked 1,250 batches of kettles."


@dataclass
class Entrance:
    settings: Settings
    url: str
    landed: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)

    def post(self, path: str, key: str | None = KEY, **request) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.post(f"{self.url}{path}", headers=headers, **request)


@pytest.fixture
def entrance(tmp_path) -> Iterator[Entrance]:
    settings = Settings(home=tmp_path, api_key=KEY, max_document_bytes=1_000)
    listening = socket.create_server(("127.0.0.1", 0))
    entrance = Entrance(settings, f"http://127.0.0.1:{listening.getsockname()[1]}")
    app = make_http_api(
        settings,
        lambda landed: entrance.landed.extend(sidecar.doc_id for sidecar in landed),
        lambda: entrance.events.append("event"),
    )
    server = uvicorn.Server(uvicorn.Config(app, log_config=None))
    thread = threading.Thread(target=server.run, args=[[listening]])
    thread.start()
    yield entrance
    server.should_exit = True
    thread.join()


def test_a_posted_document_is_landed_with_its_metadata(entrance):
    answer = entrance.post(
        "/documents?file_name=report.txt&publisher=Bureau&published=2024-02-21", content=REPORT
    )
    (sidecar,) = read_sidecars(entrance.settings)
    assert answer.status_code == 202
    assert answer.json() == {"status": "landed", "doc_id": sidecar.doc_id, "address": "post:report.txt"}
    assert read_content(sidecar, entrance.settings) == REPORT
    assert sidecar.metadata == {"publisher": "Bureau", "published": "2024-02-21"}
    assert entrance.landed == [sidecar.doc_id]


def test_other_bytes_under_the_same_name_or_address_are_a_new_version(entrance):
    entrance.post("/documents?file_name=report.txt", content=REPORT)
    entrance.post("/documents?file_name=report.txt", content=REPORT + b" And 7 more.")
    address = "https://example.org/a"
    entrance.post(f"/documents?file_name=a.txt&url={address}", content=b"In 2024, 8 tests.")
    assert [list(sidecar.landings) for sidecar in read_sidecars(entrance.settings)] == [
        ["post:report.txt"],
        ["post:report.txt"],
        [address],
    ]


@pytest.mark.parametrize("path", ["/documents?file_name=report.txt", "/events"])
@pytest.mark.parametrize("key", [None, "another key that is wrong"])
def test_without_the_key_nothing_is_taken(entrance, path, key):
    answer = entrance.post(path, key=key, json={"event": "document.landed"})
    assert answer.status_code == 401
    assert "Authorization: Bearer KEY" in answer.json()["detail"]
    assert (entrance.landed, entrance.events, read_sidecars(entrance.settings)) == ([], [], [])


@pytest.mark.parametrize(
    ("path", "content", "status", "said"),
    [
        ("/documents", REPORT, 422, "Name the document"),
        ("/documents?file_name=a.txt", b"", 422, "The body is empty"),
        ("/documents?file_name=a.txt", b"x" * 1_001, 413, "1000 bytes"),
        ("/documents?file_name=a.txt&published=tomorrow", REPORT, 422, "YYYY-MM-DD"),
        ("/documents?file_name=a.txt&colour=red", REPORT, 422, "colour"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(entrance, path, content, status, said):
    answer = entrance.post(path, content=content)
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert read_sidecars(entrance.settings) == []


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"url": "http://127.0.0.1/report"}, 422, "private address"),
        ({"url": "file:///etc/passwd"}, 422, "url"),
        ({"url": "https://example.org/a", "colour": "red"}, 422, "colour"),
        ([], 422, "body"),
    ],
)
def test_an_address_that_is_not_allowed_is_not_fetched(entrance, body, status, said):
    answer = entrance.post("/documents", json=body)
    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_an_event_says_that_there_is_work(entrance):
    assert entrance.post("/events", json={"event": "document.landed"}).status_code == 202
    assert entrance.events == ["event"]
    assert entrance.post("/events", json={"event": "warehouse.dropped"}).status_code == 422
    assert entrance.events == ["event"]


def test_it_says_that_it_lives_to_everybody_and_shows_nothing_else(entrance):
    assert httpx.get(f"{entrance.url}/health").json() == {"status": "ok"}
    for path in ("/docs", "/openapi.json", "/documents"):
        assert httpx.get(f"{entrance.url}{path}").status_code in (404, 405)


def test_without_a_key_in_the_settings_there_is_no_entrance(tmp_path):
    with pytest.raises(QualityWarehouseError, match="QUALITY_WAREHOUSE_API_KEY"):
        make_http_api(Settings(home=tmp_path), print, print)


def test_the_key_does_not_show_in_the_settings(tmp_path):
    assert KEY not in repr(Settings(home=tmp_path, api_key=KEY))
