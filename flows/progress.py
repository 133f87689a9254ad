"""What people see while it works: a bar on a terminal, plain lines elsewhere; always on standard error."""

import logging
import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

logger = logging.getLogger("quality_warehouse")
_LINES = 10  # at most so many lines for one piece of work where there is no terminal


def report_to_standard_error() -> None:
    """Show the lines of this project, and of nobody else, on standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(_PrintableFormatter("%(message)s"))
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
    # Prefect prints the warnings of every library; what they mean for a document stands in its quarantine.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


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
    if sys.stderr.isatty():
        from rich.console import Console  # noqa: PLC0415 (slow to import, and nobody watches a script)
        from rich.progress import track  # noqa: PLC0415

        yield from track(items, description, console=Console(stderr=True), transient=True)
        return
    every = max(1, -(-len(items) // _LINES))
    for done, item in enumerate(items, 1):
        yield item
        if done % every == 0 or done == len(items):
            logger.info("%s %d/%d", description, done, len(items))
