"""Where a mention stands: its sentence and what governs the time there, as the steps that date it hand it around."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.languages.mentions import Mention
from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.patterns.lazy_pattern import Cues
from flows.extract.periods.period import PeriodContext

MOVED_KINDS = ("growth_rate", "change")
DERIVED_KINDS = (*MOVED_KINDS, "share")
RATES = ("percent", "percentage_points", "score", "index", "ratio", "rank")  # what nothing is summed up in


@dataclass(frozen=True)
class MentionContext:
    """Mention `at` of a sentence with all time phrases of that sentence; `kind` is that of its figure."""

    sentence: str
    phrases: Sequence[TimePhrase]
    mentions: Sequence[Mention]
    at: int
    kind: str
    around: PeriodContext
    cues: Cues

    @property
    def mention(self) -> Mention:
        """The mention itself."""
        return self.mentions[self.at]

    @property
    def is_rate(self) -> bool:
        """Whether it is in a unit that is never summed up."""
        return self.mention.unit in RATES

    def finds(self, cue: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match of a cue in `sentence[start:end]`."""
        return self.cues[cue].search(self.sentence, start, len(self.sentence) if end is None else end)

    def own_clause_start(self) -> int:
        """Where the clause of the mention begins."""
        marks = self.cues["clause_mark"].finditer(self.sentence, 0, self.mention.number.start)
        return max((mark.end() for mark in marks), default=0)
