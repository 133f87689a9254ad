"""The file of the working database: opens it for writing or attaches it for reading.

DuckDB shuts every other process out of a file that is open for writing, so a second process waits, and then
gets an error that names the file.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import duckdb

from flows.errors import QualityWarehouseError
from flows.io.locks import BusyError, wait_for
from flows.io.warehouse.quoting import literal
from flows.io.warehouse.superseded import restore_superseded_figures, write_superseded_figures
from flows.io.warehouse.tables import (
    KEPT_TABLES,
    RAW_TABLES,
    check_tables,
    create_derived_tables,
    create_raw_tables,
    has_table,
    other_release_error,
)
from flows.settings import Settings

Result = TypeVar("Result")


@contextmanager
def open_working_database(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the working database for writing, with its raw tables in place.

    Raises LockHeldError when another process holds it for longer than `settings.lock_timeout_seconds`,
    and QualityWarehouseError when its raw tables have other columns than `schemas/` asks for, or when the disk is
    full.
    """
    path = settings.working_database
    path.parent.mkdir(parents=True, exist_ok=True)
    with explain_full_disk(path), _connect(settings) as connection:
        connection.begin()
        if not has_table(connection, "raw", "ingestions"):
            create_raw_tables(connection)
            restore_superseded_figures(connection, settings)
        check_tables(connection, path, RAW_TABLES | KEPT_TABLES)
        create_derived_tables(connection)
        connection.commit()
        write_superseded_figures(connection, settings)
        yield connection
        write_superseded_figures(connection, settings)


@contextmanager
def read_raw_tables(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """Open the working database for reading; gives None before the first load.

    Raises QualityWarehouseError when the block reads a table or column that is missing.
    """
    if not settings.working_database.exists():
        yield None
        return
    with attach_working_database(settings) as connection:
        try:
            yield connection if has_table(connection, "raw", "ingestions") else None
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            check_tables(connection, settings.working_database, RAW_TABLES)
            lack = str(error).partition("\n")[0]
            raise other_release_error(settings.working_database, lack) from error


@contextmanager
def attach_working_database(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Attach the working database read-only as `quality`, the name its views know, and make it the default.

    It is attached to a database in memory, because a connection that is itself read-only cannot write any file.
    """
    connection = duckdb.connect()
    statement = f"attach {literal(str(settings.working_database))} as quality (read_only)"
    try:
        _wait_until_free(lambda: connection.execute(statement), settings)
        connection.execute("use quality")
        yield connection
    finally:
        connection.close()


@contextmanager
def explain_full_disk(path: Path) -> Iterator[None]:
    """Turn the error of DuckDB on a full disk, which comes from whatever statement was at work, into a sentence."""
    try:
        yield
    except duckdb.Error as error:
        reason = re.search(r"Could not (?:write|truncate|sync|create).*", str(error))
        if reason is None:
            raise
        raise QualityWarehouseError(
            f"{path} could not be written ({reason[0]}): make room on its disk and run the command again. "
            "No partial data was written."
        ) from error


@contextmanager
def _connect(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = _wait_until_free(lambda: duckdb.connect(str(settings.working_database)), settings)
    try:
        yield connection
    finally:
        connection.close()


def _wait_until_free(connect: Callable[[], Result], settings: Settings) -> Result:
    """Call `connect` until no other process holds the file.

    Raises LockHeldError after `settings.lock_timeout_seconds`, and QualityWarehouseError when the file
    cannot be opened for another reason.
    """

    def attempt() -> Result:
        try:
            return connect()
        except duckdb.IOException as error:
            if "Could not set lock on file" in str(error):
                raise BusyError from error
            raise QualityWarehouseError(
                f"The working database cannot be opened ({str(error).splitlines()[0]}): mend that, or delete the "
                "file and run `quality-warehouse ingest`, which reads all landed documents again."
            ) from error

    return wait_for(attempt, settings.working_database, settings.lock_timeout_seconds)
