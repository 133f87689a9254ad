"""The state of sources between two polls: `work/sources.sqlite` of the home.

It only says which address to ask when, and with which validators; the landing says which documents there are. It is
SQLite and not part of the working database, because it is written at every request, even while a load holds that
database, and others read it meanwhile. Each function is one transaction, on the disk when it returns. Deleting the
file costs repeated requests, but no document.

| table | one row per | holds |
| --- | --- | --- |
| `sources` | source | when it was polled, failures in a row, until when it rests |
| `lists` | feed, list page or sitemap of a source | validators of the list as last taken, whether to fetch it |
| `pages` | address that a source has listed | what it gave, when to fetch it again |
| `hosts` | scheme, host and port | its robots.txt, when it may be asked again |

All moments are UTC, as text in ISO 8601.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from flows.errors import QualityWarehouseError
from flows.io.web.fetch import LONGEST_RETRY_AFTER_SECONDS, Validators
from flows.settings import Settings

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
# A host that wants more time is asked in the next poll, so that the others need not wait.
LONGEST_PAUSE = timedelta(seconds=10)
# No host gets more: if `free_at` is later, the clock was wrong.
LONGEST_KEPT_PAUSE = timedelta(seconds=LONGEST_RETRY_AFTER_SECONDS)
_VERSION = 2
_TABLES = """
create table if not exists sources (
    source_id text primary key, polled_at text, listed_at text, succeeded_at text, failures integer not null,
    rests_until text, last_failure text
);
-- Version 1 did not say which lists are open; fetching all of them again costs little.
drop table if exists lists;
create table lists (
    source_id text, address text, listed text, is_open integer not null, asked_at text, changed text,
    answered_by text, etag text, last_modified text, primary key (source_id, address)
);
create table if not exists pages (
    source_id text, address text, listed_at text not null, changed text, next_check_at text, checked_at text,
    answered_by text, etag text, last_modified text, content_sha256 text, doc_id text, changed_at text,
    checks integer not null, failures integer not null, last_failure text, primary key (source_id, address)
);
create table if not exists hosts (
    origin text primary key, free_at text, refusals integer not null, robots blob, robots_at text
);
"""


@dataclass(frozen=True)
class SourceState:
    """The state of a source.

    `polled_at` is the last poll, `listed_at` when its list was last fetched, `succeeded_at` the last poll without
    failure. `failures` counts failed polls in a row; at `rests_until` it is polled again.
    """

    source_id: str
    polled_at: datetime | None = None
    listed_at: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0
    rests_until: datetime | None = None
    last_failure: str | None = None


@dataclass(frozen=True)
class PageState:
    """The state of an address that a source lists.

    `listed_at` is when it was first listed, `changed` the time of change that the list last stated, `next_check_at`
    when to fetch it (None: never, unless the list says that it has changed). `content_sha256` is the hash of the bytes
    seen last, `doc_id` of those landed last; the two differ where the change was without substance. `checks` counts the
    answers since the list gave it or stated a change, `failures` the failures in a row.
    """

    source_id: str
    address: str
    listed_at: datetime
    changed: str | None = None
    next_check_at: datetime | None = None
    checked_at: datetime | None = None
    answered_by: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_sha256: str | None = None
    doc_id: str | None = None
    changed_at: datetime | None = None
    checks: int = 0
    failures: int = 0
    last_failure: str | None = None

    @property
    def validators(self) -> Validators:
        """The validators of the answer seen last."""
        return Validators(self.answered_by, self.etag, self.last_modified)


@dataclass(frozen=True)
class ListState:
    """The list at an address as it was last taken whole; `changed` is the time of change that a sitemap index stated.

    `listed` is the time that the index stated last. `is_open` says that the list is still to be fetched since then;
    `asked_at` is when it was last fetched.
    """

    source_id: str
    address: str
    listed: str | None = None
    is_open: bool = False
    asked_at: datetime | None = None
    changed: str | None = None
    answered_by: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def validators(self) -> Validators:
        """The validators of the list as last taken."""
        return Validators(self.answered_by, self.etag, self.last_modified)


@dataclass(frozen=True)
class HostState:
    """The state of a host: its robots.txt (`robots`, as of `robots_at`), and `free_at`, when it may be asked again.

    `refusals` counts how often in a row it answered that it is too busy.
    """

    origin: str
    free_at: datetime | None = None
    refusals: int = 0
    robots: bytes | None = None
    robots_at: datetime | None = None


class SourceStates:
    """The open file of states; open it with `open_source_states`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection to a file with the tables."""
        self._connection = connection

    def read_source(self, source_id: str) -> SourceState:
        """Return the state of a source; an unknown one has only its name."""
        return next(self._read(SourceState, "sources", "source_id = ?", source_id), SourceState(source_id))

    def read_sources(self) -> dict[str, SourceState]:
        """Return the state of every source that was ever polled, by `source_id`."""
        return {state.source_id: state for state in self._read(SourceState, "sources", "true")}

    def save_source(self, state: SourceState) -> None:
        """Save the state of a source."""
        with self._connection:
            self._save("sources", [state])

    def read_list(self, source_id: str, address: str) -> ListState:
        """Return the state of a list; an unknown one has only its address."""
        found = self._read(ListState, "lists", "source_id = ? and address = ?", source_id, address)
        return next(found, ListState(source_id, address))

    def read_lists(self, source_id: str) -> dict[str, ListState]:
        """Return the known lists of a source by address."""
        return {one.address: one for one in self._read(ListState, "lists", "source_id = ?", source_id)}

    def read_open_lists(self, source_id: str, limit: int) -> list[ListState]:
        """Return at most `limit` open lists, those never fetched first.

        Of these the last changed comes first, of the others the one fetched longest ago, so that each has its turn.
        """
        condition = (
            "source_id = ? and is_open order by asked_at is not null, asked_at, listed desc, rowid limit ?"
        )
        return list(self._read(ListState, "lists", condition, source_id, limit))

    def save_lists(self, lists: Sequence[ListState]) -> None:
        """Save the states of lists."""
        with self._connection:
            self._save("lists", lists)

    def take_list(self, state: ListState | None, pages: Sequence[PageState]) -> None:
        """Save the pages of a list and, in the same transaction, that the list is taken.

        So no page is lost when the list says the next time that it has not changed. `state` is None where pages are
        left for the next poll, which then fetches the list like a new one.
        """
        with self._connection:
            self._save("pages", pages)
            self._save("lists", [state] if state else [])

    def read_pages(self, source_id: str) -> dict[str, PageState]:
        """Return the known pages of a source by address."""
        return {page.address: page for page in self._read(PageState, "pages", "source_id = ?", source_id)}

    def read_due_pages(self, source_id: str, now: datetime, limit: int) -> list[PageState]:
        """Return at most `limit` pages that are due, those never fetched first.

        Pages of a host that wants a longer pause are left out, so that others have their turn.
        """
        # A check in the future was made while the clock was wrong, so its next check is wrong too.
        due = (
            "source_id = ? and next_check_at is not null and (next_check_at <= ? or checked_at > ?)"
            " and not exists ("
            "select 1 from hosts where free_at > ? and free_at <= ? and instr(lower(address), origin || '/') = 1"
            ") order by checked_at is not null, next_check_at, rowid limit ?"
        )
        clock = datetime.now(UTC)
        busy = (_cell(clock + LONGEST_PAUSE), _cell(clock + LONGEST_KEPT_PAUSE))
        return list(self._read(PageState, "pages", due, source_id, _cell(now), _cell(now), *busy, limit))

    def save_page(self, page: PageState) -> None:
        """Save the state of a page."""
        with self._connection:
            self._save("pages", [page])

    def read_host(self, origin: str) -> HostState:
        """Return the state of a host; an unknown one has only its origin."""
        return next(self._read(HostState, "hosts", "origin = ?", origin), HostState(origin))

    def save_host(self, host: HostState) -> None:
        """Save the state of a host."""
        with self._connection:
            self._save("hosts", [host])

    def _read(self, kind: type[T], table: str, condition: str, *values: object) -> Iterator[T]:
        names = [field.name for field in fields(kind)]
        moments = {field.name for field in fields(kind) if "datetime" in str(field.type)}
        query = f"select {', '.join(names)} from {table} where {condition}"
        for row in self._connection.execute(query, values).fetchall():
            cells = dict(zip(names, row, strict=True))
            yield kind(**cells | {name: _moment(cells[name]) for name in moments})

    def _save(self, table: str, rows: Sequence[Any]) -> None:
        for row in rows:
            names = [field.name for field in fields(row)]
            marks = ", ".join("?" for _ in names)
            self._connection.execute(
                f"insert or replace into {table} ({', '.join(names)}) values ({marks})",
                [_cell(value) for value in astuple(row)],
            )


@contextmanager
def open_source_states(settings: Settings) -> Iterator[SourceStates]:
    """Open the file, or make it; wait while another process holds it.

    Raises QualityWarehouseError when the file cannot be read or written.
    """
    path = settings.source_states
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(_connect(path, settings)) as connection:
            _prepare(connection, path)
            yield SourceStates(connection)
    except sqlite3.DatabaseError as error:
        raise QualityWarehouseError(
            f"{path} cannot be used ({error}): repair or delete it; without it, pages are only requested again."
        ) from error


def read_source_states(settings: Settings) -> dict[str, SourceState]:
    """Return the state of every source that was ever polled, without making the file."""
    if not settings.source_states.exists():
        return {}
    with open_source_states(settings) as states:
        return states.read_sources()


def _connect(path: Path, settings: Settings) -> sqlite3.Connection:
    # Prefect may run the steps of a flow in several threads, one after the other.
    return sqlite3.connect(path, timeout=settings.lock_timeout_seconds, check_same_thread=False)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("pragma user_version").fetchone()
    if version == _VERSION:
        return
    if version > _VERSION:
        raise QualityWarehouseError(
            f"{path} was written by a newer version of this project: update this one."
        )
    # One transaction: a process that is killed here leaves an empty file.
    connection.executescript(f"begin exclusive; {_TABLES} pragma user_version = {_VERSION}; commit;")


def _cell(value: object) -> object:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def _moment(cell: str | None) -> datetime | None:
    return datetime.fromisoformat(cell) if cell else None
