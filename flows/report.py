"""What the command line prints when the work is done: short tables on standard output."""

import sys
from collections.abc import Sequence
from pathlib import Path

from flows.ingest import find_pending
from flows.io.landing import read_sidecars
from flows.io.publication import read_current_version
from flows.io.warehouse import Status, read_open_quarantine, read_status
from flows.run import Ran
from flows.settings import Settings

EXAMPLE = "select title, quote, obs_value from fct_observations join evidence using (observation_id)"


def print_run(ran: Ran, status: Status, settings: Settings) -> None:
    """Print the summary of the main job and how to query what it made."""
    new, figures = len(ran.ingested.loaded), ran.ingested.figures
    path = _short(settings.published_database)
    _print_table(
        ("Documents", f"{status.documents}, {new} of them new"),
        ("Figures", f"{status.figures}, {figures} of them new"),
        ("Quarantined", str(status.open_quarantine)),
        ("Published", f"{path}{' (unchanged)' if ran.publication.unchanged else ''}"),
    )
    _print_quarantine(settings)
    print("\nQuery it, for example:")
    python = _short(Path(sys.executable))
    print(f"{python} -c \"import duckdb; duckdb.connect('{path}', read_only=True).sql('{EXAMPLE}').show()\"")


def print_status(settings: Settings) -> None:
    """Print what is landed, pending, in quarantine and published; when."""
    status = read_status(settings)
    loaded = f"{status.documents} documents, {status.figures} figures, {status.outline_items} outline items"
    last = f"{status.last_loaded_at:%Y-%m-%d %H:%M} UTC" if status.last_loaded_at else "never"
    _print_table(
        ("Home", _short(settings.root)),
        ("Landed", f"{len(read_sidecars(settings))} documents"),
        ("Pending", f"{len(find_pending(settings))} documents"),
        ("Loaded", loaded),
        ("Last load", last),
        ("Quarantined", str(status.open_quarantine)),
        ("Published", read_current_version(settings) or "nothing yet"),
    )
    _print_quarantine(settings)


def _print_table(*rows: Sequence[str]) -> None:
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        print(f"{label:<{width}}  {value}")


def _print_quarantine(settings: Settings) -> None:
    for record in read_open_quarantine(settings).iter_rows(named=True):
        print(f"  [{record['rule']}] {record['reason']}")


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
