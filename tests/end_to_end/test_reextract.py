"""Stored texts that another version read are extracted again, compared, and loaded when asked for."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from command_line import quality_warehouse, start_quality_warehouse, text_of, wait_until
from typer.testing import CliRunner

from benchmarks.working_tables import read_tables
from flows.build import build_warehouse
from flows.cli.app import app
from flows.cli.views.reextraction import print_reextraction
from flows.errors import QualityWarehouseError, UsageError
from flows.extract.version import VERSION
from flows.ingest import ingest_documents
from flows.ingestion.document_differences import compare_batches
from flows.ingestion.pending import find_pending
from flows.ingestion.prepare import extract_again, read_preparer
from flows.ingestion.reader import read_document_reader
from flows.io.journal.backfill import begin_backfill
from flows.io.landing.store import read_content, read_sidecars
from flows.io.warehouse.loading import Batch, load
from flows.io.warehouse.reading import read_batch
from flows.land import land_documents
from flows.paths import SAMPLE_DOCUMENTS
from flows.publish import publish_warehouse
from flows.reextract import reextract_documents
from flows.settings import Settings

pytestmark = pytest.mark.slow

# They show all phenomena below; reading all samples again would take twice as long.
FEW = (
    "2017-09-16-quality-conference-report.txt",
    "2018-02-12-shanghai-quality-plan.html",
    "2025-03-18-recall-notice.docx",
)
# What an earlier version may have made of the samples, one phenomenon a statement.
OTHER_VERSION = """
    update raw.ingestions set extractor_version = 'before';
    delete from raw.figures where number = '23,000';
    insert into raw.figures by name
        select * replace (sentence_start as start, sentence_start + 4 as "end", '[b]x' as quote, 'x' as number)
        from raw.figures where indicator = 'vehicles_recalled' and year(period_end) = 2016 and bound = 'more_than';
    update raw.figures set unit = 'vehicle', period_start = null
        where (doc_id, start) = (
            select (doc_id, start) from raw.figures
            where indicator = 'vehicles_recalled' and year(period_end) = 2023
            order by doc_id, start limit 1
        );
    delete from raw.outline_items where start in (select max(start) from raw.outline_items);
