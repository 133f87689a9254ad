"""Polls of a site on this machine: what lands, what is a new version, what is reported, which hosts are left alone."""

import csv
import gzip
import json
import os
import shutil
import time
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from command_line import quality_warehouse
from filelock import FileLock
from local_site import (
    XML,
    Behaviour,
    Page,
    feed,
    gzip_bomb,
    hang_up,
    list_page,
    never_answer,
    packed,
    redirect,
    send_endlessly,
    send_headers_slowly,
    send_slowly,
    serve_site,
    sitemap,
    sitemap_index,
    statement,
)
from polled_source import HOUR, NOW, counts, landed_texts, make_source, poll

from flows.errors import QualityWarehouseError, ReferenceDataError, UsageError
from flows.ingest import ingest_documents
from flows.io.landing.store import read_sidecars
from flows.io.sources.catalogue import Source
from flows.io.sources.states import open_source_states
from flows.poll import poll_sources
from flows.polling.source import is_due
from flows.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture
def site():
    with serve_site() as site:
        site.pages["/feed"] = Page(feed("/a"), media_type=XML)
        site.pages["/a"] = Page(statement())
        yield site


@pytest.fixture
def settings(tmp_path):
    return Settings(
        home=tmp_path / "home",
        allow_private_addresses=True,
        http_timeout_seconds=0.5,
        max_document_bytes=1_000_000,
        poll_delay_seconds=0,
    )


def read_page(settings: Settings, source: Source, address: str):
    with open_source_states(settings) as states:
        return states.read_pages(source.source_id)[address]


# What a list gives


def test_a_document_of_a_feed_lands_with_what_its_source_says_of_it(site, settings):
    done = poll(settings, make_source(site))
    [sidecar] = read_sidecars(settings)
    assert counts(done) == {"new": 1}
    assert done.landed == (sidecar,)
    assert sidecar.address == f"{site.url}/a"
    assert sidecar.media_type == "text/html; charset=utf-8"
    assert sidecar.metadata == {
        "publisher": "Office of Kettles",
        "language": "en",
        "document_type": "press_release",
        "licence": "us_public_domain",
    }


def test_an_atom_feed_is_read_by_its_alternate_links(site, settings):
    site.pages["/feed"] = Page(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="/no"/><link href="a"/></entry></feed>',
        media_type="application/atom+xml",
    )
    assert counts(poll(settings, make_source(site))) == {"new": 1}


def test_a_list_page_gives_the_links_that_its_selector_takes_against_its_base(site, settings):
    site.pages["/news/list"] = Page(list_page("../a", "b.html", "b.html#top", "mailto:x@y.z"))
    site.pages["/news/b.html"] = Page(statement("9"))
    assert counts(poll(settings, make_source(site, "/news/list", "list_page"))) == {"new": 2}
    assert site.paths() == ["/robots.txt", "/news/list", "/a", "/news/b.html"]


def test_a_list_page_in_another_encoding_is_read(site, settings):
    page = '<html><head><meta charset="gb2312"></head><ul class="news"><a href="/质量">质量</a></ul></html>'
    site.pages["/list"] = Page(page.encode("gb18030"), media_type="text/html")
    site.pages["/%E8%B4%A8%E9%87%8F"] = Page(statement())
    assert counts(poll(settings, make_source(site, "/list", "list_page"))) == {"new": 1}


def test_a_list_page_without_a_link_for_its_selector_is_told(site, settings):
    site.pages["/list"] = Page("<html><body><a href='/a'>Rebuilt</a></body></html>")
    done = poll(settings, make_source(site, "/list", "list_page"))
    assert done.is_failed
    assert done.failures == (
        f"{site.url}/list has no link that `ul.news a` selects: it was rebuilt, or shows its list to browsers "
        "only. Correct link_selector in sources.csv.",
    )


