import os
import subprocess
import sys
from dataclasses import replace

import duckdb
import pytest

from flows.errors import QualityWarehouseError, UsageError
from flows.io.locks import writer_lock
from flows.io.published.publication import (
    describe_publications,
    list_publications,
    publish,
    read_current_version,
    read_pin,
    resume,
    roll_back,
)
from flows.io.warehouse.database import open_working_database

READ_WHEN_TOLD = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
connection.execute("select sum(amount) from fct_amounts").fetchone()
print("opened", flush=True)
sys.stdin.readline()
print(connection.execute("select sum(amount) from fct_amounts").fetchone()[0], flush=True)
"""


def make_marts(settings, *amounts):
    """Make two marts with a constraint and comments; the amounts are the rows of the first."""
    with open_working_database(settings) as connection:
        connection.execute("create or replace table main.fct_amounts (id integer, amount double not null)")
        connection.execute("comment on table main.fct_amounts is 'What it''s worth. One row per amount.'")
        connection.execute("comment on column main.fct_amounts.amount is 'In \"yuan\".'")
        connection.execute("create or replace table main.dim_nothing (nothing varchar)")
        for place, amount in enumerate(amounts):
            connection.execute("insert into main.fct_amounts values (?, ?)", [place, amount])


def read_published(settings, query="select amount from fct_amounts order by all"):
    with duckdb.connect(str(settings.published_database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_published_file_holds_the_marts_and_nothing_else(settings):
    make_marts(settings, 1, 2)
    publication = publish(settings)
    assert publication.tables == {"dim_nothing": 0, "fct_amounts": 2}
    assert read_published(settings) == [(1,), (2,)]
    tables = read_published(settings, "select schema_name, table_name from duckdb_tables() order by all")
    assert tables == [("main", "dim_nothing"), ("main", "fct_amounts")]
    assert read_published(settings, "select count(*) from duckdb_views() where not internal") == [(0,)]


def test_published_tables_keep_constraints_and_comments(settings):
    make_marts(settings, 1)
    publish(settings)
    comments = "select comment from duckdb_columns() where column_name = 'amount'"
    assert read_published(settings, comments) == [('In "yuan".',)]
    table = "select comment, sql from duckdb_tables() where table_name = 'fct_amounts'"
    [(comment, sql)] = read_published(settings, table)
    assert comment == "What it's worth. One row per amount."
    assert "amount DOUBLE NOT NULL" in sql


def test_equal_marts_are_not_published_again_whatever_the_order_of_rows(settings):
    make_marts(settings, 1, 2)
    first = publish(settings)
    with open_working_database(settings) as connection:
        connection.execute("create or replace temp table kept as from main.fct_amounts order by id desc")
        connection.execute("delete from main.fct_amounts; insert into main.fct_amounts from kept")
    second = publish(settings)
    assert (first.unchanged, second.unchanged) == (False, True)
    assert (second.version, second.path) == (first.version, first.path)
    assert list_publications(settings) == [first.version]


@pytest.mark.parametrize(
    "change",
    [
        "update main.fct_amounts set amount = 3 where id = 1",
        "insert into main.fct_amounts values (2, 2), (2, 2)",
        "delete from main.fct_amounts where id = 0",
        "alter table main.fct_amounts rename column id to number",
        "comment on column main.fct_amounts.amount is 'In dollars.'",
        "create table main.dim_new (new varchar)",
        "drop table main.dim_nothing",
    ],
)
def test_any_change_of_the_marts_makes_a_new_version(settings, change):
    make_marts(settings, 1, 2)
    first = publish(settings)
    with open_working_database(settings) as connection:
        connection.execute(change)
    second = publish(settings)
    assert not second.unchanged
    assert read_current_version(settings) == second.version != first.version


def test_reader_in_another_process_sees_its_version_to_the_end(settings):
    make_marts(settings, 1, 2)
    publish(settings)
    command = [sys.executable, "-c", READ_WHEN_TOLD, str(settings.published_database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout.readline() == "opened\n"
        make_marts(settings, 10, 20)
        assert not publish(settings).unchanged
        answer, _ = reader.communicate("now\n")
    assert (reader.returncode, answer) == (0, "3.0\n")
    assert read_published(settings) == [(10,), (20,)]


def test_who_connects_anew_sees_the_new_version_though_an_old_handle_is_open(settings):
    make_marts(settings, 1)
    publish(settings)
    with duckdb.connect(str(settings.published_database), read_only=True) as old:
        make_marts(settings, 2)
        publish(settings)
        assert read_published(settings) == [(2,)]
        assert old.execute("select amount from fct_amounts").fetchall() == [(1,)]


def test_published_path_works_from_any_folder_and_after_the_home_has_moved(settings, tmp_path, monkeypatch):
    make_marts(settings, 1)
    publish(settings)
    settings.root.rename(tmp_path / "moved")
    monkeypatch.chdir(tmp_path / "moved" / "published" / "versions")
    with duckdb.connect("../quality.duckdb", read_only=True) as connection:
        assert connection.execute("select amount from fct_amounts").fetchall() == [(1,)]


def test_only_the_newest_versions_are_kept(settings):
    make_marts(settings, 1)
    first = publish(settings)
    versions = first.path.parent.parent
    for second in range(settings.kept_publications + 2):
        (versions / f"20200101T00000{second}Z-older").mkdir()
        (versions / f"20200101T00000{second}Z-older" / "quality.duckdb").write_bytes(first.path.read_bytes())
    make_marts(settings, 2)
    newest = publish(settings).version
    kept = list_publications(settings)
    assert len(kept) == settings.kept_publications
    assert kept[:3] == [f"20200101T00000{second}Z-older" for second in (4, 5, 6)]
    assert set(kept[3:]) == {first.version, newest}


def test_current_version_is_never_deleted_though_others_are_dated_later(settings):
    make_marts(settings, 1)
    first = publish(settings)
    versions = first.path.parent.parent
    for year in range(9990, 9990 + settings.kept_publications):
        (versions / f"{year}0101T000000Z-future").mkdir()
        (versions / f"{year}0101T000000Z-future" / "quality.duckdb").write_bytes(first.path.read_bytes())
    make_marts(settings, 2)
    second = publish(settings)
    assert second.path.exists()
    assert read_published(settings) == [(2,)]


def test_publication_that_was_killed_half_way_is_swept_up_by_the_next(settings):
    make_marts(settings, 1)
    first = publish(settings)
    half = first.path.parent.parent / "20200101T000000Z-killed" / "quality.duckdb.partial"
    half.parent.mkdir()
    half.write_bytes(b"half a file")
    settings.published_database.with_suffix(".duckdb.next").symlink_to("nowhere")
    make_marts(settings, 2)
    publish(settings)
    assert not half.parent.exists()
    assert read_published(settings) == [(2,)]
    left = {path.name for path in settings.published_database.parent.iterdir()}
    assert left == {"quality.duckdb", "versions"}


def test_failed_publication_leaves_the_current_one(settings):
    make_marts(settings, 1)
    first = publish(settings)
    make_marts(settings, 2)
    with open_working_database(settings) as connection:
        # A table that its own definition cannot recreate: its default calls something that is not published.
        connection.execute("create sequence main.numbers")
        connection.execute("create table main.fct_broken (id integer default nextval('main.numbers'))")
    with pytest.raises(duckdb.Error):
        publish(settings)
    assert read_current_version(settings) == first.version
    assert read_published(settings) == [(1,)]


def test_nothing_built_is_said_in_a_sentence(settings):
    with pytest.raises(QualityWarehouseError, match="quality-warehouse build"):
        publish(settings)
    with open_working_database(settings):
        pass
    with pytest.raises(QualityWarehouseError, match="quality-warehouse build"):
        publish(settings)
    assert not settings.published_database.exists()


# A hundred take a minute on a busy machine: `PUBLICATIONS=100 pytest tests/io/published/test_publication.py`.
PUBLICATIONS = int(os.environ.get("PUBLICATIONS", "25"))

READ_UNTIL_TOLD = """
import sys, threading, duckdb
path, holds_it_open = sys.argv[1], sys.argv[2] == "held"
query = (
    "select (select sum(amount) from fct_amounts) = (select total from dim_totals), "
    "(select count(*) from fct_amounts) = (select rows from dim_totals), (select rows from dim_totals)"
)
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), ended.set()), daemon=True).start()
held = duckdb.connect(path, read_only=True)
seen = [held.execute(query).fetchone()]
print("opened", flush=True)
while not ended.wait(0.01):
    if holds_it_open:
        seen.append(held.execute(query).fetchone())
    else:
        with duckdb.connect(path, read_only=True) as connection:
            seen.append(connection.execute(query).fetchone())
