"""What a sentence says of one of its figures, from the clause of the figure to the sentence as far as the next one.

In these texts the figure is written `<over # toys>` and the number of every other one `~`, so that patterns can
say where they stand. Each text is made when it is first asked for: most figures need none of them.
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
_REACH = 300  # characters back; what a sentence said before does not govern a figure any more


class Clauses:
    """The clauses around mention `at` of a sentence whose time phrases are blanked out in `text`."""

    def __init__(self, text: str, mentions: Sequence[Mention], at: int, language: Language) -> None:
        """Take the sentence; nothing is read of it yet."""
        self._text = text
        self._mentions = mentions
        self._at = at
        self._cues = language.cues
        self._mention = mentions[at]
        self._earliest = max(0, self._mention.start - _REACH)

    @cached_property
    def subject(self) -> str | None:
        """The member of a list of subjects that "respectively" gives to the figure."""
        return aligned_subject(self._text, self._mentions, self._at, self._cues)

    @cached_property
    def own(self) -> str:
        """The clause that speaks of the figure alone."""
        if self.subject:
            return f"{self.subject} {self._marked(self._mention.start, self._mention.end)}"
        begin, end = self._own_span
        if self.goes_on:
            begin, _ = own_clause(self._text, self._mentions, self._at - 1, self._cues)
        return self._marked(max(begin, self._earliest), end)

    @cached_property
    def goes_on(self) -> bool:
        """Whether the clause only goes on with the one before: "85 recalls, involving 43,000 vehicles"."""
        begin, end = self._own_span
        clause = self._marked(max(begin, self._earliest), end) if self._at else ""
        return bool(self._cues["goes_on"].search(clause))

    @cached_property
    def segment_start(self) -> int:
        """Where the statement begins that the figure belongs to; in English the sentence is one."""
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
        """What the clauses up to the figure have for their topic, as long as no other one is taken up."""
        breaks = self._cues["topic_break"].finditer(self._text, self._earliest, self._mention.start)
        start = max((match.start() for match in breaks), default=self._earliest)
        clause = self._marked(start, self._mention.end)
        return [match[match.lastindex or 0] for match in self._cues["part_topic"].finditer(clause)]

    def windows(self) -> Iterator[str]:
        """The texts in which a pattern may hold, the narrowest first, none of them twice."""
        yield self.own
        if not self.subject:
            yield from dict.fromkeys(window for window in (self.segment, self.sentence) if window != self.own)

    @cached_property
    def _own_span(self) -> tuple[int, int]:
        return own_clause(self._text, self._mentions, self._at, self._cues)

    @cached_property
    def _end(self) -> int:
        """Where the statement ends; "nine firms and nine people won the award" is one of both."""
        end = end_of_own(self._text, self._mentions, self._at, self._cues)
        if self._cues["joined_in_list"].fullmatch(self._text, self._mention.end, end):
            end = end_of_own(self._text, self._mentions, self._at + 1, self._cues)
        stop = self._cues["segment_stop"].search(self._text, self._mention.end, end)
        return stop.start() if stop else end

    def _marked(self, begin: int, end: int) -> str:
        text, mentions, pieces, position = self._text, self._mentions, [], begin
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
