"""The last completed build: which project built the marts, and from which state of the raw tables."""

import duckdb

from flows.io.warehouse.database import read_raw_tables
from flows.settings import Settings


def begin_build(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Forget the last build and return the fingerprint of the project that completed it, or null.

    A build that never ends thus leaves nothing that the next one would build upon.
    """
    row = connection.execute("select project from raw.completed_build").fetchone()
    connection.execute("delete from raw.completed_build")
    return row[0] if row else None


def complete_build(connection: duckdb.DuckDBPyConnection, project: str) -> None:
    """Record that the marts are what this project makes of the raw tables."""
    connection.execute("insert into raw.completed_build values (?, ?)", [project, _raw_state(connection)])


def is_audited(settings: Settings) -> bool:
    """Tell whether the marts come from a build that was completed and passed all its tests."""
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
    """Return a value that changes whenever a document is loaded or lands again, or a decision is made."""
    parts = [
        # Cast to text, because the hash of a row combines those of its columns, which may cancel each other out.
        connection.execute(f"select sum(hash(cast(rows as varchar))) from raw.{table} as rows").fetchone()
        for table in ("ingestions", "landings", "decisions", "decided_figures")
    ]
    return str(parts)
