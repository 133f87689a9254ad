"""HTML, PDF and DOCX: the text that each yields, and what each states about itself."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from make_documents import make_docx, make_pdf

from flows.errors import DocumentRejectedError
from flows.extract.parse.docx import parse_docx
from flows.extract.parse.html import parse_html
from flows.extract.parse.pdf import parse_pdf

SENTENCE = "Inspectors examined 12,345 batches of goods, and 97.2% of them passed – a café was closed."
ARTICLE = """<!DOCTYPE html><html lang="en"><head>
<meta charset="{charset}"><title>Checks widen | Example</title>
<meta property="og:site_name" content="Example Agency"><link rel="canonical" href="https://example.org/checks">
<meta name="publishdate" content="2023-05-04 10:22"><script>var recalls = "99 million"</script></head><body>
<nav><a href="/">Home</a></nav><ul><li><a href="/1">Five killed in other news today</a></li></ul>
<h1>Checks widen</h1><div class="tools">2 Comment(s) Print E-mail</div><div class="article">
<p>{sentence}</p>
<h2>By product</h2><ul><li>toys: 94 percent</li><li>helmets: 88 percent</li></ul>
<table><tr><th>Year</th><th>Recalls</th></tr><tr><td>2021</td><td>8.7 million</td></tr></table>
<p>First line<br>second line</p></div><footer>Imprint 7</footer></body></html>"""


def html(text):
    return parse_html(text.encode(), file_name="page.html")


def test_html_keeps_headings_lists_and_tables_of_the_article_in_order():
    text = html(ARTICLE.format(charset="utf-8", sentence=SENTENCE)).text
    assert text == (
        "Checks widen\n\n2 Comment(s) Print E-mail\n\n"
        f"{SENTENCE}\n\n"
        "By product\n\ntoys: 94 percent\nhelmets: 88 percent\n\n"
        "Year | Recalls\n2021 | 8.7 million\n\nFirst line\nsecond line"
    )


def test_html_states_its_title_date_publisher_and_address():
    content = html(ARTICLE.format(charset="utf-8", sentence=SENTENCE))
    assert (content.title, content.published) == ("Checks widen", date(2023, 5, 4))
    assert (content.publisher, content.url) == ("Example Agency", "https://example.org/checks")


@pytest.mark.parametrize("declared", ["windows-1252", "utf-8", "iso-8859-1"])
def test_html_is_read_in_the_encoding_it_is_in(declared):
    page = ARTICLE.format(charset=declared, sentence=SENTENCE).encode("cp1252")
    assert "passed – a café was closed" in parse_html(page, file_name="page.html").text


def test_html_that_declares_gb2312_is_read_with_the_characters_that_gb18030_adds():
    sentence = "镕字牌头盔的产品质量合格。"
    page = f"<html><head><meta charset='gb2312'></head><body><p>{sentence}</p></body></html>"
    assert parse_html(page.encode("gb18030"), file_name="a.html").text == sentence


def test_html_of_the_server_s_encoding_is_read_without_a_declaration_of_its_own():
    page = "<html><body><p>品質檢驗</p></body></html>".encode("big5")
    assert parse_html(page, file_name="a.html", charset="Big5").text == "品質檢驗"


def test_html_dates_that_can_be_read_in_two_ways_or_are_of_changes_are_not_taken():
    head = (
        '<meta name="date" content="12/02/2018"><meta property="article:modified_time" content="2021-03-03">'
    )
    assert html(f"<html><head>{head}</head><body><p>Ten lots failed.</p></body></html>").published is None


def test_html_date_in_linked_data_is_taken():
    dates = '{"dateModified": "2020-01-01", "datePublished": "2019-01-03T08:00"}'
    data = f'<script type="application/ld+json">{dates}</script>'
    assert html(f"<html><body><p>Ten lots failed.</p>{data}</body></html>").published == date(2019, 1, 3)


def test_html_laid_out_in_tables_keeps_its_paragraphs_apart():
    paragraphs = "<p>The agency recalled 30 lots.</p><p>It tested 50.</p>"
    rows = f"<tr><td>Recall of helmets</td></tr><tr><td>{paragraphs}</td></tr>"
    assert html(f"<html><body><table>{rows}</table></body></html>").text == (
        "Recall of helmets\n\nThe agency recalled 30 lots.\n\nIt tested 50."
    )


def test_html_table_may_hold_text_outside_of_its_rows():
    page = "<html><body><table><tr><td>2023</td><td>5 lots</td></tr><caption>Recalls</caption></table></body></html>"
    assert parse_html(page.encode(), file_name="a.html").text == "2023 | 5 lots\n\nRecalls"


def test_html_without_paragraphs_is_not_lost():
    assert html(
        "<html><body><form><div>12 lots failed.<br><br>9 passed.</div></form></body></html>"
    ).text == ("12 lots failed.\n\n9 passed.")


HEADER = "Office of Goods: Transcript"
PAGES = [
    [
        (50, 820, HEADER),
        (50, 750, "Inspectors examined 12,345 batches, and the manu-"),
        (50, 736, "facturing rate was 93.65%. Well-"),
        (50, 722, "known brands did better than the rest of the goods on"),
        (50, 708, "sale in shops and markets, as the office said on"),
        (50, 680, "The second paragraph ends on the next page, where it"),
        (50, 666, "gives a total of"),
        (50, 30, "Page 1 of 2"),
    ],
    [(50, 820, HEADER), (50, 790, "56,700 cases."), (50, 760, "The end."), (50, 30, "Page 2 of 2")],
]


def test_pdf_joins_broken_words_and_sets_paragraphs_apart():
    text = parse_pdf(make_pdf(PAGES), file_name="a.pdf").text
    assert "the manufacturing rate was 93.65%. Well-known brands" in text
    assert "said on\n\nThe second paragraph" in text
    assert "56,700 cases.\n\nThe end." in text


def test_pdf_marks_running_lines_and_a_sentence_goes_on_below_them():
    content = parse_pdf(make_pdf(PAGES), file_name="a.pdf")
    running = [content.text[span.start : span.end] for span in content.boilerplate]
    assert running == [HEADER, "Page 1 of 2", HEADER, "Page 2 of 2"]
    assert f"a total of\nPage 1 of 2\n{HEADER}\n56,700 cases." in content.text


def test_pdf_pages_start_where_their_first_line_stands():
    content = parse_pdf(make_pdf([*PAGES, []]), file_name="a.pdf")
    assert len(content.page_starts) == 3
    assert [content.text[start:][:6] for start in content.page_starts] == ["Office", "Office", ""]


def test_pdf_states_its_title():
    assert parse_pdf(make_pdf(PAGES, title="Checks of 2023"), file_name="a.pdf").title == "Checks of 2023"


def test_docx_keeps_paragraphs_and_tables_in_order():
    document = docx.Document()
    document.core_properties.title = "Notice on recalls"
    document.add_heading("I. Recalls", 1)
    document.add_paragraph("In 2023, 5 lots were recalled.")
    table = document.add_table(2, 3)
    for cell, text in zip(table._cells, ["Year", "Lots", "Lots", "2023", "5", "6"], strict=True):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Lots"
    document.add_paragraph("Done.", style="List Bullet")
    content = parse_docx(make_docx(document), file_name="a.docx")
    assert content.title == "Notice on recalls"
    assert (
        content.text == "I. Recalls\n\nIn 2023, 5 lots were recalled.\n\nYear | Lots\n2023 | 5 | 6\n\nDone."
    )


def test_docx_takes_tracked_insertions_and_content_controls_but_no_deletions():
    document = docx.Document()
    paragraph = document.add_paragraph("Recalled: ")
    run = "<w:r><w:t>{}</w:t></w:r>"
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}>{run.format('30 lots')}</w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>20 lots</w:delText></w:r></w:del>"))
    boxed = f"<w:sdtPr/><w:sdtContent><w:p>{run.format('Boxed 7')}</w:p></w:sdtContent>"
    document.element.body.insert(0, parse_xml(f"<w:sdt {nsdecls('w')}>{boxed}</w:sdt>"))
    assert parse_docx(make_docx(document), file_name="a.docx").text == "Boxed 7\n\nRecalled: 30 lots"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32", "cp037"])
@pytest.mark.parametrize("value", ['SYSTEM "file:///etc/hostname"', '"and 7 of 9"'])
def test_entities_of_a_word_document_are_refused_in_every_encoding(encoding: str, value: str):
    entity = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY name {value}>]>'
    with pytest.raises(DocumentRejectedError) as rejected:
        parse_docx(rewritten_docx(entity, encoding), file_name="letter.docx")
    assert rejected.value.rule in ("too_large_when_unpacked", "truncated")


def test_an_entity_that_lies_across_two_chunks_is_seen():
    padding = " " * (1_000_000 - len('<?xml version="1.0"?><!ENT'))
    with pytest.raises(DocumentRejectedError, match="defines XML entities"):
        parse_docx(
            rewritten_docx(f'<?xml version="1.0"?>{padding}<!ENTITY name "7">', "utf-8"),
            file_name="letter.docx",
        )


def rewritten_docx(head: str, encoding: str) -> bytes:
    """Return a Word document whose text part has another prolog, in another encoding, and uses an entity."""
    stream = BytesIO()
    with ZipFile(BytesIO(make_docx(docx.Document()))) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                body = content.decode().partition("?>")[2].replace("<w:body>", "<w:body><w:p>&name;</w:p>")
                content = (head + body).encode(encoding)
            target.writestr(name, content)
    return stream.getvalue()
