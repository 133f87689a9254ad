"""What led to a figure, kept for whoever wants it explained."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.agencies.attribution import Attribution
from flows.extract.areas.area import Area
from flows.extract.indicators.indicator import Finding
from flows.extract.languages.mentions import Mention
from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.model import Figure
from flows.extract.text.sentences import Sentence


@dataclass(frozen=True)
class Trace:
    """A figure with what was found in its sentence and what was made of it; `at` is its place in `mentions`."""

    figure: Figure
    language: str
    sentence: Sentence
    heading: str
    phrases: Sequence[TimePhrase]
    mentions: Sequence[Mention]
    at: int
    attribution: Attribution
    area: Area
    finding: Finding
    doubts: Sequence[str]
