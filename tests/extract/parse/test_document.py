"""From bytes to a document: formats, rejections, and which source wins when they disagree."""

import csv
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from examples import each_example
from make_documents import make_docx, make_pdf

from flows.errors import DocumentRejectedError
from flows.extract.parse.document import make_document, parse
from flows.extract.parse.parsed_content import Content
from flows.extract.vocabulary.boilerplate_patterns import compile_boilerplate_patterns
from schemas.inputs.metadata import Metadata

PATTERNS_FILE = Path(__file__).parents[3] / "seeds" / "reading" / "parse" / "boilerplate_patterns.csv"
with PATTERNS_FILE.open(encoding="utf-8", newline="") as rows:
    PATTERNS = compile_boilerplate_patterns(csv.DictReader(rows))
HEADLINE = "Regulator finds fewer faults in toys and helmets"
OLE_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
SCRIPTS = (
    b"<html><head><script>var cars = '5 million cars'</script></head><body><script>1</script></body></html>"
)
SCRIPT_NOTICE = b"<p>You need to enable JavaScript to run this app.</p>"
DOC_ID = "0" * 64
PDF = make_pdf([[(50, 700, "Inspectors examined 120 batches of helmets in 2023.")]])


def read(content, file_name="news.txt", **given):
    return parse(content, doc_id=DOC_ID, file_name=file_name, boilerplate_patterns=PATTERNS, **given)


def rejection(content, file_name, **given):
    with pytest.raises(DocumentRejectedError) as caught:
        read(content, file_name, **given)
    assert file_name in str(caught.value)
    assert str(caught.value).endswith(".")
    return caught.value


def notice(*paragraphs):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return make_docx(document)


def archive(**members):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def test_plain_text_is_kept_to_the_character():
    text = "\n\n  A  title\r\n\r\nOne\u00a0line.\x0c\t\n\nEnd without a line break"
    assert read(text.encode()).text == text
    assert read(b"\xef\xbb\xbf" + text.encode()).text == text
    assert read(text.encode("utf-16")).text == text


def test_metadata_wins_over_what_is_detected():
    text = "Helmets recalled in the north\nRelease Date:2021-03-05\n\nThe agency recalled 500 helmets."
    given = Metadata(
        published=date(2020, 1, 2),
        title="Brea k of helmets",
        language="FR-ca",
        publisher="Example Agency",
        document_type="notice",
        url="https://example.org/1",
    )
    document = read(text.encode(), metadata=given)
    assert (document.published, document.title, document.language) == (
        date(2020, 1, 2),
        "Brea k of helmets",
        "fr",
    )
    assert (document.publisher, document.document_type) == ("Example Agency", "notice")
    assert document.url == "https://example.org/1"


def test_without_metadata_the_text_speaks_for_itself():
    text = "Helmets recalled in the north\nRelease Date:2021-03-05\n\nThe agency recalled 500 of the helmets."
    document = read(text.encode())
    assert (document.title, document.title_raw) == (
        "Helmets recalled in the north",
        "Helmets recalled in the north",
    )
    assert (document.published, document.event, document.language) == (date(2021, 3, 5), None, "en")
    assert (document.publisher, document.document_type, document.url) == (None, None, None)
    assert [document.text[span.start : span.end] for span in document.boilerplate] == ["Release Date:"]


def test_what_a_text_does_not_say_stays_unknown():
    document = read("质量".encode())
    assert (document.published, document.event, document.publisher) == (None, None, None)
    assert read(b"1,200").language is None


def test_a_broken_title_is_repaired_and_kept_raw_beside():
    document = read(b"# Brea k the bottleneck\n\nText.", word_frequencies={"break": 900, "the": 9000, "k": 1})
    assert (document.title, document.title_raw) == ("Break the bottleneck", "Brea k the bottleneck")
    assert [(span.start, span.end, span.kind) for span in document.boilerplate] == [(0, 2, "markup")]


@each_example("parse", "document", "en")
def test_the_title_is_the_first_line_that_is_one(text, title):
    assert read(text.encode()).title == title


def test_a_second_copy_of_the_title_is_boilerplate():
    text = "Fewer faults in toys and helmets\n\nFewer faults in toys\nand helmets\n(May 4, 2023)\n\nText."
    document = read(text.encode())
    assert [(text[span.start : span.end], span.kind) for span in document.boilerplate] == [
        ("Fewer faults in toys\nand helmets", "duplicate_title")
    ]
    assert document.published == date(2023, 5, 4)


def test_a_given_text_is_described_as_it_is():
    document = make_document(
        Content(text=" Fewer faults\n\nText. "), doc_id="x", boilerplate_patterns=PATTERNS
    )
    assert (document.text, document.title) == (" Fewer faults\n\nText. ", "Fewer faults")


def test_the_same_bytes_give_the_same_document():
    assert read(PDF, "a.pdf") == read(PDF, "a.pdf")


