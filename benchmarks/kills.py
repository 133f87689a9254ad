"""Kill the main job again and again at random moments; it must end where an undisturbed one ends.

    python -m benchmarks.kills --kills 50 --seed 1

Two homes get the same documents: some are there from the beginning, and each round revises one and adds one. One
home is left undisturbed. In the other, the process of each round gets SIGKILL somewhere between its first and last
step; the next round finishes the work, and nobody kills the last one. Then raw tables and marts must be equal row
for row, except for the times of landing and loading. After each kill the published file must be whole.
"""

import argparse
import logging
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from benchmarks.working_tables import read_tables
from flows.settings import Settings

PATIENCE_SECONDS = 300
# A process forked from one that has imported everything starts work at once, so that kills hit work, not imports.
PROCESSES = multiprocessing.get_context("forkserver")
PRELOADED = ["flows.run", "dbt.cli.main", "dbt.adapters.duckdb"]


def kill_again_and_again(
    folder: Path, kills: int, seed: int, tell: Callable[[str], None] = print
) -> dict[str, tuple[int, int]]:
    """Return the tables that differ between the two homes: name → rows that only one of them has.

    Raises AssertionError when a published file is not whole or the last, undisturbed run fails.
    """
    PROCESSES.set_forkserver_preload(PRELOADED)
    chance = random.Random(seed)
    disturbed, calm = folder / "disturbed", folder / "calm"
    inbox = folder / "inbox"
    write_originals(inbox, kills + 1)
    run_to_the_end(disturbed, inbox)
    shutil.copytree(disturbed, calm, symlinks=True)
    write_round(inbox, kills)
    seconds = run_to_the_end(disturbed, inbox)  # the first run takes longer because it builds everything
    for number in range(kills):
        write_round(inbox, number)
        moment = chance.uniform(0, seconds)
        ended = run_for(disturbed, inbox, moment)
        tell(f"{number + 1:>3}. {'ended before' if ended else 'killed after'} {moment:.2f} s")
        check_published(disturbed)
    for home in (disturbed, calm):
        run_to_the_end(home, inbox)
    return differences(read_tables(disturbed), read_tables(calm))


def write_originals(inbox: Path, count: int) -> None:
    """Write the documents of the beginning."""
    inbox.mkdir(parents=True)
    for number in range(count):
        _write(inbox / f"revised-{number}.txt", number, batches=1_000 + number)


def write_round(inbox: Path, number: int) -> None:
    """Revise one document and add another."""
    _write(inbox / f"revised-{number}.txt", number, batches=2_000 + number)
    _write(inbox / f"new-{number}.txt", number, batches=3_000 + number)


def _write(path: Path, number: int, batches: int) -> None:
    text = (
        f"Report {path.stem}. In 2023, inspectors checked {batches:,} batches of kettles, and 93.{number % 10} percent "
        f"of them met the standard. By the end of 2025, at least {90 + number % 9} percent are to meet it.\n"
    )
    unfinished = path.with_name(f".{path.name}")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def run_to_the_end(home: Path, inbox: Path) -> float:
    """Run the main job in a process of its own; return how long it took."""
    begun = time.monotonic()
    assert run_for(home, inbox, PATIENCE_SECONDS), f"the main job did not end well in {home}"
    return time.monotonic() - begun


def run_for(home: Path, inbox: Path, seconds: float) -> bool:
    """Run the main job in a process of its own and kill it after some seconds; return whether it had finished well."""
    process = PROCESSES.Process(target=_do_the_main_job, args=(home, inbox, dict(os.environ)))
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode == 0


def _do_the_main_job(home: Path, inbox: Path, variables: dict[str, str]) -> None:
    logging.disable(logging.INFO)
    # The parent of this fork may have started with other variables.
    os.environ.update(variables | {"QUALITY_WAREHOUSE_HOME": str(home)})
    from flows.run import run_warehouse  # noqa: PLC0415 (only the other process needs it)

    run_warehouse.fn([str(inbox)])


def check_published(home: Path) -> None:
    """Check that the published file is whole: each number has its sentence and its document."""
    path = Settings(home=home).published_database
    with duckdb.connect(str(path), read_only=True) as connection:
        counts = connection.execute(
            """
            select
                (select count(*) from fct_observations),
                (select count(*) from evidence inner join fct_observations using (observation_id)),
                (select count(*) from fct_observations inner join dim_documents using (document_id))
            """
        ).fetchone()
    assert len(set(counts)) == 1, f"{path} is not whole: {counts}"


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, tuple[int, int]]:
    """Return for each table that differs how many rows only the one and only the other home has."""
    return {
        name: (
            _only_in(one.get(name, ()), other.get(name, ())),
            _only_in(other.get(name, ()), one.get(name, ())),
        )
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    }


def _only_in(rows: Iterable[str], others: Iterable[str]) -> int:
    return len(set(rows) - set(others))


def main() -> None:
    """Kill, compare, and end with 1 where something differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = kill_again_and_again(Path(folder), given.kills, given.seed)
    print(f"{given.kills} kills: {'all tables are equal' if not found else f'tables differ: {found}'}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
