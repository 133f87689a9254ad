"""Decoding of text in an unknown encoding, without normalising anything.

Public bodies publish UTF-8, but also GB18030, Big5 and Windows-1252, mostly without saying so. Evidence, strongest
first: a byte order mark, valid UTF-8, the encoding that the page declares, statistics of the bytes.
"""

import codecs
import re

from flows.extract.parse import rejections

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of the two-byte characters in everyday text: punctuation, kana, and the half of each character set that
# holds the common characters. Text decoded in the wrong encoding falls outside.
_EVERYDAY_FIRST_BYTES = {
    "gb18030": (range(0xA1, 0xA4), range(0xB0, 0xD8)),
    "big5": (range(0xA1, 0xA4), range(0xA4, 0xC7)),
    "shift_jis": (range(0x81, 0x84), range(0x88, 0x99)),
    "euc_kr": (range(0xA1, 0xA4), range(0xB0, 0xC9)),
}
# Pages declare a small character set and use the larger one that contains it; browsers assume the same.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252"}
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
_SMALL_LETTER_PAIR = re.compile(rb"[\xdf-\xff]{2}")
_SPACED_WORDS = re.compile(rb"[\x80-\xff] [\x80-\xff]")
# A sample is enough for statistics; a file may have fifty megabytes.
_SAMPLE_BYTES = 50_000


def decode_text(content: bytes, *, file_name: str, declared: str | None = None) -> str:
    """Return the characters of `content` exactly as written, without a byte order mark.

    `declared` is the encoding that a server or a page names; it is used only where the bytes are not UTF-8.
    Raises `DocumentRejectedError`: `truncated` for UTF-8 that ends inside a character, `binary` when no encoding fits.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_marked(content[len(mark) :], encoding, file_name)
    text = _decode_utf8(content, file_name)
    if text is None:
        text = _decode_declared(content, declared) or _decode_guessed(content)
    if text is not None:
        return text
    raise rejections.binary(
        file_name, "in no encoding that is known here", "save it as UTF-8 and land it again"
    )


def find_declared_encoding(content: bytes) -> str | None:
    """Return the encoding that the head of an HTML page names, or None."""
    from bs4.dammit import EncodingDetector  # noqa: PLC0415 (slow to import, and plain text never needs it)

    return EncodingDetector.find_declared_encoding(content, is_html=True)


def _decode_marked(content: bytes, encoding: str, file_name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        what_is_wrong = f"is broken {encoding.upper()} at byte {error.start}"
        raise rejections.truncated(file_name, what_is_wrong) from error


def _decode_utf8(content: bytes, file_name: str) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        valid_characters = _count_multibyte(content[: error.start])
        # `caf\xe9` in Windows-1252 also ends like cut UTF-8, so the text before it must be UTF-8 beyond ASCII.
        if error.reason == "unexpected end of data" and valid_characters:
            raise rejections.truncated(
                file_name, "ends in the middle of a character, so it was cut"
            ) from error
    return _decode_mostly_utf8(content)


def _decode_mostly_utf8(content: bytes) -> str | None:
    """Decode UTF-8 with a few stray bytes, which must not turn the whole text into another encoding's gibberish."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return text if broken * 20 < sum(character > "\x7f" for character in text) else None


def _count_multibyte(content: bytes) -> int:
    return sum(character > "\x7f" for character in content.decode("utf-8"))


def _decode_declared(content: bytes, declared: str | None) -> str | None:
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared).name
        return content.decode(_SUPERSETS.get(name, name))
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _decode_guessed(content: bytes) -> str | None:
    sample = content[:_SAMPLE_BYTES]
    if _is_western(sample):
        # The five bytes that Windows-1252 leaves undefined are control characters in Latin-1.
        return _decode_declared(content, "cp1252") or content.decode("latin-1")
    everyday = {encoding: _everyday_share(sample, encoding) for encoding in _EVERYDAY_FIRST_BYTES}
    likeliest = max(everyday, key=everyday.__getitem__)  # the first of equals
    is_likely = everyday[likeliest] >= 0.8
    return _decode_declared(content, likeliest if is_likely else _most_likely_encoding(sample))


def _most_likely_encoding(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 (slow to import, and UTF-8 never needs it)

    found = from_bytes(sample).best()
    return found.encoding if found else None


def _everyday_share(sample: bytes, encoding: str) -> float:
    """Return the share of everyday characters among those above 127, if `sample` is decoded as `encoding`.

    charset-normalizer alone takes Chinese texts of less than a hundred characters for Korean.
    """
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return 0.0
    characters = [character.encode(encoding) for character in text if character > "\x7f"]
    first_bytes = [character[0] for character in characters if len(character) == 2]
    everyday = sum(any(byte in span for span in _EVERYDAY_FIRST_BYTES[encoding]) for byte in first_bytes)
    # The bytes of common Korean are all in the range of common Chinese, but Korean has blanks between words.
    is_korean = encoding == "euc_kr" and everyday == len(characters) >= 10 and _SPACED_WORDS.search(sample)
    bonus = 0.01 if is_korean else 0.0
    return everyday / max(len(characters), 1) + bonus


def _is_western(sample: bytes) -> bool:
    """Tell Windows-1252 from double-byte encodings by the runs of bytes above 127.

    Accented letters occur singly, or two lowercase ones together ("créée"); a Chinese, Japanese or Korean character
    has two such bytes and others next to it. charset-normalizer alone takes short French texts for Chinese.
    """
    runs = _HIGH_BYTES.findall(sample)
    plausible = sum(len(run) for run in runs if len(run) == 1 or _SMALL_LETTER_PAIR.fullmatch(run))
    return plausible * 2 > sum(len(run) for run in runs)
