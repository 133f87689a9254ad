"""Which version of a document is current, when its bytes come, go, come back and lie at several addresses."""

from pathlib import Path

import duckdb
import pytest
from bad_documents import NEWS

from flows.build import build_warehouse
from flows.ingest import ingest_documents
from flows.land import land_documents

pytestmark = pytest.mark.usefixtures("parsed_dbt_project")

OLD, NEW = NEWS, f"Corrected. {NEWS}"


@pytest.fixture
def publisher(tmp_path, use_home):
    """Write texts to files of these names and land them, in order; then say what `versions` says."""
    use_home(tmp_path / "home")
    names: dict[str, str] = {}

    def publish(*files: tuple[str, str]) -> dict[str, tuple[int, bool]]:
        for name, text in files:
            (tmp_path / name).write_text(text)
            [sidecar] = land_documents.fn([str(tmp_path / name)])
            names[sidecar.doc_id] = "old" if text == OLD else "new"
        ingest_documents.fn()
        build_warehouse.fn()
        return {names[document]: place for document, place in versions(tmp_path / "home").items()}

    return publish


def versions(home: Path) -> dict[str, tuple[int, bool]]:
    """Document → its version and whether it is current."""
    with duckdb.connect(str(home / "work" / "quality.duckdb"), read_only=True) as connection:
        rows = connection.execute("select document_id, version, is_current from dim_documents").fetchall()
    return {document: (version, is_current) for document, version, is_current in rows}


def test_old_bytes_copied_elsewhere_are_current_only_there_and_until_they_are_replaced_there(publisher):
    assert publisher(("a.txt", OLD), ("a.txt", NEW)) == {"old": (1, False), "new": (2, True)}
    assert publisher(("b.txt", OLD)) == {"old": (1, True), "new": (2, True)}
    assert publisher(("b.txt", NEW)) == {"old": (1, False), "new": (2, True)}


def test_bytes_that_return_to_their_address_are_the_newest_version_there(publisher):
    assert publisher(("a.txt", OLD), ("a.txt", NEW)) == {"old": (1, False), "new": (2, True)}
    assert publisher(("a.txt", OLD)) == {"old": (2, True), "new": (1, False)}


def test_document_replaced_at_the_address_where_it_landed_last_stays_current_at_the_other(publisher):
    placed = publisher(("archive.txt", OLD), ("latest.txt", OLD), ("latest.txt", NEW))
    assert placed == {"old": (1, True), "new": (2, True)}
