"""Stops a long-running command in order on Ctrl+C and SIGTERM."""

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

Handler = Callable[[int, FrameType | None], Any] | int | signal.Handlers | None


def stop_on_signals(stop: threading.Event) -> None:
    """Set `stop` on Ctrl+C and on SIGTERM, so that current work may finish; a second signal ends at once."""
    for wanted in (signal.SIGINT, signal.SIGTERM):
        default = signal.getsignal(wanted)

        def set_stop(number: int, _frame: FrameType | None, default: Handler = default) -> None:
            stop.set()
            signal.signal(number, default)

        signal.signal(wanted, set_stop)
