"""What small sets of documents must leave in the marts; each case is one file of `tests/golden/warehouse`.

A case has `documents`, landed in this order, and `expected`, rows by mart. Of a document, `text` is required;
`published`, `title`, `publisher`, `url` and `document_type` are what `NAME.meta.json` states beside a file; `file`
names it, and a name used again is a new version of that file; `landed_at` is the day on which it came.

    documents:
      - {file: march.txt, published: 2024-03-01, publisher: Daily, text: "In 2023, ..."}
    expected:
      fct_indicator_years:
        - {year: 2023, obs_value: 120, preferred_observation_id: 120 cases}
      coverage: {where: "indicator_id = 'quality_violation_cases' and year = 2023", rows: [...]}

All rows of a mart that come from the documents of the case must be listed, in any order, with the columns that
matter; `[]` says that there are none. Which rows come from a case is told by the first of `CASE_KEYS` that the mart
has; `where` narrows it down. A document is written as its file (`march.txt`, its second version `march.txt 2`), an
observation as its quote. All cases are built in one warehouse: a case takes areas or indicators that no other one
has. A case that fails leaves what it got in `NAME.got.json` beside it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from flows.build import build_warehouse
from flows.ingest import ingest_documents
from flows.io.landing.metadata import METADATA_SUFFIX
from flows.land import land_documents
from flows.paths import PROJECT_ROOT

CASES = sorted((PROJECT_ROOT / "tests" / "golden" / "warehouse").glob("*.yaml"))
METADATA = ("published", "title", "publisher", "url", "document_type")

# The column that ties a row of a mart to a case, and the query for the values of the case.
CASE_KEYS = {
    "document_id": "select document_id from documents_of_case",
    "observation_id": "select observation_id from observations_of_case",
    "preferred_observation_id": "select observation_id from observations_of_case",
    "series_id": "select series_id from observations_of_case",
    "indicator_id": "select indicator_id from observations_of_case",
    "year": "select year from observations_of_case",
}
Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A case with the name of its file; `document_names` maps the SHA-256 of each text to its name."""

    name: str
    documents: list[Row]
    expected: dict[str, Any]

    @property
    def document_names(self) -> dict[str, str]:
        files = [document["file"] for document in self.documents]
        versions = [files[: place + 1].count(file) for place, file in enumerate(files)]
        return {
            hash_of(document["text"]): document["file"] if version == 1 else f"{document['file']} {version}"
            for document, version in zip(self.documents, versions, strict=True)
        }


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def read_case(path: Path) -> Case:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    documents = [{"file": f"{place}.txt"} | given for place, given in enumerate(case["documents"], start=1)]
    return Case(path.stem, documents, case["expected"])


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory, begin_home) -> Iterator[duckdb.DuckDBPyConnection]:
    """One warehouse with the documents of all cases, landed, ingested and built."""
    folder = tmp_path_factory.mktemp("cases")
    home = begin_home(folder / "home")
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv("QUALITY_WAREHOUSE_HOME", str(home))
        for path in CASES:
            case = read_case(path)
            for document in case.documents:
                land_document(document, folder / case.name, home)
        ingest_documents.fn()
        build_warehouse.fn()
    with duckdb.connect(str(home / "work" / "quality.duckdb"), read_only=True) as connection:
        yield connection


def land_document(document: Row, folder: Path, home: Path) -> None:
    """Land a document as its file, which may hold an earlier version, on the day of the case."""
    file = folder / document["file"]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(document["text"], encoding="utf-8")
    stated = {key: str(document[key]) for key in METADATA if key in document}
    file.with_name(file.name + METADATA_SUFFIX).write_text(json.dumps(stated), encoding="utf-8")
    [sidecar] = land_documents.fn([str(file)])
    if "landed_at" in document:
        set_landing_day(home, sidecar.doc_id, document["landed_at"])


def set_landing_day(home: Path, doc_id: str, day: date) -> None:
    path = home / "landing" / doc_id[:2] / doc_id / "sidecar.json"
    sidecar = json.loads(path.read_text(encoding="utf-8"))
    landed_at = datetime.combine(day, time(12), UTC).isoformat()
    landings = dict.fromkeys(sidecar["landings"], landed_at)
    path.write_text(json.dumps(sidecar | {"landed_at": landed_at, "landings": landings}), encoding="utf-8")


def rows_of_case(warehouse: duckdb.DuckDBPyConnection, case: Case, mart: str) -> list[Row]:
    """Return the rows of a mart that come from the documents of a case, with its columns and names."""
    expected = case.expected[mart]
    rows, where = (expected["rows"], expected["where"]) if isinstance(expected, dict) else (expected, "true")
    columns = [name for name, *_ in warehouse.execute(f"describe {mart}").fetchall()]
    key = next(key for key in CASE_KEYS if key in columns)
    compared = [column for column in columns if column in rows[0]] if rows else columns
    found = warehouse.execute(
        f"select {', '.join(compared)} from {mart} where {key} in ({CASE_KEYS[key]}) and {where}"
    ).fetchall()
    names = names_of_case(warehouse, case)
    return [
        {column: names.get(value, value) for column, value in zip(compared, row, strict=True)}
        for row in found
    ]


def choose_case(warehouse: duckdb.DuckDBPyConnection, case: Case) -> None:
    warehouse.execute(
        "create or replace temp table documents_of_case as select unnest($documents) as document_id",
        {"documents": list(case.document_names)},
    )
    warehouse.execute(
        "create or replace temp table observations_of_case as from fct_observations semi join documents_of_case "
        "using (document_id)"
    )


def names_of_case(warehouse: duckdb.DuckDBPyConnection, case: Case) -> dict[str, str]:
    quotes = warehouse.execute(
        "select observation_id, quote from evidence semi join observations_of_case using (observation_id)"
    ).fetchall()
    return case.document_names | {observation: " ".join(quote.split()) for observation, quote in quotes}


def in_order(rows: list[Row]) -> list[Row]:
    """Sort rows by all their columns, so that lists of equal rows compare equal."""
    return sorted(
        ({column: squeezed(row[column]) for column in sorted(row)} for row in rows),
        key=lambda row: json.dumps(row, default=str, ensure_ascii=False),
    )


def squeezed(value: Any) -> Any:
    """Return a cell as cases write it: a text in one line, a number with ten significant digits."""
    if isinstance(value, str):
        return " ".join(value.split())
    return float(f"{value:.10g}") if type(value) in (int, float) else value


def test_there_are_cases():
    assert len(CASES) >= 6


def test_no_two_cases_share_a_document():
    texts = [text for path in CASES for text in read_case(path).document_names]
    assert len(texts) == len(set(texts)) == sum(len(read_case(path).documents) for path in CASES)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_documents_of_a_case_leave_exactly_its_rows(warehouse, path: Path):
    case = read_case(path)
    choose_case(warehouse, case)
    got = {mart: in_order(rows_of_case(warehouse, case, mart)) for mart in case.expected}
    expected = {
        mart: in_order(rows["rows"] if isinstance(rows, dict) else rows)
        for mart, rows in case.expected.items()
    }
    beside = path.with_suffix(".got.json")
    if got != expected:
        beside.write_text(json.dumps(got, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
    else:
        beside.unlink(missing_ok=True)
    assert got == expected, f"What came out is in {beside}."
