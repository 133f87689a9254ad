"""Plain text: the decoded characters unchanged, so that offsets are those of the file."""

from flows.extract.parse.encoding import decode_text
from flows.extract.parse.parsed_content import Content


def parse_plain_text(content: bytes, *, file_name: str, charset: str | None = None) -> Content:
    """Decode `content` without stripping or normalising anything but a byte order mark."""
    return Content(text=decode_text(content, file_name=file_name, declared=charset))
