"""The working database: the one module outside dbt that holds SQL.

In come validated frames (`schemas/`), out go the tables of schema `raw`, the ledger among them, and copies of
the marts that dbt makes of them. One process writes at a time: DuckDB shuts every other process out of a file
that is open for writing, so whoever comes second waits and is then told which file is held.
"""

import dataclasses
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import duckdb
import pandera.polars as pa
import polars as pl
from filelock import FileLock, Timeout

from flows.errors import QualityWarehouseError, WarehouseLockedError
from flows.io.warehouse.superseded import keep_superseded_figures, restore_superseded_figures
from flows.settings import Settings
from schemas.raw.citation import CitationSchema
from schemas.raw.decided_figure import DecidedFigureSchema
from schemas.raw.decision import DecisionSchema
from schemas.raw.document import DocumentSchema
from schemas.raw.figure import FigureSchema
from schemas.raw.ingestion import IngestionSchema
from schemas.raw.landing import LandingSchema
from schemas.raw.note import NoteSchema
from schemas.raw.objective import ObjectiveSchema
from schemas.raw.outline_item import OutlineItemSchema
from schemas.raw.quarantined_record import QuarantinedRecordSchema
from schemas.raw.superseded_figure import SupersededFigureSchema

logger = logging.getLogger("quality_warehouse")

RETRY_SECONDS = 0.2
ANNOUNCE_AFTER_SECONDS = 1

# What a load of a document replaces.
RAW_TABLES: dict[str, type[pa.DataFrameModel]] = {
    "documents": DocumentSchema,
    "figures": FigureSchema,
    "outline_items": OutlineItemSchema,
    "objectives": ObjectiveSchema,
    "citations": CitationSchema,
    "notes": NoteSchema,
    "quarantine": QuarantinedRecordSchema,
    "landings": LandingSchema,
    "ingestions": IngestionSchema,
}

# What a load only adds to; `flows/io/warehouse/superseded.py` keeps it outside the database as well.
KEPT_TABLES: dict[str, type[pa.DataFrameModel]] = {
    "superseded_figures": SupersededFigureSchema,
}

# What a build makes anew from the log of decisions (`flows/io/journal/decisions.py`).
DERIVED_TABLES: dict[str, type[pa.DataFrameModel]] = {
    "decisions": DecisionSchema,
    "decided_figures": DecidedFigureSchema,
}

# A later version, readable or not, closes what earlier ones left open, but not what also lies unreplaced at
# another address. So does a person who decided about it.
OPEN_QUARANTINE_VIEW = """
    create or replace view raw.open_quarantine as
    with newest as (
        select doc_id
        from raw.landings
        qualify row_number() over (partition by address order by landed_at desc, doc_id desc) = 1
    )
    select quarantine.*
    from raw.quarantine
    semi join newest using (doc_id)
    anti join raw.decided_figures as decided
        on
            quarantine.subject = 'figure'
            and quarantine.doc_id = decided.doc_id
            and quarantine.record = decided.start || ':' || decided."end"
            and (quarantine.evidence ->> '$.number') = decided.number
"""

# What the marts are made of: the one place where what people decided takes the place of what was read.
FIGURES_AS_DECIDED_VIEW = """
    create or replace view raw.figures_as_decided as
    select figures.*
    from raw.figures
    anti join raw.decided_figures as decided
        on
            figures.doc_id = decided.doc_id
            and figures.start = decided.start
            and figures."end" = decided."end"
            and figures.number = decided.number
    union all by name
    select decided.* exclude (is_accepted, is_rejected, was_set_aside)
    from raw.decided_figures as decided
    where not is_rejected
"""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Batch:
    """What one transaction loads; each frame has the columns of its pandera model and is already valid.

    `ingestions` has one row for every document of the batch, also for one that was set aside whole, and
    `landings` one for each of its addresses.
    """

    documents: pl.DataFrame
    figures: pl.DataFrame
    outline_items: pl.DataFrame
    objectives: pl.DataFrame
    citations: pl.DataFrame
    notes: pl.DataFrame
    quarantine: pl.DataFrame
    landings: pl.DataFrame
    ingestions: pl.DataFrame


