"""Documents and their names are shown as text: they control no terminal and never act as markup, SQL or template."""

import duckdb
from bad_documents import HOSTILE_NAMES, NEWS, without_control_characters
from command_line import quality_warehouse
from typer.testing import CliRunner

from flows.cli.app import app


def test_names_of_files_are_shown_as_they_are_but_steer_no_terminal(bad_run):
    assert bad_run.status == 3, bad_run.errors
    assert "\x1b" not in bad_run.output + bad_run.errors
    for name in HOSTILE_NAMES:
        assert without_control_characters(f"bad {name}") in bad_run.output


def test_documents_of_such_names_are_loaded_as_any_other(bad_run):
    published = str(bad_run.home / "published" / "quality.duckdb")
    with duckdb.connect(published, read_only=True) as connection:
        figures = connection.execute(
            "select file_name, count(observation_id) from dim_documents "
            "left join fct_observations using (document_id) group by all"
        ).fetchall()
    counts = [count for name, count in figures if name in HOSTILE_NAMES]
    assert len(counts) == len(HOSTILE_NAMES)
    assert sum(counts) >= 2 * len(HOSTILE_NAMES)


def test_land_prints_names_that_steer_no_terminal(tmp_path, use_home):
    use_home(tmp_path / "home")
    (tmp_path / HOSTILE_NAMES[0]).write_text(NEWS)
    done = CliRunner().invoke(app, ["land", str(tmp_path / HOSTILE_NAMES[0])])
    assert done.exit_code == 0
    assert "[31mred" in done.output
    assert "\x1b" not in done.output


def test_errors_print_names_that_steer_no_terminal(tmp_path):
    (tmp_path / HOSTILE_NAMES[0]).write_bytes(b"")
    run = quality_warehouse("extract", tmp_path / HOSTILE_NAMES[0], home=tmp_path / "home")
    assert run.status == 1
    assert run.errors == " [31mred .txt is empty (0 bytes): get it again from its source.\n"