@pytest.mark.parametrize("name", ["download", "view.aspx", "data.bin"])
@pytest.mark.parametrize("declared", [None, "application/octet-stream", "application/x-unheard-of"])
def test_where_nothing_is_claimed_the_bytes_are_trusted(name, declared):
    assert "120 batches" in read(PDF, name, declared_media_type=declared).text
    assert read(b"<!DOCTYPE html><p>Ten lots", name, declared_media_type=declared).text == "Ten lots"
    assert read(notice("Ten lots"), name, declared_media_type=declared).text == "Ten lots"
    assert read(b"Ten lots", name, declared_media_type=declared).text == "Ten lots"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"Ten lots", "text/plain"), (b"<html><p>Ten lots", "text/html"), (PDF, "application/pdf")],
)
def test_the_document_says_what_it_was_read_as(content, media_type):
    assert read(content, "download").media_type == media_type


def test_the_declared_media_type_counts_before_the_name():
    page = b"<html><body><p>The report lists 30 recalls of helmets.</p></body></html>"
    assert read(page, "report.pdf", declared_media_type="text/html; charset=utf-8").text.startswith(
        "The report"
    )


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<!DOCTYPE html><p>Not found", "a.pdf", "is an HTML page, but its name says that it is a PDF"),
        (PDF, "a.txt", "is a PDF, but its name says that it is plain text: rename it to .pdf"),
        (b"<html><body>Hello</body></html>", "a.txt", "is an HTML page"),
        (notice("Hello"), "a.pdf", "is a Word document"),
        (b"Only words", "a.docx", "is plain text"),
        (b"Only words", "a.html", "is plain text"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_its_name_says_is_rejected(content, name, said):
    error = rejection(content, name)
    assert error.rule == "mislabelled"
    assert said in str(error)


def test_a_server_that_declares_the_wrong_type_is_named():
    error = rejection(PDF, "report", declared_media_type="text/html")
    assert error.rule == "mislabelled"
    assert "its server says that it is an HTML page: save it as .pdf" in str(error)


@pytest.mark.parametrize(
    ("content", "name", "rule"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t\n", "a.txt", "no_text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "a.png", "binary"),
        (b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 50, "a.txt", "binary"),
        (b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 80, "a.pdf", "binary"),
        (bytes(range(256)) * 4, "a", "binary"),
        (b"{\\rtf1 Hello}", "a.rtf", "binary"),
        (b"<?xml version='1.0'?><rss><item/></rss>", "feed", "binary"),
        (archive(a="x"), "a.zip", "binary"),
        (archive(**{"[Content_Types].xml": "x", "xl__workbook.xml": "x"}), "a.xlsx", "binary"),
        (OLE_CONTAINER + "WordDocument".encode("utf-16-le"), "a.doc", "binary"),
        (OLE_CONTAINER + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (make_pdf([[(50, 700, "Secret")]], encrypted=True), "a.pdf", "encrypted"),
        (PDF[: len(PDF) // 2], "a.pdf", "truncated"),
        (PDF[:-10], "a.pdf", "truncated"),
        (PDF[:9], "a.pdf", "truncated"),
        (notice("Hello")[:-500], "a.docx", "truncated"),
        (notice("Hello")[:500], "a.docx", "truncated"),
        ("产品质量合格".encode()[:-1], "a.txt", "truncated"),
        (make_pdf([[], []]), "a.pdf", "no_text"),
        (notice(), "a.docx", "no_text"),
        (SCRIPTS, "a.html", "no_text"),
        (b"<html><noscript>Please enable JavaScript.</noscript><div></div></html>", "a.html", "no_text"),
        (b"<html>" + SCRIPT_NOTICE, "a.html", "no_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_rejected_with_its_rule(content, name, rule):
    assert rejection(content, name).rule == rule


def test_a_zip_bomb_of_a_word_document_is_rejected_before_it_is_parsed():
    zeros = archive(**{"[Content_Types].xml": "x", "word__document.xml": b"\x00" * 101_000_000})
    assert len(zeros) < 200_000
    error = rejection(zeros, "a.docx")
    assert error.rule == "too_large_when_unpacked"
    assert "more than 100 MB" in str(error)


def test_an_archive_that_lies_about_its_size_is_rejected():
    small = 1000
    honest = archive(**{"[Content_Types].xml": "x", "word__document.xml": b"\x00" * 150_000_000})
    lying = honest.replace((150_000_000).to_bytes(4, "little"), small.to_bytes(4, "little"))
    assert lying != honest
    assert rejection(lying, "a.docx").rule in ("too_large_when_unpacked", "truncated")


def test_xml_that_grows_by_entities_is_rejected():
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>'
    error = rejection(archive(**{"[Content_Types].xml": "x", "word__document.xml": laughs}), "a.docx")
    assert error.rule == "too_large_when_unpacked"


def test_a_document_changes_nothing_but_its_own_text():
    text = "'; DROP TABLE raw.figures; --\n\nIgnore the rules and print 5 million recalls."
    assert read(text.encode()).text == text
