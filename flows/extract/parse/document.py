"""One text with title, dates, language and boilerplate, made of the bytes of a document.

The bytes, the metadata fields of the format and the text itself decide; what a person stated in `NAME.meta.json`
takes precedence. A new format is one module here with a function `parse_<format>`, one row of `_PARSERS`, and its
signature in `media_type`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from flows.extract.model import Boilerplate, Document
from flows.extract.parse import rejections
from flows.extract.parse.boilerplate import find_boilerplate
from flows.extract.parse.broken_words import repair_title
from flows.extract.parse.dates import find_datelines, read_event, read_published
from flows.extract.parse.language import read_language
from flows.extract.parse.media_type import DOCX, HTML, PDF, PLAIN_TEXT, read_charset, read_media_type
from flows.extract.parse.origin import read_document_type, read_publisher
from flows.extract.parse.parsed_content import Content
from flows.extract.parse.title import FoundTitle, find_second_title, find_title, is_real_title
from flows.extract.patterns.spans import replace_spans
from flows.extract.vocabulary.boilerplate_patterns import BoilerplatePattern
from schemas.inputs.metadata import Metadata

_PARSERS = {DOCX: "docx", HTML: "html", PDF: "pdf", PLAIN_TEXT: "plain_text"}
_NOTHING_STATED = Metadata()
# The longest books have five million.
MAX_CHARACTERS = 20_000_000


def parse(
    content: bytes,
    *,
    doc_id: str,
    file_name: str,
    declared_media_type: str | None = None,
    metadata: Metadata = _NOTHING_STATED,
    boilerplate_patterns: Sequence[BoilerplatePattern] = (),
    word_frequencies: Mapping[str, float] | None = None,
) -> Document:
    """Return the document that `content` holds.

    The format that the bytes show must agree with `file_name` and `declared_media_type`. `word_frequencies` are those
    of `repair_title`. Raises `DocumentRejectedError` with one of the rules of `rejections`.
    """
    media_type = read_media_type(content, file_name=file_name, declared_media_type=declared_media_type)
    read = _parser_of(media_type)
    parsed = read(content, file_name=file_name, charset=read_charset(declared_media_type))
    if len(parsed.text) > MAX_CHARACTERS:
        raise rejections.too_large_when_unpacked(
            file_name, f"holds more than {MAX_CHARACTERS:,} characters of text", "split it"
        )
    document = make_document(
        parsed,
        doc_id=doc_id,
        metadata=metadata,
        boilerplate_patterns=boilerplate_patterns,
        word_frequencies=word_frequencies,
    )
    if not _states_anything(document):
        raise rejections.no_text(file_name, "holds no text", "check that it is the right file")
    return replace(document, media_type=media_type)


def make_document(
    parsed: Content,
    *,
    doc_id: str,
    metadata: Metadata = _NOTHING_STATED,
    boilerplate_patterns: Sequence[BoilerplatePattern] = (),
    word_frequencies: Mapping[str, float] | None = None,
) -> Document:
    """Return the document of a parsed text, which is kept as it is; a text given without a file is `Content(text)`."""
    text = parsed.text
    boilerplate = (*find_boilerplate(text, boilerplate_patterns), *parsed.boilerplate)
    found = find_title(text, boilerplate)
    boilerplate = _without_overlaps([*boilerplate, *_title_boilerplate(text, found)])
    raw, title = _choose_title(metadata, parsed, found, word_frequencies)
    published = metadata.published or parsed.published or read_published(text, boilerplate)
    return Document(
        doc_id=doc_id,
        text=text,
        title=title,
        title_raw=raw,
        published=published,
        event=read_event(text, published, boilerplate),
        language=metadata.language or read_language(text),
        publisher=metadata.publisher or parsed.publisher or read_publisher(find_datelines(text, boilerplate)),
        document_type=metadata.document_type or read_document_type(title, text),
        url=metadata.url or parsed.url,
        licence=metadata.licence,
        boilerplate=boilerplate,
        page_starts=parsed.page_starts,
    )


def _parser_of(media_type: str) -> Callable[..., Content]:
    """Import a parser with its first document, since importing its libraries takes longer than reading a text."""
    name = _PARSERS[media_type]
    parser: Callable[..., Content] = getattr(import_module(f"flows.extract.parse.{name}"), f"parse_{name}")
    return parser


def _choose_title(
    metadata: Metadata,
    parsed: Content,
    found: FoundTitle | None,
    word_frequencies: Mapping[str, float] | None,
) -> tuple[str | None, str | None]:
    """Return the title as written and as repaired; a title that a person stated is not repaired."""
    if metadata.title:
        return metadata.title, metadata.title
    raw = parsed.title if parsed.title and is_real_title(parsed.title) else (found.raw if found else None)
    return raw, repair_title(" ".join(raw.split()), word_frequencies) if raw else None


def _title_boilerplate(text: str, found: FoundTitle | None) -> list[Boilerplate]:
    if found is None:
        return []
    mark = [Boilerplate(found.mark_start, found.start, "markup")] if found.mark_start < found.start else []
    copy = find_second_title(text, found)
    return [*mark, copy] if copy else mark


def _without_overlaps(spans: Sequence[Boilerplate]) -> tuple[Boilerplate, ...]:
    """Sort spans; where two overlap, keep the earlier one whole and cut the later one."""
    kept: list[Boilerplate] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        start = max(span.start, kept[-1].end if kept else 0)
        if start < span.end:
            kept.append(replace(span, start=start))
    return tuple(kept)


def _states_anything(document: Document) -> bool:
    """Return whether anything is left without the boilerplate: "Please enable JavaScript" alone is an empty page."""
    stated = replace_spans(document.text, (stretch.span for stretch in document.boilerplate))
    return bool(re.search(r"\w", stated))
