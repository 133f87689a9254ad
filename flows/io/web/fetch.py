"""Fetches a document from an address: http and https only, and never from inside our own network.

A feed or a form can name any address, so `flows.io.web.allowed_addresses` checks each one, and each redirect again.

A request for a known document is conditional (`fetch_if_changed`): a server that recognises its own validators
answers that nothing has changed. A busy server says how long to wait, and is not asked before.
"""

import logging
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from urllib.parse import unquote

import httpx
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from flows.errors import FetchError, UsageError
from flows.io.web.allowed_addresses import NO_ADDRESS, Allowed, CheckedTransport, check_url, is_public
from flows.io.web.deadline import TooSlowError
from flows.io.web.decode_body import ACCEPT_ENCODING, make_decoder
from flows.settings import Settings

_log = logging.getLogger("quality_warehouse")

# Settings hold the other limits: `http_attempts`, `http_timeout_seconds`, `http_max_redirects`, `max_document_bytes`.
# Pauses between tries grow from the first to the longest.
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.5, 10.0
# A whole answer may take this many times `http_timeout_seconds`. Without such a limit, a server that sends a byte now
# and then would pass the limit of every single step.
_WHOLE_ANSWER_FACTOR = 10
# A server that asks for a longer wait has a wrong clock, or we have.
LONGEST_RETRY_AFTER_SECONDS = 24 * 3600.0
USER_AGENT = "quality-warehouse"
_HEADERS = {
    "User-Agent": f"{USER_AGENT}/0.1",
    "Accept": "text/html,application/pdf,text/plain,*/*;q=0.5",
    "Accept-Encoding": ACCEPT_ENCODING,
}
_LONGEST_VALIDATOR = 500


@dataclass(frozen=True)
class Validators:
    """The headers by which a server recognises its own answer, which `address` gave after redirects."""

    address: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    def headers(self, address: str) -> dict[str, str]:
        """Return the headers of a conditional request; none for another address, which may use the same tags."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value and address == self.address}


@dataclass(frozen=True)
class Fetched:
    """The answer of an address: its bytes, the media type and the file name that its server declared."""

    content: bytes
    media_type: str | None
    file_name: str | None
    validators: Validators = Validators()


class _TryAgainError(Exception):
    """A failure that may pass: the server is busy, or the connection broke."""

    def __init__(self, message: str, status: int | None = None, retry_after: float | None = None) -> None:
        """Keep the answer of the server, as `FetchError` does."""
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


Before = Callable[[str], None]


def fetch(url: str, settings: Settings, is_allowed: Allowed = is_public) -> Fetched:
    """Return the document at `url`; follow redirects and retry after failures that may pass.

    `is_allowed` decides where connections may go, unless `settings.allow_private_addresses` allows any address.
    Raises `UsageError` for an address that is not allowed and `FetchError` for one that cannot be fetched.
    """
    fetched = fetch_if_changed(url, settings, Validators(), is_allowed)
    if fetched is None:
        raise FetchError(f"{url} answered 304 Not Modified to an unconditional request: tell its publisher.")
    return fetched


def fetch_if_changed(
    url: str,
    settings: Settings,
    known: Validators,
    is_allowed: Allowed = is_public,
    before: Before = lambda address: None,
) -> Fetched | None:
    """Fetch like `fetch`, but return None when the server says that the answer with validators `known` still holds.

    `before` is called with every address just before it is asked, redirects included, and may raise.
    """
    check_url(url)
    attempts = stamina.retry_context(
        on=_pause_before_next,
        attempts=settings.http_attempts,
        timeout=None,
        wait_initial=_FIRST_PAUSE_SECONDS,
        wait_max=_LONGEST_PAUSE_SECONDS,
    )
    try:
        for attempt in attempts:
            with attempt:
                return _fetch_once(url, settings, known, is_allowed, before)
    except _TryAgainError as error:
        raise _give_up(error, settings) from error
    raise AssertionError("stamina ends with a result or an error")


def _pause_before_next(error: Exception) -> bool | float:
    """Say whether to retry: after growing pauses, or after the server's own pause if that is short."""
    if not isinstance(error, _TryAgainError):
        return False
    if error.retry_after is None:
        return True
    return error.retry_after if error.retry_after <= _LONGEST_PAUSE_SECONDS else False


def _give_up(error: _TryAgainError, settings: Settings) -> FetchError:
    if error.retry_after is not None:
        advice = f"It asks to wait {error.retry_after:.0f} s: try again then."
    elif settings.http_attempts == 1:
        advice = "Try again later."
    else:
        advice = f"It was tried {settings.http_attempts} times: try again later."
    return FetchError(f"{error} {advice}", status=error.status, retry_after=error.retry_after)


