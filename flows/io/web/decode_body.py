"""Undo the compression of an HTTP body, piece by piece and never beyond a limit.

A body of 64 kilobytes can unfold to 66 megabytes. httpx would unfold each piece completely, and coding within
coding too. Here one coding is allowed, and unfolding stops at the size that a document may have.
"""

import zlib
from typing import Protocol

from flows.errors import FetchError

ACCEPT_ENCODING = "gzip, deflate"
_ANY_HEADER, _NO_HEADER = zlib.MAX_WBITS | 32, -zlib.MAX_WBITS  # zlib's codes for "gzip or zlib" and "raw"


class Decoder(Protocol):
    """Unfolds the pieces of a body, which come in order."""

    def decode(self, piece: bytes, room: int) -> bytes:
        """Return the content of `piece`, at most `room` + 1 bytes: one more than there is room for."""

    def finish(self) -> None:
        """Raise zlib.error when the body is incomplete."""


class PlainDecoder:
    """Passes on a body that is not compressed."""

    def decode(self, piece: bytes, room: int) -> bytes:
        """Return the piece, cut at `room` + 1 bytes."""
        return piece[: room + 1]

    def finish(self) -> None:
        """Do nothing: the connection itself tells when such a body is incomplete."""


class InflatingDecoder:
    """Unfolds gzip and deflate; some servers send deflate without the header that the standard demands."""

    def __init__(self) -> None:
        """Start at the first byte."""
        self._inflater = zlib.decompressobj(_ANY_HEADER)
        self._has_begun = False

    def decode(self, piece: bytes, room: int) -> bytes:
        """Return the content of `piece`; raises zlib.error for data that is not compressed this way."""
        found = bytearray()
        # A gzip body may have several members in a row, and padding.
        while piece.strip(b"\0" if self._inflater.eof else b"") and len(found) <= room:
            if self._inflater.eof:
                self._inflater = zlib.decompressobj(_ANY_HEADER)
            found += self._inflate(piece, room + 1 - len(found))
            piece = self._inflater.unused_data
        return bytes(found)

    def finish(self) -> None:
        """Raise zlib.error when the compressed data have no end."""
        if self._has_begun and not self._inflater.eof:
            raise zlib.error("the compressed data break off")

    def _inflate(self, piece: bytes, most: int) -> bytes:
        begun, self._has_begun = self._has_begun, True
        try:
            return self._inflater.decompress(piece, most)
        except zlib.error:
            if begun:
                raise
            self._inflater = zlib.decompressobj(_NO_HEADER)
            return self._inflater.decompress(piece, most)


def make_decoder(coding: str, address: str) -> Decoder:
    """Return the decoder for a `Content-Encoding`; raises FetchError for one that we did not offer."""
    match coding.strip().lower():
        case "" | "identity":
            return PlainDecoder()
        case "gzip" | "x-gzip" | "deflate":
            return InflatingDecoder()
    raise FetchError(
        f"{address} comes in the coding {coding!r}, which was not asked for: tell its publisher."
    )
