"""The command line `quality-warehouse`: a thin layer over the flows.

Exit status: 0 success; 1 failure, nothing published; 2 wrong usage; 3 published, but something is in quarantine.
The result of a command goes to standard output, everything else to standard error.
"""

# Each command imports what it needs when it is called, because Prefect and dbt take seconds to import.

import io
import logging
import os
import sys
from pathlib import Path
from typing import TextIO

import typer
from pydantic import ValidationError

from flows.cli.documents import extract, objectives, outline
from flows.cli.pipeline import build, ingest, land, poll, publish, reextract, run, status
from flows.cli.publications import publications_app
from flows.cli.review import review_app
from flows.cli.serving import serve, watch
from flows.errors import QualityWarehouseError, UsageError
from flows.runtime.logs import logger, report_to_standard_error

app = typer.Typer(
    help="Turn public documents about quality statistics into a DuckDB warehouse.\n\n"
    "Example: quality-warehouse run report.pdf https://example.org/press-release.html",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for command in (
    *(run, land, poll, ingest, build, publish, reextract),
    *(extract, outline, objectives),
    *(status, watch, serve),
):
    app.command()(command)

app.add_typer(review_app, name="review")
app.add_typer(publications_app, name="publications")


def main() -> None:
    """Run the command line; an error of ours becomes one sentence on standard error and an exit status."""
    sys.stdout, sys.stderr = _open_stream(sys.stdout), _open_stream(sys.stderr)
    logging.raiseExceptions = False  # on a full disk, dbt's log must not bury the message that says so
    report_to_standard_error()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="replace"
        )  # a Chinese title must not end the command on a Latin terminal
    # Prefect must not start a server of its own unasked; PREFECT_API_URL names one that is running.
    os.environ.setdefault("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    try:
        _run_command()
    except QualityWarehouseError as error:
        logger.error("%s", error)
        sys.exit(error.exit_status)
    except OSError as error:
        # The system's own words explain a full disk or a read-only folder best.
        place = f"{error.filename}: " if error.filename else ""
        logger.error("%s%s. Mend that and run the command again.", place, error.strerror or error)
        sys.exit(QualityWarehouseError.exit_status)


def _run_command() -> None:
    """Run the command; settings are read by the commands that need them, since `extract` does not and must be quick."""
    try:
        app()
    except ValidationError as error:
        if error.title != "Settings":
            raise
        raise _explain_invalid_settings(error) from error


def _explain_invalid_settings(error: ValidationError) -> UsageError:
    from flows.settings import Settings

    prefix = Settings.model_config["env_prefix"]
    faults = "; ".join(f"{prefix}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
    return UsageError(f"A setting of the environment is invalid: {faults}.")


def _open_stream(stream: TextIO | None) -> TextIO:
    """Replace a stream that is None: some schedulers start programs without an output."""
    return stream or Path(os.devnull).open("w", encoding="utf-8")
