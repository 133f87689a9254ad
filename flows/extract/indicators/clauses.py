"""The texts in which patterns look for the indicator of a figure, from its clause to its sentence.

In these texts the figure is written `<over # toys>` and every other number `~`, so that patterns can refer to their
positions. Each text is made on first use, since most figures need none of them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from flows.extract.indicators.clause_bounds import aligned_subject, end_of_own, own_clause
from flows.extract.languages.mentions import Mention
from flows.extract.vocabulary.entries import Language

_BLANKS = re.compile(r"\s+")
_MARKS = re.compile(r"[<>#~]")
_REACH = 300  # characters before a figure; earlier words no longer govern it


class Clauses:
    """The clauses around mention `at` of a sentence whose time phrases are blanked out in `text`."""

    def __init__(self, text: str, mentions: Sequence[Mention], at: int, language: Language) -> None:
        """Keep the sentence; nothing in it is read yet."""
        self._text = text
        self._mentions = mentions
        self._at = at
        self._cues = language.cues
        self._mention = mentions[at]
        self._earliest = max(0, self._mention.start - _REACH)

    @cached_property
    def subject(self) -> str | None:
        """The subject that "respectively" assigns to the figure, from a list of subjects."""
        return aligned_subject(self._text, self._mentions, self._at, self._cues)

    @cached_property
    def own(self) -> str:
        """The clause about this figure alone."""
        if self.subject:
            return f"{self.subject} {self._marked(self._mention.start, self._mention.end)}"
        begin, end = self._own_span
        if self.goes_on:
            begin, _ = own_clause(self._text, self._mentions, self._at - 1, self._cues)
        return self._marked(max(begin, self._earliest), end)

    @cached_property
    def goes_on(self) -> bool:
        """Whether the clause continues the one before: "85 recalls, involving 43,000 vehicles"."""
        begin, end = self._own_span
        clause = self._marked(max(begin, self._earliest), end) if self._at else ""
        return bool(self._cues["goes_on"].search(clause))

    @cached_property
    def segment_start(self) -> int:
        """The start of the statement that the figure belongs to; an English sentence is a single statement."""
        marks = self._cues["segment_start"].finditer(self._text, self._earliest, self._mention.start)
        return max((mark.end() for mark in marks), default=self._earliest)

    @cached_property
    def segment(self) -> str:
        """The statement that the figure belongs to, up to the next figure."""
        return self._marked(self.segment_start, self._end)

    @cached_property
    def sentence(self) -> str:
        """The sentence up to the next figure."""
        return (
            self.segment if self.segment_start == self._earliest else self._marked(self._earliest, self._end)
        )

    @cached_property
    def topics(self) -> list[str]:
        """The topics of the clauses up to the figure, since the last change of topic."""
        breaks = self._cues["topic_break"].finditer(self._text, self._earliest, self._mention.start)
        start = max((match.start() for match in breaks), default=self._earliest)
        clause = self._marked(start, self._mention.end)
        return [match[match.lastindex or 0] for match in self._cues["part_topic"].finditer(clause)]

    def windows(self) -> Iterator[str]:
        """Yield the texts in which a pattern may match, narrowest first, without repetition."""
        yield self.own
        if not self.subject:
            yield from dict.fromkeys(window for window in (self.segment, self.sentence) if window != self.own)

    @cached_property
    def _own_span(self) -> tuple[int, int]:
        return own_clause(self._text, self._mentions, self._at, self._cues)

    @cached_property
    def _end(self) -> int:
        """The end of the statement; "nine firms and nine people won the award" is one statement about both."""
        end = end_of_own(self._text, self._mentions, self._at, self._cues)
        if self._cues["joined_in_list"].fullmatch(self._text, self._mention.end, end):
            end = end_of_own(self._text, self._mentions, self._at + 1, self._cues)
        stop = self._cues["segment_stop"].search(self._text, self._mention.end, end)
        return stop.start() if stop else end

    def _marked(self, begin: int, end: int) -> str:
        text, mentions, position = self._text, self._mentions, begin
        pieces: list[str] = []
        first = bisect_left(mentions, begin, key=lambda mention: mention.start)
        for index in range(first, len(mentions)):
            mention = mentions[index]
            if mention.end > end:
                break
            written = self._figure if index == self._at else _other(text, mention)
            pieces += (_plain(text[position : mention.start]), written)
            position = mention.end
        return _BLANKS.sub(" ", "".join((*pieces, _plain(text[position:end])))).strip()

    @cached_property
    def _figure(self) -> str:
        mention, number = self._mention, self._mention.number
        before, after = self._text[mention.start : number.start], self._text[number.end : mention.end]
        return f"<{_plain(before)}#{_plain(after)}>"


def _other(text: str, mention: Mention) -> str:
    return f"~{_plain(text[mention.number.end : mention.end])}"


def _plain(text: str) -> str:
    return _MARKS.sub(" ", text)
