"""Decides when to request a list or a page again.

Pure: the callers give the current time `now`.
"""

from datetime import datetime, timedelta

from flows.io.sources.catalogue import Source
from flows.io.sources.states import PageState, SourceState

_FIRST_RETRY = timedelta(minutes=5)
_LONGEST_REST = timedelta(days=7)
_MOST_DOUBLINGS = 12  # 2¹² hours are half a year


def is_list_due(source: Source, state: SourceState, now: datetime) -> bool:
    """Tell whether to request the list of a source: at its interval, after a failure sooner."""
    if state.listed_at is None or state.listed_at > now:  # in the future: the clock was wrong
        return True
    pause = source.poll_interval
    if state.failures:
        pause = min(pause, _doubled(_FIRST_RETRY, state.failures - 1))
    return now >= state.listed_at + pause


def is_resting(state: SourceState, now: datetime) -> bool:
    """Tell whether a source rests after failures or because its host is busy; no rest is longer than a week."""
    return state.rests_until is not None and now < state.rests_until <= now + _LONGEST_REST


def rest_after_failures(
    source: Source, failures: int, failures_before_rest: int, now: datetime
) -> datetime | None:
    """Return the end of a source's rest after failed polls in a row; each rest is twice as long."""
    if failures < failures_before_rest:
        return None
    return now + min(_doubled(source.poll_interval, failures - failures_before_rest), _LONGEST_REST)


def next_check(source: Source, page: PageState, now: datetime) -> datetime | None:
    """Return when to request a known page again: after its interval, then twice as long each time; None if it is old.

    A page is old `recheck_days` after it was first listed or last changed; then it is requested only if a list says
    that it changed. The pauses grow even if it changes, because a page that differs at each request (with the day's
    date in its text) would make a version an hour. They grow to a quarter of `recheck_days`, so that a page that
    goes on changing is never given up.
    """
    longest = max(source.recheck_period / 4, source.poll_interval)
    moment = now + min(_doubled(source.poll_interval, page.checks - 1), longest)
    known_since = max(page.listed_at, page.changed_at or page.listed_at)
    return moment if moment <= known_since + source.recheck_period else None


def next_try(source: Source, page: PageState, now: datetime) -> datetime | None:
    """Return when to request a failed page again; a page that never came is never given up."""
    moment = now + _doubled(source.poll_interval, page.failures - 1)
    if page.doc_id is None or moment <= page.listed_at + source.recheck_period:
        return moment
    return None


def _doubled(pause: timedelta, times: int) -> timedelta:
    factor: int = 2 ** min(max(times, 0), _MOST_DOUBLINGS)
    return pause * factor
