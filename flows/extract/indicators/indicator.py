"""The indicator of the catalogue that a figure measures, or the reason why there is none.

The patterns are data (`seeds/reading/indicators/indicator_patterns.csv`). They are tried in the clause of the
figure, then in wider parts of its sentence; the narrowest text with a match decides. A match of two indicators in the
same text gives neither, and a figure about a part does not get the indicator of the whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.extract.indicators.clause_bounds import is_next_in_list
from flows.extract.indicators.clauses import Clauses
from flows.extract.indicators.parts import RATES, find_part, find_topic
from flows.extract.languages.mentions import Mention
from flows.extract.model import Figure
from flows.extract.vocabulary.entries import Language
from flows.extract.vocabulary.indicator_patterns import IndicatorPattern

UNMAPPED_KINDS = ("growth_rate", "change", "rank")

_NEARBY = 40  # characters; how far before a figure its determiner stands


@dataclass(frozen=True)
class FigureInContext:
    """A figure in its context: mention `at` of a sentence, whose time phrases are blanked out in `text`.

    `subject` is text that may name the subject of the figure besides its sentence: the title and the paragraph so
    far. `before` is the sentence before this one. `stated` are the figures of the document so far, `nearby` those of
    the paragraph. `part` is the part of the whole that a heading above gives to all of them.
    """

    text: str
    mentions: Sequence[Mention]
    at: int
    kind: str
    subject: str
    before: str
    stated: Sequence[Figure]
    nearby: Sequence[Figure]
    part: str | None = None

    @property
    def mention(self) -> Mention:
        """The mention of the figure itself."""
        return self.mentions[self.at]

    def has_stated_rate(self, start: int) -> bool:
        """Return whether the sentence states a figure in the same unit, not a change, between `start` and this one."""
        here = zip(reversed(self.mentions[: self.at]), reversed(self.nearby), strict=False)
        return any(
            mention.start >= start and mention.unit == self.mention.unit and figure.kind not in UNMAPPED_KINDS
            for mention, figure in here
        )

    def counted(self, clauses: Clauses, language: Language) -> str:
        """Return the counted noun; "they came to 119 million" counts the subject of the sentence before."""
        if self.mention.counted_text or self.mention.unit != "count" or not self.before:
            return self.mention.counted_text or ""
        if not language.cues["pronoun_subject"].search(clauses.own):
            return ""
        subject = language.cues["subject_of_sentence"].search(self.before)
        return subject[1] if subject else ""


@dataclass(frozen=True)
class Finding:
    """The indicator of a figure or the reason why there is none, and the part that the figure is about.

    `is_near`: the indicator was found in the clause of the figure itself.
    """

    indicator: str | None
    reason: str = "unmapped"
    part: str | None = None
    is_near: bool = False


def find_indicator(context: FigureInContext, language: Language) -> Finding:
    """Return the indicator of a figure; the reason is `ambiguous` where two match, `unmapped` where none does."""
    if context.kind in UNMAPPED_KINDS:
        return Finding(None, "not_applicable", is_near=True)
    if context.part:
        return Finding(None, part=context.part)
    clauses = Clauses(context.text, context.mentions, context.at, language)
    counted = context.counted(clauses, language)
    candidates = language.indicator_patterns.of_figure(
        context.mention.unit, counted, lambda: "\n".join(clauses.windows())
    )
    if candidates and _is_average(context, clauses, language):
        return Finding(None)
    for width, window in enumerate(_windows(context, clauses) if candidates else ()):
        finding = _find_in(window, counted, candidates, context, clauses, language)
        if finding:
            return _without_subset(
                Finding(finding.indicator, finding.reason, finding.part, width == 0 and not clauses.goes_on),
                context,
                clauses,
                language,
            )
    return Finding(_repeated_indicator(context, clauses, language))


def _is_average(context: FigureInContext, clauses: Clauses, language: Language) -> bool:
    """Return whether a figure is per day or per person, not a total: "an average of 24,000 firms a day"."""
    return context.mention.unit not in RATES and bool(language.cues["averaged"].search(clauses.own))


def _windows(context: FigureInContext, clauses: Clauses) -> Iterator[str]:
    """Yield the texts to search; of several rates in a sentence only the first may use the whole sentence."""
    is_rate = context.mention.unit in RATES
    for window in clauses.windows():
        if window != clauses.own and is_rate and context.has_stated_rate(clauses.segment_start):
            return
        yield window


def _find_in(
    window: str,
    counted: str,
    candidates: Sequence[IndicatorPattern],
    context: FigureInContext,
    clauses: Clauses,
    language: Language,
) -> Finding | None:
    """Return what the patterns that match in one window say, or None if none matches."""
    holding = [p for p in candidates if _holds(p, counted, window, context, clauses)]
    parts = [_part(pattern, counted, window, context, clauses, language) for pattern in holding]
    whole = {pattern.indicator for pattern, part in zip(holding, parts, strict=True) if part is None}
    if len(whole) == 1:
        return Finding(whole.pop())
    if whole:
        return Finding(None, "ambiguous")
    return Finding(None, part=parts[0]) if parts else None


def _holds(
    pattern: IndicatorPattern, counted: str, window: str, context: FigureInContext, clauses: Clauses
) -> bool:
    if pattern.context and not pattern.context.search(window):
        return False
    if pattern.excluded and pattern.excluded.search(f"{window}\n{counted}"):
        return False
    return not pattern.subject or bool(pattern.subject.search(f"{clauses.sentence}\n{context.subject}"))


def _part(
    pattern: IndicatorPattern,
    counted: str,
    window: str,
    context: FigureInContext,
    clauses: Clauses,
    language: Language,
) -> str | None:
    """Return the part that the window names, or that the clauses before it are about.

    "Online shopping led to 2 million complaints, and 304 million yuan was recovered": both are online.
    """
    return (
        find_topic(pattern, clauses.topics, language)
        or find_part(pattern, counted, window, language)
        or (find_part(pattern, counted, clauses.own, language) if clauses.own != window else None)
        or _part_before(context, clauses, language)
        or _part_of_same_noun(context, clauses, language)
    )


def _part_before(context: FigureInContext, clauses: Clauses, language: Language) -> str | None:
    """Return the part of the count before an amount: "3,845 fertilizer cases, with fines of 50 million yuan".

    A count takes it only if its clause continues that of the other: "85 recalls of imported cars, involving 43,000
    vehicles".
    """
    if not context.at:
        return None
    figure = context.nearby[-1]
    if figure.indicator or figure.unit != "count" or not figure.breakdown:
        return None
    mention, previous = context.mention, context.mentions[context.at - 1]
    if mention.unit == "count" and not clauses.goes_on:
        return None
    if language.cues["topic_break"].search(context.text, previous.end, mention.start):
        return None
    return figure.breakdown


def _part_of_same_noun(context: FigureInContext, clauses: Clauses, language: Language) -> str | None:
    """Return the part of the noun counted before: "They tested 1,203 batches of toys. 107 batches failed"."""
    counted = context.mention.counted_text
    alike = (f for f in reversed(context.nearby) if counted and _counts_the_same(f, counted))
    figure = next(alike, None)
    if not figure or figure.indicator or figure.reasons.get("ref_area") == "unmapped":
        return None  # a breakdown by a place without a code is not a part of a measure
    return None if language.cues["topic_break"].search(clauses.sentence) else figure.breakdown


def _counts_the_same(figure: Figure, counted: str) -> bool:
    return figure.unit == "count" and (figure.counted or "").split(" of ")[0] == counted


def _without_subset(
    finding: Finding, context: FigureInContext, clauses: Clauses, language: Language
) -> Finding:
    """Drop the indicator of a subset of a stated figure: "of the 226 recalls, 81 ..."."""
    is_stated = finding.indicator and any(f.indicator == finding.indicator for f in context.nearby)
    if is_stated and language.cues["subset"].search(clauses.segment):
        return Finding(None)
    return finding


def _repeated_indicator(context: FigureInContext, clauses: Clauses, language: Language) -> str | None:
    """Return the indicator of an earlier figure that a list continues or that a sentence refers back to.

    A list continues in "89.8% in 2012, 88.9% in 2013".
    """
    text, at, mention = context.text, context.at, context.mention
    if language.cues["definite_before"].search(text, max(0, mention.start - _NEARBY), mention.start):
        return next((f.indicator for f in context.stated if _is_same(f, mention)), None)
    previous = context.mentions[at - 1] if at else None
    if previous and previous.unit == mention.unit and mention.unit != "count":
        between = text[previous.end : mention.start]
        if is_next_in_list(between, language.cues):
            return context.nearby[-1].indicator
    return _taken_up_again(context, clauses, language)


def _is_same(figure: Figure, mention: Mention) -> bool:
    """Return whether a mention repeats a stated number: "90 percent of the 119 million"."""
    stated = figure.value, figure.unit, figure.value_max
    return stated == (mention.value, mention.unit, mention.value_max)


def _taken_up_again(context: FigureInContext, clauses: Clauses, language: Language) -> str | None:
    """Return the indicator of the latest figure in the same unit, if the words before a figure refer back to it.

    "..., against 88 percent a year ago" and "the rate is to reach 95" refer to the rate stated before.
    """
    latest = _latest(context)
    if not latest or not latest.indicator or not _is_of_same_noun(context.mention, latest, language):
        return None
    if language.cues["subset"].search(clauses.segment):
        return None
    before, cues = context.text[clauses.segment_start : context.mention.start], language.cues
    if not any(cues[cue].search(before) for cue in ("compared_before", "moved_before", "taken_up_again")):
        return None
    patterns = language.indicator_patterns.of_indicator(latest.indicator)
    parts = (
        find_part(p, "", clauses.own, language) or find_topic(p, clauses.topics, language) for p in patterns
    )
    return None if any(parts) else latest.indicator


def _latest(context: FigureInContext) -> Figure | None:
    """Return the latest figure of the paragraph in the same unit that is a level."""
    unit = context.mention.unit
    return next(
        (f for f in reversed(context.nearby) if f.unit == unit and f.kind in ("level", "cumulative")), None
    )


def _is_of_same_noun(mention: Mention, latest: Figure, language: Language) -> bool:
    """Return whether a mention may count the same as an earlier figure: no noun, the same one or "the figure"."""
    counted = mention.counted_text
    if mention.unit != "count" or not counted or counted == latest.counted:
        return True
    return bool(language.cues["stands_for_count"].fullmatch(counted))
