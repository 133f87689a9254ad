"""The bounds of the clause that belongs to one of several figures in a sentence.

"Complaints about shoes and hats rose to 120 and 85, respectively" holds two statements: each number gets its own
subject from the list.
"""

from collections.abc import Sequence
from itertools import pairwise

from flows.extract.languages.mentions import Mention
from flows.extract.patterns.lazy_pattern import Cues

_LONGEST_LIST = 12  # members
_MOST_JOINED = 3  # figures in one clause
_LONGEST_SUBJECTS = 300  # characters


def own_clause(sentence: str, mentions: Sequence[Mention], at: int, cues: Cues) -> tuple[int, int]:
    """Return the span of the sentence about mention `at` alone: at most from the mention before it to the next."""
    begin = mentions[at - 1].end if at else 0
    begin = max(
        (m.end() for m in cues["clause_start"].finditer(sentence, begin, mentions[at].start)), default=begin
    )
    end = end_of_own(sentence, mentions, at, cues)
    stop = cues["clause_stop"].search(sentence, mentions[at].end, end)
    return begin, stop.start() if stop else max(end, mentions[at].end)


def end_of_own(sentence: str, mentions: Sequence[Mention], at: int, cues: Cues) -> int:
    """Return the start of the next quantity that does not belong to this one.

    One in brackets gives the same in another unit, and "150 kinds from 18,000 enterprises were checked" is one clause.
    """
    for last, following in pairwise(mentions[at : at + _MOST_JOINED + 1]):
        if not cues["joined_to_next"].fullmatch(sentence, last.end, following.start):
            return following.start
    beyond = at + _MOST_JOINED + 1
    return mentions[beyond].start if beyond < len(mentions) else len(sentence)


def is_next_in_list(between: str, cues: Cues) -> bool:
    """Return whether there is nothing but a member of a list between two quantities: ", textiles and"."""
    return bool(cues["list_member"].fullmatch(between))


def aligned_subject(sentence: str, mentions: Sequence[Mention], at: int, cues: Cues) -> str | None:
    """Return the subject that "respectively" assigns to mention `at` from a list of subjects, or None."""
    first, last = at, at
    lowest, highest = max(0, at - _LONGEST_LIST), min(len(mentions) - 1, at + _LONGEST_LIST)
    while first > lowest and _are_members(sentence, mentions[first - 1], mentions[first], cues):
        first -= 1
    while last < highest and _are_members(sentence, mentions[last], mentions[last + 1], cues):
        last += 1
    if first == last or not _are_aligned(sentence, mentions[first].start, mentions[last].end, cues):
        return None
    begin = max(0, mentions[first].start - _LONGEST_SUBJECTS)
    subjects = _subjects(sentence[begin : mentions[first].start], cues)
    return subjects[at - first] if len(subjects) == last - first + 1 else None


def _are_aligned(sentence: str, start: int, end: int, cues: Cues) -> bool:
    """Return whether the sentence says "respectively", after the numbers or, as in 分别为77和80, before them."""
    before = cues["respectively_before"].search(sentence, max(0, start - _LONGEST_SUBJECTS), start)
    return bool(cues["respectively"].match(sentence, end) or before)


def _are_members(sentence: str, left: Mention, right: Mention, cues: Cues) -> bool:
    return bool(cues["between_members"].fullmatch(sentence[left.end : right.start]))


def _subjects(before: str, cues: Cues) -> list[str]:
    """Return the members of a list, each with the head they share: "complaints about shoes and hats" has two."""
    matches = list(cues["list_of_subjects"].finditer(before))
    if not matches:
        return []
    listed, tail = matches[-1]["list"].strip(), matches[-1].groupdict().get("tail") or ""
    first, *others = cues["member_break"].split(listed)
    if tail or not others:
        return [f"{member}{tail}" for member in (first, *others)]
    length = len(others[-1].split())
    head = " ".join(first.split()[:-length])
    return [first, *(f"{head} {other}".strip() for other in others)]
