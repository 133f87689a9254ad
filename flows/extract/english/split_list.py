"""A sentence with several figures in, the clause that belongs to one of them out.

"The scores for life services and public services have risen to 78.01 and 79.85, respectively" holds two
statements: each number gets its own subject, aligned one to one.
"""

import re
from collections.abc import Sequence

from flows.extract.english.read_mentions import Mention

_RESPECTIVELY = re.compile(r"[\s,]*respectively\b", re.IGNORECASE)
_BETWEEN_MEMBERS = re.compile(r"\s*(?:,|and|, and|or)\s*(?:to |at |about |nearly |over )?$", re.IGNORECASE)
_LIST_OF_SUBJECTS = re.compile(
    r"(?P<list>[\w'’ -]+?(?:, [\w'’ -]+?)*,? and [\w'’ -]+?)\s+"
    r"(?:have|has|had|was|were|are|is|rose|fell|stood|reached|came|increased|decreased|totall?ed|amounted|numbered)\b",
    re.IGNORECASE,
)
_LIST_MEMBER = re.compile(
    r"(?:[^.;:()\d]|\b(?:19|20)\d\d\b){0,60}?(?:,|\band)\s+(?:and\s+)?"
    r"(?:(?!rate|was|were|is|are|stood|reached|has|have)\w+\s+){0,3}?(?:by |to |of |about |nearly |over )?"
)
_CLAUSE_START = re.compile(r"[;:]\s|, (?:and|but|while|whereas|resulting in|with)\s|\. ")


def own_clause(sentence: str, mentions: Sequence[Mention], at: int) -> str:
    """The part of the sentence that speaks of mention `at`: aligned, or from the mention before to the next."""
    aligned = _aligned_subject(sentence, mentions, at)
    if aligned:
        return f"{aligned} {sentence[mentions[at].start : mentions[at].end]}"
    begin = mentions[at - 1].end if at else 0
    begin = max((m.end() for m in _CLAUSE_START.finditer(sentence, begin, mentions[at].start)), default=begin)
    end = mentions[at + 1].start if at + 1 < len(mentions) else len(sentence)
    stop = _CLAUSE_START.search(sentence, mentions[at].end, end)
    return sentence[begin : stop.start() if stop else end]


def is_next_in_list(between: str) -> bool:
    """Whether nothing but a member of a list stands between two quantities: ", textiles and"."""
    return bool(_LIST_MEMBER.fullmatch(between))


def _aligned_subject(sentence: str, mentions: Sequence[Mention], at: int) -> str | None:
    first, last = at, at
    while first > 0 and _are_members(sentence, mentions[first - 1], mentions[first]):
        first -= 1
    while last + 1 < len(mentions) and _are_members(sentence, mentions[last], mentions[last + 1]):
        last += 1
    if first == last or not _RESPECTIVELY.match(sentence, mentions[last].end):
        return None
    subjects = _subjects(sentence[: mentions[first].start])
    return subjects[at - first] if len(subjects) == last - first + 1 else None


def _are_members(sentence: str, left: Mention, right: Mention) -> bool:
    return bool(_BETWEEN_MEMBERS.fullmatch(sentence[left.end : right.start]))


def _subjects(before: str) -> list[str]:
    """ "the scores for life services and public services" → each service with the head they share."""
    matches = list(_LIST_OF_SUBJECTS.finditer(before))
    if not matches:
        return []
    first, *others = re.split(r", and |, | and ", matches[-1]["list"].strip())
    length = len(others[-1].split())
    head = " ".join(first.split()[:-length])
    return [first, *(f"{head} {other}" for other in others)]
