"""Chooses the time phrase of a sentence that dates a mention: the one right behind it, or the nearest before it."""

import re
from collections.abc import Sequence

from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.periods.mention_context import DERIVED_KINDS, MentionContext

_ADJACENT = 70  # characters: farther behind, a phrase belongs to something else
_USABLE = ("interval", "instant", "since", "anaphora", "of_plan")
_BRACKET = re.compile(r"[()（）]")
_NOTHING = re.compile(r"(?: of (?:them|these|those|which))?[\s(（]*")
_BRACKET_OPENS = re.compile(r"[(（][^()（）]*$")


def find_usable(context: MentionContext) -> list[TimePhrase]:
    """Return the phrases that may date the mention."""
    return [phrase for phrase in context.phrases if _is_usable(context, phrase)]


def choose_phrase(context: MentionContext, usable: Sequence[TimePhrase]) -> TimePhrase | None:
    """Return the phrase that dates the mention; figures derived from the first one share its phrase."""
    before = [phrase for phrase in usable if phrase.end <= context.mention.start]
    behind = [phrase for phrase in usable if phrase.start >= context.mention.number.end]
    if behind and _belongs_behind(context, before, behind[0]):
        chosen = behind[0]
    elif before:
        is_shared = context.kind in DERIVED_KINDS and not context.finds("derives_from_nearest")
        chosen = before[0] if is_shared else before[-1]
    elif behind and _leads_up_to(context, behind[0]):
        chosen = behind[0]
    else:
        return None
    return None if _is_of_a_later_promise(context, chosen) else chosen


def _is_usable(context: MentionContext, phrase: TimePhrase) -> bool:
    """Return whether a phrase may date the mention.

    The year of 比2020年的95% dates the 95% alone, and that of "(2022: 108)" nothing behind the bracket.
    """
    start = context.mention.start
    if phrase.role == "base":
        return phrase.end == start
    if phrase.end < start and _dates_a_comparison(context, phrase):
        return False
    if phrase.role not in _USABLE or phrase.end >= start:
        return phrase.role in _USABLE
    closing = _BRACKET.search(context.sentence, phrase.end, start)
    return closing is None or closing.group() in "(（"


def _dates_a_comparison(context: MentionContext, phrase: TimePhrase) -> bool:
    """Return whether a phrase only dates the base of a comparison, here the 1,240.

    "1,873 were removed, up from 1,240 the year before, and 94% of them in a day"
    """
    compared = next(
        (m for m in context.mentions[: context.at] if _adjoins(context.sentence, m.end, phrase.start)), None
    )
    return compared is not None and bool(context.finds("compared_before", 0, compared.start))


def _adjoins(sentence: str, end: int, start: int) -> bool:
    return end <= start and not sentence[end:start].strip()


def _belongs_behind(context: MentionContext, before: Sequence[TimePhrase], behind: TimePhrase) -> bool:
    """Return whether the phrase behind is nearer than any before."""
    if not _is_adjacent(context, behind):
        return False
    if not before or _is_attached(context, behind):
        return True
    previous_end = context.mentions[context.at - 1].number.end if context.at else 0
    gap = before[-1].end, context.mention.start
    # "It was 88% when 2025 ended, helped by the 1,510 taken over in that year": each clause has its own phrase.
    is_of_own_clause = behind.role == "anaphora" and context.finds("clause_mark", *gap)
    return bool(before[-1].start < previous_end or context.finds("promise_break", *gap) or is_of_own_clause)


def _is_adjacent(context: MentionContext, phrase: TimePhrase) -> bool:
    gap = context.sentence[context.mention.number.end : phrase.start]
    return bool(
        phrase.start <= _next_start(context)
        and len(gap) <= _ADJACENT
        and not context.cues["dates_what_follows"].match(context.sentence, phrase.end)  # "(2020: 934)"
        and not context.cues["clause_break"].search(gap)
    )


def _next_start(context: MentionContext) -> int:
    """Return where the next number begins, skipping this one in another form: "RMB52,600 (US$7,750) so far"."""
    end = context.mention.end
    others = (
        m
        for m in context.mentions[context.at + 1 :]
        if not _BRACKET_OPENS.search(context.sentence, end, m.start)
    )
    following = next(others, None)
    return following.number.start if following else len(context.sentence)


def _is_attached(context: MentionContext, phrase: TimePhrase) -> bool:
    """Return whether nothing stands between: "88 percent in 2019", "1,569 of them last year"."""
    end = context.mention.end
    return phrase.start <= end or bool(_NOTHING.fullmatch(context.sentence, end, phrase.start))


def _leads_up_to(context: MentionContext, phrase: TimePhrase) -> bool:
    """Return whether the figures of a clause share the period at its end, which must not be their base."""
    end = context.mention.end
    gap = context.sentence[end : phrase.start]
    others = [other for other in context.mentions[context.at + 1 :] if other.end <= phrase.start]
    is_base = bool(others) and bool(context.cues["base_of_comparison"].search(gap[: others[-1].start - end]))
    is_label = context.cues["dates_what_follows"].match(context.sentence, phrase.end)
    return not is_base and not is_label and not context.cues["statement_break"].search(gap)


def _is_of_a_later_promise(context: MentionContext, phrase: TimePhrase) -> bool:
    """Return whether a phrase dates a later promise: "They closed 340 and should close 500 next year"."""
    anchor, end = context.around.anchor, context.mention.end
    if phrase.start < end or not phrase.last or not anchor or phrase.last <= anchor:
        return False
    begins = context.finds("promise_begins", end, phrase.start)
    told = context.finds("past_event", 0, context.mention.start) or context.finds(
        "plain_present", 0, context.mention.start
    )
    return bool(begins) and bool(told)
