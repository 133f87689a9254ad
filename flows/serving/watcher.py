"""Watches a folder and lands each file that is new or changed, once it has settled.

It compares names, sizes and times at intervals, because network file systems send no notices of changes. A file has
settled when it was the same for `settle_seconds`, so that a file that is still being written waits; it is best to
write a file elsewhere and rename it into the folder. Files that begin with a dot are ignored.
"""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from flows.errors import QualityWarehouseError, UsageError
from flows.io.landing.folders import stamp_files
from flows.io.landing.store import Landing, Sidecar
from flows.runtime.logs import logger
from flows.settings import Settings

NAMED = 5  # files that one log line names


class FileSettler:
    """Knows which files have settled and were not taken yet; needs no clock and no file system."""

    def __init__(self, settle_seconds: float) -> None:
        """Set how long a file must stay the same."""
        self._settle_seconds = settle_seconds
        self._seen: dict[Path, tuple[str, float]] = {}
        self._taken: dict[Path, str] = {}

    def look(self, stamps: dict[Path, str], now: float) -> list[Path]:
        """Record the stamps that a look found, and return the files that have settled and were not taken.

        `now` is in seconds and never goes back.
        """
        self._seen = {
            path: (stamp, since if seen == stamp else now)
            for path, stamp in stamps.items()
            for seen, since in [self._seen.get(path, ("", now))]
        }
        # A file that is removed and comes back is new.
        self._taken = {path: stamp for path, stamp in self._taken.items() if path in stamps}
        return [
            path
            for path, (stamp, since) in self._seen.items()
            if now - since >= self._settle_seconds and self._taken.get(path) != stamp
        ]

    def take(self, path: Path) -> None:
        """Record that a file was taken as it was last seen."""
        self._taken[path] = self._seen[path][0]


class Watcher:
    """Lands the files that settle in a folder, and calls `on_landed` with them."""

    def __init__(
        self, folder: Path, settings: Settings, on_landed: Callable[[Sequence[Sidecar]], None]
    ) -> None:
        """Create the folder if it is missing."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._settings, self._on_landed = folder, settings, on_landed
        self._settling = FileSettler(settings.watch_settle_seconds)
        self._is_blind = False

    def watch(self, stop: threading.Event) -> None:
        """Look until `stop` is set. Log an error and try again, because a folder may be away for a while."""
        while not stop.is_set():
            try:
                self.look()
                self._is_blind = False
            except (OSError, QualityWarehouseError) as error:
                if not self._is_blind:
                    logger.error("The inbox cannot be read now; trying again: %s", error)
                self._is_blind = True
            stop.wait(self._settings.watch_interval_seconds)

    def look(self) -> list[Sidecar]:
        """Look once; return the sidecars of what landed."""
        settled = self._settling.look(stamp_files(self._folder), time.monotonic())
        if not settled:
            return []
        landing, landed = Landing(self._settings), []
        try:
            for path in settled:
                landed += self._land(landing, path)
        finally:
            if landed:
                logger.info("Landed %s", name_some([sidecar.file_name for sidecar in landed]))
                self._on_landed(landed)
        return landed

    def _land(self, landing: Landing, path: Path) -> list[Sidecar]:
        try:
            landed = [landing.land_file(path, {})]
        except UsageError as error:
            logger.warning("%s", error)
            landed = []
        # Only now, so that a file is tried again after an error such as a full disk.
        self._settling.take(path)
        return landed


def name_some(names: Sequence[str]) -> str:
    """Return the first of many names and the number of the others."""
    others = f" and {len(names) - NAMED} others" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + others
