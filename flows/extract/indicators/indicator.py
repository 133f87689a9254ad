"""Which indicator of the catalogue is a figure? The sentence with its figures in, an id and its reason out.

The patterns are data (`seeds/reading/indicators/indicator_patterns.csv`). They are tried in the clause of the
figure, then in what the sentence said before it; the narrower one that tells decides. Two indicators that hold
equally there are none, and a figure about a part is not the indicator of the whole.
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
    """A figure where it stands: mention `at` of a sentence, whose time phrases are blanked out in `text`.

    `subject` is what the figure may be about without its sentence saying so again: the title, and what the
    paragraph said before; `before` is the sentence before this one. `stated` are the figures of the document so
    far, `nearby` those of the paragraph. `part` is what a heading above says that all of it is about.
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
        """The figure itself."""
        return self.mentions[self.at]

    def has_stated_rate(self, start: int) -> bool:
        """Whether the sentence states a figure in the same unit between `start` and this one, changes apart."""
        here = zip(reversed(self.mentions[: self.at]), reversed(self.nearby), strict=False)
        return any(
            mention.start >= start and mention.unit == self.mention.unit and figure.kind not in UNMAPPED_KINDS
            for mention, figure in here
        )

    def counted(self, clauses: Clauses, language: Language) -> str:
        """What is counted; "they came to 119 million" counts what the sentence before was about."""
        if self.mention.counted_text or self.mention.unit != "count" or not self.before:
            return self.mention.counted_text or ""
        if not language.cues["pronoun_subject"].search(clauses.own):
            return ""
        subject = language.cues["subject_of_sentence"].search(self.before)
        return subject[1] if subject else ""


@dataclass(frozen=True)
class Finding:
    """The indicator of a figure or the reason why there is none, and the part that the figure speaks of.

    `is_near` says that the clause of the figure itself tells the indicator.
    """

    indicator: str | None
    reason: str = "unmapped"
    part: str | None = None
    is_near: bool = False


def find_indicator(statement: FigureInContext, language: Language) -> Finding:
    """The indicator of a figure; reason `ambiguous` where two hold, `unmapped` where the catalogue has none."""
    if statement.kind in UNMAPPED_KINDS:
        return Finding(None, "not_applicable", is_near=True)
    if statement.part:
        return Finding(None, part=statement.part)
    clauses = Clauses(statement.text, statement.mentions, statement.at, language)
    counted = statement.counted(clauses, language)
    candidates = language.indicator_patterns.of_figure(
        statement.mention.unit, counted, lambda: "\n".join(clauses.windows())
    )
    if candidates and _is_average(statement, clauses, language):
        return Finding(None)
    for width, window in enumerate(_windows(statement, clauses) if candidates else ()):
        finding = _find_in(window, counted, candidates, statement, clauses, language)
        if finding:
            return _without_subset(
                Finding(finding.indicator, finding.reason, finding.part, width == 0 and not clauses.goes_on),
                statement,
                clauses,
                language,
            )
    return Finding(_repeated_indicator(statement, clauses, language))


def _is_average(statement: FigureInContext, clauses: Clauses, language: Language) -> bool:
    """ "An average of 24,000 firms a day" says how many there are of a day or a person, not of all."""
    return statement.mention.unit not in RATES and bool(language.cues["averaged"].search(clauses.own))


def _windows(statement: FigureInContext, clauses: Clauses) -> Iterator[str]:
    """Of several rates in a sentence only the first may take what the whole sentence says."""
    is_rate = statement.mention.unit in RATES
    for window in clauses.windows():
        if window != clauses.own and is_rate and statement.has_stated_rate(clauses.segment_start):
            return
        yield window


def _find_in(
    window: str,
    counted: str,
    candidates: Sequence[IndicatorPattern],
    statement: FigureInContext,
    clauses: Clauses,
    language: Language,
) -> Finding | None:
    """What the patterns that hold in one window say, or none if none holds."""
    holding = [p for p in candidates if _holds(p, counted, window, statement, clauses)]
    parts = [_part(pattern, counted, window, statement, clauses, language) for pattern in holding]
    whole = {pattern.indicator for pattern, part in zip(holding, parts, strict=True) if part is None}
    if len(whole) == 1:
        return Finding(whole.pop())
    if whole:
        return Finding(None, "ambiguous")
    return Finding(None, part=parts[0]) if parts else None


def _holds(
    pattern: IndicatorPattern, counted: str, window: str, statement: FigureInContext, clauses: Clauses
) -> bool:
    if pattern.context and not pattern.context.search(window):
        return False
    if pattern.excluded and pattern.excluded.search(f"{window}\n{counted}"):
        return False
    return not pattern.subject or bool(pattern.subject.search(f"{clauses.sentence}\n{statement.subject}"))