def test_a_sitemap_and_one_that_is_packed_give_the_same(site, settings):
    plain = sitemap(f"{site.url}/a")
    site.pages["/sitemap.xml"] = Page(plain, media_type=XML)
    site.pages["/sitemap.xml.gz"] = Page(gzip.compress(plain.encode()), media_type="application/gzip")
    assert counts(poll(settings, make_source(site, "/sitemap.xml", "sitemap"))) == {"new": 1}
    packed_source = make_source(site, "/sitemap.xml.gz", "sitemap", source_id="packed")
    assert counts(poll(settings, packed_source)) == {"unchanged": 1}


def test_of_a_sitemap_index_only_what_changed_is_asked_for_again(site, settings):
    source = make_source(site, "/index.xml", "sitemap")
    lists = {f"{site.url}/old.xml": "2024", f"{site.url}/new.xml": "2025"}
    site.pages["/index.xml"] = Page(sitemap_index(**lists), media_type=XML)
    site.pages["/old.xml"] = Page(sitemap(f"{site.url}/a"), media_type=XML)
    site.pages["/new.xml"] = Page(sitemap(), media_type=XML)
    assert counts(poll(settings, source)) == {"new": 1}
    assert site.paths() == ["/robots.txt", "/index.xml", "/new.xml", "/old.xml", "/a"]
    site.pages["/index.xml"].body = sitemap_index(**lists | {f"{site.url}/new.xml": "2026"})
    site.pages["/new.xml"].body = sitemap(f"{site.url}/b")
    site.pages["/b"] = Page(statement("9"))
    site.forget()
    assert counts(poll(settings, source, NOW + HOUR))["new"] == 1
    assert "/new.xml" in site.paths() and "/old.xml" not in site.paths()


def test_one_broken_sitemap_of_an_index_stops_neither_the_others_nor_the_source(site, settings):
    lists = {f"{site.url}/gone.xml": "2025", f"{site.url}/good.xml": "2024"}
    site.pages["/index.xml"] = Page(sitemap_index(**lists), media_type=XML)
    site.pages["/good.xml"] = Page(sitemap(f"{site.url}/a"), media_type=XML)
    done = poll(settings, make_source(site, "/index.xml", "sitemap"))
    assert counts(done) == {"new": 1, "failed": 1}
    assert not done.is_failed


def test_each_sitemap_of_a_long_index_has_its_turn(site, settings, monkeypatch):
    monkeypatch.setattr("flows.polling.lists.MOST_LISTS", 2)
    source = make_source(site, "/index.xml", "sitemap")
    names = [f"/{number}.xml" for number in range(5)]
    for day in (None, "2025"):  # with and without saying when each has changed
        lists = "".join(
            f"<sitemap><loc>{site.url}{name}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
            for name in names
        )
        site.pages["/index.xml"] = Page(f"<sitemapindex>{lists}</sitemapindex>", media_type=XML)
        site.pages |= {name: Page(sitemap(), media_type=XML, has_etag=True) for name in names}
        for hours in range(3):
            poll(settings, source, NOW + hours * HOUR, by_name=True)
        assert set(names) <= set(site.paths())
        site.forget()


def test_what_an_index_names_is_asked_for_in_the_polls_that_follow_and_not_before_the_host_wants(
    site, settings
):
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 60\n", media_type="text/plain")
    site.pages["/index.xml"] = Page(sitemap_index(**{f"{site.url}/new.xml": "2025"}), media_type=XML)
    site.pages["/new.xml"] = Page(sitemap(f"{site.url}/a"), media_type=XML)
    source = make_source(site, "/index.xml", "sitemap")
    for minute in range(3):
        now = NOW + minute * timedelta(minutes=1)
        with open_source_states(settings) as states:
            assert is_due(source, states, now)
        done = poll(settings, source, now)
        a_minute_later(settings, site.url)
    assert site.paths() == ["/robots.txt", "/index.xml", "/new.xml", "/a"]
    assert counts(done) == {"new": 1}


def a_minute_later(settings, origin: str) -> None:
    """End the pause of a host."""
    with open_source_states(settings) as states:
        states.save_host(replace(states.read_host(origin), free_at=None))


