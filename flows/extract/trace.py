"""What led to a figure, kept for whoever wants it explained."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.find_agencies import Attribution
from flows.extract.find_areas import Area
from flows.extract.find_indicators import Finding
from flows.extract.mentions import Mention
from flows.extract.model import Figure
from flows.extract.sentences import Sentence
from flows.extract.time_phrases import TimePhrase


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
