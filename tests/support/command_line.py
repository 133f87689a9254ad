"""The command line as people use it: the installed command, or its `main`, in a process of its own.

Importing Prefect and dbt takes longer than most commands run. Unless a test is about starting a process, the process
is therefore forked from one that has imported them; it still has its own arguments, environment, standard streams
and exit status, and can be killed. Where no process is needed, none is started.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from flows.cli.app import app, main

COMMAND = Path(sys.executable).parent / "quality-warehouse"
PATIENCE_SECONDS = 300
PROCESSES = multiprocessing.get_context("forkserver")
# The fork server imports all that a command may need. The first forked command of this pytest process starts it.
PROCESSES.set_forkserver_preload(
    [
        "flows.run",
        "flows.reextract",
        "flows.review.release",
        "flows.cli.views.review",
        "dbt.cli.main",
        "dbt.adapters.duckdb",
        "pyarrow",
    ]
)


@dataclass(frozen=True)
class Run:
    """A home, and the exit status, standard output and standard error of the run that filled it."""

    home: Path
    status: int
    output: str
    errors: str


def environment(home: Path, **settings: Any) -> dict[str, str]:
    """Return the environment of a process; `settings` are `QUALITY_WAREHOUSE_*` variables without that prefix."""
    given = {f"QUALITY_WAREHOUSE_{name.upper()}": str(value) for name, value in settings.items()}
    return {**os.environ, "QUALITY_WAREHOUSE_HOME": str(home), **given}


def installed_quality_warehouse(
    *arguments: str | Path, home: Path, given: str | bytes = b"", **settings: Any
) -> Run:
    """Run the installed command to its end, with `given` on its standard input."""
    done = subprocess.run(
        [COMMAND, *arguments],
        env=environment(home, **settings),
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    return Run(home, done.returncode, done.stdout.decode(), done.stderr.decode())


def quality_warehouse_here(*arguments: str | Path, home: Path) -> Run:
    """Run the command to its end in this process, which has parsed the dbt project; meant for commands that build."""
    done = CliRunner().invoke(
        app,
        [str(one) for one in arguments],
        env={"QUALITY_WAREHOUSE_HOME": str(home)},
        catch_exceptions=False,
    )
    return Run(home, done.exit_code, done.stdout, done.stderr)


def quality_warehouse(*arguments: str | Path, home: Path, **settings: Any) -> Run:
    """Run the command to its end in a forked process, without a Prefect server."""
    with tempfile.TemporaryDirectory() as folder:
        process = start_quality_warehouse(*arguments, home=home, folder=Path(folder), **settings)
        status = wait_for_status(process)
        output, errors = ((Path(folder) / name).read_text() for name in ("output", "errors"))
    return Run(home, status, output, errors)


def start_quality_warehouse(
    *arguments: str | Path, home: Path, folder: Path | None = None, **settings: Any
) -> BaseProcess:
    """Fork the command and leave it running; its output goes to the files `output` and `errors` in `folder`.

    The default is the parent folder of the home.
    """
    process = PROCESSES.Process(
        target=do_command,
        args=([str(one) for one in arguments], environment(home, **settings), folder or home.parent),
    )
    process.start()
    return process


def do_command(arguments: list[str], variables: dict[str, str], folder: Path) -> None:
    """Become the command, in the forked process."""
    for number, name in ((1, "output"), (2, "errors")):
        with (folder / name).open("a") as file:
            os.dup2(file.fileno(), number)
    os.environ.clear()
    os.environ.update(variables)
    sys.argv = [str(COMMAND), *arguments]
    main()


def wait_for_status(process: BaseProcess) -> int | None:
    """Wait for the end of a process; return its exit status, which is negative after a signal."""
    process.join(PATIENCE_SECONDS)
    return process.exitcode


def wait_until(is_reached: Callable[[], bool], process: BaseProcess) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not is_reached():
        assert process.is_alive(), "The process ended before it came to the point."
        assert time.monotonic() < give_up, "The process never came to the point."
        time.sleep(0.01)


def text_of(file: Path) -> str:
    return file.read_text() if file.exists() else ""
