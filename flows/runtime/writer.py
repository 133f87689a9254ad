"""One writer at a time: processes take turns by a lock file, machines by a concurrency limit of Prefect."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar

from prefect.concurrency.sync import concurrency
from prefect.context import FlowRunContext

from flows.io.locks import writer_lock
from flows.settings import Settings

WRITER = "quality-warehouse-writer"
"""The concurrency limit by which machines that share a Prefect server take turns."""

_is_writer: ContextVar[bool] = ContextVar("_is_writer", default=False)
_is_shared: ContextVar[bool] = ContextVar("_is_shared", default=True)


@contextmanager
def one_writer(settings: Settings) -> Iterator[None]:
    """Keep other processes and machines from loading, building or publishing.

    The limit counts only inside a flow run, and only where it exists:
    `prefect gcl create quality-warehouse-writer --limit 1`; `quality-warehouse serve` creates it on a server that is
    not its own. A flow that does the work of other flows takes one turn for all of them, because each turn costs half
    a second. Raises LockHeldError after `settings.lock_timeout_seconds`.
    """
    if _is_writer.get():
        yield
        return
    has_turns = _is_shared.get() and FlowRunContext.get() is not None
    with concurrency(WRITER) if has_turns else nullcontext(), writer_lock(settings):
        token = _is_writer.set(True)
        try:
            yield
        finally:
            _is_writer.reset(token)


@contextmanager
def own_server() -> Iterator[None]:
    """Within the block, no other machine uses the Prefect server, so writers need not take turns by it."""
    token = _is_shared.set(False)
    try:
        yield
    finally:
        _is_shared.reset(token)
