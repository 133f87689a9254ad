"""Load damaged and hostile documents and report what became of each; `make fuzz` does ten thousand.

Another process lands, reads and loads them in batches, as the flows do, and reports each document it starts and
finishes, so that a document that kills it can be named. The run fails when that process dies, when a document is
neither loaded nor in quarantine, when memory grows, or when the warehouse cannot be built from all of them.
"""

import argparse
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from os import getpid
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb

from benchmarks.fuzzed_documents import make_fuzzed_document, read_samples
from flows.ingestion.pending import find_pending, split_into_batches
from flows.ingestion.prepare import Preparer, read_preparer
from flows.ingestion.reading_process import ReadingProcess, open_reading_process
from flows.io.dbt import build, describe_failure
from flows.io.landing.store import Sidecar, land, read_content
from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import Batch, load
from flows.settings import Settings

LANDED_AT_ONCE = 500
MAX_SECONDS = 2.0
SLOWEST = 10
_SIGNS = "▁▂▃▄▅▆▇█"
_COLUMNS = 60
_PAGE_BYTES = 4096
_MEGABYTE = 1_000_000
MAX_GROWTH = 1.3
"""How much more memory the last quarter of the documents may take than the second one."""


@dataclass(frozen=True)
class Ended:
    """The outcome of one document: the rules that quarantined its rows, and the memory of the process in bytes."""

    doc_id: str
    name: str
    is_loaded: bool
    rules: tuple[str, ...]
    seconds: float
    loader_bytes: int
    reader_bytes: int


@dataclass
class Report:
    """What the other process reported; `running` is the document it started and has not finished."""

    given: int
    seed: int
    ended: list[Ended] = field(default_factory=list)
    running: str | None = None
    exit_status: int | None = None
    unaccounted: int = 0
    build_fault: str | None = None

    @property
    def faults(self) -> list[str]:
        """Return what went wrong as sentences; an empty list is success."""
        faults = []
        if self.exit_status:
            faults.append(f"The process ended ({self.exit_status}) while it was at {self.running}.")
        if self.unaccounted:
            faults.append(f"{self.unaccounted} documents are neither loaded nor in quarantine.")
        if unexpected := [one.name for one in self.ended if "unexpected_error" in one.rules]:
            faults.append(f"An error that nobody expected: {', '.join(unexpected)}.")
        for name in ("loader_bytes", "reader_bytes"):
            if self.growth(name) > MAX_GROWTH:
                faults.append(f"Memory ({name}) grew to {self.growth(name):.2f} times what it was.")
        if self.build_fault:
            faults.append(f"The warehouse of these documents cannot be built: {self.build_fault}")
        return faults

    def growth(self, name: str) -> float:
        """Return the median memory of the last quarter, divided by that of the second quarter."""
        memory = self.memory(name)
        quarter = len(memory) // 4
        if quarter < 50:  # one document decides when there are only a few
            return 1
        return median(memory[-quarter:]) / max(1, median(memory[quarter : 2 * quarter]))

    def memory(self, name: str) -> list[int]:
        """Return the memory of one process after each document, in bytes."""
        return [getattr(one, name) for one in self.ended]


