"""The format of a file by its bytes, checked against its name and its server.

Where they disagree, somebody saved an error page as a PDF or the like, so the document is rejected instead of being
read as what it was not meant to be.
"""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import puremagic

from flows.errors import DocumentRejectedError
from flows.extract.parse import rejections

HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAIN_TEXT = "text/plain"

_NAMES = {
    HTML: ("an HTML page", ".html"),
    PDF: ("a PDF", ".pdf"),
    DOCX: ("a Word document (DOCX)", ".docx"),
    PLAIN_TEXT: ("plain text", ".txt"),
}
_SUFFIXES = {
    "html": HTML, "htm": HTML, "xhtml": HTML, "shtml": HTML,
    "pdf": PDF, "docx": DOCX,
    "txt": PLAIN_TEXT, "text": PLAIN_TEXT, "md": PLAIN_TEXT, "markdown": PLAIN_TEXT,
}  # fmt: skip
_DECLARED = {
    "text/html": HTML, "application/xhtml+xml": HTML,
    "application/pdf": PDF, "application/x-pdf": PDF,
    DOCX: DOCX,
    "text/plain": PLAIN_TEXT, "text/markdown": PLAIN_TEXT,
}  # fmt: skip

_OLE_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_UNICODE_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# Control characters that text never holds: all but tab, line and page breaks, escape and end-of-file.
_CONTROL_CHARACTERS = re.compile(rb"[\x00-\x06\x0e-\x19\x1c-\x1f\x7f]")
_SAMPLE_BYTES = 65_536
_HTML_START = re.compile(
    r"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_FRAGMENT = re.compile(r"<(?:div|p|table|ul|ol|h[1-6]|article|section|script|meta|title)\b[^>]*>", re.I)
_ANY_TAG = re.compile(r"<[a-z][a-z0-9]*(?:\s[^>]*)?/?>", re.I)
_UNREADABLE_MARKUP = {"{\\rtf": "an RTF file", "<?xml": "XML that is not a web page", "%!PS": "PostScript"}


def read_media_type(content: bytes, *, file_name: str, declared_media_type: str | None = None) -> str:
    """Return the media type as which `content` is parsed: HTML, PDF, DOCX or plain text.

    The server's declaration takes precedence over the suffix of the name; an unknown or generic one
    (`application/octet-stream`) is ignored. Raises `DocumentRejectedError` with the rules `empty`, `binary`,
    `encrypted`, `truncated` and `mislabelled`.
    """
    if not content:
        raise rejections.empty(file_name)
    claimed = _claimed_media_type(file_name, declared_media_type)
    actual = _sniff(content, file_name, claimed)
    if claimed is not None and claimed != actual:
        raise _reject_label(file_name, declared_media_type, claimed, actual)
    return actual


def read_charset(declared_media_type: str | None) -> str | None:
    """Return the encoding in a media type such as `text/html; charset=gb2312`, or None."""
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", declared_media_type or "", re.IGNORECASE)
    return match[1] if match else None


def _claimed_media_type(file_name: str, declared_media_type: str | None) -> str | None:
    declared = (declared_media_type or "").split(";")[0].strip().lower()
    suffix = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    return _DECLARED.get(declared) or _SUFFIXES.get(suffix)


def _reject_label(
    file_name: str, declared_media_type: str | None, claimed: str, actual: str
) -> DocumentRejectedError:
    (claimed_name, _), (actual_name, suffix) = _NAMES[claimed], _NAMES[actual]
    if declared_media_type and claimed == _claimed_media_type("", declared_media_type):
        claim, advice = "its server says", f"save it as {suffix} and land that file"
    else:
        claim, advice = "its name says", f"rename it to {suffix} and land it again"
    return rejections.mislabelled(file_name, actual_name, f"{claim} that it is {claimed_name}", advice)


def _sniff(content: bytes, file_name: str, claimed: str | None) -> str:
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(_ZIP):
        return _sniff_zip(content, file_name)
    if content.startswith(_OLE_CONTAINER):
        raise _reject_ole_container(content, file_name)
    if not _is_text(content):
        raise rejections.binary(file_name, f"{_name_binary(content, file_name)}, not a document")
    return _sniff_text(content, file_name, claimed)


def _sniff_zip(content: bytes, file_name: str) -> str:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except BadZipFile as error:
        kind = (
            "a Word document (DOCX)"
            if b"word/" in content or file_name.lower().endswith(".docx")
            else "an archive"
        )
        raise rejections.truncated(file_name, f"is {kind} that was cut or damaged") from error
    if "word/document.xml" in names:
        return DOCX
    kind = "an office file other than Word" if "[Content_Types].xml" in names else "an archive"
    raise rejections.binary(file_name, f"{kind}, not a document")


def _reject_ole_container(content: bytes, file_name: str) -> DocumentRejectedError:
    if _ENCRYPTED_OFFICE in content:
        return rejections.encrypted(file_name)
    return rejections.binary(file_name, "an office file of before 2007", "save it as DOCX or PDF")


def _is_text(content: bytes) -> bool:
    """Return whether `content` is text: few control characters, and no zero byte except in UTF-16."""
    sample = content[:_SAMPLE_BYTES]
    if any(sample.startswith(mark) for mark in _UNICODE_MARKS):
        return True
    stray = len(_CONTROL_CHARACTERS.findall(sample))
    is_image = sample.startswith((b"\x89PNG", b"GIF8", b"\xff\xd8\xff"))
    return b"\x00" not in content and stray * 200 <= len(sample) and not is_image


def _name_binary(content: bytes, file_name: str) -> str:
    """Name the kind of a binary file; of kinds with the same signature (`.exe`, `.zap`) prefer the file's suffix."""
    try:
        kinds = [match.extension for match in puremagic.magic_string(content) if match.extension]
    except (puremagic.PureError, ValueError):
        kinds = []
    suffix = f".{file_name.rpartition('.')[2].lower()}"
    kind = suffix if suffix in kinds else next(iter(kinds), None)
    return f"a binary file ({kind.lstrip('.')})" if kind else "a binary file of an unknown kind"


def _sniff_text(content: bytes, file_name: str, claimed: str | None) -> str:
    head = _decode_head(content)
    if _HTML_START.match(head):
        return HTML
    for signature, kind in _UNREADABLE_MARKUP.items():
        if head.startswith(signature):
            raise rejections.binary(file_name, f"{kind}, which cannot be read")
    if claimed == HTML:
        return HTML if _ANY_TAG.search(head) else PLAIN_TEXT
    return HTML if claimed is None and _HTML_FRAGMENT.match(head) else PLAIN_TEXT


def _decode_head(content: bytes) -> str:
    """Return the first characters; tags, which are ASCII in every encoding here, come out right."""
    mark = next((mark for mark in _UNICODE_MARKS if content.startswith(mark)), b"")
    head = content[len(mark) : _SAMPLE_BYTES]
    return head.decode(_UNICODE_MARKS.get(mark, "latin-1"), errors="replace").lstrip()
