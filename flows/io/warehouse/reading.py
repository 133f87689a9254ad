"""Reads the raw tables: the ledger, stored documents, open quarantine, counts."""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime

import duckdb
import polars as pl

from flows.io.warehouse.database import read_raw_tables
from flows.io.warehouse.loading import Batch
from flows.io.warehouse.tables import RAW_TABLES, check_tables, has_table
from flows.settings import Settings
from schemas.raw.quarantined_record import QuarantinedRecordSchema


@dataclass(frozen=True)
class Selection:
    """Conditions that stored documents have to meet; those that are null are not applied.

    `not_of_version` leaves out documents that this version of the extractor read, `of_version` takes only those.
    `loaded_before` is in UTC. Both days are inclusive, and a document without a day of publication lies in no
    range of days.
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

    `held_figures` are loaded, but the last build held them back as implausible.
    """

    documents: int = 0
    figures: int = 0
    outline_items: int = 0
    open_quarantine: int = 0
    held_figures: int = 0
    last_loaded_at: datetime | None = None

    @property
    def quarantined(self) -> int:
        """The records that wait for a person: those set aside and the figures held back."""
        return self.open_quarantine + self.held_figures


def read_ledger(settings: Settings, extractor_version: str) -> dict[str, str]:
    """Return `doc_id` → `sidecar_sha256` of every document that was ingested.

    Documents that another version of the extractor set aside are left out: this one may be able to read them.
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
    """Return the `doc_id` of every selected document whose text is stored, the oldest landing first."""
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
    """Return all raw rows of these documents; loading them again would change nothing.

    Tables of another release are read with the columns they have, and are empty where they are missing, so that
    its figures can be compared. Documents, landings and the ledger, from which rows are made again, must have the
    columns of `schemas/`: raises QualityWarehouseError where they have not.
    """
    with read_raw_tables(settings) as connection:
        if connection is None:
            return Batch.empty()
        needed = {table: RAW_TABLES[table] for table in ("documents", "landings", "ingestions")}
        check_tables(connection, settings.working_database, needed)
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
        [(documents, figures, outline_items, open_quarantine, last_loaded_at)] = connection.execute(
            """
            select
                (select count(*) from raw.documents),
                (select count(*) from raw.figures),
                (select count(*) from raw.outline_items),
                (select count(*) from raw.open_quarantine),
                (select max(loaded_at) from raw.ingestions)
            """
        ).fetchall()
        return WarehouseCounts(
            documents=documents,
            figures=figures,
            outline_items=outline_items,
            open_quarantine=open_quarantine,
            held_figures=_count_held_figures(connection),
            last_loaded_at=last_loaded_at,
        )


def _count_held_figures(connection: duckdb.DuckDBPyConnection) -> int:
    if not has_table(connection, "main", "quarantine"):
        return 0
    row = connection.execute("select count(*) from main.quarantine where subject = 'observation'").fetchone()
    return row[0] if row else 0


def _read_rows(connection: duckdb.DuckDBPyConnection, table: str, doc_ids: list[str]) -> pl.DataFrame:
    if not has_table(connection, "raw", table):
        return RAW_TABLES[table].empty()
    query = f"from raw.{table} where doc_id in (select unnest(?::varchar[])) order by all"
    return connection.execute(query, [doc_ids]).pl()
