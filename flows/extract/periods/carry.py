"""Gives a mention whose sentence names no period the one told before.

A report on past events continues: in its paragraph, and beyond it under a title, a heading or an opening statement
that tells its period (`PeriodTracker`). A promise keeps its deadline. Anything else is a state on the day of the
document.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from flows.extract.periods.mention_context import DERIVED_KINDS, MOVED_KINDS, MentionContext
from flows.extract.periods.period import Period

_LATELY = timedelta(days=120)


def carry_period(context: MentionContext, here: Sequence[Period], is_promised: Callable[[], bool]) -> Period:
    """Return the period that a figure inherits, else the day of the document.

    `here` are the periods told before it in its sentence.
    """
    told = context.around.told[-1:]
    is_ahead = bool(told) and told[0].lies_ahead_of(context.around.anchor)
    if is_promised() or (is_ahead and context.finds("keeps_deadline")):
        return _promised(context)
    carried = _reported(context, here)
    if carried:
        return carried if carried.is_ambiguous else replace(carried, basis="inherited")
    return state_of_document(context)


def state_of_document(context: MentionContext) -> Period:
    """Return the period of a state on the day of the document."""
    return Period(None, context.around.anchor, "document_date" if context.around.anchor else None)


def _promised(context: MentionContext) -> Period:
    """Return the deadline told before; a promise never has the period of the report or the document's day."""
    around = context.around
    ahead = [period for period in around.told if period.lies_ahead_of(around.anchor)]
    promise = ahead[-1] if ahead else around.promise
    if promise is None or promise.is_ambiguous:
        return promise or Period()
    return replace(promise, basis="inherited")


@dataclass(frozen=True)
class _Grammar:
    """What the sentence says about the figure: an event, a flow over time, a stock, or an item of a list."""

    is_event: bool
    is_flow: bool
    is_stock: bool
    is_listed: bool


def _read_grammar(context: MentionContext) -> _Grammar:
    end = context.mention.number.end
    return _Grammar(
        is_event=bool(context.finds("past_event")) and not context.finds("present_state", 0, end),
        is_flow=context.kind in MOVED_KINDS or bool(context.finds("flow")),
        is_stock=context.kind == "level"
        and bool(context.finds("stock", context.own_clause_start(), context.mention.end)),
        is_listed=context.around.is_listed or bool(context.cues["verbless"].match(context.sentence)),
    )


def _reported(context: MentionContext, here: Sequence[Period]) -> Period | None:
    """Return the period that continues, for events and, unless a word says "now", for states; else None."""
    grammar = _read_grammar(context)
    told = [period for period in context.around.told if period.is_over_by(context.around.anchor)]
    is_event = grammar.is_event or (grammar.is_listed and bool(told))
    is_flow = context.kind in MOVED_KINDS or (is_event and grammar.is_flow)
    if context.kind in DERIVED_KINDS and told:
        return _latest(told, is_flow, False)
    if context.finds("now", 0, context.mention.number.end):
        return None
    if not told and not here:
        return _fitted(context, grammar, context.around.report) if _is_governed(context, grammar) else None
    report = _latest([*_frames(context), *told, *here], is_flow, context.is_rate)
    if report.start is None and context.finds("states_go_on"):
        return report
    return _fitted(context, grammar, report) if is_event else None


def _frames(context: MentionContext) -> list[Period]:
    """Return the period that a title, a heading or a question sets for the report."""
    report = context.around.report
    return [report] if report and context.around.is_framed and not report.is_ambiguous else []


def _is_governed(context: MentionContext, grammar: _Grammar) -> bool:
    """Return whether the period that governs beyond the paragraph applies to the figure.

    It applies to events and movements. One set by a title, a heading or a question also applies to events up to now,
    and to stocks and lists, which do not tell past from present themselves.
    """
    if context.around.is_framed and (grammar.is_listed or grammar.is_stock):
        return True
    happened_then = grammar.is_event and (context.around.is_framed or not context.finds("perfect"))
    return happened_then or context.kind in MOVED_KINDS


def _fitted(context: MentionContext, grammar: _Grammar, report: Period | None) -> Period | None:
    """Return the end of the period for sums and stocks, all of it for what happened in it."""
    if report is None or report.is_ambiguous:
        return report
    if _is_long_past(context, report) and context.kind not in MOVED_KINDS and context.finds("perfect"):
        return None
    if context.kind == "cumulative" or grammar.is_stock:
        return replace(report, start=None, is_since=False)
    return report.as_flow() if grammar.is_flow else report


def _is_long_past(context: MentionContext, report: Period) -> bool:
    """Return whether the period is too old: "They have set up 12 centers" may sum up only the year just ended."""
    anchor = context.around.anchor
    return anchor is not None and report.end is not None and anchor - report.end > _LATELY


def _latest(told: Sequence[Period], is_flow: bool, is_rate: bool) -> Period:
    """Return the latest period; for a flow or a rate, the interval that led up to it if it is a day."""
    latest = told[-1]
    if latest.start or not (is_flow or is_rate):
        return latest
    state = latest.as_flow() if is_flow else latest
    return next((period for period in reversed(told) if period.start and period.holds(latest)), state)
