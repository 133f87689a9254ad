"""Plain text: the decoded characters exactly as they are, so that offsets are those of the file."""

from flows.extract.parse.content import Content
from flows.extract.parse.encoding import decode_text


def parse_plain_text(content: bytes, *, file_name: str, charset: str | None = None) -> Content:
    """Decode `content`; nothing is stripped or normalised, only a byte order mark is dropped."""
    return Content(text=decode_text(content, file_name=file_name, declared=charset))
