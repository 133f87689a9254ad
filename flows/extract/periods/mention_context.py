"""The context of a mention, which the steps that date it share: its sentence and what governs the time there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.languages.mentions import Mention
from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.patterns.lazy_pattern import Cues
from flows.extract.periods.period import PeriodContext

MOVED_KINDS = ("growth_rate", "change")
DERIVED_KINDS = (*MOVED_KINDS, "share")
RATES = ("percent", "percentage_points", "score", "index", "ratio", "rank")  # units in which nothing adds up


@dataclass(frozen=True)
class MentionContext:
    """Mention `at` of a sentence with all its time phrases; `kind` is the kind of the figure."""

    sentence: str
    phrases: Sequence[TimePhrase]
    mentions: Sequence[Mention]
    at: int
    kind: str
    around: PeriodContext
    cues: Cues

    @property
    def mention(self) -> Mention:
        """The mention to be dated."""
        return self.mentions[self.at]

    @property
    def is_rate(self) -> bool:
        """Whether its unit is one in which nothing adds up."""
        return self.mention.unit in RATES

    def finds(self, cue: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the first match of a cue in `sentence[start:end]`."""
        return self.cues[cue].search(self.sentence, start, len(self.sentence) if end is None else end)

    def own_clause_start(self) -> int:
        """Return where the clause of the mention begins."""
        marks = self.cues["clause_mark"].finditer(self.sentence, 0, self.mention.number.start)
        return max((mark.end() for mark in marks), default=0)
