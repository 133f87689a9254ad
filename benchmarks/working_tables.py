"""Tables of the working database in a form that compares two homes, without what differs by machine and history."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from flows.settings import Settings

OF_THIS_MACHINE = ("landed_at", "loaded_at", "address", "sidecar_sha256")
"""The columns that tell two machines apart, and no others may: where a file lay and when it came."""

OF_THIS_HISTORY = ("raw.superseded_figures", "main.fct_superseded_observations", "raw.completed_build")
"""The tables that tell two histories apart that end in the same state: earlier readings, and who built last."""


def read_tables(home: Path, without: Iterable[str] = OF_THIS_MACHINE) -> dict[str, list[str]]:
    """Return every raw table and mart as sorted rows of text, without the named columns."""
    with duckdb.connect(str(Settings(home=home).working_database), read_only=True) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('raw', 'main')"
        ).fetchall()
        query = "select columns(name -> not list_contains(?, name)) from"
        return {
            name: sorted(map(repr, connection.execute(f"{query} {name}", [list(without)]).fetchall()))
            for (name,) in names
            if name not in OF_THIS_HISTORY
        }
