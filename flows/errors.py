"""Every error this project raises on purpose; each message is a sentence: what failed, where, what to do.

QualityWarehouseError            exit status 1: failed, nothing published
├── UsageError                   exit status 2: the input does not exist or is not allowed
├── FetchError                   an address could not be fetched
│   └── HostBusyError            a host wants to be asked later
├── InvalidSeedsError            a file of `seeds/` is invalid
├── LockHeldError                another process keeps a lock or the working database
├── AuditError                   dbt failed to build a table, or a test of it failed; nothing is published
└── DocumentRejectedError        one document cannot be read; it goes to quarantine, the others go on
"""

from datetime import datetime
from urllib.parse import urlsplit


class QualityWarehouseError(Exception):
    """An error whose message is meant for a person; the command line ends with `exit_status`."""

    exit_status = 1


class UsageError(QualityWarehouseError):
    """An input of the command does not exist or is not allowed."""

    exit_status = 2


class FetchError(QualityWarehouseError):
    """An address could not be fetched.

    `status` is the status code of its server, `retry_after` the seconds that the server asks to wait. Each is None
    where the server did not say.
    """

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        """Keep the facts that decide when to try again."""
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class HostBusyError(FetchError):
    """The host at `origin` is not to be asked before `until`.

    `is_refusal` is true when the host answered that it is too busy, false when the pause between two requests is
    not over yet.
    """

    def __init__(self, origin: str, until: datetime, *, is_refusal: bool) -> None:
        """Name the host and the time."""
        why = "is too busy" if is_refusal else "asks for a pause between requests"
        super().__init__(
            f"{urlsplit(origin).netloc} {why}: it is asked again after {until:%Y-%m-%d %H:%M:%S} UTC."
        )
        self.origin = origin
        self.until = until
        self.is_refusal = is_refusal


class InvalidSeedsError(QualityWarehouseError):
    """A file of `seeds/` breaks its contract."""


class LockHeldError(QualityWarehouseError):
    """Another process held a lock, or the working database, longer than `lock_timeout_seconds`."""


class AuditError(QualityWarehouseError):
    """The build or one of its tests failed, so nothing was published."""


class DocumentRejectedError(QualityWarehouseError):
    """A document that cannot be read.

    People count and filter by `rule`, a short code (`empty`, `encrypted`, `mislabelled` ...). The message names
    the file and says what to do.
    """

    def __init__(self, rule: str, reason: str) -> None:
        """Keep the rule."""
        super().__init__(reason)
        self.rule = rule
