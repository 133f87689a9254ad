"""Links in feeds, list pages and sitemaps, as sites write them and as an attacker may write them."""

import gzip

import pytest
from examples import each_example

from flows.errors import DocumentRejectedError
from flows.polling.links import FEED, LIST_PAGE, SITEMAP, Wanted, is_on_host, read_links

BASE = "https://www.example.org/news/list.html"
LIMIT = 100_000


def read(content, kind=FEED, pattern=None, selector=None, charset=None, hosts=("example.org",)):
    content = content.encode() if isinstance(content, str) else content
    wanted = Wanted(frozenset(hosts), pattern, selector)
    return read_links(content, kind=kind, address=BASE, wanted=wanted, charset=charset, limit=LIMIT)


def addresses(listing):
    return [link.address.removeprefix("https://www.example.org") for link in listing.links]


def rule_of(content, kind=FEED, **given):
    with pytest.raises(DocumentRejectedError) as caught:
        read(content, kind, **given)
    assert BASE in str(caught.value)
    return caught.value.rule


def rss(*items):
    return f"<rss><channel>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"


def test_an_entry_of_rss_has_an_address_a_title_and_a_date_as_it_is_worded():
    item = "<title>Kettles &amp; pans</title><link> /a#top </link><pubDate>Wed, 21 Feb 2024</pubDate>"
    [link] = read(rss(item)).links
    assert (link.address, link.title, link.changed) == (
        "https://www.example.org/a",
        "Kettles & pans",
        "Wed, 21 Feb 2024",
    )


@each_example("polling", "links")
def test_where_an_entry_leads(item, found):
    assert addresses(read(rss(item))) == found


def test_an_ampersand_that_is_not_escaped_costs_no_part_of_the_address():
    assert addresses(read(rss("<title>A & B</title><link>/b?x=1&y=2&copy=3</link>"))) == ["/b?x=1&y=2&copy=3"]


def test_rss_1_and_atom_with_bases_of_their_own_are_read():
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>News</title><link>/no</link></channel><item><link>/yes</link></item></rdf:RDF>"
    )
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/press/"><link href="no"/>'
        '<entry xml:base="2024/"><link rel="enclosure" href="no"/><link href="yes"/>'
        "<updated>2024-02-21</updated></entry></feed>"
    )
    assert addresses(read(rdf)) == ["/yes"]
    assert addresses(read(atom)) == ["/press/2024/yes"]
    assert read(atom).links[0].changed == "2024-02-21"


def test_a_feed_in_the_encoding_that_it_declares_is_read():
    feed = '<?xml version="1.0" encoding="gb2312"?>' + rss("<title>质量公报</title><link>/公报</link>")
    [link] = read(feed.encode("gb18030")).links
    assert (link.title, link.address) == ("质量公报", "https://www.example.org/公报")


def test_a_feed_that_breaks_off_gives_what_was_there():
    assert addresses(read(rss("<link>/a</link>", "<link>/b</link>")[:-40])) == ["/a"]


@pytest.mark.parametrize("content", ["", "Maintenance", "<html><body>Maintenance</body></html>", "{}"])
@pytest.mark.parametrize("kind", [FEED, SITEMAP])
def test_what_is_no_list_is_told(content, kind):
    assert rule_of(content, kind) == "no_list"


def nested_entities(depth):
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE rss [<!ENTITY a0 "ha">{names}]>' + rss(
        f"<link href='&a{depth - 1};'>&a{depth - 1};</link>"
    )


@pytest.mark.parametrize(
    "content",
    [
        nested_entities(12),
        nested_entities(12).encode("utf-16"),
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss("<link>/&x;</link>"),
        '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]>' + rss("<link>/a</link>"),
        '<!DOCTYPE rss [<!ENTITY x "y">]>' + rss("<link>/a & b</link>"),
    ],
)
def test_a_list_with_entities_of_its_own_is_refused(content):
    assert rule_of(content) == "unsafe_xml"


def test_a_document_type_without_entities_is_harmless_and_never_looked_up():
    assert addresses(read('<!DOCTYPE rss SYSTEM "file:///etc/passwd">' + rss("<link>/a</link>"))) == ["/a"]


def test_deep_nesting_neither_crashes_nor_hangs():
    assert rule_of("<a>" * 100_000) == "no_list"


def test_a_list_page_gives_the_links_within_what_the_selector_takes():
    page = (
        "<base href='/archive/'><nav><a href='/menu'>Menu</a></nav>"
        "<ul class=news><li><a href='a.html'> First  statement </a><li><a name=x>no link</a>"
        "<li><a href='b.html'><img></a><li><link href='/style.css'></ul>"
    )
    listing = read(page, LIST_PAGE, selector="ul.news li")
    assert addresses(listing) == ["/archive/a.html", "/archive/b.html"]
    assert [link.title for link in listing.links] == ["First statement", None]


def test_a_list_page_is_read_in_the_encoding_that_its_server_names():
    page = "<a class=x href='/a'>质量公报</a>".encode("gb18030")
    [link] = read(page, LIST_PAGE, selector="a.x", charset="gb18030").links
    assert link.title == "质量公报"


def test_a_selector_that_takes_nothing_is_told():
    assert rule_of("<a href='/a'>A</a>", LIST_PAGE, selector="ul.news a") == "no_links"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"<a href='/a'>A</a>" * 300_000, "too_large"),
        ("<?xml version='1.0'?><rss/>", "no_links"),
        ("/a", "no_links"),
    ],
    ids=["endless", "xml", "a path"],
)
def test_what_is_no_list_page_is_told_without_a_warning(content, rule, recwarn):
    assert rule_of(content, LIST_PAGE, selector="a") == rule
    assert not recwarn.list


def test_a_sitemap_gives_pages_and_an_index_gives_further_lists():
    urls = "<urlset><url><loc>/a</loc><lastmod>2024-02-21</lastmod></url><url><loc></loc></url></urlset>"
    index = "<sitemapindex><sitemap><loc>/s.xml</loc><lastmod>2024</lastmod></sitemap></sitemapindex>"
    assert addresses(read(urls, SITEMAP)) == ["/a"]
    assert read(urls, SITEMAP).links[0].changed == "2024-02-21"
    listing = read(index, SITEMAP)
    assert listing.links == ()
    assert [link.address for link in listing.lists] == ["https://www.example.org/s.xml"]


def test_a_packed_sitemap_is_unpacked_up_to_the_limit():
    assert addresses(read(gzip.compress(b"<urlset><url><loc>/a</loc></url></urlset>"), SITEMAP)) == ["/a"]
    assert rule_of(gzip.compress(b" " * 10_000_000), SITEMAP) == "too_large_when_unpacked"
    assert rule_of(gzip.compress(b"<urlset/>")[:-4], SITEMAP) == "no_list"
    assert rule_of(b"\x1f\x8bbroken", SITEMAP) == "no_list"


def test_links_to_other_hosts_and_endless_ones_are_counted_and_left_out():
    listing = read(
        rss("<link>/a</link>", "<link>https://evil.example/</link>", f"<link>/{'x' * 3000}</link>")
    )
    assert addresses(listing) == ["/a"]
    assert listing.refused == 2


@each_example("polling", "links")
def test_which_addresses_lie_on_a_host(address, is_on):
    assert is_on_host(address, frozenset({"www.example.org"})) == is_on


def test_a_pattern_leaves_out_without_counting():
    listing = read(rss("<link>/art/2024/1</link>", "<link>/video/1</link>"), pattern=r"/art/\d{4}/")
    assert (addresses(listing), listing.refused) == (["/art/2024/1"], 0)
