"""Polite requests to the hosts of sources: they follow robots.txt, keep pauses, and wait when a host is busy.

Rules and pauses belong to a host, whichever source asks it, and outlast a run: so they are kept
(`flows.io.sources.states`).
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flows.errors import FetchError, HostBusyError
from flows.io.sources.robots import RobotRules, read_robots
from flows.io.sources.states import LONGEST_KEPT_PAUSE, LONGEST_PAUSE, HostState, SourceStates
from flows.io.web.allowed_addresses import Allowed, is_public
from flows.io.web.fetch import (
    LONGEST_RETRY_AFTER_SECONDS,
    USER_AGENT,
    Fetched,
    Validators,
    fetch_if_changed,
)
from flows.settings import Settings

# Settings hold the shortest pause between two requests (`poll_delay_seconds`).
# RFC 9309 lets us keep robots.txt for a day, and read no more than 500 KiB of it.
_ROBOTS_AGE = timedelta(days=1)
_ROBOTS_BYTES = 512_000
# A busy host that names no time is asked after a minute, then after twice as long each time.
_FIRST_BACK_OFF_SECONDS = 60.0
_NOT_THERE = range(400, 500)
_BUSY = (429, 503)


class PoliteClient:
    """Fetches addresses of sources, one request after the other."""

    def __init__(self, settings: Settings, states: SourceStates, is_allowed: Allowed = is_public) -> None:
        """Take the states of hosts and, for tests, the rule for allowed addresses."""
        # The next poll is the retry.
        self._settings = settings.model_copy(update={"http_attempts": 1})
        self._states = states
        self._is_allowed = is_allowed

    def fetch(self, url: str, known: Validators, may_ask: Callable[[str], bool]) -> Fetched | None:
        """Return the document at `url`, or None when it has not changed since it gave the validators `known`.

        `may_ask` tells whether the address, or that of a redirect, belongs to the source. Raises HostBusyError when
        the host wants more time, FetchError for any other failure, and UsageError for an address that is not allowed.
        """
        return self._ask(url, known, lambda address: self._prepare(address, may_ask), self._settings)

    def _prepare(self, address: str, may_ask: Callable[[str], bool]) -> None:
        """Check before a request that source and host allow it, and wait until it is time."""
        if not may_ask(address):
            raise FetchError(
                f"{address} is on another host than its source: add that host to allowed_hosts of sources.csv."
            )
        if not self._read_rules(origin_of(address)).allows(address):
            raise FetchError(f"{address} is disallowed by the robots.txt of its host: ask its publisher.")
        self._wait(origin_of(address))

    def _ask(
        self, url: str, known: Validators, before: Callable[[str], None], settings: Settings
    ) -> Fetched | None:
        asked: list[str] = []

        def note(address: str) -> None:
            before(address)
            asked.append(origin_of(address))

        refusal = None
        try:
            return fetch_if_changed(url, settings, known, self._is_allowed, note)
        except FetchError as error:
            if error.status not in _BUSY:
                raise
            refusal = error
        finally:
            for origin in asked:
                self._leave_alone(origin, is_refused=refusal is not None and origin == asked[-1])
        raise self._back_off(asked[-1], refusal) from refusal

    def _wait(self, origin: str) -> None:
        """Wait until the host may be asked again; raises HostBusyError when that would take too long."""
        now, free_at = datetime.now(UTC), self._states.read_host(origin).free_at
        if free_at is None or free_at <= now or free_at > now + LONGEST_KEPT_PAUSE:
            return
        if free_at - now > LONGEST_PAUSE:
            raise HostBusyError(origin, free_at, is_refusal=False)
        time.sleep((free_at - now).total_seconds())

    def _leave_alone(self, origin: str, *, is_refused: bool) -> None:
        """Note that the host may be asked again after the pause of its robots.txt or of our settings."""
        host = self._states.read_host(origin)
        pause = max(_parse_rules(host).pause_seconds or 0.0, self._settings.poll_delay_seconds)
        refusals = host.refusals if is_refused else 0
        self._states.save_host(replace(host, free_at=_after(pause), refusals=refusals))

    def _back_off(self, origin: str, refusal: FetchError) -> HostBusyError:
        """Note that a busy host may be asked again after the time it states, else after growing pauses."""
        host = self._states.read_host(origin)
        pause = refusal.retry_after
        if pause is None:
            pause = _FIRST_BACK_OFF_SECONDS * 2.0 ** min(host.refusals, 10)
        until = _after(max(pause, self._settings.poll_delay_seconds))
        self._states.save_host(replace(host, free_at=until, refusals=host.refusals + 1))
        return HostBusyError(origin, until, is_refusal=True)

    def _read_rules(self, origin: str) -> RobotRules:
        """Return the rules of a host, fetched once a day; raises FetchError while they are unknown."""
        host = self._states.read_host(origin)
        now = datetime.now(UTC)
        if host.robots_at is None or not host.robots_at <= now <= host.robots_at + _ROBOTS_AGE:
            robots = self._fetch_robots(origin)
            host = replace(self._states.read_host(origin), robots=robots, robots_at=now)
            self._states.save_host(host)
        return _parse_rules(host)

    def _fetch_robots(self, origin: str) -> bytes:
        """Return robots.txt. A host without one allows everything; a host that fails to say (5xx) is not asked."""
        settings = self._settings.model_copy(update={"max_document_bytes": _ROBOTS_BYTES})
        try:
            fetched = self._ask(
                f"{origin}/robots.txt", Validators(), lambda address: self._wait(origin_of(address)), settings
            )
        except HostBusyError:
            raise
        except FetchError as error:
            if error.status in _NOT_THERE:
                return b""
            raise FetchError(f"Cannot tell whether {_host(origin)} allows requests: {error}") from error
        return fetched.content if fetched else b""


def _parse_rules(host: HostState) -> RobotRules:
    return read_robots((host.robots or b"").decode("utf-8-sig", errors="replace"), USER_AGENT)


def _after(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=min(seconds, LONGEST_RETRY_AFTER_SECONDS))


def origin_of(address: str) -> str:
    """Return scheme, host and port of an address: rules and pauses apply to them together."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _host(origin: str) -> str:
    return urlsplit(origin).netloc
