"""The commands that carry documents to the published warehouse, and the one that shows how far they are."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Publisher
from flows.cli.views.lines import print_lines, to_json_line
from flows.errors import QualityWarehouseError, UsageError
from flows.paths import SAMPLE_DOCUMENTS
from flows.runtime.logs import logger, printable

if TYPE_CHECKING:
    from flows.io.warehouse.reading import WarehouseCounts

IN_QUARANTINE = 3

Inputs = Annotated[list[str] | None, typer.Argument(metavar="PATH|URL ...", show_default=False)]
Day = datetime | None
DAY_FORMATS = ["%Y-%m-%d"]


def run(inputs: Inputs = None) -> None:
    """Land, ingest, build, audit and publish documents, in this process and without a server.

    Without arguments it takes the sample documents.

    Example: quality-warehouse run reports/ notice.docx
    """
    from flows.cli.views.run import print_run
    from flows.io.warehouse.reading import read_status
    from flows.run import run_warehouse
    from flows.settings import Settings

    ran = run_warehouse.fn(inputs or [str(SAMPLE_DOCUMENTS)])
    counts = read_status(Settings())
    print_run(ran, counts, Settings())
    _exit_by_quarantine(counts)


def land(inputs: Inputs = None) -> None:
    """Land documents and emit `document.landed`; the next ingestion takes them up.

    Example: quality-warehouse land press-release.html
    """
    if not inputs:
        raise UsageError("Name at least one file, folder or URL to land.")
    from flows.land import land_documents

    for sidecar in land_documents.fn(inputs):
        typer.echo(f"{sidecar.doc_id}  {printable(sidecar.address)}")


def poll(
    source_ids: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE_ID ...", show_default=False)
    ] = None,
) -> None:
    """Poll sources and land what is new or has changed; the next ingestion takes it up.

    Without arguments it polls the enabled sources that are due; sources named here are polled now, enabled or not.
    Exits with 1 if none of a source's lists could be read.

    Example: quality-warehouse poll nist_news && quality-warehouse ingest
    """
    from flows.cli.views.poll import print_polled
    from flows.poll import poll_sources

    polled = poll_sources.fn(source_ids or [])
    print_polled(polled)
    if any(source.is_failed for source in polled.sources):
        raise typer.Exit(QualityWarehouseError.exit_status)


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


def build(
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Rebuild everything, including what has not changed.")
    ] = False,
) -> None:
    """Build the marts with dbt and test them.

    Example: quality-warehouse ingest && quality-warehouse build
    """
    from flows.build import build_warehouse

    succeeded = build_warehouse.fn(full_refresh).succeeded
    typer.echo(f"{succeeded} models and tests passed" if succeeded else "nothing to build")


def publish() -> None:
    """Publish the marts of the last build if it passed its audit.

    Example: quality-warehouse build && quality-warehouse publish
    """
    from flows.cli.views.publications import describe_publication
    from flows.io.warehouse.reading import read_status
    from flows.publish import publish_warehouse
    from flows.settings import Settings

    typer.echo(describe_publication(publish_warehouse.fn()))
    _exit_by_quarantine(read_status(Settings()))


def reextract(
    load: Annotated[bool, typer.Option("--load", help="Load the new figures, batch by batch.")] = False,
    every_version: Annotated[
        bool, typer.Option("--all", help="Include documents that this version of the extractor has read.")
    ] = False,
    publisher: Publisher = None,
    published_from: Annotated[
        Day, typer.Option("--from", formats=DAY_FORMATS, help="Only documents published then or later.")
    ] = None,
    published_to: Annotated[
        Day, typer.Option("--to", formats=DAY_FORMATS, help="Only documents published then or earlier.")
    ] = None,
    of_version: Annotated[
        str | None, typer.Option("--version", help="Only documents that this version of the extractor read.")
    ] = None,
    build: Annotated[
        bool, typer.Option("--build", help="Load, build, and show what changes in the published series.")
    ] = False,
    publish: Annotated[bool, typer.Option("--publish", help="As --build, then publish.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print each figure that differs as a JSON line instead of tables.")
    ] = False,
) -> None:
    """Backfill: extract again from texts that another version of the extractor read, and show what differs.

    Nothing is loaded without --load, --build or --publish. Repeat a call that was killed and it goes on where it
    stopped.

    Example: quality-warehouse reextract --from 2024-01-01 && quality-warehouse reextract --from 2024-01-01 --publish
    """
    from flows.cli.views.reextraction import list_set_aside_reasons, next_step, print_reextraction
    from flows.reextract import reextract_documents

    first, last = (day and day.date() for day in (published_from, published_to))
    if first and last and first > last:
        raise UsageError(f"No day lies between --from {first} and --to {last}: swap them.")
    if every_version and of_version:
        raise UsageError("--all takes documents of every version, --version those of one: give one of them.")
    done = reextract_documents.fn(load, every_version, publisher, first, last, of_version, build, publish)
    if as_json:
        figures = (figure for document in done.documents for figure in document.figures)
        print_lines(to_json_line(asdict(figure)) for figure in figures)
        for line in (*list_set_aside_reasons(done), next_step(done)):
            logger.info("%s", line)
    else:
        print_reextraction(done)


def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, for a monitor.")] = False,
) -> None:
    """Show what is landed, pending, in quarantine and published, the last runs, and publishers gone quiet.

    Example: quality-warehouse status
    """
    from flows.cli.views.status import print_status, read_home_status
    from flows.settings import Settings

    if as_json:
        typer.echo(json.dumps(read_home_status(Settings()).to_json()))
    else:
        print_status(Settings())


def _exit_by_quarantine(counts: "WarehouseCounts") -> None:
    if counts.quarantined:
        raise typer.Exit(IN_QUARANTINE)
