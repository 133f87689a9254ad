"""How things stand: what is landed, pending, loaded, published, since when, and what the last runs did."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic_core import to_jsonable_python

from flows.errors import WarehouseLockedError
from flows.ingest import find_pending
from flows.io.journal.runs import Run, read_last_runs
from flows.io.landing.store import read_sidecars
from flows.io.published.freshness import Freshness, read_freshness
from flows.io.published.publication import Pin, read_current_version, read_pin
from flows.io.warehouse.database import WarehouseCounts, read_status
from flows.settings import Settings

PATIENCE_SECONDS = 2  # whoever asks how things stand must not wait for a build


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
        """Plain values by name; days and times, which are in UTC, as ISO 8601."""
        loaded = self.loaded and asdict(self.loaded) | {"quarantined": self.loaded.quarantined}
        return to_jsonable_python(
            asdict(self)
            | {
                "loaded": loaded and loaded | {"last_loaded_at": _in_utc(self.loaded.last_loaded_at)},
                "publishers": [
                    asdict(one) | {"landed_at": _in_utc(one.landed_at)} for one in self.publishers
                ],
            }
        )


def _in_utc(moment: datetime | None) -> datetime | None:
    """The tables hold UTC without saying so in each cell."""
    return moment and moment.replace(tzinfo=UTC)


def read_home_status(settings: Settings) -> HomeStatus:
    """Look at everything once; waits for nobody."""
    impatient = settings.model_copy(
        update={"lock_timeout_seconds": min(PATIENCE_SECONDS, settings.lock_timeout_seconds)}
    )
    try:
        loaded, pending = read_status(impatient), len(find_pending(impatient))
    except WarehouseLockedError:
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
