"""Which indicator of the catalogue is a figure? The sentence with its figures in, an id and its reason out.

The patterns are data (`seeds/indicator_patterns.csv`). They are tried in the clause of the figure, then in what
the sentence said before it; the narrower one that tells decides. Two indicators that hold equally there are none,
and a figure about a part is not the indicator of the whole.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.extract.find_parts import RATES, find_part, find_topic
from flows.extract.mentions import Mention
from flows.extract.model import Figure
from flows.extract.split_list import aligned_subject, end_of_own, is_next_in_list, own_clause
from flows.extract.vocabulary import IndicatorPattern, Language

UNMAPPED_KINDS = ("growth_rate", "change", "rank")

_BLANKS = re.compile(r"\s+")
_REACH = 300  # characters back; what a sentence said before does not govern a figure any more


@dataclass(frozen=True)
class Statement:
    """A figure where it stands: mention `at` of a sentence, whose time phrases are blanked out in `text`.

    `subject` is what the figure may be about without its sentence saying so again: the title, and what the
    paragraph said before; `before` is the sentence before this one. `stated` are the figures of the document so
    far, `nearby` those of the paragraph.
    """

    text: str
    mentions: Sequence[Mention]
    at: int
    kind: str
    subject: str
    before: str
    stated: Sequence[Figure]
    nearby: Sequence[Figure]

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

    def counted(self, language: Language) -> str:
        """What is counted; "they came to 119 million" counts what the sentence before was about."""
        if self.mention.counted_text or self.mention.unit != "count" or not self.before:
            return self.mention.counted_text or ""
        own = _own_window(self.text, self.mentions, self.at, language)
        if not language.cues["pronoun_subject"].search(own):
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


def find_indicator(statement: Statement, language: Language) -> Finding:
    """The indicator of a figure; reason `ambiguous` where two hold, `unmapped` where the catalogue has none."""
    if statement.kind in UNMAPPED_KINDS:
        return Finding(None, "not_applicable", is_near=True)
    for width, window in enumerate(_windows(statement, language)):
        finding = _find_in(window, statement, language)
        if finding:
            return _without_subset(
                Finding(finding.indicator, finding.reason, finding.part, width == 0), statement, language
            )
    return Finding(_repeated_indicator(statement, language))


def _find_in(window: str, statement: Statement, language: Language) -> Finding | None:
    """What the patterns that hold in one window say, or none if none holds."""
    counted = statement.counted(language)
    candidates = language.indicator_patterns.candidates(f"{window}\n{counted}")
    holding = [
        p for p in candidates if p.unit == statement.mention.unit and _holds(p, counted, window, statement)
    ]
    parts = [_part(pattern, counted, window, statement, language) for pattern in holding]
    whole = {pattern.indicator for pattern, part in zip(holding, parts, strict=True) if part is None}
    if len(whole) == 1:
        return Finding(whole.pop())
    if whole:
        return Finding(None, "ambiguous")
    return Finding(None, part=parts[0]) if parts else None


def _holds(pattern: IndicatorPattern, counted: str, window: str, statement: Statement) -> bool:
    if pattern.counted and not pattern.counted.search(counted):
        return False
    if pattern.subject and not pattern.subject.search(f"{window}\n{statement.subject}"):
        return False
    if pattern.context and not pattern.context.search(window):
        return False
    return not (pattern.excluded and pattern.excluded.search(f"{window}\n{counted}"))


def _part(
    pattern: IndicatorPattern, counted: str, window: str, statement: Statement, language: Language
) -> str | None:
    """The part that the window names, or that the clauses before it are about."""
    text, mentions, at = statement.text, statement.mentions, statement.at
    own = _own_window(text, mentions, at, language)
    return (
        _topic(pattern, statement, language)
        or find_part(pattern, counted, window, language)
        or (find_part(pattern, counted, own, language) if own != window else None)
        or _part_before(statement, language)
    )


def _topic(pattern: IndicatorPattern, statement: Statement, language: Language) -> str | None:
    """ "Online shopping led to 2 million complaints, and 304 million yuan was recovered": both are online."""
    text, mention = statement.text, statement.mention
    earliest = max(0, mention.start - _REACH)
    breaks = language.cues["topic_break"].finditer(text, earliest, mention.start)
    start = max((match.start() for match in breaks), default=earliest)
    return find_topic(pattern, _marked(text, statement.mentions, statement.at, start, mention.end), language)


def _part_before(statement: Statement, language: Language) -> str | None:
    """ "3,845 fertilizer cases, with fines of 50 million yuan": an amount is about what was counted before it.

    A count is only if its clause goes on with it: "85 recalls of imported cars, involving 43,000 vehicles".
    """
    if not statement.at:
        return None
    text, previous, mention = statement.text, statement.mentions[statement.at - 1], statement.mention
    own = _own_window(text, statement.mentions, statement.at, language)
    if mention.unit == "count" and not language.cues["goes_on"].search(own):
        return None
    if language.cues["topic_break"].search(text, previous.end, mention.start):
        return None
    figure = statement.nearby[-1]
    return figure.breakdown if figure.indicator is None and figure.unit == "count" else None


def _windows(statement: Statement, language: Language) -> Iterator[str]:
    """The clause of the figure, its segment of the sentence and the sentence up to the next figure."""
    text, mentions, at = statement.text, statement.mentions, statement.at
    own = _own_window(text, mentions, at, language)
    yield own
    if aligned_subject(text, mentions, at, language.cues):
        return
    start = _segment_start(text, mentions[at].start, language)
    # Of several rates in a sentence only the first may take what the whole sentence says.
    if mentions[at].unit in RATES and statement.has_stated_rate(start):
        return
    end = end_of_own(text, mentions, at, language.cues)
    yield _marked(text, mentions, at, start, end)
    if start > (earliest := max(0, mentions[at].start - _REACH)):
        yield _marked(text, mentions, at, earliest, end)


def _own_window(text: str, mentions: Sequence[Mention], at: int, language: Language) -> str:
    subject = aligned_subject(text, mentions, at, language.cues)
    begin, end = own_clause(text, mentions, at, language.cues)
    if subject:
        return f"{subject} {_marked(text, mentions, at, mentions[at].start, mentions[at].end)}"
    return _marked(text, mentions, at, begin, end)


def _segment_start(text: str, position: int, language: Language) -> int:
    """Where the statement begins that a figure belongs to; in English the sentence is one."""
    earliest = max(0, position - _REACH)
    marks = language.cues["segment_start"].finditer(text, earliest, position)
    return max((mark.end() for mark in marks), default=earliest)


def _marked(text: str, mentions: Sequence[Mention], at: int, begin: int, end: int) -> str:
    """The clause with its figure as `<over # toys>` and the numbers of all others as `~`."""
    pieces, position = [], begin
    first = bisect_left(mentions, begin, key=lambda mention: mention.start)
    for index, mention in enumerate(mentions[first:], first):
        if mention.end > end:
            break
        pieces.append(_plain(text[position : mention.start]))
        pieces.append(_figure(text, mention) if index == at else _other(text, mention))
        position = mention.end
    return _BLANKS.sub(" ", "".join([*pieces, _plain(text[position:end])])).strip()


def _figure(text: str, mention: Mention) -> str:
    number = mention.number
    before, after = text[mention.start : number.start], text[number.end : mention.end]
    return f"<{_plain(before)}#{_plain(after)}>"


def _other(text: str, mention: Mention) -> str:
    return f"~{_plain(text[mention.number.end : mention.end])}"


def _plain(text: str) -> str:
    return re.sub(r"[<>#~]", " ", text)


def _without_subset(finding: Finding, statement: Statement, language: Language) -> Finding:
    """ "Of the 226 recalls, 81 ..." is a part of what was stated, so not the same indicator again."""
    text, mentions, at = statement.text, statement.mentions, statement.at
    start = _segment_start(text, mentions[at].start, language)
    segment = _marked(text, mentions, at, start, end_of_own(text, mentions, at, language.cues))
    if not language.cues["subset"].search(segment):
        return finding
    taken = {figure.indicator for figure in statement.nearby}
    return Finding(None) if finding.indicator in taken else finding


def _repeated_indicator(statement: Statement, language: Language) -> str | None:
    """What a list goes on with ("89.8% in 2012, 88.9% in 2013") or a sentence takes up again."""
    text, at, mention = statement.text, statement.at, statement.mention
    previous = statement.mentions[at - 1] if at else None
    if language.cues["definite_before"].search(text, 0, mention.start):
        return next((f.indicator for f in statement.stated if _is_same(f, mention)), None)
    if mention.unit == "count":
        return None  # "it put forward 505 proposals" counts something else
    between = text[previous.end : mention.start] if previous else ""
    if previous and previous.unit == mention.unit and is_next_in_list(between, language.cues):
        return statement.nearby[-1].indicator
    start = _segment_start(text, mention.start, language)
    return _taken_up_again(statement, text[start : mention.start], language)


def _is_same(figure: Figure, mention: Mention) -> bool:
    """ "90 percent of the 119 million" names a number that was stated before."""
    return (figure.value, figure.unit) == (
        mention.value,
        mention.unit,
    ) and figure.value_max == mention.value_max


def _taken_up_again(statement: Statement, before: str, language: Language) -> str | None:
    """The indicator of the latest figure in that unit, if the sentence `before` a figure takes it up again.

    "..., against 88 percent a year ago" and "the rate is to reach 95" speak of what was stated before.
    """
    unit = statement.mention.unit
    cues = language.cues
    if not (cues["compared_before"].search(before) or cues["taken_up_again"].search(before)):
        return None
    rates = (f for f in reversed(statement.nearby) if f.unit == unit and f.kind in ("level", "cumulative"))
    latest = next(rates, None)
    if not latest or not latest.indicator:
        return None
    own = _own_window(statement.text, statement.mentions, statement.at, language)
    patterns = [p for p in language.indicator_patterns if p.indicator == latest.indicator]
    parts = (find_part(p, "", own, language) or _topic(p, statement, language) for p in patterns)
    return None if any(parts) else latest.indicator
