"""One bad file never stops the others: it is set aside with a reason, and comes back once mended."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from bad_documents import (
    GOOD_DOCUMENTS,
    HOSTILE_NAMES,
    NEWS,
    PAGE,
    RULES,
    make_pdf,
    without_control_characters,
)
from command_line import quality_warehouse
from typer.testing import CliRunner

from benchmarks.working_tables import read_tables
from flows.cli.app import app
from flows.errors import QualityWarehouseError
from flows.extract.figures.extractor import Extractor
from flows.ingest import ingest_documents
from flows.ingestion.prepare import read_preparer
from flows.ingestion.reader import read_document_reader
from flows.io.warehouse.loading import Batch
from flows.io.warehouse.reading import read_open_quarantine
from flows.land import land_documents
from flows.paths import SAMPLE_DOCUMENTS
from flows.run import run_warehouse
from flows.settings import Settings

pytestmark = [pytest.mark.usefixtures("parsed_dbt_project"), pytest.mark.slow]

# The outcome of each bad file of the run, by name.
EXPECTED = RULES | {f"bad {name}": "binary" for name in HOSTILE_NAMES}


def query(home: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(home / "work" / "quality.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_every_bad_file_is_set_aside_by_its_rule(bad_run):
    found = query(bad_run.home, "select file_name, rule from raw.quarantine where subject = 'document'")
    assert sorted(found) == sorted(EXPECTED.items())


def test_every_bad_file_is_named_in_a_sentence_that_people_see(bad_run):
    for file_name, reason in query(bad_run.home, "select file_name, reason from raw.quarantine"):
        assert reason.endswith(".")
        assert without_control_characters(reason) in bad_run.output
        assert file_name in reason or "Quote:" in reason


def test_bad_files_end_the_run_with_status_3_and_without_noise(bad_run):
    assert bad_run.status == 3
    progress = ("Reading documents ", "Building and auditing the warehouse")
    assert [line for line in bad_run.errors.splitlines() if not line.startswith(progress)] == []


def test_good_files_beside_them_are_published(bad_run):
    published = str(bad_run.home / "published" / "quality.duckdb")
    with duckdb.connect(published, read_only=True) as connection:
        statements = connection.execute(
            "select file_name, obs_value, unit_measure from fct_observations join dim_documents using (document_id) "
            "where obs_value > 90"
        ).fetchall()
    documents = {document for document, *_ in statements}
    in_each = ((93.6, "percent"), (1250.0, "count"))
    assert documents == {*GOOD_DOCUMENTS, *HOSTILE_NAMES}
    assert sorted(statements) == sorted((document, *what) for document in documents for what in in_each)


def test_every_figure_is_loaded_or_quarantined(bad_run):
    [[figures_in, loaded, set_aside]] = query(
        bad_run.home,
        "select sum(figures_in), sum(figures_loaded), sum(figures_quarantined) from raw.ingestions",
    )
    [[rows]] = query(bad_run.home, "select count(*) from raw.figures")
    [[records]] = query(
        bad_run.home, "select count(distinct record) from raw.quarantine where subject = 'figure'"
    )
    assert figures_in == loaded + set_aside
    assert (loaded, set_aside) == (rows, records)
    of_each = "select file_name, count(*) from raw.figures join raw.documents using (doc_id) group by all"
    counts = dict(query(bad_run.home, of_each))
    assert {name: counts[name] for name in GOOD_DOCUMENTS} == dict.fromkeys(GOOD_DOCUMENTS, 2)


class FaultyExtractor(Extractor):
    """An extractor that uses a unit unknown to the reference data."""

    def extract(self, document):
        figures = super().extract(document)
        return [replace(figure, unit="kettles") if figure.unit == "count" else figure for figure in figures]


def test_figure_that_breaks_a_rule_is_set_aside_with_its_evidence_and_counted(tmp_path, use_home):
    (tmp_path / "news.txt").write_text(NEWS)
    use_home(tmp_path / "home")
    [sidecar] = land_documents.fn([str(tmp_path / "news.txt")])
    reader = read_document_reader()
    reader.extractor = FaultyExtractor(reader.vocabulary)
    preparer = read_preparer(reader)
    batch = Batch.concat([preparer.prepare(sidecar, NEWS.encode(), sidecar.landed_at)])
    [record] = batch.quarantine.to_dicts()
    assert (record["file_name"], record["subject"], record["rule"]) == ("news.txt", "figure", "unit_is_known")
    assert json.loads(record["evidence"])["number"] == "1,250"
    assert batch.figures["number"].to_list() == ["93.6 percent"]
    [ledger] = batch.ingestions.to_dicts()
    counts = (ledger["figures_in"], ledger["figures_loaded"], ledger["figures_quarantined"])
    assert counts == (2, 1, 1)


def test_every_landed_document_is_in_the_ledger(bad_run):
    outcomes = query(bad_run.home, "select outcome, count(*) from raw.ingestions group by all order by all")
    assert outcomes == [("loaded", len(GOOD_DOCUMENTS) + len(HOSTILE_NAMES)), ("quarantined", len(EXPECTED))]


def test_second_run_on_the_same_input_changes_no_row_of_any_table(bad_run, tmp_path, use_home):
    home = shutil.copytree(bad_run.home, tmp_path / "home", symlinks=True)
    before = read_tables(home, without=())
    use_home(home)
    again = run_warehouse.fn([str(bad_run.home.with_name("inbox"))])
    assert read_tables(home, without=()) == before
    assert again.publication.unchanged
    assert CliRunner().invoke(app, ["publish"]).exit_code == 3
    assert again.ingested.loaded == again.ingested.set_aside == ()


def test_mended_files_leave_the_quarantine(tmp_path, use_home):
    inbox, home = tmp_path / "inbox", tmp_path / "home"
    inbox.mkdir()
    (inbox / "cut.pdf").write_bytes(make_pdf()[:600])
    (inbox / "page.pdf").write_text(PAGE)
    (inbox / "news.txt").write_text(NEWS)
    (inbox / "news.meta.json").write_text('{"published": "yesterday"}')
    use_home(home)
    land_documents.fn([str(inbox)])
    ingest_documents.fn()
    assert len(read_open_quarantine(Settings())) == 3

    (inbox / "cut.pdf").write_bytes(make_pdf())
    (inbox / "page.pdf").rename(inbox / "page.html")
    (inbox / "news.meta.json").write_text('{"published": "2024-02-21"}')
    land_documents.fn([str(inbox)])
    assert len(ingest_documents.fn().loaded) == 3
    assert read_open_quarantine(Settings()).is_empty()
    loaded = query(home, "select file_name, published_at::varchar from raw.documents order by all")
    assert loaded == [("cut.pdf", None), ("news.txt", "2024-02-21"), ("page.html", None)]


def test_damaged_working_database_is_named_and_made_again_from_the_landing(tmp_path, use_home):
    (tmp_path / "news.txt").write_text(NEWS)
    use_home(tmp_path / "home")
    land_documents.fn([str(tmp_path / "news.txt")])
    ingest_documents.fn()
    database = Settings().working_database
    database.write_text("This is no database.")
    with pytest.raises(QualityWarehouseError, match=re.escape(str(database))):
        ingest_documents.fn()
    database.unlink()
    assert ingest_documents.fn().figures == 2


def test_home_that_cannot_be_written_is_named_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("a file where a folder should be")
    run = quality_warehouse("land", SAMPLE_DOCUMENTS, home=tmp_path / "file" / "home")
    assert run.status == 1
    assert run.errors.endswith("Not a directory. Mend that and run the command again.\n")
    assert str(tmp_path / "file") in run.errors
