"""Waiting records are exported as a sheet and imported as decisions: all rows or none, and repeatable."""

import csv
import os
import shutil
from datetime import timedelta

import duckdb
import pytest
from command_line import quality_warehouse

from benchmarks.working_tables import read_tables
from flows.cli.options import name_account
from flows.errors import UsageError
from flows.ingest import ingest_documents
from flows.io.journal.decisions import list_decisions, read_decisions
from flows.land import land_documents
from flows.review.apply import read_decided_state
from flows.review.decide import DecisionRequest, decide
from flows.review.items import ReviewFilter, list_items
from flows.review.sheet import FILLED_IN, read_sheet, write_sheet
from flows.settings import Settings

NEWS = """=cmd|' /C calc'!A0

In 2023, 31 xylophones were tuned, "very; well", said the State Administration for Market Regulation.

-2 gongs or +3 drums were mended: @all 17 flutes stayed as they were.

＝1+2 harps; =1+2 lutes; ＋cmd and 19 fiddles were mended.
"""


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sheet")
    (folder / "=news.txt").write_text(NEWS)
    (folder / "=news.txt.meta.json").write_text('{"published": "2024-02-01", "publisher": "@ Gazette"}')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUALITY_WAREHOUSE_HOME", str(folder / "home"))
        land_documents.fn([str(folder / "=news.txt")])
        ingest_documents.fn()
    return folder / "home"


@pytest.fixture
def home(ingested, tmp_path, use_home):
    use_home(tmp_path / "home")
    return shutil.copytree(ingested, tmp_path / "home")


@pytest.fixture
def sheet(home, tmp_path):
    path = tmp_path / "open.csv"
    assert (
        write_sheet(list_items(Settings(), ReviewFilter()), path)
        == len(list_items(Settings(), ReviewFilter()))
        > 1
    )
    return path


