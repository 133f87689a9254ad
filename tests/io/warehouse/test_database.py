"""A working database that another process holds or another release made, and the locks around it."""

import logging
import subprocess
import sys

import pytest
from hand_made_batch import RELEASE, document_row, load_rows

from flows.errors import LockHeldError, QualityWarehouseError
from flows.io.locks import writer_lock
from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.reading import read_ledger, read_open_quarantine, read_status
from flows.runtime.writer import one_writer

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
    """Start another Python process that holds something for some seconds; end it with the test."""
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


def test_held_database_is_reported_with_the_file_and_the_setting(settings, another_process):
    settings.working_database.parent.mkdir(parents=True)
    another_process(HOLD_DATABASE, settings.working_database, 60)
    with pytest.raises(LockHeldError) as caught, open_working_database(settings):
        pass
    assert str(settings.working_database) in str(caught.value)
    assert "QUALITY_WAREHOUSE_LOCK_TIMEOUT_SECONDS" in str(caught.value)
    with pytest.raises(LockHeldError):
        read_status(settings)


def test_held_database_is_waited_for_and_said_so_once(settings, another_process, caplog):
    settings.working_database.parent.mkdir(parents=True)
    another_process(HOLD_DATABASE, settings.working_database, 2)
    patient = settings.model_copy(update={"lock_timeout_seconds": 30})
    with caplog.at_level(logging.INFO, "quality_warehouse"), open_working_database(patient) as connection:
        assert connection.execute("select count(*) from raw.ingestions").fetchone() == (0,)
    assert [record.getMessage()[:12] for record in caplog.records] == ["waiting for "]


def test_database_of_another_release_is_refused_with_what_to_do(settings):
    with open_working_database(settings) as connection:
        connection.execute("drop view raw.open_quarantine; alter table raw.figures drop column speaker")
    with pytest.raises(QualityWarehouseError, match=r"differ: speaker\): delete that file") as caught:
        load_rows(settings, documents=[document_row(RELEASE)])
    assert not isinstance(caught.value, LockHeldError)


def test_database_of_a_release_without_one_of_the_tables_is_refused_too(settings):
    with open_working_database(settings) as connection:
        connection.execute("drop view raw.open_quarantine; drop table raw.landings")
    with pytest.raises(
        QualityWarehouseError, match=r"another release \(columns of raw\.landings that differ"
    ):
        load_rows(settings, documents=[document_row(RELEASE)])


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


def test_second_writer_is_told_who_holds_the_lock(settings, another_process):
    settings.writer_lock.parent.mkdir(parents=True)
    another_process(HOLD_LOCK, settings.writer_lock, 60)
    with pytest.raises(LockHeldError, match=r"writer\.lock"), writer_lock(settings):
        pass


def test_a_flow_within_another_writes_in_its_turn(settings):
    with one_writer(settings):
        with one_writer(settings):
            pass
        with pytest.raises(LockHeldError), writer_lock(settings):
            pass
    with writer_lock(settings), pytest.raises(LockHeldError), one_writer(settings):
        pass


def test_writer_lock_can_be_taken_again_after_it_was_released(settings):
    with pytest.raises(KeyError), writer_lock(settings):
        raise KeyError
    with writer_lock(settings):
        assert settings.writer_lock.exists()
