"""The context of a sentence: the stretch of text from the sentence before it to the one after it.

A number is understood by what surrounds it, but only within its paragraph or its turn of a conversation: the end of
another topic or of another speaker's words would mislead.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.text.sentences import Sentence

_LIST_MARK = re.compile(r"[-*•·●▪◦–—①-⑳]|#{1,6}\s|\(?\d{1,3}[.)、]\s|[（(][一二三四五六七八九十\d]{1,3}[)）]")
_SHORT_LINE = 0.7  # of the longest line of its paragraph: a shorter line ends on purpose


def find_contexts(sentences: Sequence[Sentence], text: str, turn: LazyPattern) -> list[tuple[int, int]]:
    """Return for each sentence where the one before it starts and where the one after it ends.

    `sentences` are those of `text`, in order. A sentence without a neighbour gives its own start or end: the cell
    of a table, the first and the last one of a paragraph or of a turn, which the pattern `turn` begins.
    """
    joined = [
        _are_neighbours(before, after, text) and not _begins_item_or_turn(after, text, turn)
        for before, after in pairwise(sentences)
    ]
    return [
        (
            sentences[at - 1].start if at and joined[at - 1] else sentence.start,
            sentences[at + 1].end if at < len(joined) and joined[at] else sentence.end,
        )
        for at, sentence in enumerate(sentences)
    ]


def _are_neighbours(before: Sentence, after: Sentence, text: str) -> bool:
    """Return whether only spaces, or a line break from wrapping, separate two sentences."""
    if before.lead or after.lead or before.paragraph != after.paragraph or before.paragraph < 0:
        return False
    between = text[before.end : after.start]
    if between.strip():
        return False  # a running head or a toolbar, which belongs to no sentence
    return "\n" not in between or _is_broken_by_margin(before, after, text)


def _is_broken_by_margin(before: Sentence, after: Sentence, text: str) -> bool:
    """Return whether a margin made the break: a sentence beside it spans lines, and the line before it is full."""
    wrapped = ("\n" in text[sentence.start : sentence.end] for sentence in (before, after))
    if not any(wrapped):
        return False
    lines = text[text.rfind("\n", 0, before.start) + 1 : _end_of_line(text, after.end)].split("\n")
    last = text[text.rfind("\n", 0, before.end) + 1 : before.end]
    return len(last) >= _SHORT_LINE * max(map(len, lines))


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _begins_item_or_turn(sentence: Sentence, text: str, turn: LazyPattern) -> bool:
    """Return whether the sentence begins its line and with it an item of a list or another speaker's turn."""
    line_start = text.rfind("\n", 0, sentence.start) + 1
    if text[line_start : sentence.start].strip():
        return False
    return bool(_LIST_MARK.match(sentence.text) or turn.match(sentence.text))
