"""Extracts the figures of a document, in the order in which it states them.

The same document and vocabulary always give the same figures. Each step is a module of its own; this one sets
their order and hands each what it needs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from flows.extract.agencies.attribution import Attribution, attribute_sentences
from flows.extract.agencies.offices import PlaceAndDay
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
from flows.extract.patterns.spans import blank_spans
from flows.extract.periods.fiscal_years import settle_fiscal_years
from flows.extract.periods.follow import PeriodTracker
from flows.extract.periods.mention_context import MentionContext
from flows.extract.periods.period import Period, PeriodContext
from flows.extract.periods.resolve import resolve_period
from flows.extract.periods.years import settle_years
from flows.extract.text.contexts import find_contexts
from flows.extract.text.sentences import Sentence, split_sentences
from flows.extract.text.tables import find_tables, read_table_sentences
from flows.extract.vocabulary.entries import Language, StatusPhrase, Vocabulary

_MEMORY = 40  # sentences, figures: looking through all of them would take quadratic time


@dataclass(frozen=True)
class _SentenceFindings:
    """One sentence with everything that was found in it.

    `context` is the span of the sentence and its neighbours. `part` is the part of a whole that the heading above
    names, where the document goes through the parts one by one.
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
        """The sentence with its time phrases blanked out, so that no indicator pattern finds a year in it.

        Names stay: certificates are of "ISO 9001:2015".
        """
        dated = (phrase for phrase in self.phrases if phrase.role != "name")
        return blank_spans(self.sentence.text, [(phrase.start, phrase.end) for phrase in dated])


@dataclass(frozen=True)
class _DocumentContext:
    """What holds for all sentences of a document.

    `original` is the text as it was written, `reader` knows the currency of the document's country, `anchor` is
    the day from which the document counts. `periods` follows what is told of time from sentence to sentence.
    """

    document: Document
    reader: LanguageReader
    original: str
    anchor: date | None
    places: DocumentPlaces
    periods: PeriodTracker


