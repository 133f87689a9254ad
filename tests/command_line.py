"""The command line as people use it: the installed command in a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND = Path(sys.executable).parent / "quality-warehouse"
PATIENCE_SECONDS = 300


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