"""


@pytest.fixture(scope="module")
def fresh_home(tmp_path_factory, begin_home):
    """A few sample documents as this version ingests them, not built yet; read it only."""
    with pytest.MonkeyPatch.context() as patch:
        home = begin_home(tmp_path_factory.mktemp("fresh") / "home")
        patch.setenv("QUALITY_WAREHOUSE_HOME", str(home))
        land_documents.fn([str(SAMPLE_DOCUMENTS / name) for name in FEW])
        ingest_documents.fn()
    return home


@pytest.fixture
def home(fresh_home, tmp_path, use_home) -> Path:
    """A copy of the fresh home, which the flows of this process use."""
    use_home(tmp_path / "home")
    return Path(shutil.copytree(fresh_home, tmp_path / "home"))


@pytest.fixture
def old_home(home) -> Path:
    """A home whose figures come from another version."""
    change(home, OTHER_VERSION)
    return home


@pytest.fixture
def sample_home(sample_run, tmp_path, use_home) -> Path:
    """A home with all sample documents, of every format, which the flows of this process use."""
    use_home(tmp_path / "home")
    return Path(shutil.copytree(sample_run.home, tmp_path / "home", symlinks=True))


@pytest.fixture
def old_sample_home(sample_home) -> Path:
    """The same, with figures from another version."""
    change(sample_home, OTHER_VERSION)
    return sample_home


def change(home: Path, statements: str) -> None:
    with duckdb.connect(str(home / "work" / "quality.duckdb")) as connection:
        connection.execute(statements)


def ask(home: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(home / "work" / "quality.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def all_rows(home: Path) -> dict[str, list[str]]:
    return read_tables(home, without=())


def print_of(done, capsys) -> str:
    capsys.readouterr()
    print_reextraction(done)
    return capsys.readouterr().out


@pytest.mark.usefixtures("sample_home")
def test_documents_of_this_version_are_not_read_again_unless_all_are_asked_for(capsys):
    assert reextract_documents.fn().documents == ()
    assert "--all takes those" in print_of(reextract_documents.fn(), capsys)
    every = reextract_documents.fn(every_version=True)
    assert len(every.documents) == len(read_sidecars(Settings()))
    assert all(document.is_equal for document in every.documents)
    assert "Nothing differs" in print_of(every, capsys)
    nobody = reextract_documents.fn(every_version=True, publisher="No such publisher")
    assert print_of(nobody, capsys).endswith("no stored document matches.\n")


def test_differences_are_shown_and_nothing_is_written(old_sample_home, capsys):
    before = all_rows(old_sample_home)
    done = reextract_documents.fn()
    assert all_rows(old_sample_home) == before
    figures = [figure for document in done.documents for figure in document.figures]
    assert sorted(figure.change for figure in figures) == ["added", "changed", "lost"]
    printed = print_of(done, capsys)
    count = len(done.documents)
    assert f"version before → {VERSION}" in printed
    assert f"Documents      {count}, 3 of them differ\n" in printed
    assert "1 added, 1 lost, 1 changed" in printed
    rows = [" ".join(line.split()) for line in printed.splitlines()]
    assert any(row.startswith("added 1 23000, count, more_than") for row in rows)
    assert any(row.startswith("lost 1 11000000, count") and row.endswith("[b]x") for row in rows)
    assert any(row.startswith("unit 1 vehicle count 6.728 million") for row in rows)
    assert any(row.startswith("period 1 ../2023-12-31 2023-01-01/2023-12-31") for row in rows)
    assert printed.splitlines()[-1].startswith("Nothing is loaded: give the same command with --load")


def test_an_outline_that_reads_otherwise_is_a_difference_though_its_items_are_as_many(home, capsys):
    last = "select max(start) from raw.outline_items"
    change(home, f"update raw.outline_items set title = 'Otherwise' where start = ({last})")
    done = reextract_documents.fn(every_version=True)
    [document] = [document for document in done.documents if not document.is_equal]
    assert (document.figures, document.altered["outline_items"]) == ((), 1)
    items = document_total(done, "outline_items")
    assert f"Outline items  {items} → {items}, 1 of them not there before" in print_of(done, capsys)


def document_total(done, table: str) -> int:
    return sum(document.new[table] for document in done.documents)


def test_loading_ends_as_a_fresh_ingestion_without_landed_bytes_and_then_nothing_is_left_to_do(
    old_sample_home, sample_run, capsys
):
    old_ledger = dict(ask(old_sample_home, "select doc_id, loaded_at from raw.ingestions"))
    landing = old_sample_home / "landing"
    away = landing.rename(old_sample_home / "landing put away")
    done = reextract_documents.fn(load=True)
    assert not landing.exists()
    assert as_ingested(old_sample_home) == as_ingested(sample_run.home)
    new_ledger = dict(ask(old_sample_home, "select doc_id, loaded_at from raw.ingestions"))
    assert all(new_ledger[doc_id] > loaded_at for doc_id, loaded_at in old_ledger.items())
    assert "These figures are loaded: run `quality-warehouse build`" in print_of(done, capsys)
    assert reextract_documents.fn().documents == ()
    away.rename(landing)
    assert find_pending(Settings()) == []


def as_ingested(home: Path) -> dict[str, list[str]]:
    return read_tables(home, without=["loaded_at"])


@pytest.mark.fault
def test_killed_load_goes_on_where_it_ended(old_sample_home, sample_run):
    count = len(read_sidecars(Settings()))
    process = start_quality_warehouse("reextract", "--load", home=old_sample_home, batch_size=1)
    errors = old_sample_home.with_name("errors")
    wait_until(lambda: text_of(errors).count("Loaded 1 documents") >= 2, process)
    process.kill()
    process.join()
    of_this_version = f"select count(*) from raw.ingestions where extractor_version = '{VERSION}'"
    [(done,)] = ask(old_sample_home, of_this_version)
    assert 2 <= done < count
    assert len(reextract_documents.fn(load=True).documents) == count - done
    assert as_ingested(old_sample_home) == as_ingested(sample_run.home)


def test_publisher_and_days_of_publication_say_which_documents(old_home):
    stored = ask(old_home, "select doc_id, publisher, published_at from raw.documents")
    publisher = next(publisher for _, publisher, _ in stored if publisher)
    first, last = date(2017, 9, 16), date(2018, 2, 12)

    def chosen(**choice) -> set[str]:
        return {document.doc_id for document in reextract_documents.fn(**choice).documents}

    assert chosen(publisher=publisher) == {doc_id for doc_id, of, _ in stored if of == publisher}
    within = {doc_id for doc_id, _, day in stored if day and first <= day <= last}
    assert chosen(published_from=first, published_to=last) == within
    assert 0 < len(within) < len(stored)
    assert chosen(publisher="No such publisher") == set()


def test_figure_that_is_invalid_now_goes_to_quarantine_as_in_an_ingestion(old_home):
    preparer, settings = read_preparer(read_document_reader()), Settings()
    preparer._catalogue["indicator"] -= {"vehicles_recalled"}
    now = datetime.now(UTC)
    sidecars = read_sidecars(settings)
    ingested = Batch.concat([preparer.prepare(s, read_content(s, settings), now) for s in sidecars])

    stored = read_batch(settings, [sidecar.doc_id for sidecar in sidecars])
    again = extract_again(stored, preparer)
    load(again, settings)
    loaded = read_batch(settings, [sidecar.doc_id for sidecar in sidecars])
    assert ledger_without_clock(loaded) == ledger_without_clock(ingested)
    assert loaded.quarantine.sort("quarantine_id").equals(ingested.quarantine.sort("quarantine_id"))
    assert len(loaded.figures) == len(ingested.figures)
    figures_in, figures_loaded, quarantined = ask(
        old_home,
        "select sum(figures_in), sum(figures_loaded), sum(figures_quarantined) from raw.ingestions",
    )[0]
    assert figures_in == figures_loaded + quarantined
    assert quarantined == len(loaded.quarantine) > 0
    reasons = [reason for document in compare_batches(stored, again) for reason in document.set_aside]
    assert len(reasons) == quarantined
    assert reasons[0].startswith("[indicator_is_known] `vehicles_recalled` is not a known indicator")


def ledger_without_clock(batch: Batch) -> list[tuple]:
    return batch.ingestions.drop("loaded_at").sort("doc_id").rows()


def test_text_that_this_version_does_not_read_is_set_aside_with_its_reason(old_home, capsys):
    change(old_home, "update raw.documents set language = 'fr' where file_name like '%recall-notice%'")
    done = reextract_documents.fn(load=True)
    [document] = [document for document in done.documents if document.set_aside]
    assert document.count("lost") == document.old["figures"] > 0
    assert document.new["figures"] == 0
    assert "[unsupported_language]" in print_of(done, capsys)
    outcome = f"select outcome, extractor_version, figures_in from raw.ingestions where doc_id = '{document.doc_id}'"
    assert ask(old_home, outcome) == [("quarantined", VERSION, 0)]
    for table in ("documents", "figures", "outline_items"):
        assert ask(old_home, f"select count(*) from raw.{table} where doc_id = '{document.doc_id}'") == [(0,)]


def test_what_an_older_release_stored_is_compared_though_it_cannot_be_loaded_into(old_home):
    change(old_home, "alter table raw.figures drop column bound")
    done = reextract_documents.fn()
    changed = {f.fields["bound"] for d in done.documents for f in d.figures if f.change == "changed"}
    assert (None, "exact") in changed
    with pytest.raises(QualityWarehouseError, match=r"another release \(columns of raw\.figures"):
        reextract_documents.fn(load=True)
    change(old_home, "alter table raw.documents drop column page_starts")
    with pytest.raises(QualityWarehouseError, match=r"another release \(columns of raw\.documents"):
        reextract_documents.fn()


def test_version_says_which_documents(old_home):
    [(doc_id,)] = ask(old_home, "select min(doc_id) from raw.ingestions")
    change(old_home, f"update raw.ingestions set extractor_version = 'long before' where doc_id = '{doc_id}'")
    assert [one.doc_id for one in reextract_documents.fn(of_version="long before").documents] == [doc_id]
    assert reextract_documents.fn(of_version=VERSION).documents == ()


@pytest.mark.fault
def test_killed_backfill_of_every_version_goes_on_and_reads_nothing_twice(sample_home):
    count = len(read_sidecars(Settings()))
    before = dict(ask(sample_home, "select doc_id, loaded_at from raw.ingestions"))
    process = start_quality_warehouse("reextract", "--all", "--load", home=sample_home, batch_size=1)
    errors = sample_home.with_name("errors")
    wait_until(lambda: text_of(errors).count("Loaded 1 documents") >= 2, process)
    process.kill()
    process.join()
    done = {
        doc
        for doc, at in ask(sample_home, "select doc_id, loaded_at from raw.ingestions")
        if at > before[doc]
    }
    assert 2 <= len(done) < count
    rest = reextract_documents.fn(load=True, every_version=True)
    assert {document.doc_id for document in rest.documents} == set(before) - done
    assert not (sample_home / "work" / "backfill.json").exists()
    assert len(reextract_documents.fn(load=True, every_version=True).documents) == count


def test_another_request_is_another_backfill(home):
    settings = Settings()
    first, goes_on = begin_backfill({"publisher": "Gazette"}, settings)
    assert not goes_on
    assert begin_backfill({"publisher": "Gazette"}, settings) == (first, True)
    second, goes_on = begin_backfill({"publisher": None}, settings)
    assert (second > first, goes_on) == (True, False)
    (home / "work" / "backfill.json").write_text('{"request": ')
    assert not begin_backfill({"publisher": None}, settings)[1]


@pytest.mark.usefixtures("parsed_dbt_project")
def test_backfill_shows_what_changes_of_the_published_series_and_publishes_only_when_asked(home, capsys):
    """The earlier version read every number of recalled vehicles one too high and knew no recall campaigns."""
    change(
        home,
        """
        update raw.ingestions set extractor_version = 'before';
        update raw.figures set value = value + 1 where indicator = 'vehicles_recalled';
        update raw.figures set indicator = null, reasons = '{"indicator": "unmapped"}'
            where indicator = 'vehicle_recall_campaigns';
        """,
    )
    series = "select indicator_id, year, obs_value from fct_indicator_years"

    def published() -> dict[tuple[str, int], float]:
        with duckdb.connect(str(home / "published" / "quality.duckdb"), read_only=True) as connection:
            return {(name, year): value for name, year, value in connection.execute(series).fetchall()}

    build_warehouse.fn()
    publish_warehouse.fn()
    before = published()
    built = reextract_documents.fn(build=True)
    assert (built.loaded, published()) == (True, before)
    changes = built.series.to_dicts()
    assert {(one["indicator_id"], one["change"]) for one in changes} == {
        ("vehicles_recalled", "changed"),
        ("vehicle_recall_campaigns", "added"),
    }
    assert all(one["new_value"] == one["old_value"] - 1 for one in changes if one["change"] == "changed")
    printed = print_of(built, capsys)
    assert f"Indicator-years  {sum(one['change'] == 'changed' for one in changes)} changed, " in printed
    assert printed.endswith("run `quality-warehouse publish`.\n")
    after = reextract_documents.fn(publish=True)
    assert (after.documents, after.series.to_dicts()) == ((), changes)
    assert print_of(after, capsys).endswith("All that was asked for is loaded, built and published.\n")
    expected = {(one["indicator_id"], one["year"]): one["new_value"] for one in changes}
    assert published() == before | expected


def test_all_and_one_version_together_are_a_usage_error(tmp_path):
    run = quality_warehouse("reextract", "--all", "--version", "1", home=tmp_path / "home")
    assert (run.status, run.output) == (2, "")
    assert "--all takes documents of every version, --version those of one" in run.errors


def test_before_anything_is_ingested_there_is_nothing_to_do(tmp_path, use_home):
    use_home(tmp_path / "nothing")
    assert reextract_documents.fn(load=True).documents == ()


def test_command_prints_json_lines_and_says_on_standard_error_what_follows(old_home):
    run = quality_warehouse("reextract", "--json", "--to", "2017-09-30", home=old_home)
    assert run.status == 0
    differences = [json.loads(line) for line in run.output.splitlines()]
    assert {difference["change"] for difference in differences} == {"added", "lost"}
    [added] = [difference for difference in differences if difference["change"] == "added"]
    assert added["fields"]["number"] == [None, "23,000"]
    assert run.errors.splitlines()[-1].startswith("Nothing is loaded: ")


def test_a_day_without_its_month_is_a_usage_error():
    done = CliRunner().invoke(app, ["reextract", "--from", "2017"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--from" in done.stderr


def test_days_between_which_none_lies_are_a_usage_error():
    done = CliRunner().invoke(app, ["reextract", "--from", "2018-01-01", "--to", "2017-12-31"])
    assert isinstance(done.exception, UsageError)
    assert "No day lies between --from 2018-01-01 and --to 2017-12-31" in str(done.exception)
    assert done.output == ""


def test_json_lines_leave_the_reasons_of_what_is_set_aside_to_standard_error(old_home):
    change(old_home, "update raw.documents set language = 'fr' where file_name like '%recall-notice%'")
    run = quality_warehouse("reextract", "--json", "--from", "2025-01-01", home=old_home)
    assert run.status == 0
    assert {json.loads(line)["change"] for line in run.output.splitlines()} == {"lost"}
    assert run.errors.splitlines()[-2].startswith("[unsupported_language] ")
