"""The extractor: a document and a vocabulary in, its figures out, in the order in which they are stated.

Same input, same output. Each step is a module of its own; this one only says in which order they go and what
each is told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows.extract.english.find_periods import TimePhrase, find_time_phrases
from flows.extract.english.read_kind import read_kind
from flows.extract.english.read_mentions import Mention, MentionReader
from flows.extract.english.split_list import own_clause
from flows.extract.find_agencies import Attribution, attribute_sentences
from flows.extract.find_areas import find_document_area, resolve_area
from flows.extract.find_indicators import find_indicator
from flows.extract.model import Boilerplate, Document, Figure
from flows.extract.read_confidence import read_confidence
from flows.extract.read_status import read_status
from flows.extract.resolve_periods import Period, resolve_period
from flows.extract.sentences import Sentence, split_sentences
from flows.extract.vocabulary import Language, Vocabulary

VERSION = "1"
"""Changes whenever the same text may give other figures; the ledger keeps it with every document."""

LANGUAGES = ("en",)
"""The languages the engine reads; a document in another one is quarantined, not read wrongly."""


@dataclass(frozen=True)
class _Reading:
    """One sentence with everything that was found in it."""

    sentence: Sentence
    phrases: Sequence[TimePhrase]
    mentions: Sequence[Mention]
    attribution: Attribution
    heading: str


class Extractor:
    """Extracts figures with one vocabulary; make one and use it for many documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Compile what every document needs."""
        self._vocabulary = vocabulary
        self._language: Language = vocabulary.languages["en"]
        self._mentions = MentionReader(self._language, vocabulary)

    def extract(self, document: Document) -> list[Figure]:
        """Every figure the document states outside its boilerplate."""
        anchor = document.event or document.published
        readings = self._read_sentences(document, anchor)
        area = find_document_area(document, self._language)
        figures: list[Figure] = []
        for i, reading in enumerate(readings):
            for j, _ in enumerate(reading.mentions):
                figures.append(self._figure(document, readings[: i + 1], j, anchor, area))
        return figures

    def _read_sentences(self, document: Document, anchor: date | None) -> list[_Reading]:
        sentences = [s for s in split_sentences(document.text) if not _is_boilerplate(s, document.boilerplate)]
        attributions = attribute_sentences(document, sentences, self._language, self._vocabulary)
        readings, heading = [], ""
        for sentence, attribution in zip(sentences, attributions, strict=True):
            phrases = find_time_phrases(sentence.text, anchor)
            mentions = self._mentions.read(sentence.text, phrases)
            heading = _governing_heading(sentence, mentions, heading)
            readings.append(_Reading(sentence, phrases, mentions, attribution, heading))
        return readings

    def _figure(
        self, document: Document, readings: Sequence[_Reading], at: int, anchor: date | None, area: str | None
    ) -> Figure:
        reading = readings[-1]
        text, mention, offset = reading.sentence.text, reading.mentions[at], reading.sentence.start
        previous_end = reading.mentions[at - 1].end if at else 0
        period = _period(readings, at, anchor)
        kind = read_kind(text, mention, previous_end, period.is_since)
        status = read_status(
            self._language.status_phrases, text[: mention.number.start], reading.heading,
            mention.counted_text if mention.unit == "count" else None, period.end, anchor,
        )
        agency = self._vocabulary.agencies.get(reading.attribution.agency or "")
        figure = Figure(
            doc_id=document.doc_id,
            quote=text[mention.start : mention.end],
            start=offset + mention.start,
            end=offset + mention.end,
            number=text[mention.number.start : mention.number.end],
            value=mention.value,
            value_max=mention.value_max,
            unit=mention.unit,
            counted=mention.counted_text if mention.unit == "count" else None,
            bound=mention.bound,
            kind=kind,
            status=status,
            period_start=period.start,
            period_end=period.end,
            period_basis=period.basis,
            agency=agency.agency if agency else None,
            ref_area=resolve_area(text, mention.number.start, agency, area, self._language),
            indicator=self._indicator(reading, at, kind),
            speaker=reading.attribution.speaker,
            sentence_start=reading.sentence.start,
            sentence_end=reading.sentence.end,
        )
        figure = replace(figure, measure=self._measure(figure))
        return replace(
            figure,
            confidence=read_confidence(figure, mention, reading.attribution),
            reasons=_reasons(figure, document, period),
        )

    def _indicator(self, reading: _Reading, at: int, kind: str) -> str | None:
        if kind in ("growth_rate", "change", "rank"):
            return None
        mention, text = reading.mentions[at], reading.sentence.text
        following = reading.mentions[at + 1].start if at + 1 < len(reading.mentions) else len(text)
        windows = (own_clause(text, reading.mentions, at), text[:following])
        return find_indicator(self._language.indicator_patterns, mention.unit, mention.counted_text, windows)

    def _measure(self, figure: Figure) -> str | None:
        if figure.indicator:
            return self._vocabulary.indicators[figure.indicator].name
        return figure.counted


def _is_boilerplate(sentence: Sentence, spans: Sequence[Boilerplate]) -> bool:
    covered = sum(
        max(0, min(sentence.end, span.end) - max(sentence.start, span.start)) for span in spans
    )
    return 2 * covered >= sentence.end - sentence.start


def _governing_heading(sentence: Sentence, mentions: Sequence[Mention], heading: str) -> str:
    """"2030 targets:" governs the list items below it, until something that is no list item comes."""
    if sentence.text.endswith(":") and not mentions:
        return sentence.text
    return heading if re.match(r"[-*•·●▪◦–]", sentence.text) else ""


def _period(readings: Sequence[_Reading], at: int, anchor: date | None) -> Period:
    reading = readings[-1]
    earlier = [
        (r.sentence.text, r.phrases)
        for r in readings[:-1]
        if r.sentence.paragraph == reading.sentence.paragraph
    ]
    heading = find_time_phrases(reading.heading, anchor) if reading.heading else []
    return resolve_period(reading.sentence.text, reading.phrases, reading.mentions, at, earlier, heading, anchor)


def _reasons(figure: Figure, document: Document, period: Period) -> dict[str, str]:
    """The reason code of each field that is null."""
    undated = document.published is None and document.event is None
    reasons = {
        "value_max": "not_applicable",
        "counted": "not_stated" if figure.unit == "count" else "not_applicable",
        "period_start": "undated_document" if undated and period.is_relative else "not_stated",
        "period_end": "undated_document" if undated else "not_stated",
        "period_basis": "undated_document" if undated else "not_stated",
        "agency": "not_stated",
        "ref_area": "not_stated",
        "indicator": "not_applicable" if figure.kind in ("growth_rate", "change", "rank") else "unmapped",
        "measure": "not_stated",
        "breakdown": "not_stated",
        "speaker": "not_stated",
    }
    return {name: reason for name, reason in reasons.items() if getattr(figure, name) is None}
