"""Pages that fail, mislead or never end: each is reported, and none stops the others."""

import pytest
from local_site import (
    XML,
    Behaviour,
    Page,
    feed,
    gzip_bomb,
    hang_up,
    never_answer,
    packed,
    redirect,
    send_endlessly,
    send_headers_slowly,
    send_slowly,
    statement,
)
from polled_source import HOUR, NOW, counts, landed_texts, make_source, poll, read_page

from flows.io.landing.store import read_sidecars

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("page", "why"),
    [
        pytest.param(Behaviour(send_slowly), "sends too slowly", marks=pytest.mark.fault),
        pytest.param(Behaviour(send_headers_slowly), "sends too slowly", marks=pytest.mark.fault),
        (Behaviour(send_endlessly), "is larger than 1000000 bytes"),
        (Behaviour(never_answer), "did not answer in time"),
        (Behaviour(hang_up), "could not be reached"),
        (gzip_bomb(), "is larger than 1000000 bytes"),
        (Page(b"\x1f\x8b\x08\x00broken", headers={"Content-Encoding": "gzip"}), "sends a broken answer"),
        (Page(b"<p>?</p>", headers={"Content-Encoding": "br"}), "comes in the coding 'br'"),
        (Page(b"\x89PNG", media_type="image/png"), "is image/png, not a document"),
        (Page(b""), "sends nothing"),
        (Page(b"<p>Oops</p>", status=500), "answered 500"),
        (Page(b"<p>Gone</p>", status=404), "answered 404"),
        (redirect("/bad"), "redirects more than 5 times"),
        (redirect("ftp://127.0.0.1/a"), "redirects to a forbidden address"),
        (redirect("http://xn--/a"), "redirects to a forbidden address"),
        (redirect("http://elsewhere.example/a"), "is on another host than its source"),
    ],
)
def test_a_page_that_fails_is_told_and_stops_no_other(site, settings, page, why):
    quick = settings.model_copy(update={"http_timeout_seconds": 0.2})
    site.pages |= {"/feed": Page(feed("/bad", "/a"), media_type=XML), "/bad": page}
    source = make_source(site)
    done = poll(quick, source)
    assert counts(done) == {"new": 1, "failed": 1}
    assert why in done.failures[0]
    assert not done.is_failed
    assert why in read_page(settings, source, f"{site.url}/bad").last_failure


def test_a_page_that_failed_is_asked_for_again_and_landed_when_it_comes(site, settings):
    site.pages["/a"] = Page(b"<p>Oops</p>", status=500)
    source = make_source(site)
    poll(settings, source)
    site.pages["/a"] = Page(statement())
    assert counts(poll(settings, source, NOW + HOUR)) == {"new": 1}


def test_a_page_is_taken_through_a_redirect_and_through_compression(site, settings):
    site.pages["/a"] = redirect("/moved")
    site.pages["/moved"] = packed(statement().encode())
    poll(settings, make_source(site))
    [sidecar] = read_sidecars(settings)
    assert sidecar.address == f"{site.url}/a"
    assert landed_texts(settings) == [statement()]


def test_a_redirect_to_an_address_of_this_network_is_refused(site, settings):
    strict = settings.model_copy(update={"allow_private_addresses": False})
    inside = f"http://127.0.0.2:{site.server_port}/a"
    site.pages["/a"] = redirect(inside)
    source = make_source(site, allowed_hosts="127.0.0.2")
    done = poll(strict, source, is_allowed=lambda address: str(address) == "127.0.0.1")
    assert counts(done) == {"failed": 1}
    assert "127.0.0.2 is a private address" in done.failures[0]


def test_a_source_inside_this_network_is_not_polled_unless_that_is_allowed(site, settings):
    strict = settings.model_copy(update={"allow_private_addresses": False})
    done = poll(strict, make_source(site))
    assert done.is_failed and "is a private address" in done.failures[0]
    assert site.asked == []
