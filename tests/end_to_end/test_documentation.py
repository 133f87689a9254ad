"""README's commands and queries, with what they print."""

import re
import subprocess

import duckdb
import pytest

from flows.paths import PROJECT_ROOT

README = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```\n\n```text\n(.*?)```", README, re.DOTALL)
WIDTH = 118


def block_after(prompt: str) -> str:
    """What README shows as printed by a command."""
    return re.search(rf"```console\n\$ {re.escape(prompt)}\n(.*?)```", README, re.DOTALL)[1]


@pytest.fixture(scope="module")
def printed_by_make_warehouse(sample_run):
    assert sample_run.status == 0, sample_run.errors
    return sample_run.home, sample_run.output.replace(str(sample_run.home), "data")


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
    ("query", "shown"), QUERIES, ids=["trend", "targets", "contradictions", "changes", "sentence", "policy"]
)
def test_a_query_gives_what_readme_shows(printed_by_make_warehouse, capsys, query, shown):
    home, _ = printed_by_make_warehouse
    with duckdb.connect(home / "published" / "quality.duckdb", read_only=True) as warehouse:
        warehouse.sql(query).show(max_width=WIDTH, max_rows=100)
    assert capsys.readouterr().out.strip() == shown.strip()


def test_readme_names_every_target_of_the_makefile_that_a_newcomer_needs():
    for target in ("warehouse", "test", "faults"):
        assert f"$ make {target}\n" in README
        done = subprocess.run(
            ["make", "--dry-run", target], cwd=PROJECT_ROOT, capture_output=True, check=False
        )
        assert done.returncode == 0
