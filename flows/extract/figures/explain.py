"""Explains to a person why each field of a figure has its value.

Nothing is decided here: the words that decided are looked up again in the sentence, and what was inferred is
called inferred.
"""

import re
from dataclasses import dataclass

from flows.extract.figures.kind import read_kind
from flows.extract.figures.trace import Trace
from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.vocabulary.entries import Language, Vocabulary

REASONS = {
    "not_stated": "the text does not state it",
    "ambiguous": "the text allows more than one reading",
    "undated_document": "the text counts from its own date, which is not known",
    "unmapped": "what the text names is not in the lists of `seeds/`",
    "not_applicable": "does not apply to such a figure",
}
_BASIS_OF_AGENCY = {
    "sentence": "acts in the sentence",
    "speaker": "the office of the speaker",
    "paragraph": "acts elsewhere in the paragraph",
    "document": "whose figures the document states",
}
_BASIS_OF_PERIOD = {
    "inherited": "carried over from an earlier sentence, a heading or the title",
    "document_date": "the text states no period: a state on the day of the document",
}


@dataclass(frozen=True)
class Explained:
    """One field of a figure, its value as text (`-` where it is null) and the reason for it."""

    field: str
    value: str
    why: str


class _RecordingPattern(LazyPattern):
    """The pattern of a cue that adds the cue and the words it finds to a list."""

    def __init__(self, cue: str, pattern: LazyPattern, found: list[tuple[str, str]]) -> None:
        super().__init__(pattern.pattern, pattern.flags)
        self._cue = cue
        self._found = found
        self.search = lambda text, *span: self._recorded(pattern.search(text, *span))
        self.match = lambda text, *span: self._recorded(pattern.match(text, *span))

    def _recorded(self, match: re.Match[str] | None) -> re.Match[str] | None:
        if match:
            self._found.append((self._cue, " ".join(match.group().split())))
        return match


def explain(trace: Trace, vocabulary: Vocabulary) -> list[Explained]:
    """Explain every field of the figure, in the order of the contract; a null one by its reason code in words."""
    language = vocabulary.languages[trace.language]
    whys = {
        "value": _why_value(trace),
        "unit": _why_unit(trace),
        "counted": _why_counted(trace),
        "bound": _why_bound(trace),
        "kind": _why_kind(trace, language),
        "status": _why_status(trace, language),
        "period": _why_period(trace),
        "agency": _why_agency(trace, language),
        "ref_area": _why_area(trace, language),
        "indicator": _why_indicator(trace, language),
        "breakdown": "the part that is named",
        "speaker": "who says the sentence, or whose turn it is",
        "confidence": _why_confidence(trace, vocabulary),
    }
    return [_explained(name, why, trace) for name, why in whys.items()]


def _explained(name: str, why: str, trace: Trace) -> Explained:
    shown = _shown(name, trace)
    if shown is None:
        reason = trace.figure.reasons.get("period_end" if name == "period" else name)
        return Explained(name, "-", REASONS[reason] if reason else "")
    return Explained(name, shown, why)


def _shown(name: str, trace: Trace) -> str | None:
    figure = trace.figure
    if name == "period":
        ends = (figure.period_start, figure.period_end)
        return " to ".join(str(day) if day else ".." for day in ends) if any(ends) else None
    if name == "value" and figure.value_max is not None:
        return f"{figure.value:.15g} to {figure.value_max:.15g}"
    value = getattr(figure, name)
    return f"{value:.15g}" if isinstance(value, float) else value


def _why_value(trace: Trace) -> str:
    return f"“{trace.figure.number}” in “{trace.figure.quote}”"


def _why_unit(trace: Trace) -> str:
    if trace.figure.unit == "count":
        return "no other unit is written"
    return f"“{trace.figure.quote}”, or the clause before it, says so"


def _why_counted(trace: Trace) -> str:
    if trace.mentions[trace.at].counted_is_stated:
        return "stands right at the number"
    return "the noun before it that nothing else counts"


def _why_bound(trace: Trace) -> str:
    mention, text = trace.mentions[trace.at], trace.sentence.text
    if mention.bound == "exact":
        return "no word of more, less or about stands at the number"
    before = text[mention.start : mention.number.start].strip()
    return f"“{before or text[mention.number.end : mention.end].strip()}”"


def _why_kind(trace: Trace, language: Language) -> str:
    mention, previous = trace.mentions[trace.at], trace.mentions[trace.at - 1] if trace.at else None
    found: list[tuple[str, str]] = []
    cues = {cue: _RecordingPattern(cue, pattern, found) for cue, pattern in language.cues.items()}
    kind = read_kind(trace.sentence.text, mention, previous.end if previous else 0, cues)
    if kind != trace.figure.kind:
        return "as the figure before it in the list, or by its period"
    if not found:
        return "no word of growth, change, share or accumulation governs it"
    return ", ".join(f"{cue.replace('_', ' ')}: “{words}”" for cue, words in found)


def _why_status(trace: Trace, language: Language) -> str:
    text = f"{trace.heading}\n{trace.sentence.text}"
    if trace.figure.status == "actual":
        return "no promise or forecast governs it"
    for row in language.status_phrases.candidates(text):
        match = row.pattern.search(text) if row.status == trace.figure.status else None
        if match:
            return f"“{match.group().strip()}”"
    return "its period lies after the day of the document"


def _why_period(trace: Trace) -> str:
    figure = trace.figure
    if figure.period_basis != "stated":
        return _BASIS_OF_PERIOD.get(figure.period_basis or "", "")
    ends = (figure.period_start, figure.period_end)
    exact = [p for p in trace.phrases if (p.first, p.last) == ends]
    named = exact or [p for p in trace.phrases if p.last]
    return ", ".join(f"“{trace.sentence.text[p.start : p.end].strip()}”" for p in named)


def _why_agency(trace: Trace, language: Language) -> str:
    agency = trace.figure.agency
    names = [
        trace.sentence.text[start:end]
        for start, end, found in language.agency_names.find(trace.sentence.text)
        if found == agency
    ]
    attribution = trace.attribution.at(trace.mentions[trace.at].number.start)
    basis = _BASIS_OF_AGENCY.get(attribution.basis or "", "")
    return f"“{names[0]}” {basis}" if names else basis


def _why_area(trace: Trace, language: Language) -> str:
    text = trace.sentence.text
    names = [
        text[start:end]
        for start, end, found in language.area_names.find(text)
        if found == trace.figure.ref_area
    ]
    return f"“{names[0]}”" if names else "the area of the agency, or the one the document is about"


def _why_indicator(trace: Trace, language: Language) -> str:
    words = [
        f"“{match.group().strip()}”"
        for row in language.indicator_patterns.candidates(trace.sentence.text)
        if row.indicator == trace.figure.indicator and row.context
        for match in [row.context.search(trace.sentence.text)]
        if match
    ]
    where = "the clause of the figure says so" if trace.finding.is_near else "its surroundings say so"
    return ": ".join([where, *words[:1]])


def _why_confidence(trace: Trace, vocabulary: Vocabulary) -> str:
    costs = [vocabulary.confidence_costs[doubt] for doubt in trace.doubts]
    return "; ".join(f"−{cost.cost:g} {cost.explanation}" for cost in costs) or "nothing speaks against it"
