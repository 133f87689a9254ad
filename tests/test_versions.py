"""Which version of a document is current, when its bytes come, go, come back and lie at several addresses.

A build takes some seconds, so the histories share one warehouse: in each round every history lands its files, and
then all are built together.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from bad_documents import NEWS

from flows.build import build_warehouse
from flows.ingest import ingest_documents
from flows.land import land_documents

OLD, NEW = "old", "new"
TEXTS = {OLD: NEWS, NEW: f"Corrected. {NEWS}"}

# What lands where in each round.
HISTORIES = {
    "copied": [[("a.txt", OLD), ("a.txt", NEW)], [("b.txt", OLD)], [("b.txt", NEW)]],
    "returned": [[("a.txt", OLD), ("a.txt", NEW)], [("a.txt", OLD)], []],
    "moved": [[("archive.txt", OLD), ("latest.txt", OLD), ("latest.txt", NEW)], [], []],
}
ROUNDS = 3

# Version and whether it is current, of the old text and of the new one.
Places = dict[str, tuple[int, bool]]


@pytest.fixture(scope="module")
def rounds(
    begin_home: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, Places]]:
    """What the marts say after each round, by history."""
    folder = tmp_path_factory.mktemp("versions")
    begin_home(folder / "home")
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv("QUALITY_WAREHOUSE_HOME", str(folder / "home"))
        return list(play(folder))


def play(folder: Path) -> Iterator[dict[str, Places]]:
    names: dict[str, tuple[str, str]] = {}
    for number in range(ROUNDS):
        for history, steps in HISTORIES.items():
            for file, text in steps[number]:
                names[publish(folder / history / file, history, text)] = (history, text)
        ingest_documents.fn()
        build_warehouse.fn()
        found = versions(folder / "home")
        yield {
            history: {text: found[document] for document, (of, text) in names.items() if of == history}
            for history in HISTORIES
        }


def publish(file: Path, history: str, text: str) -> str:
    """Write a text that no other history has, land it, and return its document."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{TEXTS[text]}This was {history}.\n")
    [sidecar] = land_documents.fn([str(file)])
    return sidecar.doc_id


def versions(home: Path) -> dict[str, tuple[int, bool]]:
    """Document → its version and whether it is current."""
    with duckdb.connect(str(home / "work" / "quality.duckdb"), read_only=True) as connection:
        rows = connection.execute("select document_id, version, is_current from dim_documents").fetchall()
    return {document: (version, is_current) for document, version, is_current in rows}


def test_old_bytes_copied_elsewhere_are_current_only_there_and_until_they_are_replaced_there(rounds):
    first, second, third = (places["copied"] for places in rounds)
    assert first == {OLD: (1, False), NEW: (2, True)}
    assert second == {OLD: (1, True), NEW: (2, True)}
    assert third == {OLD: (1, False), NEW: (2, True)}


def test_bytes_that_return_to_their_address_are_the_newest_version_there(rounds):
    first, second, third = (places["returned"] for places in rounds)
    assert first == {OLD: (1, False), NEW: (2, True)}
    assert second == third == {OLD: (2, True), NEW: (1, False)}


def test_document_replaced_at_the_address_where_it_landed_last_stays_current_at_the_other(rounds):
    first, *later = (places["moved"] for places in rounds)
    assert first == {OLD: (1, True), NEW: (2, True)}
    assert later == [first, first]
