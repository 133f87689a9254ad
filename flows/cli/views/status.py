"""The state of a home, as `quality-warehouse status` shows it to people and to monitors."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic_core import to_jsonable_python

from flows.cli.views.publications import describe_pin
from flows.cli.views.review import print_quarantine
from flows.cli.views.tables import format_path, print_fields, print_table
from flows.errors import LockHeldError
from flows.ingestion.pending import find_pending
from flows.io.journal.runs import Run, read_last_runs
from flows.io.landing.store import read_sidecars
from flows.io.published.freshness import Freshness, read_freshness
from flows.io.published.publication import Pin, read_current_version, read_pin
from flows.io.warehouse.reading import WarehouseCounts, read_status
from flows.settings import Settings

PATIENCE_SECONDS = 2  # a question about the state must not wait for a build
RUN_HEADS = ("Stage", "Started (UTC)", "Outcome", "Seconds", "In", "Out", "Held", "Of", "Error")
PUBLISHER_HEADS = ("Publisher", "Documents", "Newest", "Landed (UTC)", "Days quiet", "Usually", "")
PUBLISHERS = 20  # shown, or all that are silent if those are more


@dataclass(frozen=True)
class HomeStatus:
    """The state of a home; `pending` and `loaded` are null while another process writes the working database."""

    home: str
    landed: int
    pending: int | None
    loaded: WarehouseCounts | None
    published: str | None
    pin: Pin | None
    runs: list[Run]
    publishers: list[Freshness]

    def to_json(self) -> dict[str, Any]:
        """Return plain values by name; days and times, in UTC, as ISO 8601."""
        loaded = None
        if self.loaded:
            loaded = asdict(self.loaded) | {
                "quarantined": self.loaded.quarantined,
                "last_loaded_at": _in_utc(self.loaded.last_loaded_at),
            }
        publishers = [asdict(one) | {"landed_at": _in_utc(one.landed_at)} for one in self.publishers]
        plain: dict[str, Any] = to_jsonable_python(
            asdict(self) | {"loaded": loaded, "publishers": publishers}
        )
        return plain


def read_home_status(settings: Settings) -> HomeStatus:
    """Read the state of everything once; a locked database is waited for at most PATIENCE_SECONDS."""
    impatient = settings.model_copy(
        update={"lock_timeout_seconds": min(PATIENCE_SECONDS, settings.lock_timeout_seconds)}
    )
    loaded: WarehouseCounts | None
    pending: int | None
    try:
        loaded, pending = read_status(impatient), len(find_pending(impatient))
    except LockHeldError:
        loaded, pending = None, None
    return HomeStatus(
        home=str(settings.root),
        landed=len(read_sidecars(settings)),
        pending=pending,
        loaded=loaded,
        published=read_current_version(settings),
        pin=read_pin(settings),
        runs=read_last_runs(settings),
        publishers=read_freshness(settings),
    )


def print_status(settings: Settings) -> None:
    """Print the state of the home, what is in quarantine, the last runs, and how fresh each publisher is."""
    status = read_home_status(settings)
    print_fields(
        ("Home", format_path(settings.root)),
        ("Landed", f"{status.landed} documents"),
        *_loaded_fields(status),
        ("Published", status.published or "nothing yet"),
        *([("Pinned", describe_pin(status.pin))] if status.pin else []),
    )
    if status.loaded:
        print_quarantine(settings)
    if status.runs:
        print_table(RUN_HEADS, map(_run_row, status.runs))
    if status.publishers:
        print_table(PUBLISHER_HEADS, _publisher_rows(status.publishers))


def _in_utc(moment: datetime | None) -> datetime | None:
    """Add the time zone: the tables hold UTC without one."""
    return moment and moment.replace(tzinfo=UTC)


def _loaded_fields(status: HomeStatus) -> list[tuple[str, str]]:
    counts = status.loaded
    if counts is None:
        return [("Loaded", "unknown, because another process is writing the working database")]
    loaded = f"{counts.documents} documents, {counts.figures} figures, {counts.outline_items} outline items"
    last = f"{counts.last_loaded_at:%Y-%m-%d %H:%M} UTC" if counts.last_loaded_at else "never"
    return [
        ("Pending", f"{status.pending} documents"),
        ("Loaded", loaded),
        ("Last load", last),
        ("Quarantined", str(counts.quarantined)),
    ]


def _run_row(run: Run) -> tuple[str, ...]:
    counts = (run.count_in, run.count_out, run.count_held, run.counted, run.error)
    seconds = "" if run.seconds is None else f"{run.seconds:.1f}"
    cells = ("" if cell is None else str(cell) for cell in counts)
    return (run.stage, f"{run.started_at:%Y-%m-%d %H:%M}", run.outcome, seconds, *cells)


def _publisher_rows(publishers: Sequence[Freshness]) -> Iterator[Sequence[str]]:
    """Yield all silent publishers, which come first, and others up to PUBLISHERS in all."""
    shown = max(PUBLISHERS, sum(one.is_silent for one in publishers))
    for one in publishers[:shown]:
        yield (
            one.publisher or "not stated",
            str(one.documents),
            f"{one.published_at:%Y-%m-%d}" if one.published_at else "",
            f"{one.landed_at:%Y-%m-%d %H:%M}" if one.landed_at else "",
            "" if one.days_quiet is None else str(one.days_quiet),
            "" if one.usual_days is None else f"every {one.usual_days:g} days",
            "SILENT" if one.is_silent else "",
        )
    if len(publishers) > shown:
        yield (f"and {len(publishers) - shown} more", "", "", "", "", "", "")
