"""The command line as people use it: the installed command in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

COMMAND = Path(sys.executable).parent / "quality-warehouse"
PATIENCE_SECONDS = 300

# What tells two machines apart, and nothing else may: where a file lay and when it came.
OF_THIS_MACHINE = ("landed_at", "loaded_at", "address", "sidecar_sha256")

# What tells two histories apart that end in the same state: earlier readings, and who built last.
OF_THIS_HISTORY = ("raw.superseded_figures", "main.fct_superseded_observations", "raw.completed_build")


@dataclass(frozen=True)
class Run:
    """A home and what the run that filled it left: exit status, standard output, standard error."""

    home: Path
    status: int
    output: str
    errors: str


def environment(home: Path, **settings: Any) -> dict[str, str]:
    """The environment of a process; `settings` are `QUALITY_WAREHOUSE_*` variables without that prefix."""
    given = {f"QUALITY_WAREHOUSE_{name.upper()}": str(value) for name, value in settings.items()}
    return {**os.environ, "QUALITY_WAREHOUSE_HOME": str(home), **given}


def quality_warehouse(*arguments: str | Path, home: Path, given: str | bytes = b"", **settings: Any) -> Run:
    """Run the command to its end, with `given` on its standard input."""
    done = subprocess.run(
        [COMMAND, *arguments],
        env=environment(home, **settings),
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    return Run(home, done.returncode, done.stdout.decode(), done.stderr.decode())


def start_quality_warehouse(*arguments: str | Path, home: Path, **settings: Any) -> subprocess.Popen[str]:
    """Start the command and leave it running; its output goes to files `output` and `errors` beside the home."""
    with home.with_name("output").open("a") as output, home.with_name("errors").open("a") as errors:
        return subprocess.Popen(
            [COMMAND, *arguments], env=environment(home, **settings), stdout=output, stderr=errors, text=True
        )


def read_tables(home: Path, without: Iterable[str] = OF_THIS_MACHINE) -> dict[str, list[str]]:
    """Every raw table and mart of the state of the working database, sorted, without the columns named."""
    with duckdb.connect(str(home / "work" / "quality.duckdb"), read_only=True) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('raw', 'main')"
        ).fetchall()
        query = "select columns(name -> not list_contains(?, name)) from"
        tables = {
            name: connection.execute(f"{query} {name}", [list(without)]).fetchall()
            for (name,) in names
            if name not in OF_THIS_HISTORY
        }
    return {name: sorted(map(repr, rows)) for name, rows in tables.items()}
