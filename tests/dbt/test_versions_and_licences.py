"""Documents from build to build: which version is current, and how much of a text is published.

Versions: bytes come, go, come back and lie at several addresses. Licences: if a licence forbids publishing a text, the
published file holds its quotations and no more. A build takes some seconds, so all histories share one warehouse: in
each round every history lands its files, the licences of some texts change, and everything is built together.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from bad_documents import NEWS

from flows.build import build_warehouse
from flows.ingest import ingest_documents
from flows.io.landing.metadata import METADATA_SUFFIX
from flows.land import land_documents
from flows.publish import publish_warehouse
from flows.settings import Settings

pytestmark = pytest.mark.slow

OLD, NEW = "old", "new"
TEXTS = {OLD: NEWS, NEW: f"Corrected. {NEWS}"}

# The files that land in each round.
HISTORIES = {
    "copied": [[("a.txt", OLD), ("a.txt", NEW)], [("b.txt", OLD)], [("b.txt", NEW)]],
    "returned": [[("a.txt", OLD), ("a.txt", NEW)], [("a.txt", OLD)], []],
    "moved": [[("archive.txt", OLD), ("latest.txt", OLD), ("latest.txt", NEW)], [], []],
}
# Each text has its own place name; words in capitals are the part that is more than a quotation.
TEXT = """Outline on better quality in {place}

I. What has been done
BEFORE{place} is what inspectors say first. In 2023, 1,250 vehicles were recalled in {place}. AFTER{place} is last.

II. What will be done
BODY{place} comes before anything else. By 2030, a complaint desk is to be open in every market of {place}.
"""
# The metadata of the text in each round, by place.
LICENCES = [
    {
        "Exeter": "all_rights_reserved",
        "Leeds": "not_stated",
        "York": "cc_by_4",
        "Bath": None,
        "Hull": "made_up",
    },
    {"Exeter": "cc_by_4", "York": "all_rights_reserved"},
    {},
]

# Version and `is_current` of the old text and of the new one.
Places = dict[str, tuple[int, bool]]


@dataclass(frozen=True)
class Round:
    """The result of a build: the places by history, and all cells of each table of the published file."""

    places: dict[str, Places]
    published: Path
    cells: dict[str, str]


@pytest.fixture(scope="module")
def home(begin_home: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin_home(tmp_path_factory.mktemp("rounds") / "home")


@pytest.fixture(scope="module")
def rounds(home: Path) -> list[Round]:
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv("QUALITY_WAREHOUSE_HOME", str(home))
        return list(play(home.parent))


def play(folder: Path) -> Iterator[Round]:
    names: dict[str, tuple[str, str]] = {}
    for number, licences in enumerate(LICENCES):
        for history, steps in HISTORIES.items():
            for file, text in steps[number]:
                names[land_version(folder / history / file, history, text)] = (history, text)
        for place, licence in licences.items():
            land_with_licence(folder / f"{place}.txt", place, licence)
        ingest_documents.fn()
        build_warehouse.fn()
        published = publish_warehouse.fn().path
        found = versions(published)
        places = {
            history: {text: found[document] for document, (of, text) in names.items() if of == history}
            for history in HISTORIES
        }
        yield Round(places, published, read_cells(published))


def land_version(file: Path, history: str, text: str) -> str:
    """Write a text that no other history has, land it, and return its document."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{TEXTS[text]}This was {history}.\n")
    [sidecar] = land_documents.fn([str(file)])
    return sidecar.doc_id


def land_with_licence(file: Path, place: str, licence: str | None) -> None:
    file.write_text(TEXT.format(place=place), encoding="utf-8")
    stated = {"published": "2024-02-21"} | ({"licence": licence} if licence else {})
    file.with_name(file.name + METADATA_SUFFIX).write_text(json.dumps(stated), encoding="utf-8")
    land_documents.fn([str(file)])


def ask(database: Path, query: str, **parameters: object) -> list[tuple]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query, parameters or None).fetchall()


def versions(published: Path) -> dict[str, tuple[int, bool]]:
    """Return the version and `is_current` of each document."""
    rows = ask(published, "select document_id, version, is_current from dim_documents")
    return {document: (version, is_current) for document, version, is_current in rows}


