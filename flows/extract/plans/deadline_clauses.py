"""The clauses of a sentence, each with the deadline that it states."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.extract.periods.deadlines import Deadline, StatedDeadline
from flows.extract.text.sentences import Sentence

WORD = re.compile(r"[A-Za-z]+|[\u3400-\u9fff]")
"""A word, or a Chinese character."""
_CLAUSE_BREAK = re.compile(r"\s?[;；,，]\s?(?:and |while |并|且|而)?$")
# What may precede a deadline at the beginning of a sentence: the mark of a list, a key, "力争".
_LEAD = re.compile(
    r"\W*(?:\d{1,2}[.)、）]\s*|[\w'-]{1,20}[:：]\s*)*(?:[\u3400-\u9fff]{1,4}[，,]?|and\s*)?(?:[“\"(（])?"
)
_FEWEST_WORDS_OF_A_CLAUSE = 2  # "in 2025, 2026 and 2027" is a list of years


@dataclass(frozen=True)
class Clause:
    """A sentence, or a part of it with a deadline of its own; offsets into the text of the sentence.

    `leads`: the clause begins with its deadline ("By 2020, ...").
    """

    start: int
    end: int
    deadline: Deadline | None
    leads: bool = False


def split_at_deadlines(
    sentence: Sentence, text: str, deadlines: Sequence[StatedDeadline]
) -> Iterator[Clause]:
    """Split a sentence before each further deadline that begins a clause ("... and by 2030 ...")."""
    cuts = list(_cuts(sentence.text, deadlines))
    starts = [0, *(start for _, start in cuts)]
    ends = [*(end for end, _ in cuts), len(sentence.text)]
    for start, end in zip(starts, ends, strict=True):
        own = next((stated for stated in deadlines if start <= stated.start < end), None)
        if own is None:
            yield Clause(start, end, None)
            continue
        first, last = sentence.span(own.start, own.end)
        leads = bool(_LEAD.fullmatch(sentence.text, start, own.start))
        yield Clause(start, end, Deadline(own.day, text[first:last].strip()), leads)


def _cuts(text: str, deadlines: Sequence[StatedDeadline]) -> Iterator[tuple[int, int]]:
    """Yield the end of each clause and the start of the next one, which begins with its deadline."""
    for at, stated in enumerate(deadlines[1:], 2):
        end = deadlines[at].start if at < len(deadlines) else len(text)
        says_something = len(WORD.findall(text[stated.end : end])) >= _FEWEST_WORDS_OF_A_CLAUSE
        clause_break = _CLAUSE_BREAK.search(text[: stated.start])
        if says_something and clause_break:
            yield clause_break.start(), stated.start
