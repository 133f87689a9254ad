"""The marts: describes what dbt built in schema `main`, and copies it into another database file."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import duckdb

from flows.errors import QualityWarehouseError
from flows.io.warehouse.database import attach_working_database, explain_full_disk
from flows.io.warehouse.quoting import identifier, literal
from flows.settings import Settings


@dataclass(frozen=True)
class Mart:
    """One table of schema `main`: its name, the statements that recreate it, and a hash of its rows.

    `content` is equal for equal sets of rows, whatever their order.
    """

    name: str
    definition: str
    comments: tuple[str, ...]
    row_count: int
    content: str


@dataclass(frozen=True)
class Marts:
    """All that is published: the tables by name, and the statements that recreate the table macros."""

    tables: tuple[Mart, ...]
    macros: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over names, columns, comments, rows and macros: equal marts, equal fingerprint."""
        parts = [dataclasses.astuple(mart) for mart in self.tables], list(self.macros)
        return sha256(repr(parts).encode()).hexdigest()


def read_marts(settings: Settings) -> Marts:
    """Describe every table and table macro of schema `main` of the working database.

    Raises QualityWarehouseError when there is none, because nothing has been built yet.
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
        column_comments = _read_column_comments(connection)
        tables = tuple(
            _describe_mart(
                connection, name, definition, [*_table_comment(name, comment), *column_comments.get(name, [])]
            )
            for name, definition, comment in rows
        )
        macros = _read_macros(connection)
    if not tables:
        raise QualityWarehouseError(_nothing_built(settings.working_database))
    return Marts(tables, macros)


def copy_marts(settings: Settings, marts: Marts, target: Path) -> None:
    """Copy the marts with constraints, comments and macros into a new database file, and close it checkpointed."""
    with explain_full_disk(target), attach_working_database(settings) as connection:
        connection.execute(f"attach {literal(str(target))} as publication")
        connection.execute("use publication.main")
        # Without a transaction, each of these hundreds of statements would wait for the disk.
        connection.begin()
        for mart in marts.tables:
            for statement in (mart.definition, *mart.comments):
                connection.execute(statement)
        for macro in marts.macros:
            connection.execute(macro)
        connection.commit()
        for mart in marts.tables:
            name = identifier(mart.name)
            connection.execute(f"insert into {name} by name select * from quality.main.{name}")
        connection.execute("checkpoint publication")
        connection.execute("use memory")
        connection.execute("detach publication")


def count_published_rows(path: Path) -> dict[str, int]:
    """Return the rows of each table of a published file; DuckDB knows them exactly, as the file is written once."""
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute("select table_name, estimated_size from duckdb_tables() order by all")
        return dict(rows.fetchall())


def _describe_mart(
    connection: duckdb.DuckDBPyConnection, name: str, definition: str, comments: Sequence[str]
) -> Mart:
    query = f"""
        with hashes as (select hash(mart) as content from main.{identifier(name)} as mart)
        select count(*), bit_xor(content), sum(content::hugeint) from hashes
    """
    row_count, *content = connection.execute(query).fetchall()[0]
    return Mart(name, definition, tuple(comments), row_count, repr(content))


def _table_comment(name: str, comment: str | None) -> list[str]:
    return [f"comment on table {identifier(name)} is {literal(comment)}"] if comment else []


def _read_column_comments(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return for each table of schema `main` the statements that set the comments of its columns."""
    rows = connection.execute(
        """
        select table_name, column_name, comment from duckdb_columns()
        where database_name = 'quality' and schema_name = 'main' and comment is not null
        order by table_name, column_index
        """
    ).fetchall()
    comments: dict[str, list[str]] = {}
    for table, column, text in rows:
        name = f"{identifier(table)}.{identifier(column)}"
        comments.setdefault(table, []).append(f"comment on column {name} is {literal(text)}")
    return comments


def _read_macros(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return the statements that recreate the table macros of schema `main`; no macro may use another."""
    rows = connection.execute(
        """
        select function_name, parameters, macro_definition from duckdb_functions()
        where database_name = 'quality' and schema_name = 'main' and function_type = 'table_macro'
        order by function_name
        """
    ).fetchall()
    return tuple(
        f"create macro {identifier(name)}({', '.join(map(identifier, parameters))}) as table {definition}"
        for name, parameters, definition in rows
    )


def _nothing_built(path: Path) -> str:
    return f"There are no marts in {path}: run `quality-warehouse build` before publishing."
