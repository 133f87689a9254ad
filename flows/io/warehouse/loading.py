"""Loads validated frames into the raw tables, the ledger among them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import duckdb
import polars as pl

from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.superseded import insert_superseded_figures
from flows.io.warehouse.tables import RAW_TABLES
from flows.settings import Settings


@dataclass(frozen=True)
class Batch:
    """The rows of some documents for each raw table, in frames with the columns of its pandera model.

    `ingestions` has one row for each document, including those that were set aside whole, and `landings` one for
    each address of a document. One transaction loads a batch.
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

    @classmethod
    def empty(cls) -> "Batch":
        """Return a batch without documents."""
        return cls(**{table: schema.empty() for table, schema in RAW_TABLES.items()})

    @classmethod
    def concat(cls, batches: "Sequence[Batch]") -> "Batch":
        """Join batches and validate the frames; raises pandera's SchemaErrors where one breaks its model."""
        tables = [cls.empty().tables, *(batch.tables for batch in batches)]
        joined = {name: pl.concat([frames[name] for frames in tables]) for name in RAW_TABLES}
        return cls(**{name: RAW_TABLES[name].validate(rows, lazy=True) for name, rows in joined.items()})

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The frames by the name of their raw table."""
        return {name: getattr(self, name) for name in RAW_TABLES}


def load(batch: Batch, settings: Settings) -> None:
    """Load a batch with its part of the ledger in one transaction; loading it twice changes nothing."""
    with open_working_database(settings) as connection:
        load_batch(connection, batch)


def load_batch(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Replace all rows of the batch's documents by those of the batch, in one transaction.

    Figures that the batch changes or lacks are kept in `raw.superseded_figures`. Loading a batch twice leaves the
    tables as loading it once; a failure leaves them as they were.
    """
    connection.register("incoming_ingestions", batch.ingestions)
    connection.begin()
    try:
        insert_superseded_figures(connection, batch.figures)
        for table, rows in batch.tables.items():
            _replace_rows(connection, table, rows)
        connection.commit()
        connection.unregister("incoming_ingestions")
    except BaseException:
        with suppress(duckdb.Error):  # on a full disk, DuckDB has ended the transaction by itself
            connection.rollback()
        raise


def _replace_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame) -> None:
    # Ten thousand ids take a second as a parameter, and no time as a frame.
    connection.execute(f"delete from raw.{table} where doc_id in (select doc_id from incoming_ingestions)")
    connection.register("incoming", rows)
    connection.execute(f"insert into raw.{table} by name select * from incoming")
    connection.unregister("incoming")
