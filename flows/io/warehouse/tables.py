"""The tables and views of schema `raw`: creates them, and refuses those that another release made."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandera.polars as pa

from flows.errors import QualityWarehouseError
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

# Loading a document replaces its rows in these.
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

# A load only adds to these; `flows/io/warehouse/superseded.py` keeps them outside the database as well.
KEPT_TABLES: dict[str, type[pa.DataFrameModel]] = {
    "superseded_figures": SupersededFigureSchema,
}

# Each build fills these from the log of decisions (`flows/io/journal/decisions.py`).
DERIVED_TABLES: dict[str, type[pa.DataFrameModel]] = {
    "decisions": DecisionSchema,
    "decided_figures": DecidedFigureSchema,
}

# The newest document at each address. No view: it is also read from databases that were last written by an
# earlier release, which has none.
NEWEST_DOCUMENTS = """
    select address, doc_id
    from raw.landings
    qualify row_number() over (partition by address order by landed_at desc, doc_id desc) = 1
"""

# A later version of a document, readable or not, closes the records of the earlier ones, unless their document is
# still the newest at another address. A person's decision about a record closes it too.
OPEN_QUARANTINE_VIEW = f"""
    create or replace view raw.open_quarantine as
    select quarantine.*
    from raw.quarantine
    semi join ({NEWEST_DOCUMENTS}) as newest using (doc_id)
    anti join raw.decided_figures as decided
        on
            quarantine.subject = 'figure'
            and quarantine.doc_id = decided.doc_id
            and quarantine.record = decided.start || ':' || decided."end"
            and (quarantine.evidence ->> '$.number') = decided.number
"""

# The marts are built from this view: the one place where a decision replaces what was extracted.
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


def create_raw_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the raw tables; DuckDB takes the column types from an empty frame of the pandera model."""
    connection.execute("create schema if not exists raw")
    for table, schema in (RAW_TABLES | KEPT_TABLES).items():
        connection.register("empty_frame", schema.empty())
        connection.execute(f"create table raw.{table} as from empty_frame")
        connection.unregister("empty_frame")


def create_derived_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables and views that can be derived again; tables with columns of another release are replaced."""
    columns = _read_columns(connection)
    for table, schema in DERIVED_TABLES.items():
        if columns.get(table) != list(schema.to_schema().columns):
            connection.register("empty_frame", schema.empty())
            connection.execute(f"create or replace table raw.{table} as from empty_frame")
            connection.unregister("empty_frame")
    for view in (OPEN_QUARANTINE_VIEW, FIGURES_AS_DECIDED_VIEW):
        connection.execute(view)
    connection.execute("create table if not exists raw.completed_build (project varchar not null)")
    connection.execute("alter table raw.completed_build add column if not exists raw_state varchar")


def check_tables(
    connection: duckdb.DuckDBPyConnection, path: Path, tables: Mapping[str, type[pa.DataFrameModel]]
) -> None:
    """Raise QualityWarehouseError where raw tables are missing or have other columns than their models."""
    columns = _read_columns(connection)
    for table, schema in tables.items():
        found = columns.get(table, [])
        wanted = list(schema.to_schema().columns)
        if found != wanted:
            difference = ", ".join(sorted(set(found) ^ set(wanted))) or "their order"
            raise other_release_error(path, f"columns of raw.{table} that differ: {difference}")


def other_release_error(path: Path, difference: str) -> QualityWarehouseError:
    """Return the error that says to delete the working database: its rows can be made again."""
    return QualityWarehouseError(
        f"{path} was made by another release ({difference}): delete that file and run "
        "`quality-warehouse ingest`, which reads all landed documents again."
    )


def has_table(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    """Tell whether the working database has a table."""
    query = (
        "select 1 from duckdb_tables() where database_name = 'quality' and schema_name = ? and table_name = ?"
    )
    return connection.execute(query, [schema, table]).fetchone() is not None


def _read_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return the columns of each raw table in order; tables that do not exist are left out."""
    query = """
        select table_name, list(column_name order by column_index) from duckdb_columns()
        where database_name = 'quality' and schema_name = 'raw'
        group by table_name
    """
    return dict(connection.execute(query).fetchall())
