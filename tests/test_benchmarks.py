"""What `make bench` runs, on so little text that it ends at once; how fast it is, is no matter of a test."""

import subprocess
import sys

import pytest

from flows.places import PROJECT_ROOT

SMALL = {
    "extraction": "measure_extraction(megabytes=0.05, quantulum_megabytes=0.001)",
    "linear_time": "measure_linear_time(characters=100)",
    "start_up": "measure_start_up(runs=1)",
}


def table_of(module: str, call: str) -> str:
    """The table that one measurement prints; `benchmarks` is found from the root of the project alone."""
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
