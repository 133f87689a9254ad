"""A sentence with several figures in, the clause that belongs to one of them out.

"Complaints about shoes and hats rose to 120 and 85, respectively" holds two statements: each number gets its
own subject, aligned one to one.
"""

import re
from collections.abc import Mapping, Sequence

from flows.extract.mentions import Mention

Cues = Mapping[str, re.Pattern[str]]


def own_clause(sentence: str, mentions: Sequence[Mention], at: int, cues: Cues) -> str:
    """The part of the sentence that speaks of mention `at`: aligned, or from the mention before to the next."""
    aligned = _aligned_subject(sentence, mentions, at, cues)
    if aligned:
        return f"{aligned} {sentence[mentions[at].start : mentions[at].end]}"
    begin = mentions[at - 1].end if at else 0
    begin = max(
        (m.end() for m in cues["clause_start"].finditer(sentence, begin, mentions[at].start)), default=begin
    )
    end = mentions[at + 1].start if at + 1 < len(mentions) else len(sentence)
    stop = cues["clause_start"].search(sentence, mentions[at].end, end)
    return sentence[begin : stop.start() if stop else end]


def is_next_in_list(between: str, cues: Cues) -> bool:
    """Whether nothing but a member of a list stands between two quantities: ", textiles and"."""
    return bool(cues["list_member"].fullmatch(between))


def _aligned_subject(sentence: str, mentions: Sequence[Mention], at: int, cues: Cues) -> str | None:
    first, last = at, at
    while first > 0 and _are_members(sentence, mentions[first - 1], mentions[first], cues):
        first -= 1
    while last + 1 < len(mentions) and _are_members(sentence, mentions[last], mentions[last + 1], cues):
        last += 1
    if first == last or not cues["respectively"].match(sentence, mentions[last].end):
        return None
    subjects = _subjects(sentence[: mentions[first].start], cues)
    return subjects[at - first] if len(subjects) == last - first + 1 else None


def _are_members(sentence: str, left: Mention, right: Mention, cues: Cues) -> bool:
    return bool(cues["between_members"].fullmatch(sentence[left.end : right.start]))


def _subjects(before: str, cues: Cues) -> list[str]:
    """Each member of the list with the head they share: "complaints about shoes and hats" are two."""
    matches = list(cues["list_of_subjects"].finditer(before))
    if not matches:
        return []
    first, *others = cues["member_break"].split(matches[-1]["list"].strip())
    length = len(others[-1].split())
    head = " ".join(first.split()[:-length])
    return [first, *(f"{head} {other}" for other in others)]
