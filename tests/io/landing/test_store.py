"""Landing on a real disk: what is kept, what makes a document pending again, and what is rejected."""

import hashlib
import json
import os
import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.errors import FetchError, QualityWarehouseError, UsageError
from flows.io.landing.store import (
    Landing,
    Sidecar,
    land,
    read_content,
    read_sidecars,
)
from flows.io.web.fetch import Fetched
from flows.settings import Settings

NEWS = "Inspectors examined 120 batches of helmets in 2023.\n"


@pytest.fixture
def settings(tmp_path):
    return Settings(
        home=tmp_path / "home", allow_private_addresses=True, http_attempts=1, http_timeout_seconds=5
    )


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def land_all(given, settings) -> list[Sidecar]:
    """Land a file, a folder or a URL without a failure."""
    landed, failures = land([given], settings)
    assert failures == []
    return landed


def land_one(given, settings) -> Sidecar:
    [sidecar] = land_all(given, settings)
    return sidecar


def files_of(settings):
    return {path: path.read_bytes() for path in settings.landing.rglob("*") if path.is_file()}


def test_bytes_are_kept_under_their_hash_with_a_sidecar(settings, inbox):
    file = inbox / "news.txt"
    file.write_text(NEWS)
    sidecar = land_one(file, settings)
    sha256 = hashlib.sha256(NEWS.encode()).hexdigest()
    assert (settings.landing / sha256[:2] / sha256 / "content").read_text() == NEWS
    assert (sidecar.doc_id, sidecar.address, sidecar.file_name) == (sha256, str(file), "news.txt")
    assert (sidecar.size_bytes, sidecar.media_type, sidecar.rejection) == (len(NEWS), None, None)
    assert sidecar.landed_at.utcoffset().total_seconds() == 0
    assert read_sidecars(settings) == [sidecar]
    assert read_content(sidecar, settings).decode() == NEWS


def test_landing_the_same_folder_again_changes_no_byte(settings, inbox):
    (inbox / "a.txt").write_text(NEWS)
    (inbox / "copy-of-a.txt").write_text(NEWS)
    (inbox / "b.txt").write_text("Another text.")
    land_all(inbox, settings)
    before = files_of(settings)
    fingerprints = [sidecar.fingerprint for sidecar in read_sidecars(settings)]
    land_all(inbox, settings)
    assert files_of(settings) == before
    assert [sidecar.fingerprint for sidecar in read_sidecars(settings)] == fingerprints
    assert len(fingerprints) == 2


def test_corrected_metadata_changes_the_fingerprint_and_keeps_the_landing_time(settings, inbox):
    (inbox / "news.txt").write_text(NEWS)
    first = land_one(inbox / "news.txt", settings)
    (inbox / "news.meta.json").write_text('{"published": "2024-01-09", "publisher": "Example Gazette"}')
    second = land_one(inbox / "news.txt", settings)
    assert second.metadata == {"published": "2024-01-09", "publisher": "Example Gazette"}
    assert second.fingerprint != first.fingerprint
    assert second.landed_at == first.landed_at


def test_metadata_named_after_the_whole_file_name_comes_first(settings, inbox):
    (inbox / "news.txt").write_text(NEWS)
    (inbox / "news.meta.json").write_text('{"publisher": "Of the stem"}')
    (inbox / "news.txt.meta.json").write_text('{"publisher": "Of the file"}')
    assert land_one(inbox / "news.txt", settings).metadata == {"publisher": "Of the file"}


def test_same_bytes_under_another_name_are_one_document_with_the_new_name(settings, inbox):
    (inbox / "old.txt").write_text(NEWS)
    first = land_one(inbox / "old.txt", settings)
    (inbox / "old.txt").rename(inbox / "new.txt")
    second = land_one(inbox / "new.txt", settings)
    assert (second.doc_id, second.file_name) == (first.doc_id, "new.txt")
    assert second.landed_at == first.landed_at
    assert second.fingerprint != first.fingerprint
    assert read_sidecars(settings) == [second]


def test_new_bytes_at_a_known_address_are_a_newer_document(settings, inbox):
    file = inbox / "news.txt"
    file.write_text("First version.")
    first = land_one(file, settings)
    file.write_text("Second version.")
    second = land_one(file, settings)
    assert first.doc_id != second.doc_id
    assert first.address == second.address
    assert first.landed_at < second.landed_at
    assert read_content(first, settings) == b"First version."


def test_bytes_that_return_to_an_address_are_the_newest_there_again_and_stay_so(settings, inbox):
    file = inbox / "news.txt"
    for text in ("A", "B", "A"):
        file.write_text(text)
        last = land_one(file, settings)
    assert [read_content(sidecar, settings) for sidecar in read_sidecars(settings)] == [b"B", b"A"]
    assert land_one(file, settings) == last


