"""Splits a text into sentences with their offsets and paragraphs.

Documents wrap lines by hand (PDF, YAML), which makes a line break a blank. They put headings and list items on lines
of their own without a full stop, where a line break ends a sentence. And they abbreviate ("Dec. 18", "U.S."), so that
a full stop need not end one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.extract.patterns.lazy_pattern import LazyPattern

# Only blank lines divide paragraphs: an indent after a line break is usually a wrapped list item.
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_LIST_MARK = re.compile(r"\s*(?:[-*•·●▪◦–¹²³]\s?|#{1,6}\s|\(?\d{1,3}[.)、]\s|[IVXLC]{1,5}[.,、]\s?\S)")
_CHINESE_MARK = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]{1,3}[章节条部篇]|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.．、](?=[\u4e00-\u9fff]))"
)
_NARROWEST_MARGIN = 18  # Chinese characters; columns are wider, so shorter lines end on purpose
_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMBER_ALONE = re.compile(r"\s*[$€£]?[\d.,]+\s?(?:%|m|bn|million|billion)?\s*")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s)|[。！？]+[”’」』）]*")
_BLANK = re.compile(r"\s")
_LOOK_AHEAD = 20
_LOOK_BACK = 40  # longer than any abbreviation or list mark
_LONGEST_SENTENCE = 1000  # real ones are shorter; a row of numbers may never end
_SHORT_LINE = 0.7  # of the longest line of its paragraph: a shorter line ends on purpose
_SHORT_CHINESE_LINE = 0.85  # Chinese breaks lines within words and fills the margin


@dataclass(frozen=True)
class Sentence:
    """A stretch of text that is read as a unit; `document.text[start:end]` shows it to people.

    In `text` every blank and line break is a plain blank, one for one, so that offsets hold.

    `origin` is the offset of `text[0]` in the document. It equals `start` except for the cell of a table, whose text
    begins with `lead` characters from elsewhere: the heads of its row and column. `paragraph` counts paragraphs
    from 0. Where a language leaves out blanks, `offsets` gives the offset of each character of `text`.
    """

    text: str
    start: int
    end: int
    paragraph: int
    origin: int
    lead: int = 0
    offsets: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of `text[start:end]` in the document."""
        if self.offsets is None:
            return self.origin + start, self.origin + end
        return self.offsets[start], self.offsets[end - 1] + 1


def split_sentences(text: str, no_end: LazyPattern) -> list[Sentence]:
    """Split a text into sentences, in order and without the blanks around them.

    `no_end` matches text whose full stop does not end a sentence: a list mark, an abbreviation.
    """
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        for line_start, line_end in _logical_lines(text, start, end):
            sentences.extend(
                Sentence(_BLANK.sub(" ", text[s:e]), s, e, number, s)
                for s, e in _sentences_of(text, line_start, line_end, no_end)
            )
    return sentences


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH_BREAK.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _logical_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Join lines that a margin broke; keep lines apart that end on purpose."""
    lines = [(m.start() + start, m.end() + start) for m in re.finditer(r"[^\n]+", text[start:end])]
    longest = max((e - s for s, e in lines), default=0)
    first = None
    for i, (line_start, line_end) in enumerate(lines):
        first = line_start if first is None else first
        following = text[slice(*lines[i + 1])] if i + 1 < len(lines) else None
        if following is None or _ends_here(text[line_start:line_end], following, longest):
            yield first, line_end
            first = None


def _ends_here(line: str, following: str, longest: int) -> bool:
    if _LIST_MARK.match(following) or _CHINESE_MARK.match(following):
        return True
    if following.lstrip()[:1].islower() or _NUMBER_ALONE.fullmatch(following):
        return False
    return not _fills_margin(line.rstrip(), longest) or line.rstrip()[-1:] in ".!?:;。！？；："


def _fills_margin(line: str, longest: int) -> bool:
    if _HAN.search(line):
        return longest >= _NARROWEST_MARGIN and len(line) >= _SHORT_CHINESE_LINE * longest
    return len(line) >= _SHORT_LINE * longest


def _sentences_of(text: str, start: int, end: int, no_end: LazyPattern) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _SENTENCE_END.finditer(text, start, end):
        rest = text[stop.end() : min(end, stop.end() + _LOOK_AHEAD)].lstrip()
        ending = text[max(begin, stop.start() - _LOOK_BACK) : stop.start() + 1]
        if stop.group()[0] == "." and (rest[:1].islower() or no_end.search(ending)):
            continue
        yield from _pieces(text, begin, stop.end())
        begin = stop.end()
    yield from _pieces(text, begin, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, or pieces cut between words if it is too long, as a list of numbers may be."""
    while end - start > _LONGEST_SENTENCE:
        cut = max(text.rfind(mark, start + 1, start + _LONGEST_SENTENCE) for mark in (";", ",", " ", "\n"))
        cut = cut + 1 if cut > start else start + _LONGEST_SENTENCE
        yield from _stripped(text, start, cut)
        start = cut
    yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
