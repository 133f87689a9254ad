"""The trace of a figure: what led to it, kept for explanations."""

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
    """A figure with the findings in its sentence that it was made from; `at` is its index in `mentions`."""

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
