"""Half an hour of ordinary life: documents arrive, are revised or broken, and readers read all the while.

    python -m benchmarks.soak --minutes 30 --plot soak.svg

At the end every document must be published or in quarantine, no reader may have seen an error or a partial load, and
the memory of the processes and the size of the files, plotted over time, must level off.
"""

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from benchmarks.serving import Serving, report, serving

PAUSE_SECONDS = (0.5, 8)
SAMPLE_SECONDS = 5
MEGABYTE = 1_000_000
WIDTH, HEIGHT, MARGIN = 720, 150, 70


@dataclass
class Life:
    """The content of the inbox: the readable files by name, and the number of unreadable ones."""

    readable: dict[str, int] = field(default_factory=dict)
    broken: int = 0
    revised: int = 0

    def go_on(self, served: Serving, chance: random.Random, number: int) -> None:
        """Add some new documents, a new version of an old one, or an unreadable one."""
        event = chance.choices(["new", "revised", "broken"], [6, 3, 1])[0]
        if event == "broken":
            self.broken += 1
            served.drop(f"broken-{number}.pdf", f"%PDF-1.7 {number} and nothing that a PDF has")
        elif event == "revised" and self.readable:
            name = chance.choice(sorted(self.readable))
            self.revised += 1
            self.readable[name] = number
            served.drop(name, report(40_000 + number))
        else:
            for place in range(chance.randint(1, 5)):
                name = f"report-{number}-{place}.txt"
                self.readable[name] = number
                served.drop(name, report(10_000 + 10 * number + place))


class Reader(threading.Thread):
    """A reader that keeps one connection, opens new ones all the time, and records what went wrong."""

    def __init__(self, path: Path) -> None:
        """Take the published path."""
        super().__init__()
        self._path = str(path)
        self._stop_reading = threading.Event()
        self.errors: list[str] = []
        self.reads = 0

    def run(self) -> None:
        """Read until stopped or until something goes wrong."""
        try:
            with duckdb.connect(self._path, read_only=True) as kept:
                before = count_parts(kept)
                while not self._stop_reading.wait(0.05):
                    if count_parts(kept) != before:
                        raise AssertionError("what a connection has opened has changed")
                    with duckdb.connect(self._path, read_only=True) as anew:
                        observations, evidence, documents = count_parts(anew)
                    if not observations == evidence == 2 * documents:
                        raise AssertionError(f"half a load: {observations}, {evidence}, {documents}")
                    self.reads += 1
        except Exception as error:
            self.errors.append(repr(error))

    def stop(self) -> None:
        """Stop reading."""
        self._stop_reading.set()
        self.join()


def count_parts(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, int]:
    """Count observations, their sentences and documents; each document states two."""
    return connection.execute(
        "select (select count(*) from fct_observations), (select count(*) from evidence), "
        "(select count(*) from dim_documents)"
    ).fetchone()


@dataclass(frozen=True)
class Sample:
    """Seconds since the start, and megabytes of all processes' memory, the working file and the published file."""

    seconds: float
    memory: float
    working: float
    published: float


def soak(minutes: float, seed: int) -> tuple[list[Sample], list[str]]:
    """Run for some minutes; return the samples and what went wrong as sentences."""
    chance, life, samples = random.Random(seed), Life(), []
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as served:
        reader = Reader(served.settings.published_database)
        reader.start()
        begun, number, next_event = time.monotonic(), 0, 0.0
        while (now := time.monotonic() - begun) < 60 * minutes:
            if now >= next_event:
                life.go_on(served, chance, number)
                number, next_event = number + 1, now + chance.uniform(*PAUSE_SECONDS)
            if not samples or now >= samples[-1].seconds + SAMPLE_SECONDS:
                samples.append(take_sample(now, served))
            time.sleep(0.1)
        served.wait_for(lambda: is_complete(served, life), "every document is published or in quarantine")
        reader.stop()
        samples.append(take_sample(time.monotonic() - begun, served))
    print(f"{number} events: {len(life.readable)} documents, {life.revised} revisions, {life.broken} broken; "
          f"{reader.reads} reads")  # fmt: skip
    return samples, reader.errors


def is_complete(served: Serving, life: Life) -> bool:
    """Tell whether the newest version of each document is published and each broken one quarantined."""
    with duckdb.connect(str(served.settings.published_database), read_only=True) as connection:
        (current,) = connection.execute("select count(*) from dim_documents where is_current").fetchone()
        (held,) = connection.execute("select count(distinct document_id) from quarantine").fetchone()
    return (current, held) == (len(life.readable), life.broken)


def take_sample(seconds: float, served: Serving) -> Sample:
    """Measure the processes and files."""
    memory = sum(map(resident_bytes, descendants(served.process.pid)))
    sizes = [
        path.stat().st_size for path in (served.settings.working_database, served.settings.published_database)
    ]
    return Sample(seconds, memory / MEGABYTE, sizes[0] / MEGABYTE, sizes[1] / MEGABYTE)


def descendants(process: int) -> list[int]:
    """Return a process and all that it started."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended in the meantime
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [process]
    for one in found:
        found += children.get(one, [])
    return found


def resident_bytes(process: int) -> int:
    """Return the memory that a process holds; 0 when it has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def plot(samples: Sequence[Sample]) -> str:
    """Plot memory and file sizes over time as SVG, one below the other."""
    series = {
        "memory of all processes, MB": [one.memory for one in samples],
        "working database, MB": [one.working for one in samples],
        "published file, MB": [one.published for one in samples],
    }
    seconds = [one.seconds for one in samples]
    graphs = (
        _graph(name, seconds, values, 10 + place * (HEIGHT + 50))
        for place, (name, values) in enumerate(series.items())
    )
    height = len(series) * (HEIGHT + 50) + 10
    style = "<style>text{font:12px sans-serif}path{fill:none;stroke:#1f6fb2;stroke-width:1.5}</style>"
    size = f'width="{WIDTH + 2 * MARGIN}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{style}{"".join(graphs)}</svg>\n'


def _graph(name: str, seconds: Sequence[float], values: Sequence[float], top: float) -> str:
    highest, last = max([*values, 1e-9]), max([*seconds, 1e-9])
    bottom = top + HEIGHT

    def points() -> Iterable[str]:
        for second, value in zip(seconds, values, strict=True):
            yield f"{MARGIN + WIDTH * second / last:.1f},{bottom - (HEIGHT - 20) * value / highest:.1f}"

    return (
        f'<text x="{MARGIN}" y="{top + 12}">{name}</text><text x="5" y="{top + 24}">{highest:,.0f}</text>'
        f'<text x="5" y="{bottom}">0</text><path d="M{" L".join(points())}"/>'
        f'<text x="{MARGIN + WIDTH - 60}" y="{bottom + 15}">{last / 60:.0f} minutes</text>'
    )


def main() -> None:
    """Soak, plot, and exit with 1 when something went wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plot", type=Path, default=Path("soak.svg"))
    given = parser.parse_args()
    samples, errors = soak(given.minutes, given.seed)
    given.plot.write_text(plot(samples), encoding="utf-8")
    half, end = samples[len(samples) // 2], samples[-1]
    print(f"memory {half.memory:,.0f} MB at half time, {end.memory:,.0f} MB at the end; "
          f"working file {half.working:,.1f} and {end.working:,.1f} MB; see {given.plot}")  # fmt: skip
    print(*errors, sep="\n")
    sys.exit(bool(errors))


if __name__ == "__main__":
    main()
