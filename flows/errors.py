"""Every error this project raises on purpose; each message is a sentence: what failed, where, what to do.

QualityWarehouseError            exit status 1: failed, nothing published
├── UsageError                   exit status 2: the input does not exist or is not allowed
├── FetchError                   an address could not be fetched
│   └── HostBusyError            a host wants to be asked later
├── ReferenceDataError           a file of `seeds/` is invalid
├── WarehouseLockedError         another process keeps the working database open for writing
├── AuditError                   dbt failed to build a table, or a test of it failed; nothing is published
└── DocumentRejectedError        one document cannot be read; it goes to quarantine, the others go on
"""

from datetime import datetime
from urllib.parse import urlsplit


class QualityWarehouseError(Exception):
    """An error whose message is meant for a person; `exit_status` is what the command line ends with."""

    exit_status = 1


class UsageError(QualityWarehouseError):
    """The command was given something that does not exist or is not allowed."""

    exit_status = 2


class FetchError(QualityWarehouseError):
    """An address could not be fetched.

    `status` is the code that its server answered, `retry_after` the seconds it asked to wait; None where it did
    not say.
    """

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        """Keep beside the sentence what decides when to try again."""
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class HostBusyError(FetchError):
    """The host at `origin` wants to be left alone until `until`, and is asked then.

    `is_refusal` is true when it answered that it is too busy, false when it is only not yet time.
    """

    def __init__(self, origin: str, until: datetime, *, is_refusal: bool) -> None:
        """Say who and until when."""
        why = "is too busy" if is_refusal else "wants time between requests"
        super().__init__(
            f"{urlsplit(origin).netloc} {why}: it is asked again after {until:%Y-%m-%d %H:%M:%S} UTC."
        )
        self.origin = origin
        self.until = until
        self.is_refusal = is_refusal


class ReferenceDataError(QualityWarehouseError):
    """A file of `seeds/` does not keep its contract."""


class WarehouseLockedError(QualityWarehouseError):
    """Another process kept the working database for longer than we were told to wait."""


class AuditError(QualityWarehouseError):
    """The build or one of its tests failed, so nothing was published."""


class DocumentRejectedError(QualityWarehouseError):
    """A document that cannot be read.

    `rule` is a short code (`empty`, `encrypted`, `mislabelled` ...) by which people count and filter;
    the message names the file and says what to do.
    """

    def __init__(self, rule: str, reason: str) -> None:
        """Keep the rule beside the sentence."""
        super().__init__(reason)
        self.rule = rule
