"""The extractor: a document and a vocabulary in, its figures out, in the order in which they are stated.

Same input, same output. Each step is a module of its own; this one only says in which order they go and what
each is told.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from flows.extract.agencies.attribution import Attribution, attribute_sentences
from flows.extract.agencies.offices import Setting
from flows.extract.areas.area import Area
from flows.extract.areas.document_area import DocumentPlaces, find_document_places
from flows.extract.areas.figure_areas import AreaReader
from flows.extract.figures.confidence import find_doubts, read_confidence
from flows.extract.figures.kind import read_kind
from flows.extract.figures.status import StatusContext, read_status
from flows.extract.figures.trace import Trace
from flows.extract.indicators.clause_bounds import is_next_in_list
from flows.extract.indicators.indicator import FigureInContext, Finding, find_indicator
from flows.extract.indicators.part_headings import PartTracker
from flows.extract.languages.mentions import Mention
from flows.extract.languages.readers import LANGUAGE_READERS, LanguageReader, by_language
from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.model import Document, Figure
from flows.extract.patterns.spans import replace_spans
from flows.extract.periods.fiscal_years import settle_fiscal_years
from flows.extract.periods.follow import PeriodTracker
from flows.extract.periods.period import Period, PeriodContext
from flows.extract.periods.resolve import resolve_period
from flows.extract.periods.spot import MentionContext
from flows.extract.periods.years import settle_years
from flows.extract.text.contexts import find_contexts
from flows.extract.text.sentences import Sentence, split_sentences
from flows.extract.text.tables import find_tables, read_table_sentences
from flows.extract.vocabulary.entries import Language, StatusPhrase, Vocabulary

_MEMORY = 40  # sentences, figures: to look through all of them takes the square of their number


@dataclass(frozen=True)
class _Reading:
    """One sentence with everything that was found in it; `context` is what it and its neighbours span.

    `part` is what the heading above says that it is about, of parts that the document goes through.
    """

    sentence: Sentence
    context: tuple[int, int]
    phrases: Sequence[TimePhrase]
    mentions: Sequence[Mention]
    areas: Sequence[Area]
    attribution: Attribution
    heading: str
    part: str | None
    status_phrases: Sequence[StatusPhrase]

    @cached_property
    def undated(self) -> str:
        """The sentence with its time phrases blanked out: no pattern of an indicator is to find a year in it.

        Names stay: certificates are of "ISO 9001:2015".
        """
        dated = (phrase for phrase in self.phrases if phrase.role != "name")
        return _without(self.sentence.text, [(phrase.start, phrase.end) for phrase in dated])


@dataclass(frozen=True)
class _Frame:
    """What holds for all sentences of a document; `original` is its text as it was written.

    `reader` knows the money of its country. `thread` is what has been told of time so far; it goes along from
    sentence to sentence.
    """

    document: Document
    reader: LanguageReader
    original: str
    anchor: date | None
    places: DocumentPlaces
    thread: PeriodTracker


@dataclass
class _Paragraph:
    """What the sentences of one paragraph have said and stated so far, or those about one of the parts that it goes
    through; `stated` is of the whole document.
    """

    number: int = -1
    part: str | None = None
    figures: list[Figure] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    stated: list[Figure] = field(default_factory=list)


class Extractor:
    """Extracts figures with one vocabulary; make one and use it for many documents."""

    def __init__(self, vocabulary: Vocabulary, listener: Callable[[Trace], None] | None = None) -> None:
        """Compile a language with its first document; a `listener` is told what led to each figure."""
        self._of_language = by_language(lambda language: _LanguageExtractor(language, vocabulary, listener))

    def extract(self, document: Document) -> list[Figure]:
        """Every figure the document states outside its boilerplate."""
        return self._of_language(document).extract(document)


class _LanguageExtractor:
    """Extracts the figures of documents in one language."""

    def __init__(
        self, language: str, vocabulary: Vocabulary, listener: Callable[[Trace], None] | None
    ) -> None:
        self._vocabulary = vocabulary
        self._listener = listener
        self._code = language
        self._language: Language = vocabulary.languages[language]
        self._cues = self._language.cues
        self._reader = LANGUAGE_READERS[language](self._language, vocabulary)
        self._readers: dict[str | None, LanguageReader] = {}

    def extract(self, document: Document) -> list[Figure]:
        frame = self._frame(document)
        figures: list[Figure] = []
        paragraph = _Paragraph(stated=figures)
        for reading in self._read_sentences(frame):
            if (reading.sentence.paragraph, reading.part) != (paragraph.number, paragraph.part):
                paragraph = _Paragraph(reading.sentence.paragraph, reading.part, stated=figures)
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
        places = find_document_places(plain, self._language, self._code, self._vocabulary)
        titled = self._find_time_phrases(plain.title or "", anchor, places)
        thread = PeriodTracker(plain.title or "", titled, anchor, self._cues)
        return _Frame(plain, self._reader_in(places.jurisdiction), document.text, anchor, places, thread)

    def _reader_in(self, country: str | None) -> LanguageReader:
        """The reader for texts of a country, made when the first one comes."""
        if country not in self._language.local_currencies:
            return self._reader
        if country not in self._readers:
            language = self._language.in_country(country)
            self._readers[country] = LANGUAGE_READERS[self._code](language, self._vocabulary)
        return self._readers[country]

    def _find_time_phrases(
        self, text: str, anchor: date | None, places: DocumentPlaces
    ) -> Sequence[TimePhrase]:
        calendar = self._vocabulary.fiscal_calendars.get(places.jurisdiction or "")
        return settle_fiscal_years(self._reader.find_time_phrases(text, anchor), calendar)

    def _read_sentences(self, frame: _Frame) -> Iterator[_Reading]:
        document = frame.document
        text = _without(document.text, [stretch.span for stretch in document.boilerplate])
        prose = split_sentences(_without(text, find_tables(text)), self._cues["no_sentence_end"])
        found = sorted([*prose, *read_table_sentences(text)], key=lambda s: (s.start, s.origin))
        contexts = find_contexts(found, frame.original, self._cues["turn"])
        sentences = [self._reader.prepare(sentence) for sentence in found]
        here = frame.places.area
        setting = Setting(here.code, frame.places.country, frame.anchor, is_city=here.reason == "unmapped")
        attributions = attribute_sentences(document, sentences, self._language, self._vocabulary, setting)
        area_reader = AreaReader(frame.places, self._language)
        parts = PartTracker(self._cues)
        for sentence, context, attribution in zip(sentences, contexts, attributions, strict=True):
            phrases = self._find_time_phrases(sentence.text, frame.anchor, frame.places)
            mentions = frame.reader.read_mentions(sentence.text, phrases, sentence.lead)
            frame.thread.enter(sentence, text, phrases, bool(mentions))
            heading = frame.thread.heading(sentence.text) if mentions else ""
            part = parts.enter(sentence, text, bool(mentions))
            areas = area_reader.read(sentence, [m.number.start for m in mentions], attribution)
            promises = (
                self._language.status_phrases.candidates(f"{heading}\n{sentence.text}") if mentions else []
            )
            yield _Reading(sentence, context, phrases, mentions, areas, attribution, heading, part, promises)

    def _read_figures(self, reading: _Reading, frame: _Frame, paragraph: _Paragraph) -> list[Figure]:
        """The figures of one sentence; what they state is added to what the paragraph has stated."""
        figures: list[Figure] = []
        told_before = frame.thread.latest()
        reading = replace(reading, phrases=settle_years(reading.phrases, told_before, frame.anchor))
        around = frame.thread.surroundings()
        told: list[Period] = []
        for at, _ in enumerate(reading.mentions):
            kind = self._kind(reading, at)
            period = self._period(reading, at, frame, kind, around)
            finding = self._indicator(reading, at, kind, frame, paragraph, figures)
            figure = self._figure(reading, at, frame, kind, period, finding)
            figures.append(self._judged(figure, reading, at, period, frame, finding))
            told += [period] * (period.basis in ("stated", "inherited"))
        frame.thread.tell(reading.phrases, told, bool(reading.mentions))
        paragraph.figures += figures
        paragraph.sentences.append(reading.sentence.text)
        return figures

    def _figure(
        self, reading: _Reading, at: int, frame: _Frame, kind: str, period: Period, finding: Finding
    ) -> Figure:
        sentence, mention, area = reading.sentence, reading.mentions[at], reading.areas[at]
        start, end = sentence.span(mention.start, mention.end)
        number = sentence.span(mention.number.start, mention.number.end)
        counted = mention.counted_text if mention.unit == "count" else None
        counted_as_written = _as_written(counted, sentence, frame.original)
        attribution = reading.attribution.at(mention.number.start)
        indicator = self._vocabulary.indicators.get(finding.indicator or "")
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
            counted=counted_as_written,
            bound=mention.bound,
            kind=kind,
            status=self._status(reading, mention, counted, period, frame),
            period_start=period.start,
            period_end=period.end,
            period_basis=period.basis,
            agency=attribution.agency,
            ref_area=area.code,
            indicator=finding.indicator,
            measure=indicator.name if indicator else counted_as_written,
            breakdown=_as_written(finding.part or area.part, sentence, frame.original),
            speaker=attribution.speaker,
            sentence_start=sentence.start,
            sentence_end=sentence.end,
            context_start=reading.context[0],
            context_end=reading.context[1],
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

    def _period(self, reading: _Reading, at: int, frame: _Frame, kind: str, around: PeriodContext) -> Period:
        mention = reading.mentions[at]
        counted = mention.counted_text if mention.unit == "count" else None
        spot = MentionContext(
            reading.sentence.text, reading.phrases, reading.mentions, at, kind, around, self._cues
        )
        return resolve_period(
            spot, lambda: self._status(reading, mention, counted, Period(), frame) == "target"
        )

    def _status(
        self, reading: _Reading, mention: Mention, counted: str | None, period: Period, frame: _Frame
    ) -> str:
        text, anchor = reading.sentence.text, frame.anchor
        begun = period.start is not None and (anchor is None or period.start <= anchor)
        context = StatusContext(
            before=text[: mention.number.start],
            after=text[mention.end :],
            heading=reading.heading,
            counted=counted,
            future_end=None if begun else period.end,
            past_end=period.end if self._is_past(period, anchor) else None,
            title=frame.document.title or "",
        )
        return read_status(context, reading.status_phrases, self._cues, anchor)

    @staticmethod
    def _is_past(period: Period, anchor: date | None) -> bool:
        """A deadline that has passed is a deadline still; an interval that has passed is history."""
        is_interval = period.basis == "stated" and period.start is not None and period.end is not None
        return bool(is_interval and anchor and period.end.year < anchor.year)

    def _indicator(
        self, reading: _Reading, at: int, kind: str, frame: _Frame, paragraph: _Paragraph, here: list[Figure]
    ) -> Finding:
        """`here` are the figures of the sentence before mention `at`."""
        statement = FigureInContext(
            reading.undated,
            reading.mentions,
            at,
            kind,
            subject="\n".join([frame.document.title or "", *paragraph.sentences[-_MEMORY:]]),
            before=paragraph.sentences[-1] if paragraph.sentences else "",
            stated=[*paragraph.stated[-_MEMORY:], *here],
            nearby=[*paragraph.figures[-_MEMORY:], *here],
            part=reading.part,
        )
        return find_indicator(statement, self._language)

    def _judged(
        self, figure: Figure, reading: _Reading, at: int, period: Period, frame: _Frame, finding: Finding
    ) -> Figure:
        """The figure with how sure it is and why its nulls are null; who listens is told what led to it."""
        area, mention = reading.areas[at], reading.mentions[at]
        attribution = reading.attribution.at(mention.number.start)
        doubts = find_doubts(figure, mention, attribution, is_near=finding.is_near)
        figure = replace(
            figure,
            confidence=read_confidence(doubts, self._vocabulary.confidence_costs),
            reasons=_reasons(figure, frame.document, period)
            | _told_reasons(
                figure, indicator=finding.reason, agency=attribution.reason, ref_area=area.reason
            ),
        )
        if self._listener:
            self._listener(
                Trace(
                    figure,
                    self._code,
                    reading.sentence,
                    reading.heading,
                    reading.phrases,
                    reading.mentions,
                    at,
                    attribution,
                    area,
                    finding,
                    doubts,
                )
            )
        return figure


def _as_written(phrase: str | None, sentence: Sentence, original: str) -> str | None:
    """A phrase of the sentence in the characters of the document, which the patterns may know in another form."""
    at = sentence.text.find(phrase, sentence.lead) if phrase else -1
    if not phrase or at < 0:
        return phrase
    return " ".join(original[slice(*sentence.span(at, at + len(phrase)))].split())


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Blank out spans (in order), so that offsets hold; a line of its own vanishes and ends no paragraph."""
    return replace_spans(
        text, (_with_line_break(text, *span) for span in spans), lambda taken: " " * len(taken)
    )


def _with_line_break(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the line break behind it if it is a line of its own that ends no paragraph."""
    is_line = text[start - 1 : start] in ("", "\n") and text[end : end + 1] == "\n"
    return (start, end + 1) if is_line and text[end + 1 : end + 2] != "\n" else (start, end)


def _told_reasons(figure: Figure, **reasons: str) -> dict[str, str]:
    """Those of the reasons given whose field is null."""
    return {name: reason for name, reason in reasons.items() if getattr(figure, name) is None}


def _reasons(figure: Figure, document: Document, period: Period) -> dict[str, str]:
    """The reason code of each field that is null."""
    undated = document.published is None and document.event is None
    no_period = "ambiguous" if period.is_ambiguous else "undated_document" if undated else "not_stated"
    reasons = {
        "value_max": "not_applicable",
        "counted": "not_stated" if figure.unit == "count" else "not_applicable",
        "period_start": no_period if no_period == "ambiguous" or period.is_relative else "not_stated",
        "period_end": no_period,
        "period_basis": no_period,
        "measure": "not_stated",
        "breakdown": "not_stated",
        "speaker": "not_stated",
    }
    return {name: reason for name, reason in reasons.items() if getattr(figure, name) is None}
