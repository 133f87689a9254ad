"""The extractor: a document and a vocabulary in, its figures out, in the order in which they are stated.

Same input, same output. Each step is a module of its own; this one only says in which order they go and what
each is told.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flows.extract.find_agencies import Attribution, attribute_sentences
from flows.extract.find_areas import Place, find_document_area, find_places, resolve_area
from flows.extract.find_indicators import find_indicator, find_repeated_indicator
from flows.extract.languages import LANGUAGE_READERS
from flows.extract.mentions import Mention
from flows.extract.model import Document, Figure
from flows.extract.read_confidence import read_confidence
from flows.extract.read_kind import read_kind
from flows.extract.read_status import StatusContext, read_status
from flows.extract.read_tables import find_tables, read_table_sentences
from flows.extract.resolve_periods import Period, Surroundings, resolve_period
from flows.extract.sentences import Sentence, split_sentences
from flows.extract.split_list import is_next_in_list, own_clause
from flows.extract.time_phrases import TimePhrase
from flows.extract.vocabulary import Language, Vocabulary

VERSION = "1"
"""Changes whenever the same text may give other figures; the ledger keeps it with every document."""

_UNMAPPED_KINDS = ("growth_rate", "change", "rank")
_DERIVED_KINDS = ("growth_rate", "change", "share")

_DEFAULT_LANGUAGE = "en"  # of a text too short to tell


@dataclass(frozen=True)
class _Reading:
    """One sentence with everything that was found in it."""

    sentence: Sentence
    phrases: Sequence[TimePhrase]
    mentions: Sequence[Mention]
    places: Sequence[Place]
    attribution: Attribution
    heading: str


@dataclass(frozen=True)
class _Frame:
    """What holds for all sentences of a document; `original` is its text as it was written."""

    document: Document
    original: str
    anchor: date | None
    area: str | None
    title_phrases: Sequence[TimePhrase]


@dataclass
class _Paragraph:
    """What the sentences of one paragraph have stated so far."""

    number: int = -1
    periods: list[Period] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


class Extractor:
    """Extracts figures with one vocabulary; make one and use it for many documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Each language is compiled when its first document comes."""
        self._vocabulary = vocabulary
        self._engines: dict[str, _LanguageExtractor] = {}

    def extract(self, document: Document) -> list[Figure]:
        """Every figure the document states outside its boilerplate."""
        language = document.language if document.language in LANGUAGE_READERS else _DEFAULT_LANGUAGE
        if language not in self._engines:
            self._engines[language] = _LanguageExtractor(language, self._vocabulary)
        return self._engines[language].extract(document)


class _LanguageExtractor:
    """Extracts the figures of documents in one language."""

    def __init__(self, language: str, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._language: Language = vocabulary.languages[language]
        self._cues = self._language.cues
        self._reader = LANGUAGE_READERS[language](self._language, vocabulary)

    def extract(self, document: Document) -> list[Figure]:
        frame = self._frame(document)
        figures: list[Figure] = []
        paragraph = _Paragraph()
        for reading in self._read_sentences(frame):
            if reading.sentence.paragraph != paragraph.number:
                paragraph = _Paragraph(reading.sentence.paragraph)
            figures += self._read_figures(reading, frame, paragraph)
        return figures

    def _frame(self, document: Document) -> _Frame:
        plain = replace(
            document,
            text=self._reader.plain(document.text),
            title=self._reader.plain(document.title or ""),
            publisher=self._reader.plain(document.publisher or ""),
        )
        anchor = document.event or document.published
        area = find_document_area(plain, self._language)
        titled = self._reader.find_time_phrases(plain.title or "", anchor)
        return _Frame(plain, document.text, anchor, area, titled)

    def _read_sentences(self, frame: _Frame) -> Iterator[_Reading]:
        document = frame.document
        text = _without(document.text, [(span.start, span.end) for span in document.boilerplate])
        prose = split_sentences(_without(text, find_tables(text)), self._cues["no_sentence_end"])
        found = sorted([*prose, *read_table_sentences(text)], key=lambda s: (s.start, s.origin))
        sentences = [self._reader.prepare(sentence) for sentence in found]
        attributions = attribute_sentences(document, sentences, self._language, self._vocabulary)
        heading = ""
        for sentence, attribution in zip(sentences, attributions, strict=True):
            phrases = self._reader.find_time_phrases(sentence.text, frame.anchor)
            mentions = self._reader.read_mentions(sentence.text, phrases, sentence.lead)
            heading = _governing_heading(sentence, mentions, heading)
            places = find_places(sentence.text, self._language) if mentions else []
            yield _Reading(sentence, phrases, mentions, places, attribution, heading)

    def _read_figures(self, reading: _Reading, frame: _Frame, paragraph: _Paragraph) -> list[Figure]:
        """The figures of one sentence; what they state is added to what the paragraph has stated."""
        figures: list[Figure] = []
        told = [_told(phrase) for phrase in reading.phrases if phrase.last and not reading.mentions]
        for at, _ in enumerate(reading.mentions):
            kind = self._kind(reading, at)
            period = self._period(reading, at, frame, paragraph, kind)
            figure = self._figure(reading, at, frame, kind, period)
            indicator, is_near = self._indicator(reading, at, kind, [*paragraph.figures, *figures])
            part = self._named_part(reading.mentions[at])
            figure = replace(figure, indicator=None if part else indicator, breakdown=part)
            figures.append(self._completed(figure, reading, at, period, frame, is_near))
            told = told or [period] * (period.basis in ("stated", "inherited"))
        paragraph.periods += told
        paragraph.figures += figures
        return figures

    def _figure(self, reading: _Reading, at: int, frame: _Frame, kind: str, period: Period) -> Figure:
        sentence, mention = reading.sentence, reading.mentions[at]
        start, end = sentence.span(mention.start, mention.end)
        number = sentence.span(mention.number.start, mention.number.end)
        counted = mention.counted_text if mention.unit == "count" else None
        agency = self._vocabulary.agencies.get(reading.attribution.agency or "")
        if kind == "level" and period.is_since:
            kind = "cumulative"
        return Figure(
            doc_id=frame.document.doc_id,
            quote=frame.original[start:end],
            start=start,
            end=end,
            number=frame.original[slice(*number)],
            value=mention.value,
            value_max=mention.value_max,
            unit=mention.unit,
            counted=_as_written(counted, sentence, frame.original),
            bound=mention.bound,
            kind=kind,
            status=self._status(reading, mention, counted, period, frame.anchor),
            period_start=period.start,
            period_end=period.end,
            period_basis=period.basis,
            agency=agency.agency if agency else None,
            ref_area=resolve_area(reading.places, mention.number.start, agency, frame.area),
            speaker=reading.attribution.speaker,
            sentence_start=reading.sentence.start,
            sentence_end=reading.sentence.end,
        )

    def _kind(self, reading: _Reading, at: int) -> str:
        """A bare percentage in a list ("46.6% concerned toys, 3.3% shoes") is of the kind of the one before."""
        text, mention = reading.sentence.text, reading.mentions[at]
        previous = reading.mentions[at - 1] if at else None
        kind = read_kind(text, mention, previous.end if previous else 0, self._cues)
        is_percent = mention.unit == "percent" and previous is not None and previous.unit == "percent"
        if kind == "level" and is_percent and is_next_in_list(text[previous.end : mention.start], self._cues):
            return self._kind(reading, at - 1)
        return kind

    def _period(self, reading: _Reading, at: int, frame: _Frame, paragraph: _Paragraph, kind: str) -> Period:
        text = reading.sentence.text
        heading = self._reader.find_time_phrases(reading.heading, frame.anchor) if reading.heading else []
        around = Surroundings(paragraph.periods, heading, frame.title_phrases, frame.anchor, self._cues)
        return resolve_period(
            text,
            reading.phrases,
            reading.mentions,
            at,
            around,
            is_derived=kind in _DERIVED_KINDS,
            is_promised=any(row.pattern.search(text) for row in self._language.status_phrases),
        )

    def _status(
        self, reading: _Reading, mention: Mention, counted: str | None, period: Period, anchor: date | None
    ) -> str:
        text = reading.sentence.text
        begun = period.start is not None and (anchor is None or period.start <= anchor)
        context = StatusContext(
            before=text[: mention.number.start],
            after=text[mention.end :],
            heading=reading.heading,
            counted=counted,
            future_end=None if begun else period.end,
            past_end=period.end if self._is_past(period, anchor) else None,
        )
        return read_status(context, self._language.status_phrases, self._cues, anchor)

    @staticmethod
    def _is_past(period: Period, anchor: date | None) -> bool:
        """A deadline that has passed is a deadline still; an interval that has passed is history."""
        is_interval = period.basis == "stated" and period.start is not None and period.end is not None
        return bool(is_interval and anchor and period.end.year < anchor.year)

    def _indicator(
        self, reading: _Reading, at: int, kind: str, stated: Sequence[Figure]
    ) -> tuple[str | None, bool]:
        """The indicator, and whether the clause of the figure itself says so."""
        if kind in _UNMAPPED_KINDS:
            return None, True
        mention, text = reading.mentions[at], reading.sentence.text
        following = reading.mentions[at + 1].start if at + 1 < len(reading.mentions) else len(text)
        own = own_clause(text, reading.mentions, at, self._cues)
        # Of several rates in a sentence only the first may take what the whole sentence says.
        windows = (own, text[:following]) if mention.unit == "count" or at == 0 else (own,)
        patterns = self._language.indicator_patterns
        found, width = find_indicator(patterns, mention.unit, mention.counted_text, windows)
        if found:
            return found, width == 0
        return self._repeated_indicator(reading, at, stated), False

    def _named_part(self, mention: Mention) -> str | None:
        """ "1.2 million Toyota vehicles" are a part of the vehicles and never pass for all of them."""
        if not mention.counted_is_stated or not mention.counted_text:
            return None
        name = self._cues["named_part"].search(mention.counted_text)
        if name is None or self._language.area_names.find(name.group()):
            return None
        return name.group()

    def _repeated_indicator(self, reading: _Reading, at: int, stated: Sequence[Figure]) -> str | None:
        """What a list goes on with ("89.8% in 2012, 88.9% in 2013") or a sentence takes up again."""
        text, mention = reading.sentence.text, reading.mentions[at]
        previous = reading.mentions[at - 1] if at else None
        is_listed = previous and is_next_in_list(text[previous.end : mention.start], self._cues)
        if is_listed and previous.unit == mention.unit != "count":
            return stated[-1].indicator
        if mention.unit == "count":
            return None  # "it put forward 505 proposals" counts something else
        return find_repeated_indicator(text[: mention.start], mention.unit, stated, self._cues)

    def _completed(
        self, figure: Figure, reading: _Reading, at: int, period: Period, frame: _Frame, is_near: bool
    ) -> Figure:
        indicator = self._vocabulary.indicators.get(figure.indicator or "")
        figure = replace(figure, measure=indicator.name if indicator else figure.counted)
        return replace(
            figure,
            confidence=read_confidence(figure, reading.mentions[at], reading.attribution, is_near),
            reasons=_reasons(figure, frame.document, period),
        )


def _as_written(phrase: str | None, sentence: Sentence, original: str) -> str | None:
    """A phrase of the sentence in the characters of the document, which the patterns may know in another form."""
    at = sentence.text.find(phrase, sentence.lead) if phrase else -1
    if not phrase or at < 0:
        return phrase
    return " ".join(original[slice(*sentence.span(at, at + len(phrase)))].split())


def _told(phrase: TimePhrase) -> Period:
    return Period(phrase.first, phrase.last, "stated", phrase.role == "since")


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Blank out spans (in order), so that offsets hold; a line of its own vanishes and ends no paragraph."""
    pieces, position = [], 0
    for start, end in spans:
        is_line = text[start - 1 : start] in ("", "\n") and text[end : end + 1] == "\n"
        stop = end + 1 if is_line and text[end + 1 : end + 2] != "\n" else end
        pieces += [text[position:start], " " * (stop - start)]
        position = stop
    return "".join([*pieces, text[position:]])


def _governing_heading(sentence: Sentence, mentions: Sequence[Mention], heading: str) -> str:
    """ "2030 targets:" governs the list items below it, until something that is no list item comes."""
    if sentence.text.endswith(":") and not mentions:
        return sentence.text
    return heading if re.match(r"[-*•·●▪◦–]", sentence.text) else ""


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
        "indicator": "not_applicable" if figure.kind in _UNMAPPED_KINDS else "unmapped",
        "measure": "not_stated",
        "breakdown": "not_stated",
        "speaker": "not_stated",
    }
    return {name: reason for name, reason in reasons.items() if getattr(figure, name) is None}