def test_links_to_other_hosts_are_followed_only_where_the_source_allows_it(site, settings):
    other = f"http://localhost:{site.server_port}/a"
    site.pages["/feed"].body = feed(other)
    assert counts(poll(settings, make_source(site))) == {}
    assert site.paths() == ["/robots.txt", "/feed"]
    allowing = make_source(site, source_id="wide", allowed_hosts="localhost")
    assert counts(poll(settings, allowing)) == {"new": 1}
    assert site.last("/a").host.startswith("localhost:")


def test_links_that_the_pattern_leaves_out_are_not_followed(site, settings):
    site.pages["/feed"].body = feed("/a", "/video/1")
    assert counts(poll(settings, make_source(site, link_pattern="/a$"))) == {"new": 1}
    assert "/video/1" not in site.paths()


def test_a_page_that_is_listed_twice_is_asked_for_once(site, settings):
    site.pages["/feed"].body = feed("/a", "/a#part", f"{site.url}/a")
    poll(settings, make_source(site))
    assert site.count("/a") == 1


@pytest.mark.parametrize(
    "attack",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><link>/&x;</link></item></rss>',
        '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><rss><item><link>/a</link></item></rss>',
        "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><rss><item><link>/&b;</link></item></rss>",
    ],
)
def test_a_feed_that_declares_entities_is_refused(site, settings, attack):
    site.pages["/feed"].body = attack
    done = poll(settings, make_source(site))
    assert done.is_failed
    assert "declares entities, which no list needs" in done.failures[0]
    assert site.paths() == ["/robots.txt", "/feed"]


def test_a_feed_that_is_a_page_is_told(site, settings):
    site.pages["/feed"] = Page("<html><body>Maintenance</body></html>")
    done = poll(settings, make_source(site))
    assert done.is_failed
    assert "it begins with <html>, unlike RSS or Atom" in done.failures[0]


def test_what_is_too_much_for_one_poll_waits_for_the_next(site, settings):
    few = settings.model_copy(update={"poll_max_pages": 2})
    addresses = [f"/p{number}" for number in range(5)]
    site.pages["/feed"] = Page(feed(*addresses), media_type=XML, has_etag=True)
    for number, address in enumerate(addresses):
        site.pages[address] = Page(statement(str(number)))
    source = make_source(site)
    assert [counts(poll(few, source, NOW + minute * timedelta(minutes=1))) for minute in range(4)] == [
        {"new": 2},
        {"new": 2},
        {"new": 1},
        {},
    ]
    assert site.count("/feed") == 1


def test_a_list_beyond_the_limit_is_taken_piece_by_piece_though_it_does_not_change(
    site, settings, monkeypatch
):
    monkeypatch.setattr("flows.polling.lists.MOST_NEW_PAGES", 2)
    site.pages["/feed"] = Page(feed(*(f"/p{number}" for number in range(5))), media_type=XML, has_etag=True)
    source = make_source(site)
    for hours in range(4):
        poll(settings, source, NOW + hours * HOUR)
    with open_source_states(settings) as states:
        assert len(states.read_pages(source.source_id)) == 5
    assert "if-none-match" in site.last("/feed").headers


# Versions


def test_a_page_that_its_server_knows_to_be_the_same_is_not_sent_again(site, settings):
    site.pages["/a"].has_etag = True
    site.pages["/feed"].has_etag = True
    source = make_source(site)
    poll(settings, source)
    assert counts(poll(settings, source, NOW + HOUR)) == {"unchanged": 1}
    assert "if-none-match" in site.last("/a").headers
    assert "if-none-match" in site.last("/feed").headers


def test_a_page_without_a_tag_is_recognised_by_when_it_was_modified(site, settings):
    stamp = "Wed, 21 Feb 2024 08:00:00 GMT"
    site.pages["/a"].last_modified = stamp
    source = make_source(site)
    poll(settings, source)
    assert counts(poll(settings, source, NOW + HOUR)) == {"unchanged": 1}
    assert site.last("/a").headers["if-modified-since"] == stamp


