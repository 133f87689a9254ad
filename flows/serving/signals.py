"""How a program that runs for long is stopped in order."""

import signal
import threading


def stop_on_signals(stop: threading.Event) -> None:
    """Set `stop` on Ctrl+C and on SIGTERM; what is at work may end first. A second signal ends at once."""
    for wanted in (signal.SIGINT, signal.SIGTERM):
        usual = signal.getsignal(wanted)

        def tell(number: int, _frame: object, usual: object = usual) -> None:
            stop.set()
            signal.signal(number, usual)

        signal.signal(wanted, tell)