def test_a_copy_elsewhere_does_not_make_versions_change_places_at_every_run(settings, inbox):
    copy, file = inbox / "copy.txt", inbox / "news.txt"
    copy.write_text("A")
    land_one(copy, settings)
    file.write_text("B")
    land_one(file, settings)
    file.write_text("A")
    land_all(inbox, settings)
    before = files_of(settings)
    land_all(inbox, settings)
    assert files_of(settings) == before


def test_a_bare_copy_elsewhere_does_not_take_back_what_was_stated(settings, inbox):
    (inbox / "news.txt").write_text(NEWS)
    (inbox / "news.meta.json").write_text('{"published": "2017-09-16"}')
    land_one(inbox / "news.txt", settings)
    (inbox / "zz-copy.txt").write_text(NEWS)
    assert land_one(inbox / "zz-copy.txt", settings).metadata == {"published": "2017-09-16"}
    (inbox / "news.meta.json").unlink()
    land_one(inbox / "news.txt", settings)
    assert land_one(inbox / "news.txt", settings).metadata is None


def test_a_landing_that_was_killed_before_its_sidecar_does_not_count(settings, inbox):
    (inbox / "news.txt").write_text(NEWS)
    sidecar = land_one(inbox / "news.txt", settings)
    folder = settings.landing / sidecar.doc_id[:2] / sidecar.doc_id
    (folder / "sidecar.json").unlink()
    (folder / "content").write_bytes(b"half of it")
    assert read_sidecars(settings) == []
    again = land_one(inbox / "news.txt", settings)
    assert read_content(again, settings).decode() == NEWS


def test_a_file_beyond_the_limit_is_rejected_and_its_bytes_are_not_kept(settings, inbox):
    small = settings.model_copy(update={"max_document_bytes": 20})
    (inbox / "large.txt").write_text(NEWS)
    sidecar = land_one(inbox / "large.txt", small)
    assert sidecar.rejection.rule == "too_large"
    assert "large.txt has 52 bytes, 20 are allowed" in sidecar.rejection.reason
    assert sidecar.doc_id == hashlib.sha256(NEWS.encode()).hexdigest()
    with pytest.raises(QualityWarehouseError, match=r"land .*large\.txt again"):
        read_content(sidecar, small)
    accepted = land_one(inbox / "large.txt", settings)
    assert accepted.rejection is None
    assert read_content(accepted, settings).decode() == NEWS


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ("{broken", "it is not JSON"),
        ('{"publishd": "2024-01-09"}', "publishd: Extra inputs are not permitted"),
        ('{"published": "9 January 2024"}', "published: .*YYYY-MM-DD"),
        ('{"published": "2024-02-30"}', "published: .*day"),
        ('{"published": 20240109}', "published: .*YYYY-MM-DD"),
        ('{"document_type": "rumour"}', "document_type: Input should be 'press_release'"),
        ('{"url": "javascript:alert(1)"}', "url: String should match"),
        ('{"title": "\\ud800"}', "title: "),
        ('{"title": NaN}', "NaN is not a JSON value"),
        ('["2024-01-09"]', "all of it: "),
        ("[" * 100_000, "it is not JSON"),
        ("\xff\xfe", "it is not JSON"),
    ],
)
def test_invalid_metadata_rejects_the_document_and_says_what_is_wrong(settings, inbox, given, fault):
    (inbox / "news.txt").write_text(NEWS)
    (inbox / "news.meta.json").write_text(given, encoding="latin-1")
    sidecar = land_one(inbox / "news.txt", settings)
    assert sidecar.rejection.rule == "invalid_metadata"
    assert sidecar.metadata is None
    assert re.search(f"news.meta.json is invalid, .*{fault}", sidecar.rejection.reason)
    assert read_content(sidecar, settings).decode() == NEWS


def test_a_missing_path_stops_everything_before_anything_lands(settings, inbox):
    (inbox / "news.txt").write_text(NEWS)
    with pytest.raises(UsageError, match=r"nowhere.txt is neither a file nor a folder: check the path\."):
        land([inbox / "news.txt", inbox / "nowhere.txt"], settings)
    assert read_sidecars(settings) == []


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org/a.txt", "file:///etc/hostname", "https://", "https://me:secret@example.org/"],
)
def test_an_address_that_is_not_allowed_stops_everything_before_anything_lands(settings, inbox, address):
    (inbox / "news.txt").write_text(NEWS)
    with pytest.raises(UsageError, match=r"not allowed|not an address") as error:
        land([inbox / "news.txt", address], settings)
    assert "secret" not in str(error.value)
    assert read_sidecars(settings) == []


def test_metadata_alone_is_no_document(settings, inbox):
    (inbox / "news.meta.json").write_text("{}")
    with pytest.raises(UsageError, match="only describes a document"):
        land_one(inbox / "news.meta.json", settings)


