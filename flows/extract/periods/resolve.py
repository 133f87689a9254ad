"""A mention among the time phrases of its sentence in, the period it refers to out.

What the sentence itself says comes first: a phrase that belongs to the figure (`choose_phrases`), also one that
only points at what was told ("in the period", "that year"), or the day on which something happened. Figures given
in turn for several years get one each, and the two ends of a movement ("from 45 to 17") never share the period
that it took. Where the sentence names none, the figure inherits one (`carry_periods`) or is a state on the day of
the document, and the basis says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.periods.align import end_of_movement, find_days_in_turn, is_start_of_movement
from flows.extract.periods.carry import carry_period, state_of_document
from flows.extract.periods.choose import choose_phrase, find_usable
from flows.extract.periods.period import Period
from flows.extract.periods.spot import MOVED_KINDS, MentionContext


def resolve_period(spot: MentionContext, is_promised: Callable[[], bool]) -> Period:
    """The period of a mention.

    `is_promised` tells whether the figure is what shall be; it is only asked where the sentence leaves it open.
    """
    usable = find_usable(spot)
    stated = state_of_document(spot) if _is_start_now(spot) else _stated(spot, usable)
    if stated:
        # "This year it plans to sample ..." speaks of the whole year.
        is_promise = stated.is_year_so_far(spot.around.anchor) and is_promised()
        return stated.as_whole_year() if is_promise else stated
    if is_start_of_movement(spot.sentence, spot.mentions, spot.at, spot.cues):
        return Period()
    return _day_of_event(spot) or carry_period(spot, _intervals_before(spot, usable), is_promised)


def _stated(spot: MentionContext, usable: Sequence[TimePhrase]) -> Period | None:
    """What the phrases of the sentence say."""
    days = _days_in_turn(spot, usable)
    if days:
        return Period(*days, "stated")
    chosen = choose_phrase(spot, usable)
    if chosen is None:
        return None
    if _turns_to_now(spot, chosen):
        return state_of_document(spot)
    if chosen.role in ("anaphora", "of_plan"):
        pointed = _pointed_at(spot, chosen, usable)
        return replace(pointed, basis="stated") if pointed else None
    begun = _since_before(spot, chosen)
    if begun:
        return Period(begun.first, chosen.last, "stated", is_since=not spot.is_rate)
    moved = end_of_movement(spot.sentence, chosen, spot.mentions, spot.at, spot.cues)
    return _fitted(spot, chosen, Period.of(moved or chosen))


def _is_start_now(spot: MentionContext) -> bool:
    """The 45 of "from 45 now to 60 by 2030" and of "60 by 2030, up from 45 today"."""
    behind = spot.mention.end + 1
    begins = is_start_of_movement(spot.sentence, spot.mentions, spot.at, spot.cues)
    begins = begins or spot.finds("compared_before", 0, spot.mention.start)
    return bool(begins and spot.cues["now"].match(spot.sentence, behind))


def _since_before(spot: MentionContext, end: TimePhrase) -> TimePhrase | None:
    """ "Since 2004, by the end of October" tells both days of one time."""
    if end.role != "instant" or end.last is None:
        return None
    begun = next((p for p in reversed(spot.phrases) if p.role == "since" and p.end <= end.start), None)
    if begun is None or begun.first is None or begun.first > end.last:
        return None
    return begun if not spot.sentence[begun.end : end.start].strip(" ，,、") else None


def _fitted(spot: MentionContext, chosen: TimePhrase, period: Period) -> Period:
    """What came about in a year is told of that year, also beside a state at its end."""
    is_yearly = chosen.end <= spot.mention.start and spot.finds("yearly", chosen.end, spot.mention.end)
    is_over = period.is_end_of_year() and period.is_over_by(spot.around.anchor)
    if is_yearly or (spot.kind in MOVED_KINDS and is_over):
        return period.as_flow()
    return replace(period, is_since=period.is_since and not spot.is_rate)


def _turns_to_now(spot: MentionContext, phrase: TimePhrase) -> bool:
    """ "It opened in 1999 and employs 400", "by then it wants 60; today there are 52": what is so now was not so
    then, nor is it promised.
    """
    number = spot.mention.number.start
    if phrase.end > spot.mention.start or spot.is_rate or spot.kind != "level":
        return False
    if not spot.finds("turns_to_now", phrase.end, number):
        return False
    is_then = phrase.role == "interval"
    return is_then or bool(_is_ahead(spot, phrase) and spot.finds("now", phrase.end, number))


def _is_ahead(spot: MentionContext, phrase: TimePhrase) -> bool:
    anchor = spot.around.anchor
    is_later = phrase.last is not None and anchor is not None and phrase.last > anchor
    return phrase.role == "anaphora" or (phrase.role == "instant" and is_later)


def _pointed_at(spot: MentionContext, pointer: TimePhrase, usable: Sequence[TimePhrase]) -> Period | None:
    """What "in the period", "that year", "by then" and "over the plan period" point at: the time told last."""
    if pointer.role == "of_plan":
        return spot.around.plan
    named = [p for p in usable if p.end <= pointer.start and p.last and p.role in ("interval", "instant")]
    told = [*spot.around.told, *map(Period.of, named)]
    elsewhere = [period for period in (spot.around.latest, spot.around.report) if period and period.end]
    candidates = told or elsewhere[:1]
    if spot.finds("by_then", pointer.start, pointer.end):
        return candidates[-1].as_deadline() if candidates else None
    if candidates and spot.finds("that_year", pointer.start, pointer.end):
        return candidates[-1] if candidates[-1].is_twelve_months() else candidates[-1].as_whole_year()
    return next((period for period in (*candidates[::-1], *elsewhere) if period.start and period.end), None)


def _day_of_event(spot: MentionContext) -> Period | None:
    """The one day that a sentence names, if the figure came about on it and was not only told on it."""
    days = [phrase for phrase in spot.phrases if phrase.role == "day"]
    if len(days) != 1 or days[0].last is None or spot.is_rate:
        return None
    number = spot.mention.number
    happened = spot.finds("happens_before", 0, number.start)
    happened = happened or spot.cues["happens_after"].match(spot.sentence, number.end)
    if not happened or spot.finds("says", *_clause_of(spot, days[0])):
        return None
    return Period(days[0].first, days[0].last, "stated")


def _clause_of(spot: MentionContext, phrase: TimePhrase) -> tuple[int, int]:
    begins = (mark.end() for mark in spot.cues["clause_mark"].finditer(spot.sentence, 0, phrase.start))
    end = spot.finds("clause_mark", phrase.end)
    return max(begins, default=0), end.start() if end else len(spot.sentence)


def _days_in_turn(spot: MentionContext, usable: Sequence[TimePhrase]) -> tuple[date, date] | None:
    if not spot.finds("in_turn"):
        return None
    told = [period for period in spot.around.told if period.start and period.end]
    latest_year = _latest_year([*told, *_intervals_before(spot, usable)], spot.around.anchor)
    return find_days_in_turn(spot.sentence, usable, spot.mentions, spot.at, spot.cues, latest_year)


def _intervals_before(spot: MentionContext, usable: Sequence[TimePhrase]) -> list[Period]:
    """The intervals that the sentence tells before the mention."""
    before = [
        p for p in usable if p.role == "interval" and p.end <= spot.mention.start and p.first and p.last
    ]
    return [Period.of(phrase) for phrase in before]


def _latest_year(intervals: Sequence[Period], anchor: date | None) -> int | None:
    """The year up to which "the last five years" go: the latest that was told of, else the last that is over."""
    told = [period.end.year for period in intervals if period.start.year == period.end.year]
    return told[-1] if told else anchor and anchor.year - 1
