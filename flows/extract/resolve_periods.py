"""A mention among the time phrases of its sentence in, the period it refers to out.

A phrase belongs to a figure when it stands right behind it, or nearest before it; else the figure inherits the
period of an earlier sentence of its paragraph where the grammar carries it (a past event goes on being told);
else it is a state on the day of the document, and the basis says so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows.extract.mentions import Mention
from flows.extract.time_phrases import TimePhrase

_ADJACENT = 70  # characters: farther behind, a phrase belongs to something else
Cues = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True)
class Period:
    """A period with its `basis` (`stated`, `inherited`, `document_date` or null) and how it was meant."""

    start: date | None = None
    end: date | None = None
    basis: str | None = None
    is_since: bool = False
    is_relative: bool = False


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
    intervals = [period for period in around.told if period.start and period.end]
    usable = [phrase for phrase in phrases if phrase.role in ("interval", "instant", "since", "anaphora")]
    chosen = _choose(sentence, usable, mentions, at, around.cues, is_derived)
    if chosen and chosen.role != "anaphora":
        return _period_of(chosen, "stated")
    if chosen and intervals:
        return replace(intervals[-1], basis="stated")
    deadline = next((phrase for phrase in around.heading if phrase.last), None)
    if deadline:  # "2030 targets:" is a deadline, not the year in which something happens
        return Period(None, deadline.last, "inherited")
    carried = _carried(sentence, mentions[at], around, intervals, is_derived, is_promised)
    if carried:
        return replace(carried, basis="inherited")
    return Period(None, around.anchor, "document_date" if around.anchor else None)


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
        return before[0] if is_derived else before[-1]
    if behind and _leads_up_to(sentence, mentions, at, behind[0], cues):
        return behind[0]
    return None


def _is_adjacent(sentence: str, mentions: Sequence[Mention], at: int, phrase: TimePhrase, cues: Cues) -> bool:
    gap = sentence[mentions[at].number.end : phrase.start]
    next_start = mentions[at + 1].number.start if at + 1 < len(mentions) else len(sentence)
    is_label = sentence[phrase.end : phrase.end + 1] == ":"  # "(2020: 934)" dates what follows
    return (
        phrase.start <= next_start
        and len(gap) <= _ADJACENT
        and not is_label
        and not cues["clause_break"].search(gap)
    )


def _is_attached(sentence: str, mention: Mention, phrase: TimePhrase) -> bool:
    """ "88 percent in 2019": nothing stands between."""
    return not sentence[mention.end : phrase.start].strip(" (,")


def _leads_up_to(sentence: str, mentions: Sequence[Mention], at: int, phrase: TimePhrase, cues: Cues) -> bool:
    """Several figures of one clause may share the period at its end, but not the base they are compared with."""
    gap = sentence[mentions[at].end : phrase.start]
    others = [other for other in mentions[at + 1 :] if other.end <= phrase.start]
    is_base = bool(others) and bool(
        cues["base_of_comparison"].search(gap[: others[-1].start - mentions[at].end])
    )
    is_label = sentence[phrase.end : phrase.end + 1] == ":"
    return not is_base and not is_label and not re.search(r"[;:]|\. ", gap)


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
    if is_promised and deadlines and _is_future(deadlines[-1], around.anchor):
        return deadlines[-1]
    clause = sentence[: mention.number.end]
    if not around.cues["past_event"].search(sentence) or around.cues["present_state"].search(clause):
        return None
    # A title "Recalls in 2021" frames what its document tells.
    framed = [_period_of(p, "inherited") for p in around.title if p.role == "interval" and p.last]
    return next(iter([*reversed(intervals), *framed]), None)


def _is_future(period: Period, anchor: date | None) -> bool:
    return anchor is None or bool(period.end and period.end > anchor)