def test_another_figure_is_another_version(site, settings):
    source = make_source(site)
    poll(settings, source)
    site.pages["/a"].body = statement("1,251")
    done = poll(settings, source, NOW + HOUR)
    assert counts(done) == {"changed": 1}
    assert len(landed_texts(settings)) == 2
    assert "1,251" in landed_texts(settings)[1]
    assert counts(poll(settings, source, NOW + 3 * HOUR)) == {"unchanged": 1}


def test_a_figure_that_is_taken_back_is_the_newest_version_again(site, settings):
    source = make_source(site)
    for hours, figure in ((0, "1,250"), (1, "1,251"), (3, "1,250")):
        site.pages["/a"].body = statement(figure)
        poll(settings, source, NOW + hours * HOUR)
    assert len(landed_texts(settings)) == 2
    assert "1,250" in landed_texts(settings)[1]


def test_a_counter_of_views_and_another_pagination_make_no_version(site, settings):
    site.pages["/a"].body = lambda count: statement(views=count, page=count)
    source = make_source(site)
    poll(settings, source)
    assert counts(poll(settings, source, NOW + HOUR)) == {"unchanged": 1}
    assert site.count("/a") == 2
    assert len(landed_texts(settings)) == 1


@pytest.mark.fault
def test_a_page_that_takes_too_long_to_read_is_another_version_and_is_waited_for_no_longer(site, settings):
    endless = "<html>" + "<p>7" * 240_000  # twice as many take four times as long
    site.pages["/a"] = Page(endless)
    source = make_source(site)
    poll(settings, source)
    site.pages["/a"].body = f"{endless} "
    quick = settings.model_copy(update={"max_reading_seconds": 2})
    assert counts(poll(quick, source, NOW + HOUR)) == {"changed": 1}


def test_a_pdf_that_is_made_anew_with_the_same_text_is_no_version(site, settings):
    document = (
        Path(__file__).parents[2] / "seeds/documents/2024-02-21-press-conference-transcript.pdf"
    ).read_bytes()
    site.pages["/a"] = Page(document, media_type="application/pdf")
    source = make_source(site)
    poll(settings, source)
    site.pages["/a"].body = document + b"\n% made anew\n"
    assert counts(poll(settings, source, NOW + HOUR)) == {"unchanged": 1}


def test_a_page_is_asked_for_at_growing_intervals_and_not_for_ever(site, settings):
    source = make_source(site, recheck_days=1)
    asked = []
    for hours in range(33):
        before = site.count("/a")
        poll(settings, source, NOW + hours * HOUR)
        if site.count("/a") > before:
            asked.append(hours)
    assert asked == [0, 1, 3, 7, 13, 19]


def test_a_page_that_is_another_at_each_call_does_not_fill_the_landing(site, settings):
    site.pages["/a"].body = lambda count: statement(str(count))
    source = make_source(site, recheck_days=2)
    for hours in range(60):
        poll(settings, source, NOW + hours * HOUR)
    assert len(landed_texts(settings)) == 8  # after 0, 1, 3, 7, 15 hours, then every twelve


def test_a_page_of_which_the_list_says_that_it_changed_is_asked_for_however_old_it_is(site, settings):
    source = make_source(site, recheck_days=0)
    site.pages["/feed"].body = feed("/a", changed="Mon")
    poll(settings, source)
    site.pages["/a"].body = statement("1,251")
    assert counts(poll(settings, source, NOW + 100 * HOUR)) == {}
    site.pages["/feed"].body = feed("/a", changed="Tue")
    assert counts(poll(settings, source, NOW + 101 * HOUR)) == {"changed": 1}


