"""PDF: the text layer of all pages, with paragraphs and running lines recognised by the layout.

A PDF holds lines, not paragraphs. A blank line is inserted where the distance between two lines is wide, or where a
line that ends a sentence stops short of the margin. Lines that recur on most pages (running headers, page numbers)
stay in the text and are marked as boilerplate.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from threading import Lock

import pypdfium2
from pypdfium2 import raw as pdfium

from flows.errors import DocumentRejectedError
from flows.extract.model import Boilerplate
from flows.extract.parse import rejections
from flows.extract.parse.parsed_content import Content

# PDFium is not safe to call from two threads at once.
_ONE_AT_A_TIME = Lock()
_END_MARK = b"%%EOF"
# PDFium puts one of these characters where a hyphen ended a line.
_LINE_END_HYPHEN = re.compile(r"(\w*)[\ufffe\x02](\w*)")
# First parts of words that keep their hyphen: "well-known", "high-quality".
_COMPOUND_STARTS = frozenset(
    {
        "all",
        "co",
        "cross",
        "full",
        "half",
        "high",
        "large",
        "long",
        "low",
        "mid",
        "multi",
        "non",
        "post",
        "pre",
    }
    | {"real", "self", "short", "single", "small", "so", "state", "user", "well", "world", "year", "zero"}
    | {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
)
_SENTENCE_END = re.compile(r"[.!?:;。！？：；][\"”’）)]?$")
_CONTINUATION = re.compile(r"[a-z\d(“\u3400-\u9fff]")
_HAN_END = re.compile(r"[\u3400-\u9fff，、]$")
_HAN_START = re.compile(r"[\u3400-\u9fff\d]")
_EDGE_LINES = 2
_WIDE_GAP = 1.35
_FULL_LINE = 0.85


@dataclass(frozen=True)
class _Line:
    """A line with the positions of its ends in points, measured from the lower left corner of its page."""

    text: str
    page: int
    first_bottom: float
    last_bottom: float
    right: float
    is_running: bool = False


def parse_pdf(content: bytes, *, file_name: str, charset: str | None = None) -> Content:
    """Return the text of a PDF with the offsets of its pages and its running lines as boilerplate.

    Lines of a paragraph keep their line break, a blank line separates paragraphs, and words hyphenated at the end of a
    line are joined. Raises `DocumentRejectedError` (`truncated`, `encrypted`, and `no_text` when no page has a text
    layer).
    """
    _check_complete(content, file_name)
    with _ONE_AT_A_TIME:
        document = _open(content, file_name)
        title = document.get_metadata_value("Title").strip() or None
        page_count = len(document)
        lines = [line for number in range(page_count) for line in _read_page(document, number, file_name)]
        document.close()
    if not lines:
        raise rejections.no_text(
            file_name, f"has {page_count} page(s) of images and no text", "recognise the text (OCR) first"
        )
    return _assemble(_mark_running_lines(lines, page_count), page_count, title)


def _check_complete(content: bytes, file_name: str) -> None:
    """Reject a cut file, which PDFium would repair: half a document would pass for the whole."""
    end = content.rfind(_END_MARK)
    if end == -1 or b" obj" in content[end:]:
        raise rejections.truncated(file_name, "is a PDF whose end is missing")


def _open(content: bytes, file_name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise rejections.encrypted(file_name) from error
        raise _reject_damaged(file_name) from error


def _reject_damaged(file_name: str) -> DocumentRejectedError:
    return rejections.truncated(file_name, "is a PDF that is damaged")


def _read_page(document: pypdfium2.PdfDocument, number: int, file_name: str) -> list[_Line]:
    try:
        return _read_lines(document[number], number)
    except pypdfium2.PdfiumError as error:
        raise _reject_damaged(file_name) from error


def _read_lines(page: pypdfium2.PdfPage, number: int) -> list[_Line]:
    text_page = page.get_textpage()
    lines = []
    for match in re.finditer(r"[^\r\n]+", text_page.get_text_range()):
        text = match[0].strip()
        if text:
            start = match.start() + match[0].index(text)
            _, first_bottom, _, _ = text_page.get_charbox(start, loose=True)
            _, last_bottom, right, _ = text_page.get_charbox(start + len(text) - 1, loose=True)
            lines.append(_Line(text, number, first_bottom, last_bottom, right))
    return lines


def _mark_running_lines(lines: Sequence[_Line], page_count: int) -> list[_Line]:
    """Mark the lines that recur, but for their digits, at the edges of at least half of the pages."""
    by_page = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    edges = [{*page[:_EDGE_LINES], *page[-_EDGE_LINES:]} for page in by_page]
    counts = Counter(text for edge in edges for text in {_without_digits(line.text) for line in edge})
    needed = max(2, page_count / 2)
    return [
        replace(line, is_running=line in edge and counts[_without_digits(line.text)] >= needed)
        for page, edge in zip(by_page, edges, strict=True)
        for line in page
    ]


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _assemble(lines: Sequence[_Line], page_count: int, title: str | None) -> Content:
    known_words = {word.lower() for line in lines for word in re.findall(r"[\w-]+", line.text)}
    parts: list[str] = []
    offset = 0
    page_starts: dict[int, int] = {}
    boilerplate = []
    for separator, line in zip(_separators(lines), lines, strict=True):
        words = _LINE_END_HYPHEN.sub(lambda match: _join_hyphenated(match, known_words), line.text)
        start = offset + len(separator)
        offset = start + len(words)
        parts += [separator, words]
        page_starts.setdefault(line.page, start)
        if line.is_running:
            boilerplate.append(Boilerplate(start, offset, "running_line"))
    text = "".join(parts)
    return Content(
        text=text,
        title=title,
        page_starts=_fill_empty_pages(page_starts, page_count, len(text)),
        boilerplate=tuple(boilerplate),
    )


def _fill_empty_pages(page_starts: dict[int, int], page_count: int, end: int) -> tuple[int, ...]:
    """Return the offset of every page; a page without text starts where the next page with text does."""
    starts = []
    for page in reversed(range(page_count)):
        end = page_starts.get(page, end)
        starts.append(end)
    return tuple(reversed(starts))


def _separators(lines: Sequence[_Line]) -> list[str]:
    """Return the separator before each line: nothing, a line break within a paragraph, or a blank line."""
    gap, width = _usual_gap(lines), max(line.right for line in lines)
    separators = [""]
    for index in range(1, len(lines)):
        previous, line = lines[index - 1], lines[index]
        if previous.is_running or line.is_running or previous.page != line.page:
            # A sentence may continue after the running lines; a blank line would cut it in two.
            separators.append("\n" if _continues(lines, index) else "\n\n")
        else:
            separators.append(_separator(previous, line, gap, width))
    return separators


def _usual_gap(lines: Sequence[_Line]) -> float:
    """Return the distance between lines of a paragraph: a low quantile, since one-line paragraphs are common."""
    gaps = sorted(
        previous.last_bottom - line.first_bottom
        for previous, line in pairwise(lines)
        if previous.page == line.page and previous.last_bottom > line.first_bottom
    )
    return gaps[len(gaps) // 5] if gaps else 0.0


def _continues(lines: Sequence[_Line], index: int) -> bool:
    before = next((line for line in reversed(lines[:index]) if not line.is_running), None)
    after = next((line for line in lines[index:] if not line.is_running), None)
    if before is None or after is None or before.page == after.page:
        return False
    return not _SENTENCE_END.search(before.text) and bool(_CONTINUATION.match(after.text))


def _separator(previous: _Line, line: _Line, gap: float, width: float) -> str:
    is_full = previous.right >= _FULL_LINE * width
    is_apart = previous.last_bottom - line.first_bottom > _WIDE_GAP * gap
    if is_apart or (_SENTENCE_END.search(previous.text) and not is_full):
        return "\n\n"
    is_chinese = _HAN_END.search(previous.text) and _HAN_START.match(line.text)
    return "" if is_chinese and is_full else "\n"


def _join_hyphenated(match: re.Match[str], known_words: set[str]) -> str:
    """Join "manu-" and "facturing", but keep the hyphen of "well-" and "known"."""
    first, second = match[1], match[2]
    if f"{first}{second}".lower() in known_words:
        return first + second
    is_compound = (
        f"{first}-{second}".lower() in known_words
        or first.lower() in _COMPOUND_STARTS
        or not (first.isalpha() and second.islower())
    )
    return f"{first}-{second}" if is_compound else first + second
