"""What people see while it works: a bar on a terminal, plain lines elsewhere; always on standard error.

What reads the lines is no person where `QUALITY_WAREHOUSE_LOG_FORMAT` is `json`: each is an object then.
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
_LINES = 10  # at most so many lines for one piece of work where there is no terminal


def report_to_standard_error(*, with_time: bool = False) -> None:
    """Show the lines of this project, and of nobody else, on standard error; of a program that runs for long with
    their time.
    """
    handler = logging.StreamHandler()
    if _is_json():
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(_PrintableFormatter("%(asctime)s %(message)s" if with_time else "%(message)s"))
        handler.addFilter(_is_for_people)
    # In a flow run, Prefect has one of its own beside it.
    others = [known for known in logger.handlers if type(known) is not logging.StreamHandler]
    logger.handlers = [handler, *others]
    logger.setLevel(logging.INFO)
    logger.propagate = False
    # Prefect prints the warnings of every library; what they mean for a document stands in its quarantine.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


class JsonFormatter(logging.Formatter):
    """A line as one JSON object: `time` (UTC), `level`, `message`, `run_id` and `stage` if any, and its fields.

    A line gets fields by `extra={"fields": {...}}`.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write the object; what JSON does not know is written as text."""
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
    """Read before the settings are, whose errors are lines too."""
    return os.environ.get("QUALITY_WAREHOUSE_LOG_FORMAT") == "json"


def _is_for_people(record: logging.LogRecord) -> bool:
    """Lines with fields say what the table at the end of a command says better."""
    return not hasattr(record, "fields")


def printable(text: str) -> str:
    """Names of files and words of documents as one line, without what would steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))


class _PrintableFormatter(logging.Formatter):
    """Lines of a log, each printable."""

    def format(self, record: logging.LogRecord) -> str:
        """As the format says, but for what would steer a terminal."""
        lines = super().format(record).split("\n")
        return "\n".join("".join(sign if sign.isprintable() else " " for sign in line) for line in lines)


def track_progress(items: Sequence[T], description: str) -> Iterator[T]:
    """Yield the items and show how far we are."""
    if sys.stderr.isatty() and not _is_json():
        from rich.console import Console  # noqa: PLC0415 (slow to import, and nobody watches a script)
        from rich.progress import track  # noqa: PLC0415

        yield from track(items, description, console=Console(stderr=True), transient=True)
        return
    every = max(1, -(-len(items) // _LINES))
    for done, item in enumerate(items, 1):
        yield item
        if done % every == 0 or done == len(items):
            logger.info("%s %d/%d", description, done, len(items))
