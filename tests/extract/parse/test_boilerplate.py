"""Boilerplate by the patterns of `seeds/`: whatever sites put around an article, but never the article."""

import csv
from pathlib import Path

import pytest
from examples import each_example

from flows.extract.parse.boilerplate import find_boilerplate
from flows.extract.vocabulary.boilerplate_patterns import compile_boilerplate_patterns

PATTERNS_FILE = Path(__file__).parents[3] / "seeds" / "reading" / "parse" / "boilerplate_patterns.csv"
with PATTERNS_FILE.open(encoding="utf-8", newline="") as rows:
    PATTERNS = compile_boilerplate_patterns(csv.DictReader(rows))


def marked(text):
    return [(text[span.start : span.end], span.kind) for span in find_boilerplate(text, PATTERNS)]


@each_example("parse", "boilerplate", "en", "zh")
def test_furniture_of_sites_is_marked(line, kind):
    assert marked(f"A title of the page\n\n  {line}  \nText follows here.") == [(line, kind)]


@each_example("parse", "boilerplate", "en", "zh")
def test_prose_tables_and_figures_are_never_marked(prose):
    assert marked(prose) == []


def test_of_a_toolbar_fused_with_a_dateline_only_the_toolbar_is_marked():
    text = "7 Comment(s)Print E-mail Example.org, May 4, 2023\nRelease Date:2023-05-04\n"
    assert marked(text) == [("7 Comment(s)Print E-mail", "toolbar"), ("Release Date:", "label")]


def test_a_toolbar_word_before_prose_is_prose():
    assert marked("Print E-mail is what 30 offices in the north still do on May 4, 2023, they say.") == []


def test_spans_lie_in_order_within_their_lines():
    text = "Latest News\r\n\r\n\tAdvertisement \r\nText.\u2028Back to top"
    spans = find_boilerplate(text, PATTERNS)
    assert [text[span.start : span.end] for span in spans] == ["Latest News", "Advertisement", "Back to top"]


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("2024-02-21 浏览次数：1234", [(" 浏览次数：1234", "counter")]),
        ("February 21, 2024 | Views: 3,123", [("Views: 3,123", "counter")]),
        (
            "发布时间：2024-02-21 10:22 浏览次数： 12 次 来源：示例网",
            [("发布时间：", "label"), (" 浏览次数： 12 次 ", "counter")],
        ),
    ],
)
def test_a_counter_is_marked_beside_a_dateline_and_the_date_stays(line, spans):
    assert marked(line) == spans


@pytest.mark.parametrize(
    "line",
    [
        "In 2023, the site had 1,234 views.",
        "2023年网站访问量：12345次，比上年增长5%。",
        "On February 21, 2024, the office counted 1,234 reads of its notice in all regions.",
    ],
)
def test_a_count_of_views_that_a_text_states_is_no_counter(line):
    assert marked(line) == []
