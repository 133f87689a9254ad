"""Word documents: paragraphs, headings, lists and tables in document order.

A DOCX is a ZIP archive of XML, so a small file can unpack to gigabytes. Its declared and its actual size are checked
before anything is parsed.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from flows.errors import DocumentRejectedError
from flows.extract.parse import rejections
from flows.extract.parse.parsed_content import Content

# The text of a thousand pages unpacks to about 10 MB.
MAX_UNPACKED_BYTES = 100_000_000
_CHUNK_BYTES = 1_000_000
_ADVICE = "if it is meant well, save it as PDF or plain text"
_ENTITY = b"<!ENTITY"
_ENCRYPTED_FLAG = 0x1
# Elements that Word wraps around content; python-docx ignores what is inside them.
_WRAPPERS = ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml")
_LOST = ("w:del", "w:moveFrom", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr", "w:smartTagPr")


def parse_docx(content: bytes, *, file_name: str, charset: str | None = None) -> Content:
    """Return the text of a Word document: a blank line between blocks, the cells of a row joined by ` | `.

    Tracked changes are accepted. The title is the one in the properties of the document.
    Raises `DocumentRejectedError` (`encrypted`, `truncated`, `too_large_when_unpacked`).
    """
    _check_archive(content, file_name)
    try:
        document = docx.Document(BytesIO(content))
        # A definition in an encoding that `_check_members` does not recognise.
        if document.element.getroottree().docinfo.internalDTD is not None:
            raise _reject_entities(file_name)
        _accept_changes(document)
        text = "\n\n".join(_read_blocks(document))
    except (KeyError, ValueError, AttributeError, etree.LxmlError, BadZipFile) as error:
        raise _reject_damaged(file_name) from error
    return Content(text=text, title=document.core_properties.title.strip() or None)


def _check_archive(content: bytes, file_name: str) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
                raise rejections.encrypted(file_name)
            if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
                raise _reject_bomb(file_name)
            _check_members(archive, members, file_name)
    except (BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, OSError) as error:
        raise _reject_damaged(file_name) from error


def _check_members(archive: ZipFile, members: list[ZipInfo], file_name: str) -> None:
    """Unpack the archive without keeping it: it may lie about its sizes, and entities may make its XML grow."""
    unpacked = 0
    for member in members:
        end = b""
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED_BYTES:
                    raise _reject_bomb(file_name)
                # Without its zero bytes UTF-16 is ASCII here; a definition may span two chunks.
                read = end + chunk.replace(b"\x00", b"")
                if _ENTITY in read:
                    raise _reject_entities(file_name)
                end = read[-len(_ENTITY) :]


def _reject_entities(file_name: str) -> DocumentRejectedError:
    return rejections.too_large_when_unpacked(
        file_name, "defines XML entities, which Word never does and which can grow without end", _ADVICE
    )


def _reject_bomb(file_name: str) -> DocumentRejectedError:
    limit = MAX_UNPACKED_BYTES // 1_000_000
    return rejections.too_large_when_unpacked(file_name, f"unpacks to more than {limit} MB", _ADVICE)


def _reject_damaged(file_name: str) -> DocumentRejectedError:
    return rejections.truncated(file_name, "is a Word document that was cut or damaged")


def _accept_changes(document: WordDocument) -> None:
    body = document.element.body
    for element in list(body.iter(*map(qn, _LOST))):
        element.getparent().remove(element)
    for element in list(body.iter(*map(qn, _WRAPPERS))):
        parent, children = element.getparent(), list(element)
        position = parent.index(element)
        parent[position : position + 1] = children


def _read_blocks(container: WordDocument | _Cell) -> Iterator[str]:
    for block in container.iter_inner_content():
        text = _read_table(block) if isinstance(block, Table) else _read_paragraph(block)
        if text:
            yield text


def _read_paragraph(paragraph: Paragraph) -> str:
    return paragraph.text.strip()


def _read_table(table: Table) -> str:
    """Return one line for each row, with a merged cell, which python-docx repeats, only once."""
    rows = []
    for row in table.rows:
        cells = list({id(cell._tc): cell for cell in row.cells}.values())
        rows.append(" | ".join(" ".join(" ".join(_read_blocks(cell)).split()) for cell in cells))
    return "\n".join(row for row in rows if row.strip(" |"))
