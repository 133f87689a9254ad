"""Time of `quality-warehouse extract` for one short text, from the start of the process to its end."""

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.row import Group, less_than

RUNS = 7
GOAL_SECONDS = 0.5
SENTENCES = {
    "English": "Inspectors closed 56,700 cases in 2023.\n",
    "Chinese": "2023年办结案件5.67万件。\n",
}
COMMAND = Path(sys.executable).with_name("quality-warehouse")


def measure_start_up(runs: int = RUNS) -> Group:
    """Measure the median of some runs for each language, after one that warms the file cache."""
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for language, sentence in SENTENCES.items():
            text = Path(folder) / f"{language}.txt"
            text.write_text(sentence, encoding="utf-8")
            rows.append(
                less_than(f"one sentence, {language}", _median_seconds(text, folder, runs), GOAL_SECONDS)
            )
    return Group(f"Start-up: `quality-warehouse extract` on one short text, median of {runs} runs", rows)


def _median_seconds(text: Path, folder: str, runs: int) -> float:
    return median([_seconds(text, folder) for _ in range(runs + 1)][1:])


def _seconds(text: Path, folder: str) -> float:
    begun = perf_counter()
    subprocess.run([COMMAND, "extract", text], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - begun
