"""Pages that a poll asks for because feeds, list pages and sitemaps name them."""

import gzip
from datetime import timedelta

import pytest
from local_site import (
    XML,
    Page,
    feed,
    list_page,
    sitemap,
    sitemap_index,
    statement,
)
from polled_source import HOUR, NOW, a_minute_later, counts, make_source, poll

from flows.io.landing.store import read_sidecars
from flows.io.sources.states import open_source_states
from flows.polling.source import is_due

pytestmark = pytest.mark.slow


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
    for day in (None, "2025"):  # with and without the time of change of each
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
