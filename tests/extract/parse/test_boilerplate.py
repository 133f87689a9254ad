"""Boilerplate by the patterns of `seeds/`: what sites put around an article, and never the article."""

import csv
import time
from pathlib import Path

import pytest

from flows.extract.parse.boilerplate import find_boilerplate
from flows.extract.vocabulary.boilerplate_patterns import compile_boilerplate_patterns

PATTERNS_FILE = Path(__file__).parents[3] / "seeds" / "reading" / "parse" / "boilerplate_patterns.csv"
with PATTERNS_FILE.open(encoding="utf-8", newline="") as rows:
    PATTERNS = compile_boilerplate_patterns(csv.DictReader(rows))


def marked(text):
    return [(text[span.start : span.end], span.kind) for span in find_boilerplate(text, PATTERNS)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("12 Comment(s)Print E-mail", "toolbar"),
        ("Print | Close window | Back to top", "toolbar"),
        ("Font size: A A A", "toolbar"),
        ("【打印】 【关闭】 字号 大 中 小", "toolbar"),
        ("Share to: WeChat Weibo QQ", "share_toolbar"),
        ("Follow us on: Facebook | Twitter", "share_toolbar"),
        ("分享到：微信 微博 朋友圈", "share_toolbar"),
        ("Views: 1,234", "counter"),
        ("1,234 views", "counter"),
        ("浏览次数：1234", "counter"),
        ("已有123人阅读", "counter"),
        ("English | Français | 中文", "language_switch"),
        ("<  1  2  3  4  >", "pagination"),
        ("上一页 1 2 3 下一页 尾页", "pagination"),
        ("Previous 1 2 3 Next", "pagination"),
        ("Page 3 of 11", "page_number"),
        ("— 7 —", "page_number"),
        ("Home > Newsroom > 2023", "breadcrumb"),
        ("当前位置：首页 > 新闻中心", "breadcrumb"),
        ("Latest News", "section_label"),
        ("No comments yet.", "comment_form"),
        ("• Your name", "comment_form"),
        ("Type the characters shown below:", "comment_form"),
        ("Rude comments will be deleted by the editors.", "comment_form"),
        ("发表评论", "comment_form"),
        ("Follow Example Daily on Facebook for more.", "footer"),
        ("Example News App Download", "footer"),
        ("MobileRSSNewsletter", "footer"),
        ("About us | Contact us | Privacy policy", "footer"),
        ("Subscribe to our daily newsletter for more", "footer"),
        ("关于我们 | 联系我们 | 网站地图", "footer"),
        ("Related stories:", "footer"),
        ("Copyright © 2023 Example Office. All rights reserved.", "copyright"),
        ("版权所有：示例网", "copyright"),
        ("We use cookies to make this site work. Read how.", "cookie_notice"),
        ("Please enable JavaScript to view this page.", "script_notice"),
        ("Advertisement", "advertisement"),
        ("Skip to main content", "navigation"),
    ],
)
def test_furniture_of_sites_is_marked(line, kind):
    assert marked(f"A title of the page\n\n  {line}  \nText follows here.") == [(line, kind)]


@pytest.mark.parametrize(
    "prose",
    [
        "Share prices of toy makers fell by 5 percent on Friday.",
        "Print shops were checked in 2023; 12 of them failed.",
        "Copyright cases rose 20 percent in 2023.",
        "Comments were received from 120 companies.",
        "Home appliances: 94.5 percent",
        "Page 3 of the report lists 500 recalls.",
        "News reached 30 markets within a day.",
        "Subscribe rates rose to 12 percent.",
        "Follow-up checks covered 1,200 lots.",
        "Mobile phones accounted for 30 percent of complaints.",
        "2021 | 8.7 million",
        "1 2 3",
        "95%",
        "2,186",
        "Officials download the app of 30 provinces to compare it.",
        "The site uses 12 scales and 3 balances.",
        "In 2023, cookies made up 5 percent of failed foods.",
        "Small | 12 | 14",
        "I. General requirements",
        "评论员文章指出，产品质量合格率达到93.65%。",
        "打印机抽查合格率为92%。",
        "首页推荐的30种产品全部合格。",
        "Example.org, February 21, 2024",
    ],
)
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
    "piece",
    ["share on ", "print e-mail ", "get more from a-", "1 | ", "English | ", "news & ", "©", "mobile"],
)
def test_no_line_makes_a_pattern_run_away(piece):
    started = time.perf_counter()
    find_boilerplate((piece * 300)[:295] + "!5%", PATTERNS)
    assert time.perf_counter() - started < 1


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
