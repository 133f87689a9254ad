"""After a rule changes, exactly the records that now pass are loaded, once their count has been shown."""

import json
import shutil

import duckdb
import pytest
from command_line import quality_warehouse

from benchmarks.working_tables import read_tables
from flows.errors import UsageError
from flows.ingest import ingest_documents
from flows.ingestion.prepare import read_preparer
from flows.ingestion.reader import read_document_reader
from flows.io.landing.store import read_content, read_sidecars
from flows.io.warehouse.loading import Batch
from flows.io.warehouse.reading import read_batch
from flows.land import land_documents
from flows.paths import SAMPLE_DOCUMENTS
from flows.review.release import _is_implausible, release
from flows.settings import Settings

CLOCKS = ["loaded_at"]
FEW = ("2025-03-18-recall-notice.docx", "2025-06-30-quality-targets-article.txt")


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """Ingest sample documents into two homes: `whole` by today's rules, `held` while an indicator was unknown."""
    folder = tmp_path_factory.mktemp("release")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUALITY_WAREHOUSE_HOME", str(folder / "whole"))
        land_documents.fn([str(SAMPLE_DOCUMENTS / name) for name in FEW])
        shutil.copytree(folder / "whole", folder / "held")
        ingest_documents.fn()
        patch.setenv("QUALITY_WAREHOUSE_HOME", str(folder / "held"))
        patch.setattr("flows.ingest.read_preparer", preparer_of_before)
        ingest_documents.fn()
    return folder


def preparer_of_before(_process=None):
    preparer = read_preparer(read_document_reader())
    preparer._catalogue["indicator"] -= {"vehicles_recalled"}
    return preparer


@pytest.fixture
def held(ingested, tmp_path, use_home):
    use_home(tmp_path / "home")
    return shutil.copytree(ingested / "held", tmp_path / "home")


def ask(home, query: str) -> list[tuple]:
    with duckdb.connect(str(home / "work" / "quality.duckdb")) as connection:
        return connection.execute(query).fetchall()


def test_count_is_shown_first_and_nothing_is_loaded(held):
    before = read_tables(held, without=[])
    [(count,)] = ask(held, "select count(*) from raw.quarantine where rule = 'indicator_is_known'")
    found = release("indicator_is_known", load=False)
    assert (found.held["figure"], found.released["figure"]) == (count, count)
    assert count > 3
    assert read_tables(held, without=[]) == before


def test_release_ends_as_if_the_rule_had_always_been_as_it_is(ingested, held):
    release("indicator_is_known", load=True)
    assert read_tables(held, without=CLOCKS) == read_tables(ingested / "whole", without=CLOCKS)
    with pytest.raises(UsageError, match="The rule indicator_is_known holds nothing"):
        release("indicator_is_known", load=True)


def test_release_takes_nothing_else_of_the_documents_along(held):
    ask(held, "update raw.figures set counted = 'as an earlier reading had it'")
    release("indicator_is_known", load=True)
    counted = dict(
        ask(held, "select counted = 'as an earlier reading had it', count(*) from raw.figures group by 1")
    )
    assert counted[True] > counted.get(False, 0) + counted.get(None, 0)
    assert ask(held, "select count(*) from raw.figures where counted = 'as an earlier reading had it'") == [
        (counted[True],)
    ]
    [(superseded,)] = ask(held, "select count(*) from raw.superseded_figures")
    assert superseded == 0


def test_figure_that_breaks_another_rule_too_stays_and_no_more_for_the_first(held):
    record = ask(
        held,
        "select quarantine_id, evidence from raw.quarantine where rule = 'indicator_is_known' order by 1 limit 1",
    )
    [(quarantine_id, evidence)] = record
    worse = json.dumps(json.loads(evidence) | {"bound": "perhaps"})
    with duckdb.connect(str(held / "work" / "quality.duckdb")) as connection:
        connection.execute(
            "update raw.quarantine set evidence = ? where quarantine_id = ?", [worse, quarantine_id]
        )
    found = release("indicator_is_known", load=True)
    assert found.released["figure"] == found.held["figure"] - 1
    assert ask(held, "select rule from raw.quarantine where subject = 'figure'") == [("bound_isin",)]
    assert ask(
        held, "select sum(figures_in - figures_loaded), sum(figures_quarantined) from raw.ingestions"
    ) == [(1, 1)]


def test_rule_that_still_holds_releases_nothing(held):
    ask(held, "update raw.quarantine set evidence = replace(evidence, 'vehicles_recalled', 'no_such_thing')")
    before = read_tables(held, without=[])
    found = release("indicator_is_known", load=True)
    assert found.released.total() == 0
    assert read_tables(held, without=[]) == before


def test_document_that_can_be_read_now_is_ingested_and_no_other(ingested, held):
    settings = Settings()
    sidecar = next(
        one for one in read_sidecars(settings) if read_batch(settings, [one.doc_id]).figures.height
    )
    set_aside = replace_reader_by_one_that_fails(sidecar)
    with duckdb.connect(str(held / "work" / "quality.duckdb")) as connection:
        for table in (
            "documents",
            "figures",
            "outline_items",
            "objectives",
            "citations",
            "notes",
            "quarantine",
        ):
            connection.execute(f"delete from raw.{table} where doc_id = ?", [sidecar.doc_id])
        connection.register("rows", set_aside)
        connection.execute("insert into raw.quarantine by name select * from rows")
    others = ask(held, f"from raw.figures where doc_id != '{sidecar.doc_id}' order by all")
    found = release("unexpected_error", load=True)
    assert (found.held, found.released) == ({"document": 1}, {"document": 1})
    assert ask(held, f"from raw.figures where doc_id != '{sidecar.doc_id}' order by all") == others
    assert ask(held, f"select outcome from raw.ingestions where doc_id = '{sidecar.doc_id}'") == [("loaded",)]
    assert read_batch(settings, [sidecar.doc_id]).figures.height > 0


def replace_reader_by_one_that_fails(sidecar):
    """Prepare a document with a fault of ours, mended since then; return the quarantine that it left."""
    reader = read_document_reader()
    reader.extractor = None
    prepared = read_preparer(reader).prepare(sidecar, read_content(sidecar, Settings()), sidecar.landed_at)
    return Batch.concat([prepared]).quarantine


def test_command_says_what_would_be_released_and_what_to_do(held):
    shown = quality_warehouse("review", "release", "--rule", "indicator_is_known", home=held)
    assert "would pass today" in shown.output
    assert shown.output.endswith("Nothing is loaded: give the same command with --yes.\n")
    loaded = quality_warehouse("review", "release", "--rule", "indicator_is_known", "--yes", home=held)
    assert "They are loaded: run `quality-warehouse build`" in loaded.output
    nothing = quality_warehouse("review", "release", "--rule", "no_such_rule", home=held)
    assert (nothing.status, nothing.output) == (2, "")
    assert "The rule no_such_rule holds nothing" in nothing.errors


@pytest.mark.parametrize(
    ("limit", "is_held"),
    [
        ({"factor": 10, "minimum_neighbours": 2}, True),
        ({"factor": 12, "minimum_neighbours": 2}, False),
        ({"factor": 10, "minimum_neighbours": 3}, False),
        (None, False),
    ],
)
def test_held_value_is_compared_with_todays_limits(limit, is_held):
    evidence = json.dumps({"neighbours": [{"year": 2015, "value": 100.0}, {"year": 2017, "value": 110.0}]})
    assert _is_implausible({"obs_value": 1100.0, "evidence": evidence}, limit) is is_held
