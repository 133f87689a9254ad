"""When to ask again: a source, a page that is known, one that failed. Pure; the moment `now` is handed in."""

from datetime import datetime, timedelta

from flows.io.sources.catalogue import Source
from flows.io.sources.states import PageState, SourceState

_FIRST_RETRY = timedelta(minutes=5)
_LONGEST_REST = timedelta(days=7)
_MOST_DOUBLINGS = 12  # 2 to the 12th times an hour is half a year


def is_list_due(source: Source, state: SourceState, now: datetime) -> bool:
    """Tell whether the list of a source is to be asked for: at its interval, after a failure sooner."""
    if state.listed_at is None or state.listed_at > now:  # ahead of now: the clock was wrong
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
    """Return until when a source rests after so many failed polls in a row: twice as long each time."""
    if failures < failures_before_rest:
        return None
    return now + min(_doubled(source.poll_interval, failures - failures_before_rest), _LONGEST_REST)


def next_check(source: Source, page: PageState, now: datetime) -> datetime | None:
    """Return when to ask for a known page again: after its interval, then twice as long each time, until it is old.

    It is old `recheck_days` after it was listed first or has changed last; then only a list that says that it
    has changed brings it back. The pauses grow though it changes, or a page that is another at each call (with
    the day's date in its text) would make a version an hour; they grow to a quarter of that time, so that one
    that goes on changing is never lost from sight.
    """
    longest = max(source.recheck_period / 4, source.poll_interval)
    moment = now + min(_doubled(source.poll_interval, page.checks - 1), longest)
    known_since = max(page.listed_at, page.changed_at or page.listed_at)
    return moment if moment <= known_since + source.recheck_period else None


def next_try(source: Source, page: PageState, now: datetime) -> datetime | None:
    """Return when to ask again for a page that failed; one that never came is never given up."""
    moment = now + _doubled(source.poll_interval, page.failures - 1)
    if page.doc_id is None or moment <= page.listed_at + source.recheck_period:
        return moment
    return None


def _doubled(pause: timedelta, times: int) -> timedelta:
    return pause * 2 ** min(max(times, 0), _MOST_DOUBLINGS)
