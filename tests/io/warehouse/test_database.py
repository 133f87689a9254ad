import logging
import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import duckdb
import polars as pl
import pytest
from hand_made_batch import (
    PLAN,
    RELEASE,
    REPORT,
    document_row,
    hand_made_batch,
    hash_of,
    ingestion_row,
    landing_row,
    make_batch,
    quarantine_row,
    report_and_plan,
)

from flows.errors import QualityWarehouseError, WarehouseLockedError
from flows.io.locks import writer_lock
from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import load_batch
from flows.io.warehouse.reading import WarehouseCounts, read_ledger, read_open_quarantine, read_status
from flows.io.warehouse.tables import RAW_TABLES
from flows.runtime.writer import one_writer
from flows.settings import Settings
from schemas.raw.superseded_figure import SupersededFigureSchema

HOLD_DATABASE = """
import sys, time, duckdb
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""
HOLD_LOCK = """
import sys, time, filelock
with filelock.FileLock(sys.argv[1]):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def another_process():
    """Start another Python that takes something and keeps it for some seconds; end it with the test."""
    started = []

    def start(program, path, seconds):
        command = [sys.executable, "-c", program, str(path), str(seconds)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout.readline() == "held\n"

    yield start
    for process in started:
        process.kill()
        process.communicate()


def all_rows(settings: Settings) -> dict[str, list[tuple]]:
    with open_working_database(settings) as connection:
        return {
            table: connection.execute(f"from raw.{table} order by all").fetchall() for table in RAW_TABLES
        }


def load(settings: Settings, **rows) -> None:
    with open_working_database(settings) as connection:
        load_batch(connection, make_batch(**rows))


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
    load(settings, **report_and_plan())
    load(
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
    load(settings, **rows)
    [score, vehicles, target] = rows["figures"]
    later = {"loaded_at": datetime(2024, 4, 1), "extractor_version": "2"}
    changed = rows | {
        "figures": [score | {"value": 78.02}, target],
        "ingestions": [row | later for row in rows["ingestions"]],
    }
    load(settings, **changed)
    load(settings, **changed)  # nothing changes any more
    with open_working_database(settings) as connection:
        kept = connection.execute("from raw.superseded_figures order by value").pl()
    assert SupersededFigureSchema.validate(kept).select("value", "extractor_version").rows() == [
        (score["value"], "1"),
        (vehicles["value"], "1"),
    ]
    assert set(kept["read_at"]) == {datetime(2024, 3, 2)}
    assert set(kept["superseded_at"]) == {datetime(2024, 4, 1)}


def test_failed_load_leaves_the_tables_as_they_were(settings):
    load(settings, **report_and_plan())
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


def test_ledger_gives_the_sidecar_each_document_was_ingested_with(settings):
    load(settings, **report_and_plan())
    assert read_ledger(settings, "1") == {
        hash_of(text): hash_of(f"sidecar of {hash_of(text)}") for text in (REPORT, PLAN)
    }


def test_what_another_version_of_the_extractor_set_aside_is_not_in_the_ledger(settings):
    rows = [ingestion_row(hash_of("loaded")), ingestion_row(hash_of("set aside"), outcome="quarantined")]
    load(settings, ingestions=rows)
    assert set(read_ledger(settings, "1")) == {hash_of("loaded"), hash_of("set aside")}
    assert set(read_ledger(settings, "2")) == {hash_of("loaded")}


def test_quarantine_is_closed_by_a_later_version_at_its_address_even_an_unreadable_one(settings):
    at_address = {"address": "https://example.org/report"}
    later = at_address | {"landed_at": datetime(2024, 4, 1)}
    load(
        settings,
        quarantine=[
            quarantine_row(hash_of("first"), **at_address),
            quarantine_row(hash_of("second"), **later),
            quarantine_row(hash_of("elsewhere")),
        ],
        ingestions=[
            ingestion_row(hash_of("second"), **later),
            ingestion_row(hash_of("first"), **at_address),
            ingestion_row(hash_of("elsewhere")),
        ],
    )
    still_open = read_open_quarantine(settings)
    assert set(still_open["doc_id"]) == {hash_of("second"), hash_of("elsewhere")}
    assert still_open.columns == list(RAW_TABLES["quarantine"].to_schema().columns)


def test_quarantine_stays_open_until_the_document_is_replaced_at_all_its_addresses(settings):
    first = ingestion_row(hash_of("first"), address="/a", outcome="quarantined")
    landings = [landing_row(**first), landing_row(**first | {"address": "/b"})]
    load(settings, quarantine=[quarantine_row(hash_of("first"))], ingestions=[first], landings=landings)
    for address, still_open in (("/b", 1), ("/a", 0)):
        later = ingestion_row(hash_of(address), address=address, landed_at=datetime(2024, 4, 1))
        load(settings, ingestions=[later])
        assert len(read_open_quarantine(settings)) == still_open, address


def test_status_is_all_zeros_before_the_first_load(settings):
    assert read_status(settings) == WarehouseCounts()
    assert not settings.root.exists()


def test_status_counts_what_is_loaded(settings):
    with open_working_database(settings) as connection:
        load_batch(connection, hand_made_batch())
    assert read_status(settings) == WarehouseCounts(
        documents=5, figures=10, outline_items=3, open_quarantine=2, last_loaded_at=datetime(2024, 3, 2)
    )


def test_status_is_all_zeros_for_a_database_whose_creation_was_interrupted(settings):
    settings.working_database.parent.mkdir(parents=True)
    duckdb.connect(str(settings.working_database)).close()
    assert read_status(settings) == WarehouseCounts()


def test_held_database_is_reported_with_the_file_and_the_setting(settings, another_process):
    settings.working_database.parent.mkdir(parents=True)
    another_process(HOLD_DATABASE, settings.working_database, 60)
    with pytest.raises(WarehouseLockedError) as caught, open_working_database(settings):
        pass
    assert str(settings.working_database) in str(caught.value)
    assert "QUALITY_WAREHOUSE_LOCK_TIMEOUT_SECONDS" in str(caught.value)
    with pytest.raises(WarehouseLockedError):
        read_status(settings)


def test_held_database_is_waited_for_and_said_so_once(settings, another_process, caplog):
    settings.working_database.parent.mkdir(parents=True)
    another_process(HOLD_DATABASE, settings.working_database, 2)
    patient = settings.model_copy(update={"lock_timeout_seconds": 30})
    with caplog.at_level(logging.INFO, "quality_warehouse"), open_working_database(patient) as connection:
        assert connection.execute("select count(*) from raw.ingestions").fetchone() == (0,)
    assert [record.getMessage()[:12] for record in caplog.records] == ["waiting for "]


def test_second_writer_is_told_who_holds_the_lock(settings, another_process):
    settings.writer_lock.parent.mkdir(parents=True)
    another_process(HOLD_LOCK, settings.writer_lock, 60)
    with pytest.raises(WarehouseLockedError, match=r"writer\.lock"), writer_lock(settings):
        pass


def test_a_flow_within_another_writes_in_its_turn(settings):
    with one_writer(settings):
        with one_writer(settings):
            pass
        with pytest.raises(WarehouseLockedError), writer_lock(settings):
            pass
    with writer_lock(settings), pytest.raises(WarehouseLockedError), one_writer(settings):
        pass


def test_writer_lock_can_be_taken_again_after_it_was_released(settings):
    with pytest.raises(KeyError), writer_lock(settings):
        raise KeyError
    with writer_lock(settings):
        assert settings.writer_lock.exists()


def test_database_of_another_release_is_refused_with_what_to_do(settings):
    with open_working_database(settings) as connection:
        connection.execute("drop view raw.open_quarantine; alter table raw.figures drop column speaker")
    with pytest.raises(QualityWarehouseError, match=r"differ: speaker\): delete that file") as caught:
        load(settings, documents=[document_row(RELEASE)])
    assert not isinstance(caught.value, WarehouseLockedError)


def test_database_of_a_release_without_one_of_the_tables_is_refused_too(settings):
    with open_working_database(settings) as connection:
        connection.execute("drop view raw.open_quarantine; drop table raw.landings")
    with pytest.raises(
        QualityWarehouseError, match=r"another release \(columns of raw\.landings that differ"
    ):
        load(settings, documents=[document_row(RELEASE)])


@pytest.mark.parametrize(
    ("read", "change", "difference"),
    [
        (read_status, "drop table raw.figures", r"columns of raw\.figures that differ: agency,"),
        (read_open_quarantine, "drop table raw.landings", r"columns of raw\.landings that differ: address,"),
        (read_open_quarantine, "select 1", "Catalog Error: Table with name open_quarantine does not exist!"),
        (
            lambda settings: read_ledger(settings, "1"),
            "alter table raw.ingestions drop column extractor_version",
            r"columns of raw\.ingestions that differ: extractor_version\)",
        ),
    ],
)
def test_what_cannot_be_read_in_a_database_of_another_release_is_named_with_what_to_do(
    settings, read, change, difference
):
    with open_working_database(settings) as connection:
        connection.execute(f"drop view raw.open_quarantine; {change}")
    with pytest.raises(QualityWarehouseError, match=rf"release \({difference}.*delete that file and run"):
        read(settings)


def test_text_that_looks_like_sql_is_only_text(settings):
    text = "'; drop table raw.documents; --"
    load(settings, documents=[document_row(text, title=text)], ingestions=[ingestion_row(hash_of(text))])
    assert all_rows(settings)["documents"][0].count(text) == 2  # as text and as title
