"""Polls obey robots.txt, pause between requests and leave busy hosts alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from local_site import (
    XML,
    Page,
    feed,
    redirect,
    statement,
)
from polled_source import HOUR, NOW, a_minute_later, counts, make_source, poll

from flows.io.sources.states import open_source_states

pytestmark = pytest.mark.slow


def test_what_robots_txt_closes_is_not_asked_for(site, settings):
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /a\n", media_type="text/plain")
    done = poll(settings, make_source(site))
    assert counts(done) == {"failed": 1}
    assert "/a is disallowed by the robots.txt" in done.failures[0]
    assert site.count("/a") == 0


def test_robots_txt_is_asked_for_once_a_day_and_not_at_each_poll(site, settings):
    source = make_source(site)
    for hours in range(3):
        poll(settings, source, NOW + hours * HOUR)
    assert site.count("/robots.txt") == 1


def test_a_host_whose_robots_txt_cannot_be_read_is_asked_for_nothing(site, settings):
    site.pages["/robots.txt"] = Page(b"oops", status=500)
    done = poll(settings, make_source(site))
    assert done.is_failed
    assert done.failures[0].startswith(f"Cannot tell whether 127.0.0.1:{site.server_port} allows requests: ")
    assert site.paths() == ["/robots.txt"]


def test_a_redirect_does_not_lead_around_robots_txt(site, settings):
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /closed\n", media_type="text/plain")
    site.pages["/a"] = redirect("/closed")
    poll(settings, make_source(site))
    assert site.count("/closed") == 0


def test_requests_to_a_host_keep_the_pause_of_our_settings(site, settings, monkeypatch):
    slept = []

    def record(seconds):
        slept.append((len(site.paths()), seconds))

    monkeypatch.setattr("flows.io.sources.polite_client.time.sleep", record)
    poll(settings.model_copy(update={"poll_delay_seconds": 9}), make_source(site))
    assert site.paths() == ["/robots.txt", "/feed", "/a"]
    assert [asked for asked, _ in slept] == [1, 2]
    assert all(8 < seconds <= 9 for _, seconds in slept)


def test_a_host_that_wants_long_pauses_gets_one_request_a_poll(site, settings):
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 60\n", media_type="text/plain")
    done = poll(settings, make_source(site))
    assert site.paths() == ["/robots.txt", "/feed"]
    assert (counts(done), done.is_failed, done.rests_until) == ({}, False, None)
    again = poll(settings, make_source(site), by_name=True)
    assert "asks for a pause between requests" in again.failures[0]
    assert (again.is_failed, again.rests_until) == (False, None)
    a_minute_later(settings, site.url)
    assert counts(poll(settings, make_source(site))) == {"new": 1}


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_left_alone_for_as_long_as_it_says(site, settings, status):
    site.pages["/feed"] = Page(feed("/a", "/b"), media_type=XML)
    site.pages["/a"] = Page(b"busy", status=status, headers={"Retry-After": "3600"})
    site.pages["/b"] = Page(statement("9"))
    source = make_source(site)
    done = poll(settings, source)
    assert "is too busy: it is asked again after" in done.failures[0]
    assert timedelta(minutes=59) < done.rests_until - datetime.now(UTC) <= HOUR
    assert site.count("/b") == 0
    again = poll(settings, make_source(site, source_id="neighbour"))
    assert counts(again) == {} and site.count("/feed") == 1


def test_a_busy_host_keeps_the_pages_of_others_from_nothing(site, settings):
    elsewhere = f"http://localhost:{site.server_port}"
    closed = [f"{elsewhere}/closed{number}" for number in range(3)]
    site.pages["/feed"] = Page(feed(*closed, "/leads-there", "/a"), media_type=XML)
    site.pages |= {f"/closed{number}": Page(b"busy", status=503) for number in range(3)}
    site.pages["/leads-there"] = redirect(f"{elsewhere}/closed0")
    few = settings.model_copy(update={"poll_max_pages": 2})
    source = make_source(site, allowed_hosts="localhost")
    done = [poll(few, source, NOW + minute * timedelta(minutes=1)) for minute in range(3)]
    assert sum(one.new for one in done) == 1
    assert [one.rests_until for one in done] == [None, None, None]
    assert [path for path in site.paths() if path.startswith("/closed")] == ["/closed0"]
    assert [failure for one in done for failure in one.failures if "localhost" not in failure] == []


def test_a_page_that_is_refused_is_no_failure_of_its_list(site, settings):
    source = make_source(site)
    poll(settings, source)
    site.pages["/a"] = Page(b"busy", status=503)
    recheck = NOW + timedelta(minutes=61)
    with open_source_states(settings) as states:
        states.save_source(
            replace(states.read_source(source.source_id), listed_at=NOW + timedelta(minutes=30))
        )
    done = poll(settings, source, recheck)
    assert "is too busy" in done.failures[0] and not done.is_failed
    with open_source_states(settings) as states:
        state = states.read_source(source.source_id)
    assert (state.failures, state.listed_at) == (0, NOW + timedelta(minutes=30))


def test_the_pauses_of_a_busy_host_that_gives_none_grow(site, settings):
    site.pages["/feed"] = Page(b"busy", status=503)
    source = make_source(site)
    pauses = []
    for _ in range(3):
        done = poll(settings, source, by_name=True)
        pauses.append(round((done.rests_until - datetime.now(UTC)).total_seconds() / 60))
        a_minute_later(settings, site.url)
    assert pauses == [1, 2, 4]
