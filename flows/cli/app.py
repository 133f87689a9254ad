"""The command line `quality-warehouse`: a thin face over the flows.

Exit status: 0 all well; 1 failed, nothing published; 2 usage; 3 published, but something is in quarantine.
What a command is for goes to standard output, everything else to standard error.
"""

# Each command imports what it needs, for Prefect and dbt take seconds.

import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from pydantic import ValidationError

from flows.cli.review import By, review_app
from flows.cli.views.lines import print_lines
from flows.errors import DocumentRejectedError, QualityWarehouseError, UsageError
from flows.paths import SAMPLE_DOCUMENTS
from flows.runtime.logs import logger, printable, report_to_standard_error

if TYPE_CHECKING:
    from flows.io.warehouse.database import WarehouseCounts

IN_QUARANTINE = 3

app = typer.Typer(
    help="Turns public documents about quality statistics into a DuckDB warehouse.\n\n"
    "Example: quality-warehouse run report.pdf https://example.org/press-release.html",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(review_app, name="review")

publications_app = typer.Typer(
    help="Look at the published versions that are kept, and give readers an earlier one.\n\n"
    "Example: quality-warehouse publications list",
    no_args_is_help=True,
)
app.add_typer(publications_app, name="publications")

Inputs = Annotated[list[str] | None, typer.Argument(metavar="PATH|URL ...", show_default=False)]
Files = Annotated[list[Path] | None, typer.Argument(metavar="FILE ...", show_default=False)]
Day = datetime | None
DAY = ["%Y-%m-%d"]
Documents = Annotated[
    str | None,
    typer.Option(
        metavar="FILE.jsonl", help="Read documents as JSON Lines from this file, or `-` for standard input."
    ),
]


@app.command()
def run(inputs: Inputs = None) -> None:
    """Do the main job: land, ingest, build, audit and publish, in this process and without a server.

    Without an argument it takes the sample documents.

    Example: quality-warehouse run reports/ notice.docx
    """
    from flows.cli.views.run import print_run
    from flows.io.warehouse.database import read_status
    from flows.run import run_warehouse
    from flows.settings import Settings

    ran = run_warehouse.fn(inputs or [str(SAMPLE_DOCUMENTS)])
    status = read_status(Settings())
    print_run(ran, status, Settings())
    _exit_by_quarantine(status)


@app.command()
def land(inputs: Inputs = None) -> None:
    """Land documents and emit `document.landed`; they wait for the next ingestion.

    Example: quality-warehouse land press-release.html
    """
    if not inputs:
        raise UsageError("Name at least one file, folder or URL to land.")
    from flows.land import land_documents

    for sidecar in land_documents.fn(inputs):
        typer.echo(f"{sidecar.doc_id}  {printable(sidecar.address)}")


@app.command()
def poll(
    source_ids: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE_ID ...", show_default=False)
    ] = None,
) -> None:
    """Poll sources and land what is new or changed; it waits for the next ingestion.

    Without an argument it polls the sources that are enabled and due; those that are named it polls now, enabled
    or not. Ends with 1 if no list of a source could be taken.

    Example: quality-warehouse poll nist_news && quality-warehouse ingest
    """
    from flows.cli.views.run import print_polled
    from flows.poll import poll_sources

    done = poll_sources.fn(source_ids or [])
    print_polled(done)
    if any(source.is_failed for source in done.sources):
        raise typer.Exit(QualityWarehouseError.exit_status)


@app.command()
def ingest() -> None:
    """Ingest all landed documents that are not ingested yet.

    Example: quality-warehouse land reports/ && quality-warehouse ingest
    """
    from flows.ingest import ingest_documents

    done = ingest_documents.fn()
    typer.echo(
        f"{len(done.loaded)} documents loaded with {done.figures} figures, "
        f"{len(done.set_aside)} documents set aside, {done.quarantined} rows in quarantine"
    )


@app.command()
def build(
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Make everything anew, also what has not changed.")
    ] = False,
) -> None:
    """Build the marts with dbt and test them.

    Example: quality-warehouse ingest && quality-warehouse build
    """
    from flows.build import build_warehouse

    succeeded = build_warehouse.fn(full_refresh).succeeded
    typer.echo(f"{succeeded} models and tests passed" if succeeded else "nothing to build")


@app.command()
def publish() -> None:
    """Publish the marts of the last build, if it passed its audit.

    Example: quality-warehouse build && quality-warehouse publish
    """
    from flows.cli.views.run import describe_publication
    from flows.io.warehouse.database import read_status
    from flows.publish import publish_warehouse
    from flows.settings import Settings

    typer.echo(describe_publication(publish_warehouse.fn()))
    _exit_by_quarantine(read_status(Settings()))


