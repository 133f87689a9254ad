"""A mention whose sentence names no period in, the one that it takes from what was told before out.

A past event goes on being told: in its paragraph, and beyond it under a title, a heading or an opening statement
that says what is reported on (`follow_periods`). A promise keeps its deadline. A state is one on the day of the
document.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from flows.extract.periods.period import Period
from flows.extract.periods.spot import DERIVED_KINDS, MOVED_KINDS, MentionContext

_LATELY = timedelta(days=120)


def carry_period(spot: MentionContext, here: Sequence[Period], is_promised: Callable[[], bool]) -> Period:
    """What a figure inherits, or the state on the day of the document; `here` was told before in its sentence."""
    told = spot.around.told[-1:]
    is_ahead = bool(told) and told[0].lies_ahead_of(spot.around.anchor)
    if is_promised() or (is_ahead and spot.finds("keeps_deadline")):
        return _promised(spot)
    carried = _reported(spot, here)
    if carried:
        return carried if carried.is_ambiguous else replace(carried, basis="inherited")
    return state_of_document(spot)


def state_of_document(spot: MentionContext) -> Period:
    """A state on the day of the document."""
    return Period(None, spot.around.anchor, "document_date" if spot.around.anchor else None)


def _promised(spot: MentionContext) -> Period:
    """A promise has the deadline told before it, never the time of the report, nor the day of the document."""
    around = spot.around
    ahead = [period for period in around.told if period.lies_ahead_of(around.anchor)]
    promise = ahead[-1] if ahead else around.promise
    if promise is None or promise.is_ambiguous:
        return promise or Period()
    return replace(promise, basis="inherited")


@dataclass(frozen=True)
class _Grammar:
    """What the sentence says of the figure: it happened, in the course of a time; it stood so; it is one of a list."""

    is_event: bool
    is_flow: bool
    is_stock: bool
    is_listed: bool


def _read_grammar(spot: MentionContext) -> _Grammar:
    end = spot.mention.number.end
    return _Grammar(
        is_event=bool(spot.finds("past_event")) and not spot.finds("present_state", 0, end),
        is_flow=spot.kind in MOVED_KINDS or bool(spot.finds("flow")),
        is_stock=spot.kind == "level"
        and bool(spot.finds("stock", spot.own_clause_start(), spot.mention.end)),
        is_listed=spot.around.is_listed or bool(spot.cues["verbless"].match(spot.sentence)),
    )


def _reported(spot: MentionContext, here: Sequence[Period]) -> Period | None:
    """What goes on for what happened, and for states as long as nothing says "now"; null if nothing does."""
    grammar = _read_grammar(spot)
    told = [period for period in spot.around.told if period.is_over_by(spot.around.anchor)]
    is_event = grammar.is_event or (grammar.is_listed and bool(told))
    is_flow = spot.kind in MOVED_KINDS or (is_event and grammar.is_flow)
    if spot.kind in DERIVED_KINDS and told:
        return _latest(told, is_flow, False)
    if spot.finds("now", 0, spot.mention.number.end):
        return None
    if not told and not here:
        return _fitted(spot, grammar, spot.around.report) if _is_governed(spot, grammar) else None
    report = _latest([*_frames(spot), *told, *here], is_flow, spot.is_rate)
    if report.start is None and spot.finds("states_go_on"):
        return report
    return _fitted(spot, grammar, report) if is_event else None


def _frames(spot: MentionContext) -> list[Period]:
    """What a title, a heading or a question says is reported on."""
    report = spot.around.report
    return [report] if report and spot.around.is_framed and not report.is_ambiguous else []


def _is_governed(spot: MentionContext, grammar: _Grammar) -> bool:
    """Whether what governs beyond the paragraph holds for the figure.

    It does for what happened, and what moved; a title, a heading or a question also governs what has happened up
    to now, and stocks and lists, which say nothing of past or present themselves.
    """
    if spot.around.is_framed and (grammar.is_listed or grammar.is_stock):
        return True
    happened_then = grammar.is_event and (spot.around.is_framed or not spot.finds("perfect"))
    return happened_then or spot.kind in MOVED_KINDS


def _fitted(spot: MentionContext, grammar: _Grammar, report: Period | None) -> Period | None:
    """The end of the time for what adds up or stands so, all of it for what happened in it."""
    if report is None or report.is_ambiguous:
        return report
    if _is_long_past(spot, report) and spot.kind not in MOVED_KINDS and spot.finds("perfect"):
        return None
    if spot.kind == "cumulative" or grammar.is_stock:
        return replace(report, start=None, is_since=False)
    return report.as_flow() if grammar.is_flow else report


def _is_long_past(spot: MentionContext, report: Period) -> bool:
    """ "They have set up 12 centers" may sum up the year that has just ended, none before."""
    anchor = spot.around.anchor
    return anchor is not None and report.end is not None and anchor - report.end > _LATELY


def _latest(told: Sequence[Period], is_flow: bool, is_rate: bool) -> Period:
    """The latest told; a flow or a rate takes, for a day at which something stood so, the time that led up to it."""
    latest = told[-1]
    if latest.start or not (is_flow or is_rate):
        return latest
    state = latest.as_flow() if is_flow else latest
    return next((period for period in reversed(told) if period.start and period.holds(latest)), state)
