"""Time to build the warehouse with a million figures, and to add a thousand more.

The documents are generated (`generated_warehouse`) and loaded like real ones; dbt with all its models and tests is
timed, then publishing. People wait for the clock; the processor time of all threads reveals whether something else
was running.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.generated_warehouse import Reading, World, generate_batch, new_readings
from benchmarks.row import Group, Row, at_most
from flows.errors import AuditError
from flows.io.dbt import build, describe_failure
from flows.io.published.publication import publish
from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import load_batch
from flows.settings import Settings

DOCUMENTS = 50_000
ADDED_DOCUMENTS = 50
DOCUMENTS_A_BATCH = 10_000
GOAL_FULL_SECONDS = 60
GOAL_ADDED_SECONDS = 10
GOAL_RATIO = 1.5


@dataclass(frozen=True)
class Times:
    """Seconds by the clock and of processor time."""

    clock: float
    processor: float

    def row(self, name: str, goal: float | None = None) -> Row:
        """Return the row of the table; the clock decides."""
        measured = f"{self.clock:,.1f} s, {self.processor:,.1f} s of processor"
        return Row(name, measured, f"< {goal:g} s" if goal else "", self.clock < goal if goal else None)


@dataclass(frozen=True)
class Measured:
    """The measured times, and how many figures there were."""

    figures: int
    full_build: Times
    publication: Times
    added_figures: int
    added_build: Times
    added_to_nothing: Times


def measure_warehouse(documents: int = DOCUMENTS, added: int = ADDED_DOCUMENTS) -> Group:
    """Measure a full build, adding some documents to it, and adding the same to an empty warehouse."""
    measured = measure(documents, added)
    return Group(f"Warehouse: all models and tests, {documents:,} generated documents", rows_of(measured))


def rows_of(measured: Measured) -> list[Row]:
    """Return the rows of the table."""
    full, added, alone = measured.full_build, measured.added_build, measured.added_to_nothing
    return [
        full.row(f"full build, {measured.figures:,} observations", GOAL_FULL_SECONDS),
        added.row(f"build after adding {measured.added_figures:,}", GOAL_ADDED_SECONDS),
        alone.row("build after adding them to an empty warehouse"),
        at_most("the former / the latter", added.clock / alone.clock, GOAL_RATIO),
        measured.publication.row("publish the full build"),
    ]


def measure(documents: int, added: int) -> Measured:
    """Load, build and publish in two temporary homes."""
    world = World()
    # Every fifth corrects an existing document; to an empty warehouse it is a new one.
    readings = new_readings(range(documents, documents + added - added // 5), second=100)
    readings += new_readings(range(added // 5), edition=1, second=100)
    with tempfile.TemporaryDirectory() as folder:
        large, empty = (Settings(home=Path(folder) / name) for name in ("large", "empty"))
        figures = sum(load(large, batch, world) for batch in batches_of(documents))
        full_build, publication = time_of(build_well, large), time_of(publish, large)
        build_well(empty)
        added_figures, _ = (load(settings, readings, world) for settings in (large, empty))
        added_build, added_to_nothing = time_of(build_well, large), time_of(build_well, empty)
    return Measured(figures, full_build, publication, added_figures, added_build, added_to_nothing)


def batches_of(documents: int) -> Iterator[list[Reading]]:
    """Yield new documents in batches that fit into memory many times over."""
    for begin in range(0, documents, DOCUMENTS_A_BATCH):
        yield new_readings(range(begin, min(documents, begin + DOCUMENTS_A_BATCH)))


def load(settings: Settings, readings: Sequence[Reading], world: World) -> int:
    """Generate and load these texts; return how many figures were found in them."""
    batch = generate_batch(readings, world)
    with open_working_database(settings) as connection:
        load_batch(connection, batch)
    return len(batch.figures)


def build_well(settings: Settings) -> None:
    """Build; raise AuditError when something fails, since the time would mean nothing."""
    result = build(settings)
    if not result.ok:
        raise AuditError(describe_failure(result))


def time_of(action: Callable[[Settings], object], settings: Settings) -> Times:
    """Do the work on this home and return how long it took."""
    clock, processor = perf_counter(), process_time()
    action(settings)
    return Times(perf_counter() - clock, process_time() - processor)
