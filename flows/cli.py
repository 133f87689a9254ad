"""The command line `quality-warehouse`: a thin face over the flows.

Exit status: 0 all well; 1 failed, nothing published; 2 usage; 3 published, but something is in quarantine.
What a command is for goes to standard output, everything else to standard error.
"""

# Each command imports what it needs, for Prefect and dbt take seconds.

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from pydantic import ValidationError

from flows.errors import DocumentRejectedError, QualityWarehouseError, UsageError
from flows.places import SAMPLE_DOCUMENTS
from flows.progress import logger, report_to_standard_error

if TYPE_CHECKING:
    from flows.io.warehouse import Status

IN_QUARANTINE = 3

app = typer.Typer(
    help="Turns public documents about quality statistics into a DuckDB warehouse.\n\n"
    "Example: quality-warehouse run report.pdf https://example.org/press-release.html",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

review_app = typer.Typer(
    help="Look at what is in quarantine, and decide about figures that are held back.\n\n"
    "Example: quality-warehouse review list",
    no_args_is_help=True,
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
    from flows.io.warehouse import read_status
    from flows.report import print_run
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
        typer.echo(f"{sidecar.doc_id}  {sidecar.address}")


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
def build() -> None:
    """Build the marts with dbt and test them.

    Example: quality-warehouse ingest && quality-warehouse build
    """
    from flows.build import build_warehouse

    typer.echo(f"{build_warehouse.fn().succeeded} models and tests passed")


@app.command()
def publish() -> None:
    """Publish the marts of the last build, if it passed its audit.

    Example: quality-warehouse build && quality-warehouse publish
    """
    from flows.io.warehouse import read_status
    from flows.publish import publish_warehouse
    from flows.report import describe_publication
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
    as_json: Annotated[
        bool, typer.Option("--json", help="Print each figure that differs as a JSON line instead of tables.")
    ] = False,
) -> None:
    """Extract again from the texts that another version of the extractor read, and show what differs.

    Nothing is loaded without --load, and nothing is published.

    Example: quality-warehouse reextract --from 2024-01-01 && quality-warehouse reextract --load
    """
    from flows.reextract import reextract_documents
    from flows.report import print_reextraction, reasons_of_set_aside, say_what_follows

    first, last = (day and day.date() for day in (published_from, published_to))
    if first and last and first > last:
        raise UsageError(f"No day lies between --from {first} and --to {last}: swap them.")
    done = reextract_documents.fn(load, every_version, publisher, first, last)
    if as_json:
        _print_lines(_as_json(figure for document in done.documents for figure in document.figures))
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
    from flows.documents import explain_figures, extract_figures

    if not explained:
        _print_found(files, documents, extract_figures)
        return
    from flows.report import format_explanation

    def as_text(rows: Iterable[Any]) -> Iterator[str]:
        return (format_explanation(*row) for row in rows)

    _print_found(files, documents, explain_figures, as_text, sys.stdout.encoding)


@app.command()
def outline(files: Files = None, documents: Documents = None) -> None:
    """Print the outline items of documents as JSON Lines; no warehouse is touched.

    Example: quality-warehouse outline plan.docx | jq .title
    """
    from flows.documents import extract_outline

    _print_found(files, documents, extract_outline)


@app.command()
def objectives(files: Files = None, documents: Documents = None) -> None:
    """Print what documents promise, until when and by whom, as JSON Lines; no warehouse is touched.

    Example: quality-warehouse objectives plan.docx | jq '{quote, deadline, owner}'
    """
    from flows.documents import extract_objectives

    _print_found(files, documents, extract_objectives)


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, for a monitor.")] = False,
) -> None:
    """Show what is landed, pending, in quarantine and published, the last runs, and publishers gone quiet.

    Example: quality-warehouse status
    """
    from flows.overview import read_overview
    from flows.report import print_status
    from flows.settings import Settings

    if as_json:
        typer.echo(json.dumps(read_overview(Settings()).to_json()))
    else:
        print_status(Settings())


@publications_app.command("list")
def list_publications() -> None:
    """Show the versions that are kept: when published, how much is in them, and which one readers have.

    Example: quality-warehouse publications list
    """
    from flows.report import print_publications
    from flows.settings import Settings

    print_publications(Settings())


@publications_app.command()
def rollback(
    by: Annotated[str, typer.Option(help="Who says so.", default_factory=getuser, show_default="you")],
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
    from flows.rollback import roll_back_publication

    if (version is None) != previous:
        raise UsageError("Name either a VERSION of `quality-warehouse publications list` or --previous.")
    pin = roll_back_publication(version, by, why)
    typer.echo(f"pinned  {pin.version}\nReaders who connect from now on get it.")


@publications_app.command("resume")
def resume_publications(
    by: Annotated[str, typer.Option(help="Who says so.", default_factory=getuser, show_default="you")],
) -> None:
    """End a rollback: readers get what is published from now on.

    Example: quality-warehouse publications resume && quality-warehouse publish
    """
    from flows.rollback import resume_publication

    was_pinned = resume_publication(by)
    typer.echo(
        "No longer pinned: the next publication reaches readers; `quality-warehouse publish` does it now."
        if was_pinned
        else "No version was pinned."
    )


@review_app.command("list")
def list_quarantine() -> None:
    """Show what is set aside and what is held back, with ids and reasons.

    Example: quality-warehouse review list
    """
    from flows.report import print_review
    from flows.settings import Settings

    print_review(Settings())


@review_app.command()
def accept(
    ids: Annotated[list[str], typer.Argument(metavar="ID ...", show_default=False)],
    why: Annotated[str, typer.Option(help="Why the figure is right.")],
    by: Annotated[str, typer.Option(help="Who says so.", default_factory=getuser, show_default="you")],
) -> None:
    """Release figures that are held back as implausible: what their sentences state is right.

    Example: quality-warehouse review accept 3f1c… --why "a mass recall, see the press conference"
    """
    from flows.review import accept_held_figures

    count = accept_held_figures(ids, by, why)
    typer.echo(
        f"{count} figure(s) released: run `quality-warehouse build`, then `quality-warehouse publish`."
    )


def _exit_by_quarantine(status: "Status") -> None:
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
    _print_lines(write(find(files or [], documents, rejected)), encoding)
    for rejection in rejected:
        logger.error("%s", rejection)
    if rejected:
        raise typer.Exit(DocumentRejectedError.exit_status)


def _print_lines(lines: Iterable[str], encoding: str = "utf-8") -> None:
    """Write lines; JSON Lines are UTF-8, whatever the terminal speaks."""
    try:
        with open(sys.stdout.fileno(), "w", encoding=encoding, errors="replace", closefd=False) as output:
            for line in lines:
                output.write(f"{line}\n")
    except BrokenPipeError:
        return  # whoever reads has seen enough: `quality-warehouse extract ... | head`


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