def test_what_is_gone_from_the_landing_is_asked_for_without_condition(site, settings):
    site.pages["/a"].has_etag = True
    source = make_source(site)
    poll(settings, source)
    shutil.rmtree(settings.landing)
    assert counts(poll(settings, source, NOW + HOUR)) == {"new": 1}
    assert "if-none-match" not in site.last("/a").headers


def test_a_lost_state_costs_requests_and_makes_no_version(site, settings):
    site.pages["/a"].body = lambda count: statement(views=count)
    poll(settings, make_source(site))
    settings.source_states.unlink()
    assert counts(poll(settings, make_source(site))) == {"unchanged": 1}
    assert len(landed_texts(settings)) == 1


# Servers that behave badly


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


# Politeness


def test_what_robots_txt_closes_is_not_asked_for(site, settings):
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /a\n", media_type="text/plain")
    done = poll(settings, make_source(site))
    assert counts(done) == {"failed": 1}
    assert "/a is closed to programs by the robots.txt" in done.failures[0]
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
    assert done.failures[0].startswith(f"Whether 127.0.0.1:{site.server_port} may be asked is not known: ")
    assert site.paths() == ["/robots.txt"]


def test_a_redirect_does_not_lead_around_robots_txt(site, settings):
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /closed\n", media_type="text/plain")
    site.pages["/a"] = redirect("/closed")
    poll(settings, make_source(site))
    assert site.count("/closed") == 0


def test_requests_to_a_host_keep_the_pause_of_our_settings(site, settings, monkeypatch):
    slept = []
    monkeypatch.setattr("flows.io.sources.visitor.time.sleep", slept.append)
    poll(settings.model_copy(update={"poll_delay_seconds": 9}), make_source(site))
    assert site.paths() == ["/robots.txt", "/feed", "/a"]
    assert len(slept) == 2 and all(8 < seconds <= 9 for seconds in slept)


def test_a_host_that_wants_long_pauses_gets_one_request_a_poll(site, settings):
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 60\n", media_type="text/plain")
    done = poll(settings, make_source(site))
    assert site.paths() == ["/robots.txt", "/feed"]
    assert (counts(done), done.is_failed, done.rests_until) == ({}, False, None)
    again = poll(settings, make_source(site), by_name=True)
    assert "wants time between requests" in again.failures[0]
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


# Sources that fail


def test_a_source_that_keeps_failing_rests_longer_each_time_and_comes_back_by_itself(site, settings):
    site.pages["/feed"] = Page(b"oops", status=500)
    source = make_source(site)
    rests = []
    now = NOW
    for _ in range(5):
        done = poll(settings, source, now)
        rests.append(done.rests_until and (done.rests_until - now) / HOUR)
        now = done.rests_until or now + HOUR
    assert rests == [None, None, 1, 2, 4]
    site.pages["/feed"] = Page(feed("/a"), media_type=XML)
    with open_source_states(settings) as states:
        assert not is_due(source, states, now - timedelta(minutes=1))
        assert is_due(source, states, now)
    done = poll(settings, source, now)
    assert (counts(done), done.rests_until) == ({"new": 1}, None)


def test_a_list_that_failed_once_is_asked_for_sooner_than_its_interval(site, settings):
    site.pages["/feed"] = Page(b"oops", status=500)
    source = make_source(site, poll_interval_minutes=1440)
    poll(settings, source)
    with open_source_states(settings) as states:
        assert not is_due(source, states, NOW + timedelta(minutes=4))
        assert is_due(source, states, NOW + timedelta(minutes=5))


def test_known_pages_are_asked_for_while_the_list_fails(site, settings):
    source = make_source(site)
    poll(settings, source)
    site.pages["/feed"] = Page(b"oops", status=500)
    site.pages["/a"].body = statement("1,251")
    done = poll(settings, source, NOW + HOUR)
    assert counts(done) == {"changed": 1, "failed": 1}
    assert done.is_failed


