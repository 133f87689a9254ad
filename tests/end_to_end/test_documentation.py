"""The guides' commands, queries and picture, with what they print and show."""

import re
import subprocess
from pathlib import Path

import duckdb
import pytest

from flows.paths import PROJECT_ROOT, SAMPLE_DOCUMENTS

README = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
QUERY_GUIDE = (PROJECT_ROOT / "docs" / "query.md").read_text(encoding="utf-8")
PICTURE = (PROJECT_ROOT / "docs" / "images" / "sentence-to-row.svg").read_text(encoding="utf-8")
SHOWN = re.compile(r"```sql\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
QUERIES = [*SHOWN.findall(README), *SHOWN.findall(QUERY_GUIDE)]
WIDTH = 118


def block_after(prompt: str) -> str:
    """What README shows as printed by a command."""
    return re.search(rf"```console\n\$ {re.escape(prompt)}\n(.*?)```", README, re.DOTALL)[1]


@pytest.fixture(scope="module")
def printed_by_make_warehouse(sample_run):
    assert sample_run.status == 0, sample_run.errors
    return sample_run.home, sample_run.output.replace(str(sample_run.home), "data")


@pytest.fixture
def warehouse(printed_by_make_warehouse):
    home, _ = printed_by_make_warehouse
    with duckdb.connect(home / "published" / "quality.duckdb", read_only=True) as connection:
        yield connection


def test_make_warehouse_prints_what_readme_shows(printed_by_make_warehouse):
    _, printed = printed_by_make_warehouse
    assert printed.startswith(block_after("make warehouse"))


def test_the_query_it_suggests_works(printed_by_make_warehouse):
    home, printed = printed_by_make_warehouse
    suggested = printed.splitlines()[-1].replace("data/published", f"{home}/published")
    done = subprocess.run(
        suggested, shell=True, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    )
    assert "obs_value" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("query", "shown"),
    QUERIES,
    ids=["vehicles", "trend", "targets", "contradictions", "changes", "sentence", "policy"],
)
def test_a_query_gives_what_its_guide_shows(warehouse, capsys, query, shown):
    warehouse.sql(query).show(max_width=WIDTH, max_rows=100)
    assert capsys.readouterr().out.strip() == shown.strip()


def test_the_guide_to_queries_names_every_published_table(warehouse):
    tables = {name for (name,) in warehouse.sql("select table_name from duckdb_tables()").fetchall()}
    named = set(re.findall(r"`(\w+)(?:\(day\))?`", QUERY_GUIDE.partition("## The tables")[2]))
    assert tables - named == set()


def test_the_picture_shows_a_sentence_its_figure_and_its_row_as_they_are(warehouse):
    words = " ".join(re.findall(r"<text[^>]*>([^<]+)</text>", PICTURE))
    row = """
        select s.indicator_id, s.ref_area, s.year, s.obs_value::bigint, s.agency_id, s.statement_count,
            e.sentence, e.start_offset, e.end_offset, e.file_name
        from fct_indicator_years as s
        join evidence as e on e.observation_id = s.preferred_observation_id
        where s.indicator_id = 'vehicles_recalled' and s.year = 2016
    """
    [[*cells, statements, sentence, start, end, file_name]] = warehouse.sql(row).fetchall()
    shown = [f"{cell:,}".replace(",", " ") if cell == 11_330_000 else str(cell) for cell in cells]
    assert " ".join([*shown, str(statements)]) in words
    assert re.sub(r"\W", "", sentence) in re.sub(r"\W", "", words)
    assert f"characters {start} to {end}" in words
    assert file_name in words
    assert Path(SAMPLE_DOCUMENTS, file_name).is_file()


def test_readme_names_every_target_of_the_makefile_that_a_newcomer_needs():
    for target in ("warehouse", "test", "faults"):
        assert f"$ make {target}\n" in README
        done = subprocess.run(
            ["make", "--dry-run", target], cwd=PROJECT_ROOT, capture_output=True, check=False
        )
        assert done.returncode == 0