@app.command()
def reextract(
    load: Annotated[bool, typer.Option("--load", help="Load the new figures, batch by batch.")] = False,
    every_version: Annotated[
        bool, typer.Option("--all", help="Also documents that this version of the extractor has read.")
    ] = False,
    publisher: Annotated[str | None, typer.Option(help="Only documents of this publisher.")] = None,
    published_from: Annotated[
        Day, typer.Option("--from", formats=DAY, help="Published then or later.")
    ] = None,
    published_to: Annotated[Day, typer.Option("--to", formats=DAY, help="Published then or earlier.")] = None,
    of_version: Annotated[
        str | None, typer.Option("--version", help="Only documents that this version of the extractor read.")
    ] = None,
    build: Annotated[
        bool, typer.Option("--build", help="Load, build, and show what changes of the published series.")
    ] = False,
    publish: Annotated[bool, typer.Option("--publish", help="The same, and publish it.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print each figure that differs as a JSON line instead of tables.")
    ] = False,
) -> None:
    """Extract again from the texts that another version of the extractor read, and show what differs: a backfill.

    Nothing is loaded without --load, --build or --publish. A call that was killed goes on where it ended.

    Example: quality-warehouse reextract --from 2024-01-01 && quality-warehouse reextract --from 2024-01-01 --publish
    """
    from flows.cli.views.run import print_reextraction, reasons_of_set_aside, say_what_follows
    from flows.reextract import reextract_documents

    first, last = (day and day.date() for day in (published_from, published_to))
    if first and last and first > last:
        raise UsageError(f"No day lies between --from {first} and --to {last}: swap them.")
    if every_version and of_version:
        raise UsageError("--all takes documents of every version, --version those of one: give one of them.")
    done = reextract_documents.fn(load, every_version, publisher, first, last, of_version, build, publish)
    if as_json:
        print_lines(_as_json(figure for document in done.documents for figure in document.figures))
        for line in (*reasons_of_set_aside(done), say_what_follows(done)):
            logger.info("%s", line)
    else:
        print_reextraction(done)


@app.command()
def extract(
    files: Files = None,
    documents: Documents = None,
    explained: Annotated[
        bool,
        typer.Option("--explain", help="Print for a person why each field of each figure is what it is."),
    ] = False,
) -> None:
    """Print the figures of documents as JSON Lines; no warehouse is touched.

    Example: quality-warehouse extract report.pdf | jq .quote
    """
    from flows.ingestion.offline import explain_figures, extract_figures

    if not explained:
        _print_found(files, documents, extract_figures)
        return
    from flows.cli.views.run import format_explanation

    def as_text(rows: Iterable[Any]) -> Iterator[str]:
        return (format_explanation(*row) for row in rows)

    _print_found(files, documents, explain_figures, as_text, sys.stdout.encoding)


@app.command()
def outline(files: Files = None, documents: Documents = None) -> None:
    """Print the outline items of documents as JSON Lines; no warehouse is touched.

    Example: quality-warehouse outline plan.docx | jq .title
    """
    from flows.ingestion.offline import extract_outline

    _print_found(files, documents, extract_outline)


@app.command()
def objectives(files: Files = None, documents: Documents = None) -> None:
    """Print what documents promise, until when and by whom, as JSON Lines; no warehouse is touched.

    Example: quality-warehouse objectives plan.docx | jq '{quote, deadline, owner}'
    """
    from flows.ingestion.offline import extract_objectives

    _print_found(files, documents, extract_objectives)


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, for a monitor.")] = False,
) -> None:
    """Show what is landed, pending, in quarantine and published, the last runs, and publishers gone quiet.

    Example: quality-warehouse status
    """
    from flows.cli.views.run import print_status
    from flows.cli.views.status import read_home_status
    from flows.settings import Settings

    if as_json:
        typer.echo(json.dumps(read_home_status(Settings()).to_json()))
    else:
        print_status(Settings())


@publications_app.command("list")
def list_publications() -> None:
    """Show the versions that are kept: when published, how much is in them, and which one readers have.

    Example: quality-warehouse publications list
    """
    from flows.cli.views.run import print_publications
    from flows.settings import Settings

    print_publications(Settings())


@publications_app.command()
def rollback(
    by: By,
    version: Annotated[str | None, typer.Argument(metavar="VERSION", show_default=False)] = None,
    previous: Annotated[
        bool, typer.Option("--previous", help="The version before the one that readers have.")
    ] = False,
    why: Annotated[str, typer.Option(help="For those who find it later.", show_default=False)] = "",
) -> None:
    """Give readers an earlier version at once, and keep it so until `publications resume`.

    It waits for no build. What is published meanwhile is kept beside.

    Example: quality-warehouse publications rollback --previous --why "wrong year in the recall figures"
    """
    from flows.publish import roll_back_publication

    if (version is None) != previous:
        raise UsageError("Name either a VERSION of `quality-warehouse publications list` or --previous.")
    pin = roll_back_publication(version, by, why)
    typer.echo(f"pinned  {pin.version}\nReaders who connect from now on get it.")


