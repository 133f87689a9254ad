"""A mention among the time phrases of its sentence in, the period it refers to out.

A phrase belongs to a figure when it stands right behind it, or nearest before it; else the figure inherits the
period of an earlier sentence of its paragraph where the grammar carries it (a past event goes on being told);
else it is a state on the day of the document, and the basis says so. Figures given in turn for several years get
one each, and the two ends of a movement ("from 45 to 17") never share the period that it took.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows.extract.align_periods import end_of_movement, find_days_in_turn, is_start_of_movement
from flows.extract.mentions import Mention
from flows.extract.periods import Period
from flows.extract.time_phrases import TimePhrase

_ADJACENT = 70  # characters: farther behind, a phrase belongs to something else
_USABLE = ("interval", "instant", "since", "anaphora")
_BRACKET = re.compile(r"[()（）]")
_RATES = ("percent", "percentage_points", "score", "index", "ratio", "rank")  # what nothing is summed up in
Cues = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True)
class Surroundings:
    """What the sentence of a figure may take a period from.

    `told` are the periods of what was stated before in the paragraph, the latest last; `heading` and `title`
    the time phrases of the heading that governs the sentence and of the document's title.
    """

    told: Sequence[Period]
    heading: Sequence[TimePhrase]
    title: Sequence[TimePhrase]
    anchor: date | None
    cues: Cues


def resolve_period(
    sentence: str,
    phrases: Sequence[TimePhrase],
    mentions: Sequence[Mention],
    at: int,
    around: Surroundings,
    *,
    is_derived: bool,
    is_promised: bool,
) -> Period:
    """The period of mention `at`.

    `is_derived`: a growth rate, a share or a change, which shares the period of what it is derived from.
    `is_promised`: the sentence speaks of what shall be, so an earlier deadline still holds.
    """
    usable = [phrase for phrase in phrases if _is_usable(sentence, phrase, mentions[at])]
    days = _days_in_turn(sentence, usable, mentions, at, around)
    if days:
        return Period(*days, "stated")
    chosen = _choose(sentence, usable, mentions, at, around.cues, is_derived)
    if chosen and chosen.role != "anaphora":
        moved = end_of_movement(sentence, chosen, mentions, at, around.cues) or chosen
        period = _period_of(moved, "stated")
        return replace(period, is_since=period.is_since and mentions[at].unit not in _RATES)
    intervals = _intervals_told(usable, mentions[at], around.told)
    if chosen and intervals:
        return replace(intervals[-1], basis="stated")
    if is_start_of_movement(sentence, mentions, at, around.cues):
        return Period()
    return _unstated(sentence, mentions[at], around, intervals, is_derived, is_promised)


def _intervals_told(usable: Sequence[TimePhrase], mention: Mention, told: Sequence[Period]) -> list[Period]:
    """The intervals told before the mention, in its sentence or earlier."""
    earlier = [_period_of(p, "stated") for p in usable if p.role == "interval" and p.end <= mention.start]
    return [period for period in (*told, *earlier) if period.start and period.end]


def _unstated(
    sentence: str,
    mention: Mention,
    around: Surroundings,
    intervals: Sequence[Period],
    is_derived: bool,
    is_promised: bool,
) -> Period:
    """What a figure inherits, or the state on the day of the document."""
    deadline = next((phrase for phrase in around.heading if phrase.last and phrase.role in _USABLE), None)
    if deadline:  # "2030 targets:" is a deadline, not the year in which something happens
        return Period(None, deadline.last, "inherited")
    carried = _carried(sentence, mention, around, intervals, is_derived, is_promised)
    if carried:
        return replace(carried, basis="inherited")
    return Period(None, around.anchor, "document_date" if around.anchor else None)


def _is_usable(sentence: str, phrase: TimePhrase, mention: Mention) -> bool:
    """比2020年的95%: the year is that of the 95% alone; "(2022: 108)" closes before what it does not date."""
    if phrase.role == "base":
        return phrase.end == mention.start
    if phrase.role not in _USABLE or phrase.end >= mention.start:
        return phrase.role in _USABLE
    closing = _BRACKET.search(sentence, phrase.end, mention.start)
    return closing is None or closing.group() in "(（"


def _days_in_turn(
    sentence: str, usable: Sequence[TimePhrase], mentions: Sequence[Mention], at: int, around: Surroundings
) -> tuple[date, date] | None:
    if not around.cues["in_turn"].search(sentence):
        return None
    intervals = _intervals_told(usable, mentions[at], around.told)
    latest_year = _latest_year(intervals, around.anchor)
    return find_days_in_turn(sentence, usable, mentions, at, around.cues, latest_year)


def _latest_year(intervals: Sequence[Period], anchor: date | None) -> int | None:
    """The year up to which "the last five years" go: the latest that was told of, else the last that is over."""
    told = [period.end.year for period in intervals if period.start.year == period.end.year]
    return told[-1] if told else anchor and anchor.year - 1


def told_periods(phrases: Sequence[TimePhrase]) -> list[Period]:
    """What a sentence without figures tells of time, for the sentences behind it."""
    return [_period_of(phrase, "stated") for phrase in phrases if phrase.last and phrase.role in _USABLE]


def _period_of(phrase: TimePhrase, basis: str) -> Period:
    unresolved = phrase.first is None and phrase.last is None
    return Period(
        phrase.first, phrase.last, None if unresolved else basis, phrase.role == "since", unresolved
    )


def _choose(
    sentence: str,
    phrases: Sequence[TimePhrase],
    mentions: Sequence[Mention],
    at: int,
    cues: Cues,
    is_derived: bool,
) -> TimePhrase | None:
    """The phrase that a figure belongs to; what is derived from the first figure shares the first phrase."""
    mention = mentions[at]
    before = [phrase for phrase in phrases if phrase.end <= mention.start]
    behind = [phrase for phrase in phrases if phrase.start >= mention.number.end]
    previous_end = mentions[at - 1].number.end if at else 0
    if behind and _is_adjacent(sentence, mentions, at, behind[0], cues):
        promised = bool(before) and cues["promise_break"].search(sentence, before[-1].end, mention.start)
        is_nearest = not before or before[-1].start < previous_end or promised
        if is_nearest or _is_attached(sentence, mention, behind[0]):
            return behind[0]
    if before:
        return before[0] if is_derived and not cues["derives_from_nearest"].search(sentence) else before[-1]
    if behind and _leads_up_to(sentence, mentions, at, behind[0], cues):
        return behind[0]
    return None


def _is_adjacent(sentence: str, mentions: Sequence[Mention], at: int, phrase: TimePhrase, cues: Cues) -> bool:
    gap = sentence[mentions[at].number.end : phrase.start]
    next_start = mentions[at + 1].number.start if at + 1 < len(mentions) else len(sentence)
    return bool(
        phrase.start <= next_start
        and len(gap) <= _ADJACENT
        and not cues["dates_what_follows"].match(sentence, phrase.end)  # "(2020: 934)"
        and not cues["clause_break"].search(gap)
    )


def _is_attached(sentence: str, mention: Mention, phrase: TimePhrase) -> bool:
    """ "88 percent in 2019": nothing stands between."""
    return not sentence[mention.end : phrase.start].strip(" (（,")


def _leads_up_to(sentence: str, mentions: Sequence[Mention], at: int, phrase: TimePhrase, cues: Cues) -> bool:
    """Several figures of one clause may share the period at its end, but not the base they are compared with."""
    gap = sentence[mentions[at].end : phrase.start]
    others = [other for other in mentions[at + 1 :] if other.end <= phrase.start]
    is_base = bool(others) and bool(
        cues["base_of_comparison"].search(gap[: others[-1].start - mentions[at].end])
    )
    is_label = cues["dates_what_follows"].match(sentence, phrase.end)
    return not is_base and not is_label and not cues["statement_break"].search(gap)


def _carried(
    sentence: str,
    mention: Mention,
    around: Surroundings,
    intervals: Sequence[Period],
    is_derived: bool,
    is_promised: bool,
) -> Period | None:
    deadlines = [period for period in around.told if period.end and period.start is None]
    if is_derived and around.told:
        return around.told[-1]
    is_promised = is_promised or bool(around.cues["keeps_deadline"].search(sentence))
    if is_promised and deadlines and _is_future(deadlines[-1], around.anchor):
        return deadlines[-1]
    if around.told[-1:] == deadlines[-1:] and around.cues["states_go_on"].search(sentence):
        return around.told[-1] if around.told else None
    clause = sentence[: mention.number.end]
    if not around.cues["past_event"].search(sentence) or around.cues["present_state"].search(clause):
        return None
    # A title "Recalls in 2021" frames what its document tells.
    framed = [_period_of(p, "inherited") for p in around.title if p.role == "interval" and p.last]
    return next(iter([*reversed(intervals), *framed]), None)


def _is_future(period: Period, anchor: date | None) -> bool:
    return anchor is None or bool(period.end and period.end > anchor)
