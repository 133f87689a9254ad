"""`make bench` runs, here on so little text that it finishes immediately; how fast it is does not matter to a test."""

import subprocess
import sys

import pytest

from benchmarks.__main__ import missed_goals
from benchmarks.generated_warehouse import Reading, World, generate_batch, new_readings
from benchmarks.row import Group, Row, at_most
from benchmarks.warehouse import Measured, Times, rows_of
from flows.io.warehouse.tables import RAW_TABLES
from flows.paths import PROJECT_ROOT

SMALL = {
    "extraction": "measure_extraction(megabytes=0.05, quantulum_megabytes=0.001)",
    "linear_time": "measure_linear_time(characters=100)",
    "growth": "measure_growth(characters=200, tries=1)",
    "start_up": "measure_start_up(runs=1)",
}


def table_of(module: str, call: str) -> str:
    """Return the table that one measurement prints; `benchmarks` is importable only from the project's root."""
    program = (
        f"from benchmarks.{module} import *; from benchmarks.__main__ import as_table\n"
        "from rich.console import Console\n"
        f"Console(width=160).print(as_table({call}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("module", "names"),
    [
        (
            "extraction",
            ["extract, English", "extract, Chinese", "extract / plain number regex", "quantulum3"],
        ),
        ("start_up", ["one sentence, English", "one sentence, Chinese"]),
        ("linear_time", ["digits", "brackets", "万", "。"]),
        (
            "growth",
            ["extract digits", "check changes", "attribute one table", "boilerplate in a line of pages"],
        ),
    ],
)
def test_a_measurement_prints_its_rows(module, names):
    table = table_of(module, SMALL[module])
    assert [name for name in names if name not in table] == []


def test_the_plain_regex_reads_values_in_both_languages():
    program = (
        "from benchmarks.peers import read_plain_numbers\n"
        "print([number[2] for number in read_plain_numbers('6.728 million, 1,366, 5.67万件, 93.5%')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[6728000.0, 1366.0, 56700.0, 93.5]\n"


def test_generated_rows_are_valid_and_their_quotes_stand_in_the_texts():
    lost = Reading(30, extractor=1, is_readable=False, landed=((30, 5),), loaded=5)
    batch = generate_batch([*new_readings(range(30)), *new_readings([3], edition=1), lost], World())
    for table, schema in RAW_TABLES.items():
        schema.validate(getattr(batch, table), lazy=True)
    texts = dict(batch.documents.select("doc_id", "text").iter_rows())
    assert len(texts) == len(batch.ingestions) - 1 == 31
    quoted = [
        row
        for table in ("figures", "outline_items", "objectives", "citations")
        for row in getattr(batch, table).iter_rows(named=True)
    ]
    assert len(quoted) > 500
    for row in quoted:
        words = row["quote"] if "quote" in row else f"{row['number']}. {row['title']}"
        assert texts[row["doc_id"]][row["start"] : row["end"]] == words


def test_a_generated_text_is_the_same_in_every_batch_and_another_in_every_world_and_edition():
    [few, many, other_world, corrected] = [
        generate_batch(readings, world).documents.filter(title="Report 7 on quality")["text"].item()
        for readings, world in (
            (new_readings([7]), World()),
            (new_readings(range(20)), World()),
            (new_readings([7]), World(seed=1)),
            (new_readings([7], edition=1), World()),
        )
    ]
    assert few == many
    assert len({few, other_world, corrected}) == 3


def test_the_clock_decides_whether_a_build_is_fast_enough():
    times = {"full_build": Times(59, 80), "added_build": Times(12, 5), "added_to_nothing": Times(8, 8)}
    rows = rows_of(Measured(figures=10, added_figures=5, publication=Times(1, 1), **times))
    assert [row.is_met for row in rows] == [True, False, None, True, None]


def test_a_missed_goal_is_named_with_what_was_measured():
    rows = [at_most("growth", 12, 9), at_most("other growth", 4, 9), Row("size", "7 MB")]
    assert missed_goals(Group("All", rows)) == ["growth 12 (wanted ≤ 9)"]