print(len(seen), all(row[0] and row[1] for row in seen), len({row[2] for row in seen}), flush=True)
"""


def make_consistent_marts(settings, number):
    """Make two marts that agree: `number` amounts, and their count and sum."""
    settings.working_database.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(settings.working_database)) as connection:
        connection.execute(
            f"""
            begin;
            create or replace table main.fct_amounts as from range({number}) as t(amount);
            create or replace table main.dim_totals as
            select count(*) as rows, sum(amount) as total from main.fct_amounts;
            commit;
            """
        )


def start_reader(settings, manner):
    command = [sys.executable, "-c", READ_UNTIL_TOLD, str(settings.published_database), manner]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_readers_meet_no_error_and_never_half_a_load_while_publication_follows_publication(settings):
    make_consistent_marts(settings, 1000)
    publish(settings)
    with start_reader(settings, "held") as holding, start_reader(settings, "anew") as connecting:
        for reader in (holding, connecting):
            assert reader.stdout.readline() == "opened\n"
        for number in range(1001, 1001 + PUBLICATIONS):
            make_consistent_marts(settings, number)
            assert not publish(settings).unchanged
        answers = [reader.communicate("enough\n")[0].split() for reader in (holding, connecting)]
    assert [reader.returncode for reader in (holding, connecting)] == [0, 0]
    (held_reads, *held), (new_reads, is_consistent, loads_seen) = answers
    assert held == ["True", "1"]
    assert is_consistent == "True"
    assert int(held_reads) > PUBLICATIONS
    assert int(new_reads) >= int(loads_seen) > PUBLICATIONS / 5
    assert read_published(settings, "select rows from dim_totals") == [(1000 + PUBLICATIONS,)]
    assert len(list_publications(settings)) == settings.kept_publications


def publish_amounts(settings, *amounts):
    """Publish one version after another."""
    publications = []
    for amount in amounts:
        make_marts(settings, amount)
        publications.append(publish(settings))
    return publications


def test_versions_that_follow_fast_are_told_apart_and_described(settings):
    versions = [publication.version for publication in publish_amounts(settings, 1, 2, 3)]
    assert versions == sorted(versions) == list_publications(settings)
    make_marts(settings)
    publish(settings)
    described = describe_publications(settings)
    assert [kept.version for kept in described[1:]] == versions[::-1]
    assert [kept.is_current for kept in described] == [True, False, False, False]
    assert [kept.tables for kept in described[:2]] == [
        {"dim_nothing": 0, "fct_amounts": 0},
        {"dim_nothing": 0, "fct_amounts": 1},
    ]
    assert all(kept.size_bytes > 0 for kept in described)


def test_after_a_rollback_publications_go_on_beside_and_readers_keep_what_they_were_given(settings):
    good, bad = publish_amounts(settings, 1, 2)
    pin = roll_back(settings, None, "the operator", "the second is wrong")
    assert (pin.version, pin.pinned_by, pin.reason) == (good.version, "the operator", "the second is wrong")
    assert read_published(settings) == [(1,)]

    again = publish(settings)
    assert (again.version, again.unchanged, again.pin) == (bad.version, True, pin)
    (mended,) = publish_amounts(settings, 3)
    assert (mended.unchanged, mended.pin) == (False, pin)
    assert mended.path.exists()
    assert publish(settings) == replace(mended, unchanged=True)
    assert read_published(settings) == [(1,)]
    assert read_current_version(settings) == good.version

    assert resume(settings)
    assert read_published(settings) == [(1,)]
    forward = publish(settings)
    assert (forward.version, forward.unchanged, forward.pin) == (mended.version, False, None)
    assert read_published(settings) == [(3,)]
    assert not resume(settings)


def test_marts_that_equal_the_pinned_version_are_not_published_beside_it(settings):
    good, _ = publish_amounts(settings, 1, 2)
    roll_back(settings, good.version, "the operator", "")
    (mended,) = publish_amounts(settings, 1)
    assert (mended.version, mended.unchanged, mended.pin) == (good.version, True, None)
    resume(settings)
    assert publish(settings).version == read_current_version(settings) == good.version


def test_the_pinned_version_outlives_all_that_are_published_meanwhile(settings):
    (good, *_) = publish_amounts(settings, 1, 2)
    roll_back(settings, good.version, "the operator", "")
    publish_amounts(settings, *range(3, 4 + settings.kept_publications))
    assert len(list_publications(settings)) == settings.kept_publications + 1
    assert read_published(settings) == [(1,)]


def test_rollback_that_was_killed_before_it_moved_readers_is_completed_by_the_next_publication(settings):
    good, bad = publish_amounts(settings, 1, 2)
    roll_back(settings, good.version, "the operator", "")
    link = settings.published_database
    link.unlink()
    link.symlink_to(bad.path.relative_to(link.parent))
    publish(settings)
    assert read_published(settings) == [(1,)]


def test_rollback_does_not_wait_for_a_build_that_holds_the_writers_lock(settings):
    good, _ = publish_amounts(settings, 1, 2)
    with writer_lock(settings):
        assert roll_back(settings, None, "the operator", "").version == good.version


def test_a_damaged_pin_shows_readers_nothing_new_until_it_is_ended(settings):
    publish_amounts(settings, 1)
    (settings.published_database.parent / "pinned.json").write_text("{")
    make_marts(settings, 2)
    with pytest.raises(QualityWarehouseError, match="publications resume"):
        publish(settings)
    assert read_published(settings) == [(1,)]
    assert resume(settings)
    publish(settings)
    assert read_published(settings) == [(2,)]


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (None, "There is no version before the one that readers have"),
        ("20200101T000000Z-unknown", "is not kept: `quality-warehouse publications list`"),
        ("../../landing", "is not kept"),
    ],
)
def test_a_version_that_is_not_there_cannot_be_rolled_back_to(settings, version, sentence):
    (only,) = publish_amounts(settings, 1)
    with pytest.raises(UsageError, match=sentence):
        roll_back(settings, version, "the operator", "")
    assert read_pin(settings) is None
    assert read_current_version(settings) == only.version
