"""Every error this project raises on purpose; each message is a sentence: what, where, what to do.

QualityWarehouseError            exit status 1: failed, nothing published
├── UsageError                   exit status 2: the command was given something that is not there or not allowed
├── FetchError                   an address could not be fetched
├── ReferenceDataError           a file of `seeds/` is invalid
├── WarehouseLockedError         another process keeps the working database open for writing
├── AuditError                   dbt built or tested something that failed; nothing is published
└── DocumentRejectedError        one document cannot be read; it goes to quarantine, the others go on
"""


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