@dataclass(frozen=True)
class Selection:
    """Which stored documents are meant; what is null asks nothing.

    `not_of_version` leaves out those that this version of the extractor has read, `of_version` takes only those
    that it has. `loaded_before` is in UTC. Days are inclusive, and a document without a day of publication lies
    in no range of them.
    """

    not_of_version: str | None = None
    of_version: str | None = None
    loaded_before: datetime | None = None
    publisher: str | None = None
    published_from: date | None = None
    published_to: date | None = None


@dataclass(frozen=True)
class WarehouseCounts:
    """What the working database holds; `last_loaded_at` is in UTC and null before the first load.

    `held_figures` are loaded, and were held back as implausible by the last build.
    """

    documents: int = 0
    figures: int = 0
    outline_items: int = 0
    open_quarantine: int = 0
    held_figures: int = 0
    last_loaded_at: datetime | None = None

    @property
    def quarantined(self) -> int:
        """What waits for somebody: records that were set aside and figures that are held back."""
        return self.open_quarantine + self.held_figures


@dataclass(frozen=True)
class Mart:
    """One table of schema `main`: its name, the statements that make it anew, and what is in it.

    `content` is equal for equal sets of rows, whatever their order.
    """

    name: str
    definition: str
    comments: tuple[str, ...]
    row_count: int
    content: str


@dataclass(frozen=True)
class Marts:
    """All that is published: the tables by name, and the statements that make the table macros anew."""

    tables: tuple[Mart, ...]
    macros: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over names, columns, comments, rows and macros: equal marts, equal fingerprint."""
        parts = [dataclasses.astuple(mart) for mart in self.tables], list(self.macros)
        return sha256(repr(parts).encode()).hexdigest()


class _BusyError(Exception):
    """Someone else holds what we want; trying again may help."""


@contextmanager
def writer_lock(settings: Settings) -> Iterator[None]:
    """Keep other processes of ours from loading, building or publishing at the same time.

    Hold it once, around all three: it cannot be taken twice by one process.
    Raises WarehouseLockedError after `settings.lock_timeout_seconds`.
    """
    with _hold(settings.writer_lock, settings):
        yield


@contextmanager
def publication_lock(settings: Settings) -> Iterator[None]:
    """Keep other processes of ours from moving readers to another version; held for an instant, unlike the writer's.

    Raises WarehouseLockedError after `settings.lock_timeout_seconds`.
    """
    with _hold(settings.publication_lock, settings):
        yield


@contextmanager
def open_working_database(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the working database for writing, with its raw tables in place.

    Raises WarehouseLockedError when another process keeps it for longer than `settings.lock_timeout_seconds`,
    and QualityWarehouseError when its raw tables have other columns than `schemas/` asks for, or when there is no
    room left to write it.
    """
    settings.working_database.parent.mkdir(parents=True, exist_ok=True)
    with _sentence_of_full_disk(settings.working_database), _connect(settings) as connection:
        connection.begin()
        if not has_table(connection, "raw", "ingestions"):
            _create_raw_tables(connection)
            restore_superseded_figures(connection, settings)
        _check_raw_tables(connection, settings.working_database, RAW_TABLES | KEPT_TABLES)
        _create_derived_tables(connection)
        connection.execute("create table if not exists raw.completed_build (project varchar not null)")
        connection.execute("alter table raw.completed_build add column if not exists raw_state varchar")
        connection.commit()
        keep_superseded_figures(connection, settings)
        yield connection
        keep_superseded_figures(connection, settings)