def test_a_clock_that_was_ahead_stops_no_source(site, settings):
    source = make_source(site)
    poll(settings, source, NOW + timedelta(days=4000))
    site.pages["/a"].body = statement("1,251")
    with open_source_states(settings) as states:
        assert is_due(source, states, NOW)
    assert counts(poll(settings, source, NOW)) == {"changed": 1}


def test_what_was_listed_while_the_clock_was_ahead_is_asked_for_when_it_is_right(site, settings):
    site.pages["/feed"].body = feed("/a", "/b")
    site.pages["/b"] = Page(statement("9"))
    one = settings.model_copy(update={"poll_max_pages": 1})
    assert counts(poll(one, make_source(site), NOW + timedelta(days=4000))) == {"new": 1}
    assert counts(poll(settings, make_source(site), NOW)) == {"new": 1, "unchanged": 1}


# Folders


@pytest.fixture
def folder(tmp_path, site):
    (tmp_path / "drop" / "deep").mkdir(parents=True)
    return tmp_path / "drop"


def write(path: Path, text: str, age_seconds: float = 60) -> None:
    path.write_text(text)
    os.utime(path, (time.time() - age_seconds,) * 2)


def test_a_folder_gives_its_files_with_what_stands_beside_them_first(site, settings, folder):
    write(folder / "deep" / "news.txt", "In 2023, 1,250 batches were checked.")
    write(folder / "deep" / "news.meta.json", json.dumps({"publisher": "Daily", "published": "2024-02-21"}))
    source = make_source(site, kind="folder", address=str(folder))
    assert counts(poll(settings, source)) == {"new": 1}
    [sidecar] = read_sidecars(settings)
    assert sidecar.metadata["publisher"] == "Daily"
    assert sidecar.metadata["published"] == "2024-02-21"
    assert sidecar.metadata["licence"] == "us_public_domain"
    assert counts(poll(settings, source, NOW + HOUR)) == {}
    write(folder / "deep" / "news.txt", "In 2023, 1,251 batches were checked.", 50)
    assert counts(poll(settings, source, NOW + 2 * HOUR)) == {"changed": 1}


def test_a_file_that_is_still_written_to_waits(site, settings, folder):
    write(folder / "news.txt", "In 2023, 1,2", age_seconds=0)
    source = make_source(site, kind="folder", address=str(folder))
    assert counts(poll(settings, source)) == {}
    write(folder / "news.txt", "In 2023, 1,250 batches were checked.")
    assert counts(poll(settings, source, NOW + HOUR)) == {"new": 1}


def test_a_folder_that_is_not_there_is_told(site, settings, tmp_path):
    done = poll(settings, make_source(site, kind="folder", address=str(tmp_path / "none")))
    assert done.is_failed
    assert "none is not a folder" in done.failures[0]


# The flow and the command


