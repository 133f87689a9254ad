"""Flow `poll_sources`: land the new and changed documents of sources, and emit an event for each.

Each source has its own interval, and the state of the sources says which are due. So one schedule each minute serves
all of them, and a run in which none is due sends no request. Two runs never poll at the same time: the second leaves
the work to the first.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

from prefect import flow

from flows.errors import LockHeldError
from flows.ingestion.reading_process import open_reading_process
from flows.io.announce.prefect_events import emit_document_landed
from flows.io.locks import hold
from flows.io.sources.catalogue import Source, choose_sources, read_sources
from flows.io.sources.states import open_source_states
from flows.polling.source import PolledSource, SourcePoller, is_due, poll_source
from flows.runtime.logs import logger
from flows.runtime.recording import record_stage
from flows.runtime.stages import count
from flows.runtime.steps import step
from flows.settings import Settings

# No retries: the next poll tries again.
_read_sources = step(read_sources)
_poll_source = step(poll_source)
_emit_document_landed = step(emit_document_landed)


@dataclass(frozen=True)
class Polled:
    """The result of one run: the sources that were polled, and how many are enabled."""

    sources: tuple[PolledSource, ...] = ()
    enabled: int = 0
    is_left_to_another: bool = False


@flow(name="poll-sources")
def poll_sources(source_ids: Sequence[str] = ()) -> Polled:
    """Poll the named sources, or those that are enabled and due; one that fails does not stop the others.

    Emits `document.landed` after each source, so that ingestion starts. Raises UsageError for a source that does not
    exist, and InvalidSeedsError when the table of sources is invalid.
    """
    settings = Settings()
    sources = _read_sources(settings)
    chosen = choose_sources(sources, source_ids)
    enabled = sum(source.enabled for source in sources)
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(settings.poll_lock, timeout_seconds=0))
        except LockHeldError:
            logger.info(
                "Another poll is running (%s), so this one leaves the work to it.", settings.poll_lock
            )
            return Polled((), enabled, is_left_to_another=True)
        states = stack.enter_context(open_source_states(settings))
        now = datetime.now(UTC)
        due = [source for source in chosen if source_ids or is_due(source, states, now)]
        if not due:  # most runs, one a minute, end here and leave no record
            return Polled((), enabled)
        process = open_reading_process(settings)
        stack.push(process)  # it starts with the first page to compare
        stack.enter_context(record_stage("poll"))
        poller = SourcePoller(settings, states, process)
        return Polled(tuple(_poll_each(poller, due, by_name=bool(source_ids))), enabled)


def _poll_each(poller: SourcePoller, sources: Iterable[Source], *, by_name: bool) -> Iterator[PolledSource]:
    for source in sources:
        done = _poll_source(poller, source, datetime.now(UTC), by_name=by_name)
        if done.landed:
            _emit_document_landed(done.landed)
        for failure in done.failures:
            logger.warning("%s: %s", done.source_id, failure)
        count("pages", done.checked, done.new + done.changed, done.failed)
        yield done
