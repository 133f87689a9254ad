"""What a poll of one source has done so far: counts, failures, and whether it counts as failed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from flows.errors import DocumentRejectedError, FetchError, HostBusyError, UsageError
from flows.io.landing.store import Sidecar

# What may go wrong with one list or page; a busy host (HostBusyError) is another matter.
FAILURES = (FetchError, UsageError, DocumentRejectedError)


@dataclass
class Tally:
    """Grows while a source is polled.

    `ends_at` is when, by `time.monotonic`, the poll leaves the rest to the next one; `takes_list` says that the
    list of the source is due, `busy` which hosts, by origin, did not want to be asked further.
    """

    ends_at: float
    takes_list: bool
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed_pages: int = 0
    taken_lists: int = 0
    failed_lists: int = 0
    refused_lists: int = 0
    busy: dict[str, HostBusyError] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    landed: list[Sidecar] = field(default_factory=list)

    @property
    def is_out_of_time(self) -> bool:
        """Tell whether the rest is left to the next poll."""
        return time.monotonic() > self.ends_at

    @property
    def checked(self) -> int:
        """The pages that were asked for."""
        return self.new + self.changed + self.unchanged + self.failed_pages

    @property
    def asked_for_list(self) -> bool:
        """Tell whether the list was due and asked for; a host that only wants time between requests was not asked."""
        return self.takes_list and bool(self.taken_lists or self.failed_lists or self.refused_lists)

    @property
    def is_failed(self) -> bool:
        """Tell whether the poll failed: lists were asked for and none came. A failing page has its own pauses."""
        return self.asked_for_list and not self.taken_lists

    def refused_until(self, origin: str) -> datetime | None:
        """Return until when a host that answered that it is too busy is left alone."""
        busy = self.busy.get(origin)
        return busy.until if busy and busy.is_refusal else None

    def count_busy(self, busy: HostBusyError) -> None:
        """Keep who is busy; what it said first says why."""
        self.busy.setdefault(busy.origin, busy)

    @contextmanager
    def count_list(self) -> Iterator[None]:
        """Count a list as taken or as failed, and go on."""
        try:
            yield
        except HostBusyError as busy:
            self.refused_lists += busy.is_refusal
            raise
        except FAILURES as failure:
            self.failed_lists += 1
            self.failures.append(str(failure))
        else:
            self.taken_lists += 1

    def count_landed(self, sidecar: Sidecar, before: Sidecar | None) -> None:
        """Count a document that landed; `before` was the newest at its address."""
        self.landed.append(sidecar)
        if before is None:
            self.new += 1
        else:
            self.changed += 1

    def count_failed_page(self, failure: Exception) -> None:
        """Count a page that did not come, and keep the sentence that says why."""
        self.failed_pages += 1
        self.failures.append(str(failure))
