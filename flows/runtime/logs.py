"""Progress on standard error: a bar on a terminal, plain lines elsewhere.

With `QUALITY_WAREHOUSE_LOG_FORMAT=json`, each line is a JSON object, for programs to read.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from flows.runtime.stages import running_stage

T = TypeVar("T")

logger = logging.getLogger("quality_warehouse")
_MOST_LINES = 10  # of progress, for one piece of work where there is no terminal


def report_to_standard_error(*, with_time: bool = False) -> None:
    """Show the log lines of this project, and no others, on standard error; `with_time` is for long-running ones."""
    handler = logging.StreamHandler()
    if _is_json():
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(_PrintableFormatter("%(asctime)s %(message)s" if with_time else "%(message)s"))
        handler.addFilter(_is_for_people)
    # In a flow run, the logger also has a handler of Prefect.
    others = [known for known in logger.handlers if type(known) is not logging.StreamHandler]
    logger.handlers = [handler, *others]
    logger.setLevel(logging.INFO)
    logger.propagate = False
    # Prefect prints the warnings of every library; what one means for a document is in the quarantine.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


class JsonFormatter(logging.Formatter):
    """Formats a line as a JSON object: `time` (UTC), `level`, `message`, `run_id` and `stage` if any, and its fields.

    Give a line fields by `extra={"fields": {...}}`.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Format the object; values that JSON does not know become text."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        if stage := running_stage.get():
            line |= {"run_id": stage.run_id, "stage": stage.stage}
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def _is_json() -> bool:
    """Read the environment directly: an error of the settings is logged before there are settings."""
    return os.environ.get("QUALITY_WAREHOUSE_LOG_FORMAT") == "json"


def _is_for_people(record: logging.LogRecord) -> bool:
    """Drop lines with fields, because the table at the end of a command shows the same more clearly."""
    return not hasattr(record, "fields")


def printable(text: str) -> str:
    """Make one line of a text from outside, such as a file name, without characters that control a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))


class _PrintableFormatter(logging.Formatter):
    """Formats lines without characters that control a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Format the record, with spaces in place of control characters."""
        lines = super().format(record).split("\n")
        return "\n".join("".join(sign if sign.isprintable() else " " for sign in line) for line in lines)


def track_progress(items: Sequence[T], description: str) -> Iterator[T]:
    """Yield the items and show progress."""
    if sys.stderr.isatty() and not _is_json():
        from rich.console import Console  # noqa: PLC0415 (slow to import, and needed only on a terminal)
        from rich.progress import track  # noqa: PLC0415

        yield from track(items, description, console=Console(stderr=True), transient=True)
        return
    every = max(1, -(-len(items) // _MOST_LINES))
    for done, item in enumerate(items, 1):
        yield item
        if done % every == 0 or done == len(items):
            logger.info("%s %d/%d", description, done, len(items))
