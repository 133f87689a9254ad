"""Loading replaces the rows of the batch's documents, all or none, and keeps the figures that it takes back."""

from dataclasses import replace
from datetime import datetime

import duckdb
import polars as pl
import pytest
from hand_made_batch import (
    PLAN,
    REPORT,
    document_row,
    hand_made_batch,
    hash_of,
    ingestion_row,
    load_rows,
    report_and_plan,
)

from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import load_batch
from flows.io.warehouse.tables import RAW_TABLES
from flows.settings import Settings
from schemas.raw.superseded_figure import SupersededFigureSchema


def all_rows(settings: Settings) -> dict[str, list[tuple]]:
    with open_working_database(settings) as connection:
        return {
            table: connection.execute(f"from raw.{table} order by all").fetchall() for table in RAW_TABLES
        }


def test_rows_come_back_as_they_were_loaded(settings):
    batch = hand_made_batch()
    with open_working_database(settings) as connection:
        load_batch(connection, batch)
        for table in RAW_TABLES:
            loaded = connection.execute(f"from raw.{table}").pl()
            assert loaded.sort(pl.all()).equals(getattr(batch, table).sort(pl.all())), table


def test_loading_a_batch_twice_leaves_equal_tables(settings):
    with open_working_database(settings) as connection:
        load_batch(connection, hand_made_batch())
    once = all_rows(settings)
    with open_working_database(settings) as connection:
        load_batch(connection, hand_made_batch())
    assert all_rows(settings) == once
    assert all(once.values())


def test_reloading_a_document_replaces_its_rows_and_no_others(settings):
    load_rows(settings, **report_and_plan())
    load_rows(
        settings,
        documents=[document_row(PLAN, title="Mended")],
        ingestions=[ingestion_row(hash_of(PLAN), sidecar_sha256=hash_of("mended"))],
    )
    rows = all_rows(settings)
    assert {row[0] for row in rows["figures"]} == {hash_of(REPORT)}
    assert rows["quarantine"] == []
    assert len(rows["documents"]) == len(rows["ingestions"]) == 2


def test_figures_that_a_new_reading_changes_or_drops_are_kept_as_they_were(settings):
    rows = report_and_plan()
    load_rows(settings, **rows)
    [score, vehicles, target] = rows["figures"]
    later = {"loaded_at": datetime(2024, 4, 1), "extractor_version": "2"}
    changed = rows | {
        "figures": [score | {"value": 78.02}, target],
        "ingestions": [row | later for row in rows["ingestions"]],
    }
    load_rows(settings, **changed)
    load_rows(settings, **changed)  # nothing changes any more
    with open_working_database(settings) as connection:
        kept = connection.execute("from raw.superseded_figures order by value").pl()
    assert SupersededFigureSchema.validate(kept).select("value", "extractor_version").rows() == [
        (score["value"], "1"),
        (vehicles["value"], "1"),
    ]
    assert set(kept["read_at"]) == {datetime(2024, 3, 2)}
    assert set(kept["superseded_at"]) == {datetime(2024, 4, 1)}


def test_failed_load_leaves_the_tables_as_they_were(settings):
    load_rows(settings, **report_and_plan())
    before = all_rows(settings)
    batch = hand_made_batch()
    broken = replace(batch, ingestions=batch.ingestions.with_columns(uninvited=pl.lit(1)))
    with (
        open_working_database(settings) as connection,
        pytest.raises(duckdb.BinderException, match="uninvited"),
    ):
        load_batch(connection, broken)
    assert all_rows(settings) == before


def test_connection_loads_on_after_a_failed_load(settings):
    batch = hand_made_batch()
    broken = replace(batch, figures=batch.figures.with_columns(uninvited=pl.lit(1)))
    with open_working_database(settings) as connection:
        with pytest.raises(duckdb.BinderException):
            load_batch(connection, broken)
        load_batch(connection, batch)
    assert len(all_rows(settings)["figures"]) == len(batch.figures)


def test_text_that_looks_like_sql_is_only_text(settings):
    text = "'; drop table raw.documents; --"
    load_rows(settings, documents=[document_row(text, title=text)], ingestions=[ingestion_row(hash_of(text))])
    assert all_rows(settings)["documents"][0].count(text) == 2  # as text and as title
