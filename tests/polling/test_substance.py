"""What makes a page a new version, and what does not."""

import csv

import pytest
from local_site import statement

from flows.extract.parse.document import parse
from flows.extract.vocabulary.boilerplate_patterns import compile_boilerplate_patterns
from flows.paths import SEEDS
from flows.polling.substance import read_substance

with (SEEDS / "reading" / "parse" / "boilerplate_patterns.csv").open(encoding="utf-8", newline="") as rows:
    PATTERNS = compile_boilerplate_patterns(csv.DictReader(rows))

CHINESE = """<html><head><title>市场监管总局通报2023年电水壶抽查情况</title></head><body><div class="article">
<h1>市场监管总局通报2023年电水壶抽查情况</h1><p>发布时间：2024-02-21 10:22　浏览次数：%d　来源：市场监管总局</p>
<p>2023年，市场监管总局组织抽查电水壶%s批次，覆盖全国三十一个省份的生产企业，发现不合格产品七十二批次。</p>
<p>下一步，各地将督促相关企业落实整改，并向社会公布整改结果，切实保护消费者的合法权益。</p></div>
<p>上一页 1 2 %d 下一页</p></body></html>"""


def substance(page):
    document = parse(page.encode(), doc_id="x", file_name="a.html", boilerplate_patterns=PATTERNS)
    return read_substance(document)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (statement(views=1), statement(views=1234)),
        (statement(page=1), statement(page=7)),
        (statement(), statement().replace("<nav>", "<nav><a href='/live'>Live</a>")),
        (statement(), statement().replace("About us", "About us | Careers")),
        (statement(), statement().replace("<p>In 2023,", "<p>\n  In   2023,")),
        (statement(), statement().replace("</body>", "<script>nonce = 5</script></body>")),
        (CHINESE % (7, "1250", 3), CHINESE % (12345, "1250", 9)),
    ],
    ids=["views", "pagination", "menu", "footer", "blanks", "script", "chinese views"],
)
def test_furniture_of_a_page_makes_no_version(before, after):
    assert before != after
    assert substance(before) == substance(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (statement("1,250"), statement("1,251")),
        (statement(), statement().replace("more than in", "less than in")),
        (statement(), statement().replace("2024-02-21", "2024-02-22")),
        (
            statement(),
            statement().replace("</article>", "<p>Correction: two regions were left out.</p></article>"),
        ),
        (CHINESE % (7, "1250", 3), CHINESE % (7, "1251", 3)),
    ],
    ids=["figure", "word", "date", "paragraph", "chinese figure"],
)
def test_what_a_page_states_makes_a_version(before, after):
    assert substance(before) != substance(after)
