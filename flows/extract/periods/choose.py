"""A mention among the time phrases of its sentence in, the one phrase that it belongs to out.

A phrase belongs to a figure when it stands right behind it, or nearest before it.
"""

import re
from collections.abc import Sequence

from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.periods.spot import DERIVED_KINDS, MentionContext

_ADJACENT = 70  # characters: farther behind, a phrase belongs to something else
_USABLE = ("interval", "instant", "since", "anaphora", "of_plan")
_BRACKET = re.compile(r"[()（）]")
_NOTHING = re.compile(r"(?: of (?:them|these|those|which))?[\s(（]*")
_BRACKET_OPENS = re.compile(r"[(（][^()（）]*$")


def find_usable(spot: MentionContext) -> list[TimePhrase]:
    """The phrases that may date the mention."""
    return [phrase for phrase in spot.phrases if _is_usable(spot, phrase)]


def choose_phrase(spot: MentionContext, usable: Sequence[TimePhrase]) -> TimePhrase | None:
    """The phrase that a figure belongs to; what is derived from the first figure shares the first phrase."""
    before = [phrase for phrase in usable if phrase.end <= spot.mention.start]
    behind = [phrase for phrase in usable if phrase.start >= spot.mention.number.end]
    if behind and _belongs_behind(spot, before, behind[0]):
        chosen = behind[0]
    elif before:
        is_shared = spot.kind in DERIVED_KINDS and not spot.finds("derives_from_nearest")
        chosen = before[0] if is_shared else before[-1]
    elif behind and _leads_up_to(spot, behind[0]):
        chosen = behind[0]
    else:
        return None
    return None if _is_of_a_later_promise(spot, chosen) else chosen


def _is_usable(spot: MentionContext, phrase: TimePhrase) -> bool:
    """比2020年的95%: the year is that of the 95% alone; "(2022: 108)" closes before what it does not date."""
    start = spot.mention.start
    if phrase.role == "base":
        return phrase.end == start
    if phrase.end < start and _dates_a_comparison(spot, phrase):
        return False
    if phrase.role not in _USABLE or phrase.end >= start:
        return phrase.role in _USABLE
    closing = _BRACKET.search(spot.sentence, phrase.end, start)
    return closing is None or closing.group() in "(（"


def _dates_a_comparison(spot: MentionContext, phrase: TimePhrase) -> bool:
    """ "1,873 were removed, up from 1,240 the year before, and 94% of them in a day": it dates the 1,240 alone."""
    compared = next(
        (m for m in spot.mentions[: spot.at] if _adjoins(spot.sentence, m.end, phrase.start)), None
    )
    return bool(compared) and bool(spot.finds("compared_before", 0, compared.start))


def _adjoins(sentence: str, end: int, start: int) -> bool:
    return end <= start and not sentence[end:start].strip()


def _belongs_behind(spot: MentionContext, before: Sequence[TimePhrase], behind: TimePhrase) -> bool:
    """Whether the phrase behind is nearer than any before."""
    if not _is_adjacent(spot, behind):
        return False
    if not before or _is_attached(spot, behind):
        return True
    previous_end = spot.mentions[spot.at - 1].number.end if spot.at else 0
    gap = before[-1].end, spot.mention.start
    # "It was 88% when 2025 ended, helped by the 1,510 taken over in that year": each clause has its own.
    is_of_own_clause = behind.role == "anaphora" and spot.finds("clause_mark", *gap)
    return bool(before[-1].start < previous_end or spot.finds("promise_break", *gap) or is_of_own_clause)


def _is_adjacent(spot: MentionContext, phrase: TimePhrase) -> bool:
    gap = spot.sentence[spot.mention.number.end : phrase.start]
    return bool(
        phrase.start <= _next_start(spot)
        and len(gap) <= _ADJACENT
        and not spot.cues["dates_what_follows"].match(spot.sentence, phrase.end)  # "(2020: 934)"
        and not spot.cues["clause_break"].search(gap)
    )


def _next_start(spot: MentionContext) -> int:
    """Where the next number begins that is no other form of this one: "RMB52,600 (US$7,750) so far"."""
    end = spot.mention.end
    others = (
        m for m in spot.mentions[spot.at + 1 :] if not _BRACKET_OPENS.search(spot.sentence, end, m.start)
    )
    following = next(others, None)
    return following.number.start if following else len(spot.sentence)


def _is_attached(spot: MentionContext, phrase: TimePhrase) -> bool:
    """ "88 percent in 2019", "1,569 of them last year": nothing stands between."""
    end = spot.mention.end
    return phrase.start <= end or bool(_NOTHING.fullmatch(spot.sentence, end, phrase.start))


def _leads_up_to(spot: MentionContext, phrase: TimePhrase) -> bool:
    """Several figures of one clause may share the period at its end, but not the base they are compared with."""
    end = spot.mention.end
    gap = spot.sentence[end : phrase.start]
    others = [other for other in spot.mentions[spot.at + 1 :] if other.end <= phrase.start]
    is_base = bool(others) and bool(spot.cues["base_of_comparison"].search(gap[: others[-1].start - end]))
    is_label = spot.cues["dates_what_follows"].match(spot.sentence, phrase.end)
    return not is_base and not is_label and not spot.cues["statement_break"].search(gap)


def _is_of_a_later_promise(spot: MentionContext, phrase: TimePhrase) -> bool:
    """ "They closed 340 and should close 500 next year": what was done was not done next year."""
    anchor, end = spot.around.anchor, spot.mention.end
    if phrase.start < end or not phrase.last or not anchor or phrase.last <= anchor:
        return False
    begins = spot.finds("promise_begins", end, phrase.start)
    told = spot.finds("past_event", 0, spot.mention.start) or spot.finds(
        "plain_present", 0, spot.mention.start
    )
    return bool(begins) and bool(told)
