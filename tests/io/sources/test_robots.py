"""robots.txt as RFC 9309 reads it."""

import pytest

from flows.io.sources.robots import read_robots

RULES = """\
# of the site
User-agent: *
Crawl-delay: 1.5
Disallow: /*.pdf$
Disallow: /a
Allow: /a/b  # but this
Disallow: /x*y*z
Disallow: /exact$
Disallow: /q?
Disallow: /%7Euser
Disallow: /新

User-agent: BadBot
User-agent: quality-warehouse/2.0
Disallow: /private
Disallow:
"""


@pytest.mark.parametrize(
    ("path", "is_allowed"),
    [
        ("", True),
        ("/", True),
        ("/1.pdf", False),
        ("/1.pdf?print", True),
        ("/a/c", False),
        ("/a/b/c", True),
        ("/x1y2z3", False),
        ("/x1y2", True),
        ("/exact", False),
        ("/exactly", True),
        ("/q?id=1", False),
        ("/q", True),
        ("/~user/a", False),
        ("/%E6%96%B0%E9%97%BB", False),
    ],
)
def test_the_longest_rule_that_fits_decides(path, is_allowed):
    assert read_robots(RULES, "anybody").allows(f"https://example.org{path}") == is_allowed


@pytest.mark.parametrize(
    ("rule", "path", "is_allowed"),
    [
        ("/a/b", "/a%2Fb", True),
        ("/a%2fb", "/a%2Fb", False),
        ("/price%24", "/price$/list", False),
        ("/price%24", "/price", True),
        ("/a%2A.html", "/a*.html", False),
        ("/a%2A.html", "/abc.html", True),
        ("/%7euser%2Dx", "/~user-x", False),
    ],
)
def test_what_is_written_with_percent_signs_is_compared_octet_by_octet(rule, path, is_allowed):
    rules = read_robots(f"User-agent: *\nDisallow: {rule}", "anybody")
    assert rules.allows(f"https://example.org{path}") == is_allowed


@pytest.mark.parametrize(
    "other",
    [
        "Sitemap: https://example.org/s.xml",
        "Host: x",
        "Content-Signal: ai-train=no",
        "Noindex: /x",
        "Request-rate: 1/5",
        "",
    ],
)
def test_what_is_no_rule_ends_no_group(other):
    rules = read_robots(f"User-agent: *\n{other}\nUser-agent: other\nDisallow: /a", "anybody")
    assert not rules.allows("https://example.org/a")


def test_a_pause_is_a_rule_of_its_group():
    rules = read_robots("User-agent: *\nCrawl-delay: 3\n\nUser-agent: other\nDisallow: /", "anybody")
    assert rules.allows("https://example.org/a")
    assert rules.pause_seconds == 3


def test_a_group_that_names_the_program_stands_in_place_of_the_one_for_all():
    rules = read_robots(RULES, "quality-warehouse")
    assert not rules.allows("https://example.org/private/x")
    assert rules.allows("https://example.org/a")
    assert rules.pause_seconds is None


@pytest.mark.parametrize("name", ["q", "quality", "warehouse", "quality-warehouses", "quality-warehouse-bot"])
def test_a_part_of_the_name_is_another_name(name):
    rules = read_robots(f"User-agent: {name}\nDisallow:\n\nUser-agent: *\nDisallow: /", "quality-warehouse")
    assert not rules.allows("https://example.org/a")


def test_a_path_that_looks_like_a_name_stays_a_path():
    rules = read_robots("User-agent: *\nDisallow: /\nAllow: /s?user-agent:foo/bar", "anybody")
    assert not rules.allows("https://example.org/s?user-agent:foo/other")
    assert rules.allows("https://example.org/s?user-agent:foo/bar")


@pytest.mark.parametrize("pause", ["1e3", "9999999", "soon", ""])
def test_what_is_no_sensible_pause_is_none_and_yet_a_rule(pause):
    text = f"User-agent: *\nCrawl-delay: {pause}\nUser-agent: other\nDisallow: /"
    rules = read_robots(text, "anybody")
    assert rules.pause_seconds is None
    assert rules.allows("https://example.org/a")


def test_the_pause_between_requests_may_be_a_fraction():
    assert read_robots(RULES, "anybody").pause_seconds == 1.5


@pytest.mark.parametrize(
    "text", ["", "<html><body>Not found</body></html>", "Disallow: /", "User-agent: *\nDisallow:"]
)
def test_whoever_forbids_nothing_allows_all(text):
    rules = read_robots(text, "quality-warehouse")
    assert rules.allows("https://example.org/a")
    assert rules.pause_seconds is None


def test_a_rule_of_many_stars_is_decided():
    rules = read_robots(f"User-agent: *\nDisallow: /{'*a' * 2000}$", "anybody")
    assert rules.allows("https://example.org/" + "a" * 1999 + "b")
