"""Figures of earlier readings outlive the working database."""

import json
import shutil
from dataclasses import replace
from datetime import datetime
from functools import cache

import duckdb
import polars as pl
import pytest
from hand_made_batch import REPORT, figure_row, hash_of, ingestion_row, make_batch, report_and_plan

from flows.errors import QualityWarehouseError
from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import Batch, load_batch
from flows.settings import Settings
from schemas.raw.superseded_figure import SupersededFigureSchema

FIRST, SECOND, THIRD = (datetime(2024, month, 1, 12, 0, 0, 123456) for month in (3, 4, 5))


@cache
def reading(value: float, loaded_at: datetime) -> Batch:
    """Return the report and the plan, with `value` as the score in the report, and the vehicles only the first time."""
    rows = report_and_plan()
    score = figure_row(REPORT, "78.01", "78.01", value, unit="score")
    figures = [score, *rows["figures"][1:]] if loaded_at == FIRST else [score, rows["figures"][2]]
    ledger = [row | {"loaded_at": loaded_at, "extractor_version": str(value)} for row in rows["ingestions"]]
    return make_batch(**rows | {"figures": figures, "ingestions": ledger})


def load(settings: Settings, *batches: Batch) -> None:
    with open_working_database(settings) as connection:
        for batch in batches:
            load_batch(connection, batch)


def read_kept(settings: Settings) -> pl.DataFrame:
    with open_working_database(settings) as connection:
        return connection.execute("from raw.superseded_figures order by all").pl()


@pytest.fixture
def history(settings: Settings) -> pl.DataFrame:
    """Two readings that each took figures back: first a score and the vehicles, then another score."""
    load(settings, reading(78.01, FIRST), reading(78.02, SECOND))
    load(settings, reading(78.03, THIRD))
    kept = SupersededFigureSchema.validate(read_kept(settings))
    assert sorted(kept["value"]) == [78.01, 78.02, 100]
    return kept


def test_earlier_readings_are_there_again_when_the_working_database_was_deleted(settings, history):
    shutil.rmtree(settings.working_database.parent)
    load(settings, reading(78.03, THIRD))
    assert read_kept(settings).equals(history)


def test_each_load_that_takes_figures_back_leaves_one_file_that_is_never_changed(settings, history):
    files = {path: path.stat() for path in settings.superseded_figures.iterdir()}
    assert sorted(path.name for path in files) == [
        "20240401T120000123456-2.jsonl",
        "20240501T120000123456-1.jsonl",
    ]
    load(settings, reading(78.03, THIRD))
    assert {path: path.stat() for path in settings.superseded_figures.iterdir()} == files


def test_what_a_killed_process_loaded_and_did_not_write_is_written_next_time(settings, history):
    shutil.rmtree(settings.superseded_figures)
    read_kept(settings)
    settings.working_database.unlink()
    assert read_kept(settings).equals(history)


def test_two_loads_at_one_instant_leave_each_figure_once(settings):
    vehicles = figure_row(REPORT, "100 vehicles", "100", 100)
    at_once = {"doc_id": hash_of(REPORT), "loaded_at": SECOND}
    load(settings, reading(78.01, FIRST), reading(78.02, SECOND))
    load(settings, make_batch(figures=[vehicles], ingestions=[ingestion_row(**at_once)]))
    kept = read_kept(settings)
    assert len(list(settings.superseded_figures.iterdir())) == 2
    settings.working_database.unlink()
    assert read_kept(settings).equals(kept)


def test_a_failed_load_leaves_no_file(settings):
    load(settings, reading(78.01, FIRST))
    broken = reading(78.02, SECOND)
    broken = replace(broken, landings=broken.landings.rename({"address": "place"}))
    with pytest.raises(duckdb.BinderException, match="place"):
        load(settings, broken)
    assert read_kept(settings).is_empty()
    assert not settings.superseded_figures.exists()


def test_a_file_of_a_release_with_other_columns_is_read_as_far_as_it_goes(settings, history):
    for path in settings.superseded_figures.iterdir():
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        lines = [json.dumps({**row, "mood": "good"} | {"speaker": None}) for row in rows]
        path.write_text("".join(f"{line}\n" for line in lines))
    settings.working_database.unlink()
    assert read_kept(settings).equals(history)


def test_a_damaged_file_is_named_and_nothing_is_begun_without_it(settings, history):
    [first, _] = sorted(settings.superseded_figures.iterdir())
    whole = first.read_bytes()
    first.write_bytes(whole[:100])
    settings.working_database.unlink()
    with pytest.raises(QualityWarehouseError, match=r"20240401T120000123456-2\.jsonl holds no figures"):
        read_kept(settings)
    first.write_bytes(whole)
    assert read_kept(settings).equals(history)