def _part(
    pattern: IndicatorPattern,
    counted: str,
    window: str,
    statement: FigureInContext,
    clauses: Clauses,
    language: Language,
) -> str | None:
    """The part that the window names, or that the clauses before it are about.

    "Online shopping led to 2 million complaints, and 304 million yuan was recovered": both are online.
    """
    return (
        find_topic(pattern, clauses.topics, language)
        or find_part(pattern, counted, window, language)
        or (find_part(pattern, counted, clauses.own, language) if clauses.own != window else None)
        or _part_before(statement, clauses, language)
        or _part_of_same_noun(statement, clauses, language)
    )


def _part_before(statement: FigureInContext, clauses: Clauses, language: Language) -> str | None:
    """ "3,845 fertilizer cases, with fines of 50 million yuan": an amount is about what was counted before it.

    A count is only if its clause goes on with it: "85 recalls of imported cars, involving 43,000 vehicles".
    """
    if not statement.at:
        return None
    figure = statement.nearby[-1]
    if figure.indicator or figure.unit != "count" or not figure.breakdown:
        return None
    mention, previous = statement.mention, statement.mentions[statement.at - 1]
    if mention.unit == "count" and not clauses.goes_on:
        return None
    if language.cues["topic_break"].search(statement.text, previous.end, mention.start):
        return None
    return figure.breakdown


def _part_of_same_noun(statement: FigureInContext, clauses: Clauses, language: Language) -> str | None:
    """ "They tested 1,203 batches of toys. 107 batches failed": the paragraph goes on about those batches."""
    counted = statement.mention.counted_text
    alike = (f for f in reversed(statement.nearby) if counted and _counts_the_same(f, counted))
    figure = next(alike, None)
    if not figure or figure.indicator or figure.reasons.get("ref_area") == "unmapped":
        return None  # what is narrowed down to a place without a code is no part of a measure
    return None if language.cues["topic_break"].search(clauses.sentence) else figure.breakdown


def _counts_the_same(figure: Figure, counted: str) -> bool:
    return figure.unit == "count" and (figure.counted or "").split(" of ")[0] == counted


def _without_subset(
    finding: Finding, statement: FigureInContext, clauses: Clauses, language: Language
) -> Finding:
    """ "Of the 226 recalls, 81 ..." is a part of what was stated, so not the same indicator again."""
    is_stated = finding.indicator and any(f.indicator == finding.indicator for f in statement.nearby)
    if is_stated and language.cues["subset"].search(clauses.segment):
        return Finding(None)
    return finding


def _repeated_indicator(statement: FigureInContext, clauses: Clauses, language: Language) -> str | None:
    """What a list goes on with ("89.8% in 2012, 88.9% in 2013") or a sentence takes up again."""
    text, at, mention = statement.text, statement.at, statement.mention
    if language.cues["definite_before"].search(text, max(0, mention.start - _NEARBY), mention.start):
        return next((f.indicator for f in statement.stated if _is_same(f, mention)), None)
    previous = statement.mentions[at - 1] if at else None
    if previous and previous.unit == mention.unit and mention.unit != "count":
        between = text[previous.end : mention.start]
        if is_next_in_list(between, language.cues):
            return statement.nearby[-1].indicator
    return _taken_up_again(statement, clauses, language)


def _is_same(figure: Figure, mention: Mention) -> bool:
    """ "90 percent of the 119 million" names a number that was stated before."""
    stated = figure.value, figure.unit, figure.value_max
    return stated == (mention.value, mention.unit, mention.value_max)


def _taken_up_again(statement: FigureInContext, clauses: Clauses, language: Language) -> str | None:
    """The indicator of the latest figure in that unit, if the sentence before a figure takes it up again.

    "..., against 88 percent a year ago" and "the rate is to reach 95" speak of what was stated before.
    """
    latest = _latest(statement)
    if not latest or not latest.indicator or not _is_of_same_noun(statement.mention, latest, language):
        return None
    if language.cues["subset"].search(clauses.segment):
        return None
    before, cues = statement.text[clauses.segment_start : statement.mention.start], language.cues
    if not any(cues[cue].search(before) for cue in ("compared_before", "moved_before", "taken_up_again")):
        return None
    patterns = language.indicator_patterns.of_indicator(latest.indicator)
    parts = (
        find_part(p, "", clauses.own, language) or find_topic(p, clauses.topics, language) for p in patterns
    )
    return None if any(parts) else latest.indicator


def _latest(statement: FigureInContext) -> Figure | None:
    """The latest figure of the paragraph in the same unit that is a level."""
    unit = statement.mention.unit
    return next(
        (f for f in reversed(statement.nearby) if f.unit == unit and f.kind in ("level", "cumulative")), None
    )


def _is_of_same_noun(mention: Mention, latest: Figure, language: Language) -> bool:
    """A count that is taken up again says nothing of what it counts, or "the figure", or the same once more."""
    counted = mention.counted_text
    if mention.unit != "count" or not counted or counted == latest.counted:
        return True
    return bool(language.cues["stands_for_count"].fullmatch(counted))
