"""What is known of the sources between two polls: `data/work/sources.sqlite`.

It only says when to ask whom, and with which validators; what documents there are, says the landing. It is SQLite
and not a part of the working database, because it is written at every request, also while a load holds that
database, and read meanwhile by whoever watches. Each function is one transaction, on the disk when it returns.
Deleting the file costs repeated requests, and no document.

| table | one row per | says |
| --- | --- | --- |
| `sources` | source | when polled, failures in a row, until when it rests |
| `lists` | feed, list page or sitemap of a source | validators of the list as last taken, whether to ask for it |
| `pages` | address that a source has listed | what came from there, when to ask again |
| `hosts` | scheme, host and port | its robots.txt, and from when on it may be asked again |

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
# A host that wants more time is asked in the next poll: nobody else waits for it.
LONGEST_PAUSE = timedelta(seconds=10)
# Nobody asks for more: where `free_at` lies further ahead, the clock was wrong.
LONGEST_KEPT_PAUSE = timedelta(seconds=LONGEST_RETRY_AFTER_SECONDS)
_VERSION = 2
_TABLES = """
create table if not exists sources (
    source_id text primary key, polled_at text, listed_at text, succeeded_at text, failures integer not null,
    rests_until text, last_failure text
);
-- Those of version 1 did not say which are open; asking for all of them again costs little.
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
    """What has become of a source.

    `polled_at` is the last try, `listed_at` when its list was last asked for, `succeeded_at` the last poll that did
    not fail. `failures` counts failed polls in a row; `rests_until` is when it is tried again.
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
    """What has come from an address that a source lists.

    `listed_at` is when it was listed first, `changed` what the list last said of its change, `next_check_at`
    when to ask for it (None: no more, unless the list says that it has changed). `content_sha256` are the bytes
    seen last, `doc_id` those landed last; they differ where only a counter did. `checks` counts how often it
    came since the list gave it or said that it has changed, `failures` how often in a row it did not.
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
        """By what its server recognises the answer that was seen last."""
        return Validators(self.answered_by, self.etag, self.last_modified)


@dataclass(frozen=True)
class ListState:
    """The list at an address as it was last taken whole; `changed` is what a sitemap index said of it then.

    `listed` is what the index said last. `is_open` says that it is to be asked for since then; `asked_at` is when
    it last was.
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
        """By what its server recognises the list that was taken."""
        return Validators(self.answered_by, self.etag, self.last_modified)


@dataclass(frozen=True)
class HostState:
    """What is known of a host: its robots.txt (`robots`, as of `robots_at`), and from when on it may be asked again.

    `refusals` counts how often in a row it was too busy to answer.
    """

    origin: str
    free_at: datetime | None = None
    refusals: int = 0
    robots: bytes | None = None
    robots_at: datetime | None = None


class SourceStates:
    """The open file; make it with `open_source_states`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection to a file that has the tables."""
        self._connection = connection

    def read_source(self, source_id: str) -> SourceState:
        """Return what is known of a source, if only its name."""
        return next(self._read(SourceState, "sources", "source_id = ?", source_id), SourceState(source_id))

    def read_sources(self) -> dict[str, SourceState]:
        """Return what is known of every source that was ever polled, by its name."""
        return {state.source_id: state for state in self._read(SourceState, "sources", "true")}

    def save_source(self, state: SourceState) -> None:
        """Keep what has become of a source."""
        with self._connection:
            self._save("sources", [state])

    def read_list(self, source_id: str, address: str) -> ListState:
        """Return what is known of a list, if only its address."""
        found = self._read(ListState, "lists", "source_id = ? and address = ?", source_id, address)
        return next(found, ListState(source_id, address))

    def read_lists(self, source_id: str) -> dict[str, ListState]:
        """Return all lists of a source that are known, by address."""
        return {one.address: one for one in self._read(ListState, "lists", "source_id = ?", source_id)}

    def read_open_lists(self, source_id: str, limit: int) -> list[ListState]:
        """Return at most `limit` lists that are open: the ones that changed last of those never asked for come
        first, then whoever was not asked for longest, so that each has its turn."""
        condition = (
            "source_id = ? and is_open order by asked_at is not null, asked_at, listed desc, rowid limit ?"
        )
        return list(self._read(ListState, "lists", condition, source_id, limit))

    def save_lists(self, lists: Sequence[ListState]) -> None:
        """Keep what is known of lists."""
        with self._connection:
            self._save("lists", lists)

    def take_list(self, state: ListState | None, pages: Sequence[PageState]) -> None:
        """Keep pages that a list gave, and in the same transaction that the list is taken.

        So no page is lost to a list that says, the next time, that it has not changed. None as `state` where
        pages are left for the next poll, which then asks for the list as for a new one.
        """
        with self._connection:
            self._save("pages", pages)
            self._save("lists", [state] if state else [])

    def read_pages(self, source_id: str) -> dict[str, PageState]:
        """Return all pages of a source by address."""
        return {page.address: page for page in self._read(PageState, "pages", "source_id = ?", source_id)}

    def read_due_pages(self, source_id: str, now: datetime, limit: int) -> list[PageState]:
        """Return at most `limit` pages that are to be asked for, those that were never asked for first.

        Those of a host that is to be left alone for a while are left out: others have their turn.
        """
        # A check that lies ahead was made while the clock was wrong, and so was what follows from it.
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
        """Keep what has come from a page."""
        with self._connection:
            self._save("pages", [page])

    def read_host(self, origin: str) -> HostState:
        """Return what is known of a host, if only its name."""
        return next(self._read(HostState, "hosts", "origin = ?", origin), HostState(origin))

    def save_host(self, host: HostState) -> None:
        """Keep what is known of a host."""
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
    """Open the file, made anew where there is none; another process is waited for.

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
            f"{path} cannot be used ({error}): mend that, or delete it, which costs repeated requests and nothing else."
        ) from error


def read_source_states(settings: Settings) -> dict[str, SourceState]:
    """Return what is known of every source that was ever polled; nothing is made where nothing was polled."""
    if not settings.source_states.exists():
        return {}
    with open_source_states(settings) as states:
        return states.read_sources()


def _connect(path: Path, settings: Settings) -> sqlite3.Connection:
    # Prefect may run the steps of a flow in threads of their own, one after the other.
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
