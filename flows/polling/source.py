"""Polls one source: takes its list, then requests its pages and lands those that are new.

A failing list, page or source is counted and reported, and stops no other. After several failed polls in a row a
source rests, each time for twice as long, and is then tried again.
"""

import time
from dataclasses import dataclass, replace
from datetime import datetime

from flows.errors import HostBusyError
from flows.ingestion.reading_process import ReadingProcess
from flows.io.landing.store import Sidecar
from flows.io.sources.catalogue import Source
from flows.io.sources.polite_client import PoliteClient, origin_of
from flows.io.sources.states import SourceState, SourceStates
from flows.io.web.allowed_addresses import Allowed, is_public
from flows.polling.lists import ListPoller
from flows.polling.pages import PagePoller
from flows.polling.tally import Tally
from flows.polling.times import is_list_due, is_resting, rest_after_failures
from flows.settings import Settings


@dataclass(frozen=True)
class PolledSource:
    """The result of one poll of a source.

    `checked` pages were requested: `new` ones landed, `changed` ones landed as new versions, `unchanged` ones did not
    land. `failed` counts lists and pages, `failures` gives the reasons. `is_failed` is true if the poll itself
    failed: no list of the source could be taken.
    """

    source_id: str
    checked: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    is_failed: bool = False
    rests_until: datetime | None = None
    failures: tuple[str, ...] = ()
    landed: tuple[Sidecar, ...] = ()


class SourcePoller:
    """Polls sources one after the other, with one landing and one memory of hosts."""

    def __init__(
        self,
        settings: Settings,
        states: SourceStates,
        process: ReadingProcess,
        is_allowed: Allowed = is_public,
    ) -> None:
        """Set the state of the sources, the process that reads pages and, for tests, the allowed addresses."""
        self._settings = settings
        self._states = states
        client = PoliteClient(settings, states, is_allowed)
        self._lists = ListPoller(settings, states, client)
        self._pages = PagePoller(settings, states, client, process)

    def poll(self, source: Source, now: datetime, *, by_name: bool = False) -> PolledSource:
        """Request what is due and land what is new; `by_name` requests the list even if it is not due."""
        state = self._states.read_source(source.source_id)
        tally = Tally(
            ends_at=time.monotonic() + self._settings.poll_max_seconds,
            is_list_due=by_name or is_list_due(source, state, now),
        )
        try:
            self._lists.poll(source, now, tally)
        except HostBusyError as busy:
            tally.count_busy(busy)
        self._pages.poll(source, now, tally)
        listed_at = now if tally.asked_for_list else state.listed_at
        state = replace(state, polled_at=now, listed_at=listed_at)
        state = self._judge(source, state, tally, now)
        self._states.save_source(state)
        return _sum_up(state, tally)

    def _judge(self, source: Source, state: SourceState, tally: Tally, now: datetime) -> SourceState:
        """Return the state with the outcome of the poll and the end of a rest; only lists decide, not pages."""
        refused_until = tally.refused_until(origin_of(source.address))
        if tally.taken_lists:
            return replace(state, succeeded_at=now, failures=0, rests_until=refused_until, last_failure=None)
        if not tally.is_failed:
            return replace(state, rests_until=refused_until)
        failures = state.failures + 1
        rest = rest_after_failures(source, failures, self._settings.poll_failures_before_rest, now)
        ends = [moment for moment in (rest, refused_until) if moment]
        why = [*tally.failures, *map(str, tally.busy.values())][-1]
        return replace(state, failures=failures, rests_until=max(ends, default=None), last_failure=why)


def is_due(source: Source, states: SourceStates, now: datetime) -> bool:
    """Tell whether a source has a list or a page to request now."""
    state = states.read_source(source.source_id)
    if is_resting(state, now):
        return False
    is_any_open = states.read_open_lists(source.source_id, 1) or states.read_due_pages(
        source.source_id, now, 1
    )
    return is_list_due(source, state, now) or bool(is_any_open)


def poll_source(poller: SourcePoller, source: Source, now: datetime, by_name: bool) -> PolledSource:
    """Poll one source; a plain function, of which the flow makes a step."""
    return poller.poll(source, now, by_name=by_name)


def _sum_up(state: SourceState, tally: Tally) -> PolledSource:
    return PolledSource(
        source_id=state.source_id,
        checked=tally.checked,
        new=tally.new,
        changed=tally.changed,
        unchanged=tally.unchanged,
        failed=tally.failed_pages + tally.failed_lists,
        is_failed=tally.is_failed,
        rests_until=state.rests_until,
        failures=(*tally.failures, *map(str, tally.busy.values())),
        landed=tuple(tally.landed),
    )