@pytest.fixture
def own_sources(tmp_path, settings, use_home, monkeypatch):
    """Write another sources.csv and let the flows of this process use it."""
    path = tmp_path / "my sources.csv"
    use_home(settings.home)
    monkeypatch.setenv("QUALITY_WAREHOUSE_SOURCES", str(path))
    monkeypatch.setenv("QUALITY_WAREHOUSE_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("QUALITY_WAREHOUSE_POLL_DELAY_SECONDS", "0")

    def write_sources(*sources: Source) -> Path:
        with path.open("w", newline="", encoding="utf-8") as file:
            rows = csv.DictWriter(file, [field.name for field in fields(Source)], lineterminator="\n")
            rows.writeheader()
            for source in sources:
                cells = asdict(source)
                rows.writerow(cells | {"enabled": str(cells["enabled"]).lower()})
        return path

    return write_sources


def test_the_flow_polls_what_is_enabled_and_due_and_goes_on_after_a_failure(site, own_sources):
    own_sources(
        make_source(site, "/gone", source_id="broken"),
        make_source(site, source_id="off", enabled=False),
        make_source(site),
    )
    done = poll_sources.fn()
    assert [(source.source_id, source.is_failed) for source in done.sources] == [
        ("broken", True),
        ("kettles", False),
    ]
    assert poll_sources.fn().sources == ()  # nothing is due before its interval has passed


def test_a_source_that_is_named_is_polled_now_though_it_is_not_enabled(site, own_sources):
    own_sources(make_source(site, enabled=False))
    assert poll_sources.fn().sources == ()
    for _ in range(2):
        assert [source.source_id for source in poll_sources.fn(["kettles"]).sources] == ["kettles"]
    assert site.count("/feed") == 2


def test_a_source_that_does_not_exist_is_a_wrong_use(site, own_sources):
    own_sources(make_source(site))
    with pytest.raises(UsageError, match="kettle is not a source_id; there are kettles"):
        poll_sources.fn(["kettle"])


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"licence": "mine"}, 'line 2, column licence: "mine" is not in column licence of licences.csv'),
        ({"address": "ftp://a/b"}, "address is not an http(s) address, and kind is not folder"),
        ({"link_selector": "a"}, "link_selector is given exactly when kind is list_page"),
        ({"kind": "list_page", "link_selector": "a[["}, "link_selector is not a CSS selector"),
        ({"link_pattern": "("}, "link_pattern is not a regular expression"),
        ({"poll_interval_minutes": 0}, "poll_interval_minutes"),
    ],
)
def test_a_wrong_row_of_ones_own_file_is_named_with_its_file(site, own_sources, wrong, problem):
    path = own_sources(make_source(site, **wrong))
    with pytest.raises(ReferenceDataError) as caught:
        poll_sources.fn()
    assert str(caught.value).startswith(str(path))
    assert problem in str(caught.value)


def test_a_second_poll_leaves_the_work_to_the_first(site, own_sources, settings):
    own_sources(make_source(site))
    settings.poll_lock.parent.mkdir(parents=True)
    with FileLock(settings.poll_lock):
        assert poll_sources.fn().is_left_to_another
    assert site.asked == []


def test_a_damaged_state_is_told_with_what_its_loss_costs(site, own_sources, settings):
    own_sources(make_source(site))
    settings.source_states.parent.mkdir(parents=True)
    settings.source_states.write_bytes(b"no database" * 100)
    with pytest.raises(
        QualityWarehouseError, match="repair or delete it; without it, pages are only requested again"
    ):
        poll_sources.fn()


def test_what_was_polled_is_loaded_with_its_publisher(site, own_sources, settings):
    own_sources(make_source(site))
    poll_sources.fn()
    assert ingest_documents.fn().figures >= 2
    with duckdb.connect(str(settings.working_database), read_only=True) as connection:
        [row] = connection.execute(
            "select publisher, document_type, source_url, title from raw.documents"
        ).fetchall()
    assert row == (
        "Office of Kettles",
        "press_release",
        f"{site.url}/a",
        "Inspection of kettles in 2023",
    )


def test_the_command_shows_a_row_for_each_source_and_says_on_standard_error_what_failed(
    site, own_sources, settings
):
    own_sources(make_source(site), make_source(site, "/gone", source_id="broken"))
    run = quality_warehouse("poll", home=settings.home)
    assert run.status == 1
    rows = [line.split() for line in run.output.strip().splitlines()]
    assert rows == [
        ["Source", "Checked", "New", "Changed", "Unchanged", "Failed", "Rests", "until"],
        ["kettles", "1", "1", "0", "0", "0"],
        ["broken", "0", "0", "0", "0", "1"],
    ]
    assert run.errors.startswith(f"broken: {site.url}/gone answered 404")


def test_a_fresh_clone_polls_nobody(tmp_path):
    run = quality_warehouse("poll", home=tmp_path / "home")
    assert run.status == 0
    assert run.output.startswith("No source is enabled: ")


def test_the_columns_of_the_seed_are_the_fields_of_a_source():
    with (Path(__file__).parents[2] / "seeds" / "reference" / "sources.csv").open(newline="") as rows:
        header = next(csv.reader(rows))
    assert set(header) == {field.name for field in fields(Source)}
