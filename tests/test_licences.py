"""What a published file holds of the text of a document whose licence keeps it back: the quotations, no more.

Four documents of one wording, each with a place name of its own; words in capitals stand for what is more than a
quotation.
"""

import json
from pathlib import Path

import duckdb
import pytest

from flows.build import build_warehouse
from flows.ingest import ingest_documents
from flows.io.landing import METADATA_SUFFIX
from flows.land import land_documents
from flows.publish import publish_warehouse
from flows.settings import Settings

pytestmark = pytest.mark.usefixtures("parsed_dbt_project")

TEXT = """Outline on better quality in {place}

I. What has been done
BEFORE{place} is what inspectors say first. In 2023, 1,250 vehicles were recalled in {place}. AFTER{place} is last.

II. What will be done
BODY{place} comes before anything else. By 2030, a complaint desk is to be open in every market of {place}.
"""
LICENCES = {
    "Exeter": "all_rights_reserved",
    "Leeds": "not_stated",
    "York": "cc_by_4",
    "Bath": None,
    "Hull": "made_up",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory, begin_home) -> Path:
    """The documents landed with their licences, loaded, built and published."""
    folder = tmp_path_factory.mktemp("licences")
    begin_home(folder / "home")
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv("QUALITY_WAREHOUSE_HOME", str(folder / "home"))
        for place, licence in LICENCES.items():
            land(folder, place, licence)
        publish_again()
    return folder / "home"


def land(folder: Path, place: str, licence: str | None) -> None:
    file = folder / f"{place}.txt"
    file.write_text(TEXT.format(place=place), encoding="utf-8")
    stated = {"published": "2024-02-21"} | ({"licence": licence} if licence else {})
    file.with_name(file.name + METADATA_SUFFIX).write_text(json.dumps(stated), encoding="utf-8")
    land_documents.fn([str(file)])


def publish_again() -> None:
    ingest_documents.fn()
    build_warehouse.fn()
    publish_warehouse.fn()


def ask(home: Path, query: str, **parameters: object) -> list[tuple]:
    path = Settings(home=home).published_database
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query, parameters or None).fetchall()


def tables_that_hold(home: Path, words: str) -> set[str]:
    """The tables of the published file in which any cell of any row holds these words."""
    names = [name for (name,) in ask(home, "select table_name from duckdb_tables()")]
    holds = "select count(*) from {} as mart where contains(cast(to_json(mart) as varchar), $words)"
    return {name for name in names if ask(home, holds.format(name), words=words) != [(0,)]}


@pytest.mark.parametrize("place", ["Exeter", "Leeds"])
def test_no_table_holds_more_than_quotations_of_a_text_that_may_not_be_published(home, place):
    for words in (f"BEFORE{place}", f"AFTER{place}", f"BODY{place}"):
        assert tables_that_hold(home, words) == set()


@pytest.mark.parametrize("place", ["York", "Bath"])
def test_neighbours_and_bodies_of_a_text_that_may_be_published_are_there(home, place):
    for words in (f"BEFORE{place}", f"AFTER{place}"):
        assert tables_that_hold(home, words) == {"evidence", "dim_outline_items"}
    assert tables_that_hold(home, f"BODY{place}") == {"dim_outline_items"}


@pytest.mark.parametrize("place", ["Exeter", "Leeds", "York", "Bath"])
def test_figures_and_promises_keep_the_sentence_that_states_them_whatever_the_licence(home, place):
    [(sentence, value)] = ask(
        home,
        "select sentence, obs_value from evidence join fct_observations using (observation_id) "
        "where file_name = $file and indicator_id = 'vehicles_recalled'",
        file=f"{place}.txt",
    )
    assert (sentence, value) == (f"In 2023, 1,250 vehicles were recalled in {place}.", 1250)
    assert ask(
        home,
        "select quote from fct_objectives join dim_documents using (document_id) where file_name = $file",
        file=f"{place}.txt",
    ) == [(f"By 2030, a complaint desk is to be open in every market of {place}.",)]


def test_each_document_says_by_which_licence_and_why(home):
    found = ask(
        home,
        "select file_name, licence, d.may_publish_text from dim_documents as d join dim_licences as l "
        "using (licence) where d.may_publish_text = l.may_publish_text and l.reason is not null order by all",
    )
    assert found == [
        ("Bath.txt", "none_named", True),
        ("Exeter.txt", "all_rights_reserved", False),
        ("Leeds.txt", "not_stated", False),
        ("York.txt", "cc_by_4", True),
    ]


def test_a_licence_that_no_table_lists_is_told_and_the_document_waits(home):
    [(rule, reason)] = ask(home, "select rule, reason from quarantine where file_name = 'Hull.txt'")
    assert rule == "invalid_metadata"
    assert reason.startswith('The licence of Hull.txt, "made_up", is none of us_public_domain, ')


def test_the_working_database_keeps_the_whole_text(home):
    with duckdb.connect(str(Settings(home=home).working_database), read_only=True) as connection:
        texts = connection.execute("select text from raw.documents where text like '%BODYExeter%'").fetchall()
    assert len(texts) == 1


def test_another_licence_takes_effect_with_the_next_build_in_both_directions(home, use_home):
    use_home(home)
    land(home.parent, "Exeter", "cc_by_4")
    land(home.parent, "York", "all_rights_reserved")
    publish_again()
    assert tables_that_hold(home, "BEFOREExeter") == {"evidence", "dim_outline_items"}
    assert tables_that_hold(home, "BEFOREYork") == set()