@dataclass
class _Paragraph:
    """The sentences and figures so far of one paragraph, or of its part about one part of a whole.

    `stated` are the figures of the whole document.
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
        """Return every figure that the document states outside its boilerplate."""
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
        context = self._context(document)
        figures: list[Figure] = []
        paragraph = _Paragraph(stated=figures)
        for found in self._read_sentences(context):
            if (found.sentence.paragraph, found.part) != (paragraph.number, paragraph.part):
                paragraph = _Paragraph(found.sentence.paragraph, found.part, stated=figures)
            figures += self._read_figures(found, context, paragraph)
        return figures

    def _context(self, document: Document) -> _DocumentContext:
        plain = replace(
            document,
            text=self._reader.plain(document.text),
            title=self._reader.plain(document.title or ""),
            publisher=self._reader.plain(document.publisher or ""),
        )
        anchor = document.event or document.published
        places = find_document_places(plain, self._language, self._code, self._vocabulary)
        titled = self._find_time_phrases(plain.title or "", anchor, places)
        periods = PeriodTracker(plain.title or "", titled, anchor, self._cues)
        reader = self._reader_in(places.jurisdiction)
        return _DocumentContext(plain, reader, document.text, anchor, places, periods)

    def _reader_in(self, country: str | None) -> LanguageReader:
        """Return the reader for texts of a country, made with the first of them."""
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

    def _read_sentences(self, context: _DocumentContext) -> Iterator[_SentenceFindings]:
        document, periods = context.document, context.periods
        text = blank_spans(document.text, [stretch.span for stretch in document.boilerplate])
        prose = split_sentences(blank_spans(text, find_tables(text)), self._cues["no_sentence_end"])
        found = sorted([*prose, *read_table_sentences(text)], key=lambda s: (s.start, s.origin))
        spans = find_contexts(found, context.original, self._cues["turn"])
        sentences = [self._reader.prepare(sentence) for sentence in found]
        here = context.places.area
        place_and_day = PlaceAndDay(
            here.code, context.places.country, context.anchor, is_city=here.reason == "unmapped"
        )
        attributions = attribute_sentences(
            document, sentences, self._language, self._vocabulary, place_and_day
        )
        area_reader = AreaReader(context.places, self._language)
        parts = PartTracker(self._cues)
        for sentence, span, attribution in zip(sentences, spans, attributions, strict=True):
            phrases = self._find_time_phrases(sentence.text, context.anchor, context.places)
            mentions = context.reader.read_mentions(sentence.text, phrases, sentence.lead)
            periods.enter(sentence, text, phrases, bool(mentions))
            heading = periods.heading(sentence.text) if mentions else ""
            part = parts.enter(sentence, text, bool(mentions))
            areas = area_reader.read(sentence, [m.number.start for m in mentions], attribution)
            promises = (
                self._language.status_phrases.candidates(f"{heading}\n{sentence.text}") if mentions else []
            )
            yield _SentenceFindings(
                sentence, span, phrases, mentions, areas, attribution, heading, part, promises
            )

    def _read_figures(
        self, found: _SentenceFindings, context: _DocumentContext, paragraph: _Paragraph
    ) -> list[Figure]:
        """Return the figures of one sentence and add them to those of its paragraph."""
        figures: list[Figure] = []
        told_before = context.periods.latest()
        found = replace(found, phrases=settle_years(found.phrases, told_before, context.anchor))
        around = context.periods.context()
        told: list[Period] = []
        for at, _ in enumerate(found.mentions):
            kind = self._kind(found, at)
            period = self._period(found, at, context, kind, around)
            finding = self._indicator(found, at, kind, context, paragraph, figures)
            figure = self._figure(found, at, context, kind, period, finding)
            figures.append(self._judged(figure, found, at, period, context, finding))
            told += [period] * (period.basis in ("stated", "inherited"))
        context.periods.tell(found.phrases, told, bool(found.mentions))
        paragraph.figures += figures
        paragraph.sentences.append(found.sentence.text)
        return figures

    def _figure(
        self,
        found: _SentenceFindings,
        at: int,
        context: _DocumentContext,
        kind: str,
        period: Period,
        finding: Finding,
    ) -> Figure:
        sentence, mention, area = found.sentence, found.mentions[at], found.areas[at]
        start, end = sentence.span(mention.start, mention.end)
        number = sentence.span(mention.number.start, mention.number.end)
        counted = mention.counted_text if mention.unit == "count" else None
        counted_as_written = _as_written(counted, sentence, context.original)
        attribution = found.attribution.at(mention.number.start)
        indicator = self._vocabulary.indicators.get(finding.indicator or "")
        if kind == "level" and period.is_since:
            kind = "cumulative"
        return Figure(
            doc_id=context.document.doc_id,
            quote=context.original[start:end],
            start=start,
            end=end,
            number=context.original[slice(*number)],
            value=mention.value,
            value_max=mention.value_max,
            unit=mention.unit,
            counted=counted_as_written,
            bound=mention.bound,
            kind=kind,
            status=self._status(found, mention, counted, period, context),
            period_start=period.start,
            period_end=period.end,
            period_basis=period.basis,
            agency=attribution.agency,
            ref_area=area.code,
            indicator=finding.indicator,
            measure=indicator.name if indicator else counted_as_written,
            breakdown=_as_written(finding.part or area.part, sentence, context.original),
            speaker=attribution.speaker,
            sentence_start=sentence.start,
            sentence_end=sentence.end,
            context_start=found.context[0],
            context_end=found.context[1],
        )

    def _kind(self, found: _SentenceFindings, at: int) -> str:
        """Give a bare percentage in a list ("46.6% concerned toys, 3.3% shoes") the kind of the one before."""
        text, mention = found.sentence.text, found.mentions[at]
        previous = found.mentions[at - 1] if at else None
        kind = read_kind(text, mention, previous.end if previous else 0, self._cues)
        if kind != "level" or previous is None or not mention.unit == previous.unit == "percent":
            return kind
        is_next = is_next_in_list(text[previous.end : mention.start], self._cues)
        return self._kind(found, at - 1) if is_next else kind

    def _period(
        self, found: _SentenceFindings, at: int, context: _DocumentContext, kind: str, around: PeriodContext
    ) -> Period:
        mention = found.mentions[at]
        counted = mention.counted_text if mention.unit == "count" else None
        mention_context = MentionContext(
            found.sentence.text, found.phrases, found.mentions, at, kind, around, self._cues
        )
        return resolve_period(
            mention_context, lambda: self._status(found, mention, counted, Period(), context) == "target"
        )

    def _status(
        self,
        found: _SentenceFindings,
        mention: Mention,
        counted: str | None,
        period: Period,
        context: _DocumentContext,
    ) -> str:
        text, anchor = found.sentence.text, context.anchor
        has_begun = period.start is not None and (anchor is None or period.start <= anchor)
        status_context = StatusContext(
            before=text[: mention.number.start],
            after=text[mention.end :],
            heading=found.heading,
            counted=counted,
            future_end=None if has_begun else period.end,
            past_end=period.end if _is_past(period, anchor) else None,
            title=context.document.title or "",
        )
        return read_status(status_context, found.status_phrases, self._cues, anchor)

    def _indicator(
        self,
        found: _SentenceFindings,
        at: int,
        kind: str,
        context: _DocumentContext,
        paragraph: _Paragraph,
        here: list[Figure],
    ) -> Finding:
        """Find the indicator of mention `at`; `here` are the figures before it in its sentence."""
        figure = FigureInContext(
            found.undated,
            found.mentions,
            at,
            kind,
            subject="\n".join([context.document.title or "", *paragraph.sentences[-_MEMORY:]]),
            before=paragraph.sentences[-1] if paragraph.sentences else "",
            stated=[*paragraph.stated[-_MEMORY:], *here],
            nearby=[*paragraph.figures[-_MEMORY:], *here],
            part=found.part,
        )
        return find_indicator(figure, self._language)

    def _judged(
        self,
        figure: Figure,
        found: _SentenceFindings,
        at: int,
        period: Period,
        context: _DocumentContext,
        finding: Finding,
    ) -> Figure:
        """Add the confidence and the reasons for nulls, and tell the listener what led to the figure."""
        area, mention = found.areas[at], found.mentions[at]
        attribution = found.attribution.at(mention.number.start)
        doubts = find_doubts(figure, mention, attribution, is_near=finding.is_near)
        reasons = _reasons(figure, context.document, period) | {
            "indicator": finding.reason,
            "agency": attribution.reason,
            "ref_area": area.reason,
        }
        figure = replace(
            figure,
            confidence=read_confidence(doubts, self._vocabulary.confidence_costs),
            reasons={name: reason for name, reason in reasons.items() if getattr(figure, name) is None},
        )
        if self._listener:
            self._listener(
                Trace(
                    figure,
                    self._code,
                    found.sentence,
                    found.heading,
                    found.phrases,
                    found.mentions,
                    at,
                    attribution,
                    area,
                    finding,
                    doubts,
                )
            )
        return figure


def _is_past(period: Period, anchor: date | None) -> bool:
    """Return whether an interval ended before the document's year; a deadline that has passed stays one."""
    if period.basis != "stated" or period.start is None or period.end is None or anchor is None:
        return False
    return period.end.year < anchor.year


def _as_written(phrase: str | None, sentence: Sentence, original: str) -> str | None:
    """Return a phrase of the sentence as the document writes it; patterns may know it in another form."""
    at = sentence.text.find(phrase, sentence.lead) if phrase else -1
    if not phrase or at < 0:
        return phrase
    return " ".join(original[slice(*sentence.span(at, at + len(phrase)))].split())


def _reasons(figure: Figure, document: Document, period: Period) -> dict[str, str]:
    """Return the reason codes of fields that no step gives a reason for, in case they are null."""
    undated = document.published is None and document.event is None
    no_period = "ambiguous" if period.is_ambiguous else "undated_document" if undated else "not_stated"
    return {
        "value_max": "not_applicable",
        "counted": "not_stated" if figure.unit == "count" else "not_applicable",
        "period_start": no_period if no_period == "ambiguous" or period.is_relative else "not_stated",
        "period_end": no_period,
        "period_basis": no_period,
        "measure": "not_stated",
        "breakdown": "not_stated",
        "speaker": "not_stated",
    }