def main() -> int:
    """Fuzz as the arguments say and print the report."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.fuzz",
        description="Load fuzzed documents into a temporary warehouse and say what became of them.",
        epilog="example: python -m benchmarks.fuzz --documents 1000 --seed 7",
    )
    parser.add_argument("--documents", type=int, default=10_000, help="how many (10,000)")
    parser.add_argument(
        "--seed", type=int, default=1, help="which ones: the same seed, the same documents (1)"
    )
    parser.add_argument("--keep", type=Path, help="write the documents here and leave them, to look at one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = fuzz(given.documents, given.seed, Path(folder), with_build=True)
        if given.keep:
            shutil.copytree(Path(folder) / "inbox", given.keep, dirs_exist_ok=True)
    print("\n".join(describe(report)))
    return 1 if report.faults else 0


def fuzz(
    count: int, seed: int, folder: Path, *, max_seconds: float = MAX_SECONDS, with_build: bool = False
) -> Report:
    """Make documents in `folder`, load them in another process, and check what it leaves behind."""
    settings = Settings(home=folder / "home", max_reading_seconds=max_seconds)
    report = Report(count, seed)
    # A thread of this process may hold a lock, which a fork would keep forever.
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_load_all, args=(theirs, count, seed, folder / "inbox", settings))
    process.start()
    theirs.close()
    for message in _received(ours):
        if isinstance(message, Ended):
            report.ended.append(message)
            report.running = None
        else:
            report.running = message
        _show_progress(report)
    process.join()
    report.exit_status = process.exitcode
    report.unaccounted = _count_unaccounted(settings)
    if with_build and not report.exit_status:
        report.build_fault = _build(settings)
    return report


def describe(report: Report) -> Iterator[str]:
    """Return the report as lines of text."""
    loaded = sum(one.is_loaded for one in report.ended)
    total = sum(one.seconds for one in report.ended)
    rules = Counter(rule for one in report.ended for rule in one.rules)
    yield f"{report.given:,} documents of seed {report.seed}, {len(report.ended):,} of them unlike all others"
    yield f"  loaded       {loaded:,}"
    yield f"  quarantined  {len(report.ended) - loaded:,}"
    yield from (f"    {rule:<28}{count:,}" for rule, count in rules.most_common())
    yield f"{total:,.0f} s, {total / max(1, len(report.ended)) * 1000:.0f} ms a document; the slowest:"
    slowest = sorted(report.ended, key=lambda one: one.seconds, reverse=True)[:SLOWEST]
    yield from (f"  {one.seconds:6.2f} s  {one.name}  {', '.join(one.rules) or 'loaded'}" for one in slowest)
    for name, words in (("loader_bytes", "that loads"), ("reader_bytes", "that reads")):
        memory = report.memory(name)
        yield f"memory of the process {words}, most of it {max(memory, default=0) // _MEGABYTE} MB"
        yield f"  {sparkline(memory)}"
    yield from (report.faults or ["Every document is loaded or in quarantine."])


def sparkline(values: Sequence[int]) -> str:
    """Draw a line of blocks, each as high as the highest value of its share of the documents."""
    share = max(1, -(-len(values) // _COLUMNS))
    heights = [max(values[at : at + share]) for at in range(0, len(values), share)]
    top = max(heights, default=0) or 1
    return "".join(_SIGNS[height * (len(_SIGNS) - 1) // top] for height in heights)


def write_documents(numbers: Sequence[int], seed: int, inbox: Path) -> list[str]:
    """Write the documents with these numbers and return their paths."""
    samples = read_samples()
    paths = []
    for number in numbers:
        document = make_fuzzed_document(number, seed, samples)
        path = inbox / document.name
        path.write_bytes(document.content)
        if document.metadata is not None:
            path.with_name(f"{path.name}.meta.json").write_bytes(document.metadata)
        paths.append(str(path))
    return paths


def _load_all(told: Connection, count: int, seed: int, inbox: Path, settings: Settings) -> None:
    warnings.simplefilter("ignore")
    inbox.mkdir(parents=True)
    with open_reading_process(settings) as process:
        preparer = read_preparer(process)
        for first in range(0, count, LANDED_AT_ONCE):
            numbers = range(first, min(count, first + LANDED_AT_ONCE))
            land(write_documents(numbers, seed, inbox), settings)
            for sidecars in split_into_batches(find_pending(settings), settings):
                _load_batch(sidecars, preparer, process, settings, told)


def _load_batch(
    sidecars: Sequence[Sidecar],
    preparer: Preparer,
    process: ReadingProcess,
    settings: Settings,
    told: Connection,
) -> None:
    prepared = []
    for sidecar in sidecars:
        told.send(sidecar.file_name)
        begun = perf_counter()
        prepared.append(preparer.prepare(sidecar, read_content(sidecar, settings), datetime.now(UTC)))
        told.send(
            Ended(
                doc_id=sidecar.doc_id,
                name=sidecar.file_name,
                is_loaded=not prepared[-1].documents.is_empty(),
                rules=tuple(sorted(set(prepared[-1].quarantine["rule"]))),
                seconds=perf_counter() - begun,
                loader_bytes=_memory_of(getpid()),
                reader_bytes=_memory_of(process.pid),
            )
        )
    told.send(f"the batch from {sidecars[0].file_name} to {sidecars[-1].file_name}")
    load(Batch.concat(prepared), settings)


def _show_progress(report: Report) -> None:
    if sys.stderr.isatty():
        print(f"\r{len(report.ended):,} / {report.given:,}", end="", file=sys.stderr)


def _received(connection: Connection) -> Iterator[Ended | str]:
    """Yield what the other process reports, until it ends."""
    while True:
        try:
            yield connection.recv()
        except EOFError:
            return


def _memory_of(pid: int | None) -> int:
    """Return the memory of a process in bytes; 0 when the system does not tell or the process is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES
    except OSError:
        return 0


def _count_unaccounted(settings: Settings) -> int:
    """Count landed documents that are in neither `raw.documents` nor the quarantine as a whole, or in both."""
    landed = {path.parent.name for path in settings.landing.glob("??/*/sidecar.json")}
    with open_working_database(settings) as connection:
        loaded = _ids(connection, "select doc_id from raw.documents")
        set_aside = _ids(connection, "select doc_id from raw.quarantine where subject = 'document'")
    return len(landed ^ (loaded ^ set_aside))


def _ids(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    return {doc_id for (doc_id,) in connection.execute(query).fetchall()}


def _build(settings: Settings) -> str | None:
    """Build and test the marts; return why that failed, or None."""
    try:
        result = build(settings)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None if result.ok else describe_failure(result)


if __name__ == "__main__":
    sys.exit(main())
