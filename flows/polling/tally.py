"""Counts what a poll of one source has done so far, and decides whether the poll failed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from flows.errors import DocumentRejectedError, FetchError, HostBusyError, UsageError
from flows.io.landing.store import Sidecar

# Errors of one list or page; a busy host (HostBusyError) is treated separately.
FAILURES = (FetchError, UsageError, DocumentRejectedError)


@dataclass
class Tally:
    """The counts and failures of one poll, which grow while it runs.

    `ends_at` is the time, by `time.monotonic`, at which the poll leaves the rest to the next one; `is_list_due` says
    whether the list of the source is due; `busy` has the hosts, by origin, that refuse further requests.
    """

    ends_at: float
    is_list_due: bool
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
        """Tell whether to leave the rest to the next poll."""
        return time.monotonic() > self.ends_at

    @property
    def checked(self) -> int:
        """The number of pages that were requested."""
        return self.new + self.changed + self.unchanged + self.failed_pages

    @property
    def asked_for_list(self) -> bool:
        """Tell whether the list was due and requested; it was not if the host asks for a pause first."""
        return self.is_list_due and bool(self.taken_lists or self.failed_lists or self.refused_lists)

    @property
    def is_failed(self) -> bool:
        """Tell whether the poll failed: lists were requested and none came. A failing page has its own pauses."""
        return self.asked_for_list and not self.taken_lists

    def refused_until(self, origin: str) -> datetime | None:
        """Return the time until which to leave a host alone that answered that it is too busy."""
        busy = self.busy.get(origin)
        return busy.until if busy and busy.is_refusal else None

    def count_busy(self, busy: HostBusyError) -> None:
        """Record a busy host with its first answer."""
        self.busy.setdefault(busy.origin, busy)

    @contextmanager
    def count_list(self) -> Iterator[None]:
        """Count a list as taken or as failed; failures do not leave the context, but HostBusyError does."""
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
        """Count a landed document as new or changed; `before` is the previous version at its address."""
        self.landed.append(sidecar)
        if before is None:
            self.new += 1
        else:
            self.changed += 1

    def count_failed_page(self, failure: Exception) -> None:
        """Count a page that failed, and keep the reason."""
        self.failed_pages += 1
        self.failures.append(str(failure))