@publications_app.command("resume")
def resume_publications(
    by: By,
) -> None:
    """End a rollback: readers get what is published from now on.

    Example: quality-warehouse publications resume && quality-warehouse publish
    """
    from flows.publish import resume_publication

    was_pinned = resume_publication(by)
    typer.echo(
        "No longer pinned: the next publication reaches readers; `quality-warehouse publish` does it now."
        if was_pinned
        else "No version was pinned."
    )


@app.command()
def watch(
    folder: Annotated[Path | None, typer.Argument(show_default="the inbox of the home")] = None,
) -> None:
    """Land what comes into a folder and emit `document.landed`, until stopped; network file systems too.

    Example: quality-warehouse watch /mnt/reports
    """
    from threading import Event

    from flows.io.announce.events import emit_document_landed
    from flows.serving.signals import stop_on_signals
    from flows.serving.watcher import Watcher
    from flows.settings import Settings

    settings, stop = Settings(), Event()
    stop_on_signals(stop)
    folder = folder or settings.inbox
    logger.info("Watching %s. Stop with Ctrl+C.", folder)
    Watcher(folder.absolute(), settings, emit_document_landed).watch(stop)


@app.command()
def serve() -> None:
    """Run everything on this machine until stopped: Prefect server, worker, schedules, watched inbox, HTTP.

    What comes into the inbox, is posted or polled ends in the published warehouse by itself. Where PREFECT_API_URL
    names a server, that one is used and none is started.

    Documents can be posted where QUALITY_WAREHOUSE_API_KEY is set.

    Example: quality-warehouse serve
    """
    from threading import Event

    from flows.serving.prefect_server import environment_of_prefect
    from flows.serving.signals import stop_on_signals
    from flows.settings import Settings

    settings, stop = Settings(), Event()
    stop_on_signals(stop)
    has_server = "PREFECT_API_URL" in os.environ
    # Prefect reads its settings when it is imported, which `serve` does.
    settings.prefect_home.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment_of_prefect(settings))
    from flows.serving.serve import serve as serve_home

    report_to_standard_error(with_time=True)
    serve_home(settings, stop, has_server=has_server)


def _exit_by_quarantine(status: "WarehouseCounts") -> None:
    if status.quarantined:
        raise typer.Exit(IN_QUARANTINE)


def _as_json(rows: Iterable[Any]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False, default=date.isoformat).encode
    return (encode(asdict(row)) for row in rows)


def _print_found(
    files: list[Path] | None,
    documents: str | None,
    find: Callable[..., Iterator[Any]],
    write: Callable[[Iterable[Any]], Iterator[str]] = _as_json,
    encoding: str = "utf-8",
) -> None:
    """Print what `find` finds in documents, as `write` writes it; then what could not be read, and exit with 1."""
    if bool(files) == bool(documents):
        raise UsageError("Name either files or --documents FILE.jsonl.")
    rejected: list[DocumentRejectedError] = []
    print_lines(write(find(files or [], documents, rejected)), encoding)
    for rejection in rejected:
        logger.error("%s", rejection)
    if rejected:
        raise typer.Exit(DocumentRejectedError.exit_status)


def _invalid_settings(error: ValidationError) -> UsageError:
    from flows.settings import Settings

    prefix = Settings.model_config["env_prefix"]
    faults = "; ".join(f"{prefix}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
    return UsageError(f"A setting of the environment is invalid: {faults}.")


def _run_command() -> None:
    """Commands that need settings read them first of all; `extract` needs none, and to read them takes time."""
    try:
        app()
    except ValidationError as error:
        if error.title != "Settings":
            raise
        raise _invalid_settings(error) from error


def _open(stream: TextIO | None) -> TextIO:
    """Some schedulers start programs without an output; Python then has None where it should be."""
    return stream or Path(os.devnull).open("w", encoding="utf-8")


def main() -> None:
    """Run the command line; an error of ours is one sentence on standard error and an exit status."""
    sys.stdout, sys.stderr = _open(sys.stdout), _open(sys.stderr)
    logging.raiseExceptions = False  # dbt's log on a full disk must not bury what the matter is
    report_to_standard_error()
    sys.stdout.reconfigure(errors="replace")  # a Chinese title must not end the command on a Latin terminal
    # No server is started behind people's backs; where one runs, PREFECT_API_URL names it.
    os.environ.setdefault("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    try:
        _run_command()
    except QualityWarehouseError as error:
        logger.error("%s", error)
        sys.exit(error.exit_status)
    except OSError as error:
        # A full disk, a folder that may not be written: the system's own words say best what is wrong.
        place = f"{error.filename}: " if error.filename else ""
        logger.error("%s%s. Mend that and run the command again.", place, error.strerror or error)
        sys.exit(QualityWarehouseError.exit_status)