def rows_of(sheet) -> list[dict[str, str]]:
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def fill_in(sheet, *filled: dict[str, str], delimiter: str = ",") -> None:
    """Fill in the cells of the first rows, as people do."""
    rows = rows_of(sheet)
    for row, cells in zip(rows, filled, strict=False):
        row.update(cells)
    with sheet.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def test_sheet_opens_as_utf8_and_what_is_to_be_filled_in_is_empty(sheet):
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbf")
    for row in rows_of(sheet):
        assert {row[name] for name in FILLED_IN} == {""}
        assert row["rule"] == "unmapped"
        assert "unit=count" in row["as_read"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_is_a_formula_wherever_a_spreadsheet_begins_one(sheet, delimiter):
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell.lstrip() for row in csv.reader(stream, delimiter=delimiter) for cell in row]
    assert any("19 fiddles" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@＝＋－＠"))]


def test_cell_that_begins_like_a_formula_gets_an_apostrophe(sheet):
    rows = rows_of(sheet)
    assert {row["publisher"] for row in rows} == {"'@ Gazette"}
    assert any(row["document"].startswith("'=") for row in rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_sheet_comes_back_and_a_second_time_changes_nothing(home, sheet, delimiter):
    ids = [row["id"] for row in rows_of(sheet)]
    fill_in(
        sheet,
        {"verdict": "correct", "indicator": "vehicles_recalled", "value": "30", "why": "'=2+2 is four"},
        {"verdict": " Reject ", "why": "not about quality"},
        delimiter=delimiter,
    )
    decided = decide(read_sheet(sheet, "M. Lin"))
    assert (decided.new, decided.known) == (2, 0)
    corrected, rejected = sorted(read_decisions(Settings()), key=lambda one: one.verdict)
    assert (corrected.verdict, corrected.reason, corrected.decided_by) == (
        "correct",
        "=2+2 is four",
        "M. Lin",
    )
    assert corrected.changes["indicator"] == (None, "vehicles_recalled")
    assert corrected.changes["value"][1] == 30
    assert rejected.verdict == "reject"
    assert {item.item_id for item in list_items(Settings(), ReviewFilter())} == set(ids[2:])
    before = read_tables(home, without=[])
    again = decide(read_sheet(sheet, "M. Lin"))
    assert (again.new, again.known) == (0, 2)
    assert len(read_decisions(Settings())) == 2
    assert read_tables(home, without=[]) == before


def test_of_several_decisions_about_one_figure_the_last_row_holds(home, sheet):
    [item_id, *_] = [row["id"] for row in rows_of(sheet)]
    requests = [
        DecisionRequest(item_id, "correct", "a slip", "me", {"value": str(value)}, f"row {value}")
        for value in range(8)
    ]
    assert decide(requests).new == 8
    [figure] = read_decided_state(Settings()).settled.figures
    assert figure["value"] == 7


def test_order_of_decisions_holds_when_the_clock_is_set_back(home, sheet):
    [item_id, *_] = [row["id"] for row in rows_of(sheet)]
    decide([DecisionRequest(item_id, "reject", "no figure", "me")])
    [path] = list_decisions(Settings())
    [rejected] = read_decisions(Settings())
    ahead = rejected.model_copy(update={"decided_at": rejected.decided_at + timedelta(days=400)})
    path.write_text(ahead.model_dump_json())
    for verdict, is_rejected in (("withdraw", []), ("reject", [True]), ("accept", [False])):
        assert decide([DecisionRequest(item_id, verdict, "on second thoughts", "me")]).new == 1
        figures = read_decided_state(Settings()).settled.figures
        assert [figure["is_rejected"] for figure in figures] == is_rejected


def test_one_bad_row_keeps_all_out_and_each_is_named_by_its_line(home, sheet):
    rows = rows_of(sheet)
    fill_in(
        sheet,
        {"verdict": "correct", "indicator": "no_such_indicator", "why": "because"},
        {"verdict": "reject", "why": "not about quality"},
        {"verdict": "correct", "value": "many", "why": "because"},
    )
    with pytest.raises(UsageError) as error:
        decide(read_sheet(sheet, "me"))
    first, second = str(error.value).splitlines()
    assert first.startswith(f"{sheet}, line 2: {rows[0]['id'][:12]}")
    assert "`no_such_indicator` is not a known indicator" in first
    assert second.startswith(f"{sheet}, line 4: ")
    assert "`many` is not a number like 6728000" in second
    assert read_decisions(Settings()) == []
    assert len(list_items(Settings(), ReviewFilter())) == len(rows)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"verdict": "maybe", "why": "because"},
            "line 2: `maybe` is not a verdict: write accept, correct, reject or",
        ),
        ({"verdict": "reject"}, "line 2: why is empty"),
        ({"value": "30"}, "line 2: value is filled in, but no verdict"),
        ({"verdict": "reject", "why": "x", "id": ""}, "line 2: the id is missing"),
        ({"verdict": "reject", "why": "x", "id": "0123456789"}, "line 2: Nothing waits under 0123456789"),
        ({"verdict": "correct", "why": "x"}, "say what to correct"),
        ({"verdict": "accept", "value": "3", "why": "x"}, "only the verdict `correct` sets fields"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(home, sheet, cells, said):
    fill_in(sheet, cells)
    with pytest.raises(UsageError) as error:
        decide(read_sheet(sheet, "me"))
    assert said in str(error.value)


def test_sheet_that_people_have_filled_in_is_not_written_over(home, sheet):
    fill_in(sheet, {"verdict": "reject", "why": "not about quality"})
    before = sheet.read_bytes()
    again = quality_warehouse("review", "export", sheet, home=home)
    assert (again.status, again.output) == (2, "")
    assert f"{sheet} exists already: name another file" in again.errors
    assert sheet.read_bytes() == before


def test_file_that_is_no_such_sheet_is_told(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_bytes("编号;判定\n".encode("gbk"))
    with pytest.raises(UsageError, match="is not UTF-8: save it as “CSV UTF-8”"):
        read_sheet(path, "me")
    path.write_text(f'"id{"x" * 200_000}')
    with pytest.raises(UsageError, match=r"line \d: this is not CSV"):
        read_sheet(path, "me")
    path.write_text("id,verdict\n")
    with pytest.raises(UsageError, match=r"lacks the column\(s\) indicator, unit, .*why: import a sheet"):
        read_sheet(path, "me")


def test_number_with_a_comma_between_semicolons_is_not_guessed(home, sheet):
    fill_in(sheet, {"verdict": "correct", "value": "6,728", "why": "x"}, delimiter=";")
    with pytest.raises(
        UsageError, match=r"line 2: `6,728` can be read in two ways: write it without a comma"
    ):
        read_sheet(sheet, "me")


def test_account_without_a_name_is_told_to_say_who_it_is(monkeypatch):
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 2**31 - 2)
    with pytest.raises(UsageError, match=r"has no name: say who you are, --by NAME\."):
        name_account()


def test_commands_write_and_read_a_sheet(home, tmp_path):
    path = tmp_path / "open.csv"
    exported = quality_warehouse("review", "export", path, "--rule", "unmapped", home=home)
    assert f"row(s) in {path}: fill in verdict and why" in exported.output
    fill_in(path, {"verdict": "accept", "why": "the catalogue has none"})
    imported = quality_warehouse("review", "import", path, "--by", "M. Lin", home=home)
    assert imported.output.startswith("1 decision(s) kept, 0 made before.")
    with duckdb.connect(str(home / "work" / "quality.duckdb"), read_only=True) as connection:
        assert connection.execute("select verdict, decided_by from raw.decisions").fetchall() == [
            ("accept", "M. Lin")
        ]
    missing = quality_warehouse("review", "import", tmp_path / "none.csv", home=home)
    assert (missing.status, missing.errors.count("is not a file")) == (2, 1)
