"""Print all measurements as tables; a new measurement is a function in `MEASUREMENTS`.

The exit status is 1 if a goal is missed.
"""

import sys

from rich.console import Console
from rich.table import Table

from benchmarks.extraction import measure_extraction
from benchmarks.growth import measure_growth
from benchmarks.linear_time import measure_linear_time
from benchmarks.row import Group, Measurement
from benchmarks.serving import measure_serving
from benchmarks.start_up import measure_start_up
from benchmarks.warehouse import measure_warehouse

MEASUREMENTS: tuple[Measurement, ...] = (
    measure_extraction,
    measure_start_up,
    measure_linear_time,
    measure_growth,
    measure_warehouse,
    measure_serving,
)
_VERDICTS = {True: "reached", False: "missed", None: ""}


def main() -> None:
    """Run the measurements in turn and print each as soon as it is done."""
    console = Console(soft_wrap=True)
    missed: list[str] = []
    for measure in MEASUREMENTS:
        group = measure()
        console.print(as_table(group))
        missed += missed_goals(group)
    if missed:
        sys.exit(f"{len(missed)} goals are missed: {'; '.join(missed)}.")


def missed_goals(group: Group) -> list[str]:
    """Return the rows of a group that miss their goal, each with what was measured and wanted."""
    return [f"{row.name} {row.measured} (wanted {row.goal})" for row in group.rows if row.is_met is False]


def as_table(group: Group) -> Table:
    """Return the rows of a group as a table under its heading."""
    table = Table(title=group.heading, title_justify="left", title_style="bold")
    for column in ("", "measured", "wanted", ""):
        table.add_column(column)
    for row in group.rows:
        table.add_row(row.name, row.measured, row.goal, _VERDICTS[row.is_met])
    return table


if __name__ == "__main__":
    main()