def _fetch_once(
    url: str, settings: Settings, known: Validators, is_allowed: Allowed, before: Before
) -> Fetched | None:
    deadline = time.monotonic() + _WHOLE_ANSWER_FACTOR * settings.http_timeout_seconds
    may_connect = (lambda address: True) if settings.allow_private_addresses else is_allowed
    transport = CheckedTransport(may_connect, deadline)
    with httpx.Client(
        transport=transport, timeout=settings.http_timeout_seconds, headers=_HEADERS, follow_redirects=False
    ) as client:
        current = url
        for _ in range(settings.http_max_redirects + 1):
            before(current)
            conditions = known.headers(current)
            with _explained(current, url), client.stream("GET", current, headers=conditions) as response:
                if conditions and response.status_code == httpx.codes.NOT_MODIFIED:
                    return None
                if not response.has_redirect_location:
                    _check_status(response, current)
                    return _read_response(response, current, settings.max_document_bytes)
                current = _follow(response, current)
    raise FetchError(
        f"{url} redirects more than {settings.http_max_redirects} times: give the final address."
    )


@contextmanager
def _explained(current: str, first: str) -> Iterator[None]:
    """Turn errors of httpx into sentences, and tell those that may pass from those that will not."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise _TryAgainError(f"{current} did not answer in time.") from error
    except httpx.TransportError as error:
        raise _TryAgainError(f"{current} could not be reached ({error}).") from error
    except NO_ADDRESS as error:  # httpx parses the address of a redirect even if it does not follow it
        raise FetchError(f"{current} redirects to a forbidden address: {error}") from error
    except TooSlowError as error:
        raise FetchError(f"{current} sends too slowly: download it by hand and land the file.") from error
    except zlib.error as error:
        raise FetchError(f"{current} sends a broken answer ({error}): tell its publisher.") from error
    except UsageError as error:
        if current == first:
            raise
        raise FetchError(f"{first} redirects to a forbidden address: {error}") from error


def _follow(response: httpx.Response, current: str) -> str:
    """Return the target of a redirect, checked like an address that a person gives."""
    try:
        target = str(httpx.URL(current).join(response.headers["Location"]))
        check_url(target)
    except (UsageError, *NO_ADDRESS) as error:
        raise FetchError(f"{current} redirects to a forbidden address: {error}") from error
    return target


def _check_status(response: httpx.Response, current: str) -> None:
    answer = f"{current} answered {response.status_code} {response.reason_phrase}".rstrip()
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
        raise _TryAgainError(f"{answer}.", response.status_code, _read_retry_after(response))
    if not response.is_success:
        raise FetchError(f"{answer}: check the address in a browser.", status=response.status_code)


def _read_retry_after(response: httpx.Response) -> float | None:
    """Return the seconds that the server asks to wait; it states seconds or a moment."""
    given = response.headers.get("Retry-After", "").strip()
    try:
        seconds = float(given) if given.isdecimal() else _seconds_until(parsedate_to_datetime(given))
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_SECONDS)


def _seconds_until(moment: datetime) -> float:
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


def _read_response(response: httpx.Response, current: str, limit: int) -> Fetched:
    decoder = make_decoder(response.headers.get("Content-Encoding", ""), current)
    content = bytearray()
    for piece in response.iter_raw():
        content += decoder.decode(piece, limit - len(content))
        # Compressed data may also go on forever without unfolding to anything.
        if max(len(content), response.num_bytes_downloaded) > limit:
            raise FetchError(
                f"{current} is larger than {limit} bytes: QUALITY_WAREHOUSE_MAX_DOCUMENT_BYTES sets the limit."
            )
    decoder.finish()
    media_type = response.headers.get("Content-Type")
    file_name = _read_file_name(response, current)
    return Fetched(bytes(content), media_type, file_name, _read_validators(response, current))


def _read_validators(response: httpx.Response, current: str) -> Validators:
    """Return the validators of this answer, without those that could not be sent back in a header."""
    etag, last_modified = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Validators(current, *(_if_sendable(value) for value in (etag, last_modified)))


def _if_sendable(value: str) -> str | None:
    return value if value.isascii() and value.isprintable() and 0 < len(value) <= _LONGEST_VALIDATOR else None


def _read_file_name(response: httpx.Response, current: str) -> str | None:
    """Return the file name that the server states, else the last part of the path; never a folder."""
    message = Message()
    message["Content-Disposition"] = response.headers.get("Content-Disposition", "")
    try:
        given = message.get_filename()
    except ValueError:  # in an encoding that does not fit
        given = None
    name = given or unquote(httpx.URL(current).path)
    return PurePosixPath(name.replace("\\", "/")).name or None


def _tell_retry(details: RetryDetails) -> None:
    _log.warning("%s Trying again in %.1f s.", details.caused_by, details.wait_for)


# The default hook of stamina logs lines that only a programmer can read.
set_on_retry_hooks((_tell_retry,))