def test_a_name_that_is_no_utf8_lands_under_a_readable_one(settings, inbox):
    name = os.fsdecode(b"caf\xe9.txt")
    (inbox / name).write_text(NEWS)
    sidecar = land_all(inbox, settings)[0]
    assert sidecar.file_name == "caf\ufffd.txt"
    assert json.loads(sidecar.model_dump_json())["file_name"] == "caf\ufffd.txt"


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/news/today.html" else 404)
        self.send_header("Content-Type", "text/html; charset=gb2312")
        self.end_headers()
        self.wfile.write(b"<html><body><p>Hello</p></body></html>")

    def log_message(self, *arguments):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_url_lands_with_its_address_name_and_declared_media_type(settings, site):
    sidecar = land_one(f"{site}/news/today.html", settings)
    assert (sidecar.address, sidecar.file_name) == (f"{site}/news/today.html", "today.html")
    assert sidecar.media_type == "text/html; charset=gb2312"
    assert land_one(f"{site}/news/today.html", settings) == sidecar


def test_an_address_that_fails_does_not_keep_the_others_from_landing(settings, site, inbox):
    (inbox / "news.txt").write_text(NEWS)
    landed, [failure] = land([f"{site}/gone", inbox / "news.txt", f"{site}/news/today.html"], settings)
    assert isinstance(failure, FetchError)
    assert str(failure).startswith(f"{site}/gone answered 404 Not Found")
    assert [sidecar.file_name for sidecar in landed] == ["news.txt", "today.html"]
    assert read_sidecars(settings) == landed


def test_bytes_seen_at_two_addresses_keep_both_with_their_times(settings, inbox):
    (inbox / "news.txt").write_text("A")
    first = land_one(inbox / "news.txt", settings)
    (inbox / "news.txt").write_text("B")
    second = land_one(inbox / "news.txt", settings)
    (inbox / "copy.txt").write_text("A")
    copied = land_one(inbox / "copy.txt", settings)
    assert copied.landings == {
        str(inbox / "news.txt"): first.landed_at,
        str(inbox / "copy.txt"): first.landed_at,
    }
    assert max(copied.landings.values()) < second.landed_at


def test_the_same_bytes_that_land_from_many_places_at_once_keep_all_their_places(settings, tmp_path):
    paths = [tmp_path / f"copy-{number}.txt" for number in range(8)]
    for path in paths:
        path.write_text("In 2023, 1,250 batches were checked.")
    with ThreadPoolExecutor(8) as threads:
        assert all(not failures for _, failures in threads.map(lambda path: land([path], settings), paths))
    [sidecar] = read_sidecars(settings)
    assert set(sidecar.landings) == set(map(str, paths))


def test_what_is_stated_of_a_source_gives_way_to_what_is_stated_of_a_document(settings, tmp_path):
    path = tmp_path / "news.txt"
    path.write_text("In 2023, 1,250 batches were checked.")
    path.with_name("news.meta.json").write_text('{"publisher": "Daily"}')
    land([path], settings)
    fetched = Fetched(path.read_bytes(), "text/plain", "news.txt")
    sidecar = Landing(settings).land_fetched(
        "https://x/news", fetched, {"publisher": "Office", "language": "en"}
    )
    assert sidecar.metadata == {"publisher": "Daily", "language": "en"}


def test_nothing_is_read_of_the_landing_before_something_is_to_land(settings):
    folder = settings.landing / "ab" / ("ab" * 32)
    folder.mkdir(parents=True)
    (folder / "sidecar.json").write_text("damaged")
    landing = Landing(settings)
    assert not landing.holds(None)
    assert landing.holds("ab" * 32)
    with pytest.raises(QualityWarehouseError, match="is damaged"):
        landing.find_newest("https://x/news")


def test_a_process_reads_a_sidecar_again_only_when_it_was_written_anew(settings, inbox):
    for name in ("a", "b", "c"):
        (inbox / f"{name}.txt").write_text(f"{name}: {NEWS}")
    land_all(inbox, settings)
    before = {sidecar.file_name: sidecar for sidecar in read_sidecars(settings)}
    (inbox / "a.txt.meta.json").write_text('{"publisher": "Somebody"}')
    land_one(inbox / "a.txt", settings)
    shutil.rmtree(settings.landing / before["b.txt"].doc_id[:2] / before["b.txt"].doc_id)
    now = {sidecar.file_name: sidecar for sidecar in read_sidecars(settings)}
    assert set(now) == {"a.txt", "c.txt"}
    assert now["a.txt"].metadata == {"publisher": "Somebody"}
    assert now["a.txt"].fingerprint != before["a.txt"].fingerprint
    assert now["c.txt"] is before["c.txt"]


def test_what_else_lies_among_the_landed_folders_is_passed_over(settings, inbox):
    (inbox / "news.txt").write_text(NEWS)
    sidecar = land_one(inbox / "news.txt", settings)
    (settings.landing / sidecar.doc_id[:2] / "stray").write_text("no folder")
    (settings.landing / "zz").mkdir()
    assert read_sidecars(settings) == [sidecar]
