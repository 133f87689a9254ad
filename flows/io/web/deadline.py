"""A time limit for a whole answer, headers included.

The limits of httpx apply to single steps. A server that sends a byte of its headers or body now and then passes each
of them and would keep us forever.
"""

import ssl
import time
from collections.abc import Iterable

from httpcore import SOCKET_OPTION, NetworkStream, SyncBackend


class TooSlowError(Exception):
    """The time for the whole answer is over."""


class DeadlineBackend(SyncBackend):
    """Opens connections for httpcore that fail after `ends_at`, a time of `time.monotonic`."""

    def __init__(self, ends_at: float) -> None:
        """Take the end."""
        self._ends_at = ends_at

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """Connect; raises TooSlowError after the end, as reading from the connection does."""
        _check(self._ends_at)
        stream = super().connect_tcp(host, port, timeout, local_address, socket_options)
        return _DeadlineStream(stream, self._ends_at)


class _DeadlineStream(NetworkStream):
    def __init__(self, stream: NetworkStream, ends_at: float) -> None:
        self._stream = stream
        self._ends_at = ends_at

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        _check(self._ends_at)
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        return _DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, timeout), self._ends_at)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _check(ends_at: float) -> None:
    if time.monotonic() > ends_at:
        raise TooSlowError
