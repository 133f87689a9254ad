"""Locks between processes of one home, and waiting for what another process holds.

A lock is held on a file, and the system releases it when the process ends, however it ends.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from flows.errors import LockHeldError
from flows.settings import Settings

logger = logging.getLogger("quality_warehouse")

RETRY_SECONDS = 0.2
ANNOUNCE_AFTER_SECONDS = 1

Result = TypeVar("Result")


class BusyError(Exception):
    """Another process holds what is wanted; trying again may help."""


@contextmanager
def writer_lock(settings: Settings) -> Iterator[None]:
    """Keep other processes from loading, building or publishing in this home.

    Hold it once, around all three: one process cannot take it twice.
    Raises LockHeldError after `settings.lock_timeout_seconds`.
    """
    with hold(settings.writer_lock, settings.lock_timeout_seconds):
        yield


@contextmanager
def publication_lock(settings: Settings) -> Iterator[None]:
    """Keep other processes from moving readers to another version; unlike the writer's lock, hold it for an instant.

    Raises LockHeldError after `settings.lock_timeout_seconds`.
    """
    with hold(settings.publication_lock, settings.lock_timeout_seconds):
        yield


@contextmanager
def hold(path: Path, timeout_seconds: float) -> Iterator[None]:
    """Hold the lock file at `path`, which is created with its folder.

    Raises LockHeldError when another process still holds it after `timeout_seconds`; 0 tries once.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, timeout=0, thread_local=False)

    def acquire() -> None:
        try:
            lock.acquire()
        except Timeout as error:
            raise BusyError from error

    wait_for(acquire, path, timeout_seconds)
    try:
        yield
    finally:
        lock.release()


def wait_for(acquire: Callable[[], Result], path: Path, timeout_seconds: float) -> Result:
    """Call `acquire` until it no longer raises BusyError, and log once that we wait for `path`.

    Raises LockHeldError after `timeout_seconds`.
    """
    started = time.monotonic()
    announced = False
    while True:
        try:
            return acquire()
        except BusyError as error:
            waited = time.monotonic() - started
            if waited >= timeout_seconds:
                raise LockHeldError(_still_locked(path, timeout_seconds)) from error
        if waited >= ANNOUNCE_AFTER_SECONDS and not announced:
            logger.info("waiting for %s, which another process holds", path)
            announced = True
        time.sleep(RETRY_SECONDS)


def _still_locked(path: Path, timeout_seconds: float) -> str:
    return (
        f"Another process held {path} for more than {timeout_seconds:g} seconds: wait until it "
        "has ended, or close what has the file open for writing, and try again; "
        "QUALITY_WAREHOUSE_LOCK_TIMEOUT_SECONDS sets how long to wait."
    )
