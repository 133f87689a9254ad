"""Resolves the period that a mention refers to.

The sentence itself comes first: a phrase that dates the figure (`choose_phrase`), even one that only refers to what
was told ("in the period", "that year"), or the day on which something happened. Figures listed for several years get
one year each, and the two ends of a movement ("from 45 to 17") never share the period of the movement. If the sentence
names no period, the figure inherits one (`carry_period`) or is a state on the day of the document; the basis tells
which.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.periods.align import end_of_movement, find_days_in_turn, is_start_of_movement
from flows.extract.periods.carry import carry_period, state_of_document
from flows.extract.periods.choose import choose_phrase, find_usable
from flows.extract.periods.mention_context import MOVED_KINDS, MentionContext
from flows.extract.periods.period import Period


def resolve_period(context: MentionContext, is_promised: Callable[[], bool]) -> Period:
    """Return the period of a mention.

    `is_promised` tells whether the figure is a target; it is only called if the sentence leaves that open.
    """
    usable = find_usable(context)
    stated = state_of_document(context) if _is_start_now(context) else _stated(context, usable)
    if stated:
        # "This year it plans to sample ..." means the whole year.
        is_promise = stated.is_year_so_far(context.around.anchor) and is_promised()
        return stated.as_whole_year() if is_promise else stated
    if is_start_of_movement(context.sentence, context.mentions, context.at, context.cues):
        return Period()
    return _day_of_event(context) or carry_period(context, _intervals_before(context, usable), is_promised)


def _stated(context: MentionContext, usable: Sequence[TimePhrase]) -> Period | None:
    """Return the period that the phrases of the sentence state."""
    days = _days_in_turn(context, usable)
    if days:
        return Period(*days, "stated")
    chosen = choose_phrase(context, usable)
    if chosen is None:
        return None
    if _turns_to_now(context, chosen):
        return state_of_document(context)
    if chosen.role in ("anaphora", "of_plan"):
        pointed = _pointed_at(context, chosen, usable)
        return replace(pointed, basis="stated") if pointed else None
    begun = _since_before(context, chosen)
    if begun:
        return Period(begun.first, chosen.last, "stated", is_since=not context.is_rate)
    moved = end_of_movement(context.sentence, chosen, context.mentions, context.at, context.cues)
    return _fitted(context, chosen, Period.of(moved or chosen))


def _is_start_now(context: MentionContext) -> bool:
    """Return whether it is the 45 of "from 45 now to 60 by 2030" or of "60 by 2030, up from 45 today"."""
    behind = context.mention.end + 1
    is_start = is_start_of_movement(context.sentence, context.mentions, context.at, context.cues)
    begins = is_start or context.finds("compared_before", 0, context.mention.start)
    return bool(begins and context.cues["now"].match(context.sentence, behind))


def _since_before(context: MentionContext, end: TimePhrase) -> TimePhrase | None:
    """Find the beginning of a period told in two phrases: "Since 2004, by the end of October"."""
    if end.role != "instant" or end.last is None:
        return None
    begun = next((p for p in reversed(context.phrases) if p.role == "since" and p.end <= end.start), None)
    if begun is None or begun.first is None or begun.first > end.last:
        return None
    return begun if not context.sentence[begun.end : end.start].strip(" ，,、") else None


def _fitted(context: MentionContext, chosen: TimePhrase, period: Period) -> Period:
    """Return the whole year for what came about in it, even if the phrase names a state at its end."""
    is_yearly = chosen.end <= context.mention.start and context.finds(
        "yearly", chosen.end, context.mention.end
    )
    is_over = period.is_end_of_year() and period.is_over_by(context.around.anchor)
    if is_yearly or (context.kind in MOVED_KINDS and is_over):
        return period.as_flow()
    return replace(period, is_since=period.is_since and not context.is_rate)


def _turns_to_now(context: MentionContext, phrase: TimePhrase) -> bool:
    """Return whether the sentence turns to the present between a phrase and the figure.

    "It opened in 1999 and employs 400", "by then it wants 60; today there are 52"
    """
    number = context.mention.number.start
    if phrase.end > context.mention.start or context.is_rate or context.kind != "level":
        return False
    if not context.finds("turns_to_now", phrase.end, number):
        return False
    is_then = phrase.role == "interval"
    return is_then or bool(_is_ahead(context, phrase) and context.finds("now", phrase.end, number))


def _is_ahead(context: MentionContext, phrase: TimePhrase) -> bool:
    anchor = context.around.anchor
    is_later = phrase.last is not None and anchor is not None and phrase.last > anchor
    return phrase.role == "anaphora" or (phrase.role == "instant" and is_later)


def _pointed_at(context: MentionContext, pointer: TimePhrase, usable: Sequence[TimePhrase]) -> Period | None:
    """Return what "in the period", "that year", "by then" or "over the plan period" refers to."""
    if pointer.role == "of_plan":
        return context.around.plan
    named = [p for p in usable if p.end <= pointer.start and p.last and p.role in ("interval", "instant")]
    told = [*context.around.told, *map(Period.of, named)]
    elsewhere = [period for period in (context.around.latest, context.around.report) if period and period.end]
    candidates = told or elsewhere[:1]
    if context.finds("by_then", pointer.start, pointer.end):
        return candidates[-1].as_deadline() if candidates else None
    if candidates and context.finds("that_year", pointer.start, pointer.end):
        return candidates[-1] if candidates[-1].is_twelve_months() else candidates[-1].as_whole_year()
    return next((period for period in (*candidates[::-1], *elsewhere) if period.start and period.end), None)


def _day_of_event(context: MentionContext) -> Period | None:
    """Return the one day that a sentence names, if the figure came about then and was not only announced."""
    days = [phrase for phrase in context.phrases if phrase.role == "day"]
    if len(days) != 1 or days[0].last is None or context.is_rate:
        return None
    number = context.mention.number
    happened = context.finds("happens_before", 0, number.start)
    happened = happened or context.cues["happens_after"].match(context.sentence, number.end)
    if not happened or context.finds("says", *_clause_of(context, days[0])):
        return None
    return Period(days[0].first, days[0].last, "stated")


def _clause_of(context: MentionContext, phrase: TimePhrase) -> tuple[int, int]:
    begins = (mark.end() for mark in context.cues["clause_mark"].finditer(context.sentence, 0, phrase.start))
    end = context.finds("clause_mark", phrase.end)
    return max(begins, default=0), end.start() if end else len(context.sentence)


def _days_in_turn(context: MentionContext, usable: Sequence[TimePhrase]) -> tuple[date, date] | None:
    if not context.finds("in_turn"):
        return None
    told = [period for period in context.around.told if period.start and period.end]
    latest_year = _latest_year([*told, *_intervals_before(context, usable)], context.around.anchor)
    return find_days_in_turn(
        context.sentence, usable, context.mentions, context.at, context.cues, latest_year
    )


def _intervals_before(context: MentionContext, usable: Sequence[TimePhrase]) -> list[Period]:
    """Return the intervals that the sentence tells before the mention."""
    before = [
        p for p in usable if p.role == "interval" and p.end <= context.mention.start and p.first and p.last
    ]
    return [Period.of(phrase) for phrase in before]


def _latest_year(intervals: Sequence[Period], anchor: date | None) -> int | None:
    """Return the year that "the last five years" end with: the latest one told, else the last that is over."""
    told = [p.end.year for p in intervals if p.start and p.end and p.start.year == p.end.year]
    if told:
        return told[-1]
    return anchor.year - 1 if anchor else None
