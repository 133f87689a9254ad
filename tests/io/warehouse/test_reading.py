"""What is read from the raw tables: the ledger, open quarantine, counts."""

from datetime import datetime

import duckdb
from hand_made_batch import (
    PLAN,
    REPORT,
    hand_made_batch,
    hash_of,
    ingestion_row,
    landing_row,
    load_rows,
    quarantine_row,
    report_and_plan,
)

from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import load_batch
from flows.io.warehouse.reading import WarehouseCounts, read_ledger, read_open_quarantine, read_status
from flows.io.warehouse.tables import RAW_TABLES


def test_ledger_gives_the_sidecar_each_document_was_ingested_with(settings):
    load_rows(settings, **report_and_plan())
    assert read_ledger(settings, "1") == {
        hash_of(text): hash_of(f"sidecar of {hash_of(text)}") for text in (REPORT, PLAN)
    }


def test_what_another_version_of_the_extractor_set_aside_is_not_in_the_ledger(settings):
    rows = [ingestion_row(hash_of("loaded")), ingestion_row(hash_of("set aside"), outcome="quarantined")]
    load_rows(settings, ingestions=rows)
    assert set(read_ledger(settings, "1")) == {hash_of("loaded"), hash_of("set aside")}
    assert set(read_ledger(settings, "2")) == {hash_of("loaded")}


def test_quarantine_is_closed_by_a_later_version_at_its_address_even_an_unreadable_one(settings):
    at_address = {"address": "https://example.org/report"}
    later = at_address | {"landed_at": datetime(2024, 4, 1)}
    load_rows(
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
    load_rows(settings, quarantine=[quarantine_row(hash_of("first"))], ingestions=[first], landings=landings)
    for address, still_open in (("/b", 1), ("/a", 0)):
        later = ingestion_row(hash_of(address), address=address, landed_at=datetime(2024, 4, 1))
        load_rows(settings, ingestions=[later])
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
