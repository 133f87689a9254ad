"""What a document or its name says is shown as text: it steers no terminal and is no markup, SQL or template."""

import duckdb
import pytest
from bad_documents import NEWS
from command_line import quality_warehouse
from typer.testing import CliRunner

from flows.cli import app

RED = "\x1b[31m"
NAMES = (
    f"{RED}red\x07.txt",
    "[bold]marked[bold].txt",
    "'); drop table raw.figures; --.txt",
    "{{ no_such_macro() }}.txt",
    "<script>alert(1)<&script>.txt",
)


@pytest.fixture(scope="module")
def hostile_run(parsed_dbt_project, tmp_path_factory):
    """The main job on documents with such names, and on bad ones, which the summary names."""
    inbox = tmp_path_factory.mktemp("inbox")
    for name in NAMES:
        (inbox / name).write_text(f"{name}: {NEWS}", encoding="utf-8")
        (inbox / f"bad {name}").write_bytes(name.encode() + bytes(100))
    return quality_warehouse("run", inbox, home=tmp_path_factory.mktemp("hostile") / "home")


def test_names_of_files_are_shown_as_they_are_but_steer_no_terminal(hostile_run):
    assert hostile_run.status == 3, hostile_run.errors
    assert "\x1b" not in hostile_run.output + hostile_run.errors
    for name in NAMES:
        assert f"bad {name}".replace("\x1b", " ").replace("\x07", " ") in hostile_run.output


def test_documents_of_such_names_are_loaded_as_any_other(hostile_run):
    published = str(hostile_run.home / "published" / "quality.duckdb")
    with duckdb.connect(published, read_only=True) as connection:
        [documents] = connection.execute("select count(*) from dim_documents").fetchone()
        [figures] = connection.execute("select count(*) from fct_observations").fetchone()
    assert documents == len(NAMES)
    assert figures >= 2 * len(NAMES)


def test_land_prints_names_that_steer_no_terminal(tmp_path, use_home):
    use_home(tmp_path / "home")
    (tmp_path / NAMES[0]).write_text(NEWS)
    done = CliRunner().invoke(app, ["land", str(tmp_path / NAMES[0])])
    assert done.exit_code == 0
    assert "[31mred" in done.output
    assert "\x1b" not in done.output


def test_errors_print_names_that_steer_no_terminal(tmp_path):
    (tmp_path / NAMES[0]).write_bytes(b"")
    run = quality_warehouse("extract", tmp_path / NAMES[0], home=tmp_path / "home")
    assert run.status == 1
    assert run.errors == " [31mred .txt is empty (0 bytes): get it again from its source.\n"
