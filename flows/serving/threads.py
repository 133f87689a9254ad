"""A part of `serve` in a thread of its own, whose failure stops all other parts."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context


@contextmanager
def running_in_thread(
    run: Callable[[], None], stop: threading.Event, failures: list[BaseException]
) -> Iterator[None]:
    """Run a part beside the main thread, with the Prefect settings of that thread, and stop it at the end.

    A failure is added to `failures` and sets `stop`: a system that runs by half would go unnoticed.
    """

    def guarded() -> None:
        try:
            run()
        except (Exception, SystemExit) as error:
            failures.append(error)
            stop.set()

    thread = threading.Thread(target=copy_context().run, args=(guarded,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
