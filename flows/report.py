"""What the command line prints when the work is done: short tables on standard output."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.ingest import find_pending
from flows.io.landing import read_sidecars
from flows.io.publication import list_publications
from flows.io.warehouse import Status, read_open_quarantine, read_status
from flows.run import Ran
from flows.settings import Settings


def print_run(ran: Ran, status: Status, settings: Settings) -> None:
    """The summary of the main job and how to query what it made."""
    path = _short(settings.published_database)
    unchanged = "unchanged since the last run" if ran.publication.unchanged else "new version"
    table = _table()
    table.add_row("Documents", f"{status.documents} loaded, {len(ran.ingested.loaded)} of them by this run")
    table.add_row("Figures", f"{status.figures} loaded, {ran.ingested.figures} of them by this run")
    table.add_row("Quarantined", str(status.open_quarantine))
    table.add_row("Published", f"{path} ({unchanged})")
    console = _console()
    console.print(table)
    _print_quarantine(console, settings)
    console.print("Query it, for example:")
    query = "select title, quote, obs_value from fct_observations join evidence using (observation_id)"
    console.print(
        f"  python -c \"import duckdb; duckdb.connect('{path}', read_only=True).sql('{query}').show()\""
    )


def print_status(settings: Settings) -> None:
    """What is landed, pending, in quarantine and published; when."""
    status = read_status(settings)
    publications = list_publications(settings)
    table = _table()
    table.add_row("Home", _short(settings.root))
    table.add_row("Landed", f"{len(read_sidecars(settings))} documents")
    table.add_row("Pending", f"{len(find_pending(settings))} documents")
    table.add_row(
        "Loaded",
        f"{status.documents} documents, {status.figures} figures, {status.outline_items} outline items",
    )
    table.add_row(
        "Last load", f"{status.last_loaded_at:%Y-%m-%d %H:%M} UTC" if status.last_loaded_at else "never"
    )
    table.add_row("Quarantined", str(status.open_quarantine))
    table.add_row("Published", publications[-1] if publications else "nothing yet")
    console = _console()
    console.print(table)
    _print_quarantine(console, settings)


def _print_quarantine(console: Console, settings: Settings) -> None:
    for record in read_open_quarantine(settings).iter_rows(named=True):
        console.print(f"  [{record['rule']}] {record['reason']}", markup=False)


def _table() -> Table:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    return table


def _console() -> Console:
    # A path that wraps at 80 columns cannot be copied.
    return Console(soft_wrap=True, highlight=False)


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
