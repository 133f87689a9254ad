"""The status of a figure: actual, target or estimate.

The phrases that tell are data (`status_phrases.csv`). A phrase governs the figures after it; a heading such as
"2030 targets:" governs the list below it. Where no phrase tells, a deadline after the date of the document
makes a target: nobody can have measured the future.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.extract.patterns.lazy_pattern import Cues
from flows.extract.vocabulary.entries import StatusPhrase

_NEAR = 30  # characters
_PART = re.compile(r"[;；]|[.。](?!\d)")  # a new statement begins behind it
_QUOTATION_ENDS = re.compile(r"[,.!?，。！？][\"”]")  # the wishes of others end with their quotation


@dataclass(frozen=True)
class StatusContext:
    """The surroundings of a number.

    `before` and `after` are its sentence on both sides, `heading` is the one that governs it (or empty), `counted`
    is what it counts (or null). `future_end` is the end of its period unless that has begun on the day of the
    document, `past_end` that of a stated interval that ended before the document's year. `title` is the
    document's.
    """

    before: str
    after: str
    heading: str
    counted: str | None
    future_end: date | None
    past_end: date | None
    title: str = ""


def read_status(
    context: StatusContext, phrases: Sequence[StatusPhrase], cues: Cues, anchor: date | None
) -> str:
    """Decide the status of one figure; `anchor` is the day of the document."""
    # The parts of a plan ("covers 11 major fields") are facts about it, whatever the plan wants.
    is_part = context.counted and cues["part_of_a_plan"].search(context.counted)
    if is_part and not cues["widened_to"].search(context.before):
        return "actual"
    # "Compared with 12 in 2018" states the past, whatever the sentence promises.
    if _is_start_of_movement(context, cues) or cues["compared_before"].search(context.before):
        return "actual"
    found = _promises(context.before, phrases, cues)
    # An estimate remains one whatever else the sentence says: "is forecast to be below target".
    if any(status == "estimate" for _, status in found):
        # What a plan expects, it wants; what anybody else expects is an estimate.
        is_wanted = cues["plan_expects"].search(f"{context.title}\n{context.before}")
        return "target" if is_wanted else "estimate"
    was_so = context.past_end is not None and not cues["target_noun"].search(context.before)
    if was_so or (found and _has_happened(context, max(found)[0], cues)):
        return "actual"
    if found:
        return max(found)[1]
    return _status_of_predicate(context.after, phrases, cues) or _governing_status(
        context, phrases, cues, anchor
    )


def _is_start_of_movement(context: StatusContext, cues: Cues) -> bool:
    """Return whether the number is the 45 of "are to fall from 45 days to 17"."""
    begins = cues["from_value"].search(context.before, max(0, len(context.before) - _NEAR))
    return bool(begins) and bool(cues["to_value"].match(context.after))


def _has_happened(context: StatusContext, promised: int, cues: Cues) -> bool:
    """Return whether the number reports what happened after a promise.

    "The goal is 95%, 96% has been reached"; "they are to build 1,000; 624 have been finished"
    """
    if cues["has_happened"].search(context.before, promised):
        return True
    parts = list(_PART.finditer(context.before, promised))
    own = _PART.split(context.after, maxsplit=1)[0]
    return bool(parts) and bool(cues["has_happened"].search(own))


def _promises(before: str, phrases: Sequence[StatusPhrase], cues: Cues) -> list[tuple[int, str]]:
    """Find where the text before a figure promises or estimates something; promises that were kept do not count."""
    kept = [match.span() for match in cues["promise_kept"].finditer(before)]
    return [
        (match.start(), row.status)
        for row in phrases
        for match in row.pattern.finditer(before)
        if not any(start <= match.start() < end for start, end in kept)
        and not _QUOTATION_ENDS.search(before, match.end())
    ]


def _status_of_predicate(after: str, phrases: Sequence[StatusPhrase], cues: Cues) -> str | None:
    """Return the status that a phrase after the number sets, unless a finished verb comes before it.

    "100% of production should follow the rules"
    """
    predicate = cues["predicate"].match(after)
    promised = [
        (m.start(), row.status)
        for row in phrases
        if predicate and (m := row.pattern.search(predicate.group()))
    ]
    if not promised or cues["finished_verb"].search(after[: promised[0][0]]):
        return None
    return promised[0][1]


def _governing_status(
    context: StatusContext, phrases: Sequence[StatusPhrase], cues: Cues, anchor: date | None
) -> str:
    governing = [row.status for row in phrases if context.heading and row.pattern.search(context.heading)]
    if governing or (context.heading and _is_of_tasks(context.heading, cues)):
        return governing[0] if governing else "target"
    is_future = context.future_end and anchor and context.future_end > anchor
    return "target" if is_future else "actual"


def _is_of_tasks(heading: str, cues: Cues) -> bool:
    return bool(cues["task_heading"].search(heading) or cues["plan_title"].search(heading))
