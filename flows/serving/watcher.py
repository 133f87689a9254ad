"""Watches a folder: a file that has settled is landed, and so is one that was changed.

It looks at names, sizes and times again and again, for notices of the operating system do not come from network
file systems. A file has settled when two looks, `settle_seconds` apart, find it the same, so that one which is
still being written waits; best is to write it elsewhere and rename it into the folder. Files that begin with a
dot are passed over.
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

NAMED = 5  # files that one line names


class Settling:
    """Which files have settled and were not taken yet; knows no clock and no file system."""

    def __init__(self, settle_seconds: float) -> None:
        """Take how long a file must stay the same."""
        self._settle_seconds = settle_seconds
        self._seen: dict[Path, tuple[str, float]] = {}
        self._taken: dict[Path, str] = {}

    def look(self, stamps: dict[Path, str], now: float) -> list[Path]:
        """Take what a look found, file → stamp, and return the files that have settled since the last one.

        `now` is in seconds and never goes back.
        """
        self._seen = {
            path: (stamp, since if seen == stamp else now)
            for path, stamp in stamps.items()
            for seen, since in [self._seen.get(path, ("", now))]
        }
        # A file that is taken away and comes back is new.
        self._taken = {path: stamp for path, stamp in self._taken.items() if path in stamps}
        return [
            path
            for path, (stamp, since) in self._seen.items()
            if now - since >= self._settle_seconds and self._taken.get(path) != stamp
        ]

    def take(self, path: Path) -> None:
        """Note that a file was taken as it was seen last."""
        self._taken[path] = self._seen[path][0]


class Watcher:
    """Lands what settles in a folder, and tells `on_landed` of it."""

    def __init__(
        self, folder: Path, settings: Settings, on_landed: Callable[[Sequence[Sidecar]], None]
    ) -> None:
        """Make the folder if it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._settings, self._on_landed = folder, settings, on_landed
        self._settling = Settling(settings.watch_settle_seconds)
        self._is_blind = False

    def watch(self, stop: threading.Event) -> None:
        """Look until told to stop. What goes wrong is told and tried again, for a folder may be away for a while."""
        while not stop.is_set():
            try:
                self.look()
                self._is_blind = False
            except (OSError, QualityWarehouseError) as error:
                if not self._is_blind:
                    logger.error("The inbox cannot be read now, and is tried again: %s", error)
                self._is_blind = True
            stop.wait(self._settings.watch_interval_seconds)

    def look(self) -> list[Sidecar]:
        """Look once; return what landed."""
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
        # Only now: a file for which there was no space, say, is tried again.
        self._settling.take(path)
        return landed


def name_some(names: Sequence[str]) -> str:
    """Name the first of many."""
    others = f" and {len(names) - NAMED} others" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + others
