"""Undo the compression of an HTTP body, piece by piece and never beyond a limit.

A body of 64 kilobytes can unfold to 66 megabytes. httpx would unfold each piece that arrives whole, and
codings upon codings too; here no more is unfolded than a document may have, and one coding at most.
"""

import zlib
from typing import Protocol

from flows.errors import FetchError

ACCEPT_ENCODING = "gzip, deflate"
_ANY_HEADER, _NO_HEADER = zlib.MAX_WBITS | 32, -zlib.MAX_WBITS  # zlib's ways to say "gzip or zlib" and "raw"


class Decoder(Protocol):
    """Takes the pieces of a body in order."""

    def decode(self, piece: bytes, room: int) -> bytes:
        """Return what `piece` holds, at most `room` + 1 bytes of it: one more than there is room for."""

    def finish(self) -> None:
        """Raise zlib.error when the body broke off."""


class PlainDecoder:
    """For a body that is not compressed."""

    def decode(self, piece: bytes, room: int) -> bytes:
        """Return the piece, cut where it is too long."""
        return piece[: room + 1]

    def finish(self) -> None:
        """Do nothing: the connection tells when such a body broke off."""


class InflatingDecoder:
    """For gzip and deflate; the latter with the header that the standard asks for or, as some send it, without."""

    def __init__(self) -> None:
        """Expect the first byte."""
        self._inflater = zlib.decompressobj(_ANY_HEADER)
        self._has_begun = False

    def decode(self, piece: bytes, room: int) -> bytes:
        """Return what `piece` holds; raises zlib.error for what is not compressed like that."""
        found = bytearray()
        # gzip may be several members one after the other, and padded.
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
    """Return the decoder for a `Content-Encoding`; raises FetchError for one that was not asked for."""
    match coding.strip().lower():
        case "" | "identity":
            return PlainDecoder()
        case "gzip" | "x-gzip" | "deflate":
            return InflatingDecoder()
    raise FetchError(
        f"{address} comes in the coding {coding!r}, which was not asked for: tell its publisher."
    )