@contextmanager
def _connect(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = _wait_for(
        lambda: _if_not_busy(lambda: duckdb.connect(str(settings.working_database))),
        settings.working_database,
        settings,
    )
    try:
        yield connection
    finally:
        connection.close()


def load_batch(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Replace all rows of the batch's documents by those of the batch, in one transaction.

    Figures that differ from those that were there are kept in `raw.superseded_figures`. Loading a batch twice
    leaves the tables as loading it once; whatever fails leaves them as they were.
    """
    connection.register("incoming_ingestions", batch.ingestions)
    connection.begin()
    try:
        _keep_superseded_figures(connection, batch.figures)
        for table in RAW_TABLES:
            _replace_rows(connection, table, getattr(batch, table))
        connection.commit()
        connection.unregister("incoming_ingestions")
    except BaseException:
        with suppress(duckdb.Error):  # where the disk is full, DuckDB has ended the transaction by itself
            connection.rollback()
        raise


def begin_build(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Forget the last build and return the fingerprint of the project that completed it, or null.

    So a build that does not end leaves nothing behind that the next one would build upon.
    """
    row = connection.execute("select project from raw.completed_build").fetchone()
    connection.execute("delete from raw.completed_build")
    return row[0] if row else None


def complete_build(connection: duckdb.DuckDBPyConnection, project: str) -> None:
    """Say that the marts are what this project makes of the raw tables."""
    connection.execute("insert into raw.completed_build values (?, ?)", [project, _raw_state(connection)])


def is_audited(settings: Settings) -> bool:
    """Tell whether the marts come from a build that went to its end and passed all its tests."""
    with read_raw_tables(settings) as connection:
        return connection is not None and _completed_build(connection) is not None


def is_built(settings: Settings, project: str) -> bool:
    """Tell whether the marts are what this project makes of the raw tables as they are now."""
    with read_raw_tables(settings) as connection:
        return connection is not None and _completed_build(connection) == (project, _raw_state(connection))


def _completed_build(connection: duckdb.DuckDBPyConnection) -> tuple[str, str] | None:
    try:
        return connection.execute("select project, raw_state from raw.completed_build").fetchone()
    except duckdb.Error:  # another release made these tables
        return None


def _raw_state(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what is another whenever something was loaded or decided: the ledger, the landings, the decisions."""
    parts = [
        # Of the text, for the hash of a row is made of those of its columns, and these may cancel each other out.
        connection.execute(f"select sum(hash(cast(rows as varchar))) from raw.{table} as rows").fetchone()
        for table in ("ingestions", "landings", "decisions", "decided_figures")
    ]
    return str(parts)


def read_ledger(settings: Settings, extractor_version: str) -> dict[str, str]:
    """Return `doc_id` → `sidecar_sha256` of every document that was ingested.

    What another version of the extractor set aside is left out: this one may read it.
    """
    with read_raw_tables(settings) as connection:
        if connection is None:
            return {}
        ledger = connection.execute(
            """
            select doc_id, sidecar_sha256 from raw.ingestions
            where outcome = 'loaded' or extractor_version = ?
            """,
            [extractor_version],
        )
        return dict(ledger.fetchall())


def read_stored_ids(settings: Settings, selection: Selection) -> list[str]:
    """Return the `doc_id` of every document of the selection whose text is stored, the oldest landing first."""
    with read_raw_tables(settings) as connection:
        if connection is None:
            return []
        rows = connection.execute(
            """
            select documents.doc_id
            from raw.documents inner join raw.ingestions using (doc_id)
            where
                ($not_of_version::varchar is null or ingestions.extractor_version <> $not_of_version)
                and ($of_version::varchar is null or ingestions.extractor_version = $of_version)
                and ($loaded_before::timestamp is null or ingestions.loaded_at < $loaded_before)
                and ($publisher::varchar is null or documents.publisher = $publisher)
                and ($published_from::date is null or documents.published_at >= $published_from)
                and ($published_to::date is null or documents.published_at <= $published_to)
            order by documents.landed_at, documents.doc_id
            """,
            dataclasses.asdict(selection),
        ).fetchall()
    return [doc_id for (doc_id,) in rows]


def read_batch(settings: Settings, doc_ids: list[str]) -> Batch:
    """Return all raw rows of these documents: what loading the batch again would leave as it is.

    Tables that another release made are read with the columns they have, and are empty where it had none, so
    that its figures can be looked at. Documents, landings and the ledger, from which rows are made again, must
    be as `schemas/` asks for: raises QualityWarehouseError where they are not.
    """
    with read_raw_tables(settings) as connection:
        if connection is None:
            return Batch(**{table: schema.empty() for table, schema in RAW_TABLES.items()})
        made_from = {table: RAW_TABLES[table] for table in ("documents", "landings", "ingestions")}
        _check_raw_tables(connection, settings.working_database, made_from)
        return Batch(**{table: _read_rows(connection, table, doc_ids) for table in RAW_TABLES})


def read_open_quarantine(settings: Settings) -> pl.DataFrame:
    """Return the quarantine rows of the newest document at each address; columns of QuarantinedRecordSchema.

    A document that has been replaced at all its addresses can no longer be mended, so its rows are closed.
    """
    with read_raw_tables(settings) as connection:
        if connection is None:
            return QuarantinedRecordSchema.empty()
        return connection.execute("from raw.open_quarantine order by file_name, record, rule").pl()


def read_status(settings: Settings) -> WarehouseCounts:
    """Count what the working database holds, without writing; all zeros before the first load."""
    with read_raw_tables(settings) as connection:
        if connection is None:
            return WarehouseCounts()
        row = connection.execute(
            """
            select
                (select count(*) from raw.documents),
                (select count(*) from raw.figures),
                (select count(*) from raw.outline_items),
                (select count(*) from raw.open_quarantine),
                (select max(loaded_at) from raw.ingestions)
            """
        ).fetchone()
        held_figures = _count_held_figures(connection)
    return WarehouseCounts(*row[:-1], held_figures, row[-1]) if row else WarehouseCounts()


def _count_held_figures(connection: duckdb.DuckDBPyConnection) -> int:
    if not has_table(connection, "main", "quarantine"):
        return 0
    row = connection.execute("select count(*) from main.quarantine where subject = 'observation'").fetchone()
    return row[0] if row else 0


def read_marts(settings: Settings) -> Marts:
    """Describe every table and table macro of schema `main` of the working database.

    Raises QualityWarehouseError when there is none, because then nothing has been built yet.
    """
    if not settings.working_database.exists():
        raise QualityWarehouseError(_nothing_built(settings.working_database))
    with attach_working_database(settings) as connection:
        rows = connection.execute(
            """
            select table_name, sql, comment from duckdb_tables()
            where database_name = 'quality' and schema_name = 'main' and not temporary
            order by table_name
            """
        ).fetchall()
        comments = _read_column_comments(connection)
        tables = tuple(_describe_mart(connection, *row, comments.get(row[0], [])) for row in rows)
        macros = _read_macros(connection)
    if not tables:
        raise QualityWarehouseError(_nothing_built(settings.working_database))
    return Marts(tables, macros)


def copy_marts(settings: Settings, marts: Marts, target: Path) -> None:
    """Copy the marts with constraints, comments and macros into a new database file, and close it checkpointed."""
    with _sentence_of_full_disk(target), attach_working_database(settings) as connection:
        connection.execute(f"attach {_literal(str(target))} as publication")
        connection.execute("use publication.main")
        # Else each of these hundreds of statements would wait for the disk.
        connection.begin()
        for mart in marts.tables:
            for statement in (mart.definition, *mart.comments):
                connection.execute(statement)
        for macro in marts.macros:
            connection.execute(macro)
        connection.commit()
        for mart in marts.tables:
            name = _identifier(mart.name)
            connection.execute(f"insert into {name} by name select * from quality.main.{name}")
        connection.execute("checkpoint publication")
        connection.execute("use memory")
        connection.execute("detach publication")


def count_published_rows(path: Path) -> dict[str, int]:
    """Return the rows of each table of a published file; as it is written once, DuckDB knows them exactly."""
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute("select table_name, estimated_size from duckdb_tables() order by all")
        return dict(rows.fetchall())


@contextmanager
def _hold(path: Path, settings: Settings) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, timeout=0, thread_local=False)

    def acquire() -> None:
        try:
            lock.acquire()
        except Timeout as error:
            raise _BusyError from error

    _wait_for(acquire, path, settings)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def read_raw_tables(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """Open the working database for reading, or give null before the first load.

    Raises QualityWarehouseError where what is read there lacks a table or a column.
    """
    if not settings.working_database.exists():
        yield None
        return
    with attach_working_database(settings) as connection:
        try:
            yield connection if has_table(connection, "raw", "ingestions") else None
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            _check_raw_tables(connection, settings.working_database, RAW_TABLES)
            lack = str(error).partition("\n")[0]
            raise QualityWarehouseError(_of_another_release(settings.working_database, lack)) from error


@contextmanager
def attach_working_database(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Attach the working database read-only as `quality`, the name its views know, and make it the default.

    It is attached to a database in memory, since one that is itself read-only lets no file be written.
    """
    connection = duckdb.connect()
    statement = f"attach {_literal(str(settings.working_database))} as quality (read_only)"
    try:
        _wait_for(
            lambda: _if_not_busy(lambda: connection.execute(statement)), settings.working_database, settings
        )
        connection.execute("use quality")
        yield connection
    finally:
        connection.close()


def _wait_for(acquire: Callable[[], Result], path: Path, settings: Settings) -> Result:
    """Call `acquire` until it no longer raises _BusyError, for at most `settings.lock_timeout_seconds`."""
    started = time.monotonic()
    announced = False
    while True:
        try:
            return acquire()
        except _BusyError as error:
            waited = time.monotonic() - started
            if waited >= settings.lock_timeout_seconds:
                raise WarehouseLockedError(_still_locked(path, settings)) from error
        if waited >= ANNOUNCE_AFTER_SECONDS and not announced:
            logger.info("waiting for %s, which another process holds", path)
            announced = True
        time.sleep(RETRY_SECONDS)


def _if_not_busy(connect: Callable[[], Result]) -> Result:
    """Tell a database that is held by another process from one that cannot be opened at all."""
    try:
        return connect()
    except duckdb.IOException as error:
        if "Could not set lock on file" in str(error):
            raise _BusyError from error
        raise QualityWarehouseError(
            f"The working database cannot be opened ({str(error).splitlines()[0]}): mend that, or delete the "
            "file and run `quality-warehouse ingest`, which reads all landed documents again."
        ) from error


@contextmanager
def _sentence_of_full_disk(path: Path) -> Iterator[None]:
    """Say what to do where DuckDB cannot write, which it reports by the error of whatever it was about to do."""
    try:
        yield
    except duckdb.Error as error:
        reason = re.search(r"Could not (?:write|truncate|sync|create).*", str(error))
        if reason is None:
            raise
        raise QualityWarehouseError(
            f"{path} could not be written ({reason[0]}): make room on its disk and run the command again. What was "
            "being written is not there in part."
        ) from error


def _still_locked(path: Path, settings: Settings) -> str:
    return (
        f"Another process held {path} for more than {settings.lock_timeout_seconds:g} seconds: wait until it "
        "has ended, or close what has the file open for writing, and try again; "
        "QUALITY_WAREHOUSE_LOCK_TIMEOUT_SECONDS sets how long to wait."
    )


def _of_another_release(path: Path, difference: str) -> str:
    return (
        f"{path} was made by another release ({difference}): delete that file and run "
        "`quality-warehouse ingest`, which reads all landed documents again."
    )


def _nothing_built(path: Path) -> str:
    return f"There are no marts in {path}: run `quality-warehouse build` before publishing."


def _create_raw_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create them; DuckDB takes the column types from an empty frame of the pandera model."""
    connection.execute("create schema if not exists raw")
    for table, schema in (RAW_TABLES | KEPT_TABLES).items():
        connection.register("empty_frame", schema.empty())
        connection.execute(f"create table raw.{table} as from empty_frame")
        connection.unregister("empty_frame")


def _create_derived_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what follows from the log and the raw tables; those of another release hold nothing to keep."""
    columns = _read_columns(connection)
    for table, schema in DERIVED_TABLES.items():
        if columns.get(table) != list(schema.to_schema().columns):
            connection.register("empty_frame", schema.empty())
            connection.execute(f"create or replace table raw.{table} as from empty_frame")
            connection.unregister("empty_frame")
    for view in (OPEN_QUARANTINE_VIEW, FIGURES_AS_DECIDED_VIEW):
        connection.execute(view)


def _check_raw_tables(
    connection: duckdb.DuckDBPyConnection, path: Path, tables: Mapping[str, type[pa.DataFrameModel]]
) -> None:
    """Refuse a database that another release made with other tables or columns: raw rows can be made again."""
    columns = _read_columns(connection)
    for table, schema in tables.items():
        found = columns.get(table, [])
        wanted = list(schema.to_schema().columns)
        if found != wanted:
            difference = ", ".join(sorted(set(found) ^ set(wanted))) or "their order"
            raise QualityWarehouseError(
                _of_another_release(path, f"columns of raw.{table} that differ: {difference}")
            )


def _keep_superseded_figures(connection: duckdb.DuckDBPyConnection, figures: pl.DataFrame) -> None:
    connection.register("incoming_figures", figures)
    connection.execute(
        """
        insert into raw.superseded_figures by name
        with superseded as (
            select * from raw.figures where doc_id in (select doc_id from incoming_ingestions)
            except
            select * from incoming_figures
        )
        select
            superseded.*,
            ingestions.extractor_version,
            ingestions.loaded_at as read_at,
            incoming_ingestions.loaded_at as superseded_at
        from superseded
        inner join raw.ingestions using (doc_id)
        inner join incoming_ingestions using (doc_id)
        """
    )
    connection.unregister("incoming_figures")


def _replace_rows(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    # Ten thousand documents as a parameter take a second, as a frame nothing.
    connection.execute(f"delete from raw.{table} where doc_id in (select doc_id from incoming_ingestions)")
    connection.register("incoming", frame)
    connection.execute(f"insert into raw.{table} by name select * from incoming")
    connection.unregister("incoming")


def _read_rows(connection: duckdb.DuckDBPyConnection, table: str, doc_ids: list[str]) -> pl.DataFrame:
    if not has_table(connection, "raw", table):
        return RAW_TABLES[table].empty()
    query = f"from raw.{table} where doc_id in (select unnest(?::varchar[])) order by all"
    return connection.execute(query, [doc_ids]).pl()


def _read_macros(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return the statements that make the table macros of schema `main` anew; none may use another."""
    rows = connection.execute(
        """
        select function_name, parameters, macro_definition from duckdb_functions()
        where database_name = 'quality' and schema_name = 'main' and function_type = 'table_macro'
        order by function_name
        """
    ).fetchall()
    return tuple(
        f"create macro {_identifier(name)}({', '.join(map(_identifier, parameters))}) as table {definition}"
        for name, parameters, definition in rows
    )


def _describe_mart(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    definition: str,
    comment: str | None,
    column_comments: list[str],
) -> Mart:
    query = f"""
        with hashes as (select hash(mart) as content from main.{_identifier(name)} as mart)
        select count(*), bit_xor(content), sum(content::hugeint) from hashes
    """
    row_count, *content = connection.execute(query).fetchall()[0]
    comments = [f"comment on table {_identifier(name)} is {_literal(comment)}"] if comment else []
    return Mart(name, definition, (*comments, *column_comments), row_count, repr(content))


def _read_column_comments(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Table of schema `main` → the statements that set the comments of its columns anew."""
    rows = connection.execute(
        """
        select table_name, column_name, comment from duckdb_columns()
        where database_name = 'quality' and schema_name = 'main' and comment is not null
        order by table_name, column_index
        """
    ).fetchall()
    comments: dict[str, list[str]] = {}
    for table, column, text in rows:
        name = f"{_identifier(table)}.{_identifier(column)}"
        comments.setdefault(table, []).append(f"comment on column {name} is {_literal(text)}")
    return comments


def _read_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Raw table → its columns in order; a table that is not there is missing."""
    query = """
        select table_name, list(column_name order by column_index) from duckdb_columns()
        where database_name = 'quality' and schema_name = 'raw'
        group by table_name
    """
    return dict(connection.execute(query).fetchall())


def has_table(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    """Say whether the working database has a table."""
    query = (
        "select 1 from duckdb_tables() where database_name = 'quality' and schema_name = ? and table_name = ?"
    )
    return connection.execute(query, [schema, table]).fetchone() is not None


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