def read_cells(published: Path) -> dict[str, str]:
    names = [name for (name,) in ask(published, "select table_name from duckdb_tables()")]
    return {name: str(ask(published, f"from {name}")) for name in names}


def tables_that_hold(words: str, made: Round) -> set[str]:
    return {name for name, cells in made.cells.items() if words in cells}


def test_old_bytes_copied_elsewhere_are_current_only_there_and_until_they_are_replaced_there(rounds):
    first, second, third = (made.places["copied"] for made in rounds)
    assert first == {OLD: (1, False), NEW: (2, True)}
    assert second == {OLD: (1, True), NEW: (2, True)}
    assert third == {OLD: (1, False), NEW: (2, True)}


def test_bytes_that_return_to_their_address_are_the_newest_version_there(rounds):
    first, second, third = (made.places["returned"] for made in rounds)
    assert first == {OLD: (1, False), NEW: (2, True)}
    assert second == third == {OLD: (2, True), NEW: (1, False)}


def test_document_replaced_at_the_address_where_it_landed_last_stays_current_at_the_other(rounds):
    first, *later = (made.places["moved"] for made in rounds)
    assert first == {OLD: (1, True), NEW: (2, True)}
    assert later == [first, first]


@pytest.mark.parametrize("place", ["Exeter", "Leeds"])
def test_no_table_holds_more_than_quotations_of_a_text_that_may_not_be_published(rounds, place):
    for words in (f"BEFORE{place}", f"AFTER{place}", f"BODY{place}"):
        assert tables_that_hold(words, rounds[0]) == set()


@pytest.mark.parametrize("place", ["York", "Bath"])
def test_neighbours_and_bodies_of_a_text_that_may_be_published_are_there(rounds, place):
    for words in (f"BEFORE{place}", f"AFTER{place}"):
        assert tables_that_hold(words, rounds[0]) == {"evidence", "dim_outline_items"}
    assert tables_that_hold(f"BODY{place}", rounds[0]) == {"dim_outline_items"}


@pytest.mark.parametrize("place", ["Exeter", "Leeds", "York", "Bath"])
def test_figures_and_promises_keep_the_sentence_that_states_them_whatever_the_licence(rounds, place):
    [(sentence, value)] = ask(
        rounds[0].published,
        "select sentence, obs_value from evidence join fct_observations using (observation_id) "
        "where file_name = $file and indicator_id = 'vehicles_recalled'",
        file=f"{place}.txt",
    )
    assert (sentence, value) == (f"In 2023, 1,250 vehicles were recalled in {place}.", 1250)
    assert ask(
        rounds[0].published,
        "select quote from fct_objectives join dim_documents using (document_id) where file_name = $file",
        file=f"{place}.txt",
    ) == [(f"By 2030, a complaint desk is to be open in every market of {place}.",)]


def test_each_document_says_by_which_licence_and_why(rounds):
    found = ask(
        rounds[0].published,
        "select file_name, licence, d.may_publish_text from dim_documents as d join dim_licences as l "
        "using (licence) where d.may_publish_text = l.may_publish_text and l.reason is not null "
        "and d.title like 'Outline on better quality in %' order by all",
    )
    assert found == [
        ("Bath.txt", "none_named", True),
        ("Exeter.txt", "all_rights_reserved", False),
        ("Leeds.txt", "not_stated", False),
        ("York.txt", "cc_by_4", True),
    ]


def test_a_licence_that_no_table_lists_is_told_and_the_document_waits(rounds):
    [(rule, reason)] = ask(
        rounds[0].published, "select rule, reason from quarantine where file_name = 'Hull.txt'"
    )
    assert rule == "invalid_metadata"
    assert reason.startswith('The licence of Hull.txt, "made_up", is none of us_public_domain, ')


@pytest.mark.usefixtures("rounds")
def test_the_working_database_keeps_the_whole_text(home):
    texts = "select text from raw.documents where text like '%BODYExeter%'"
    assert len(ask(Settings(home=home).working_database, texts)) == 1


def test_another_licence_takes_effect_with_the_next_build_in_both_directions(rounds):
    _, second, _ = rounds
    assert tables_that_hold("BEFOREExeter", second) == {"evidence", "dim_outline_items"}
    assert tables_that_hold("BEFOREYork", second) == set()
