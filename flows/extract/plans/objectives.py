"""The objectives of a document: what it promises, until when and by whom.

"By 2020, a system of quality supervision shall be in place" states no figure, but is the very content of a plan. A
sentence is an objective if

- it has a deadline after the day of the document (or, in an undated document, a deadline at its beginning or together
  with a word of promise); or
- it follows a deadline that governs it ("2030 targets:", "By 2020, ... . Labs will be ..."), and is in a plan or has
  a word of promise; or
- it is in the body of an outline item of a plan and has a word of promise.

A promise without a deadline outside a plan ("the meeting will be held in Hangzhou") is not an objective, nor is a
forecast. The owner must be stated: in the sentence, in a note after it ("(Responsible: ...)", （…牵头）), or for the
plan as a whole, by naming its issuer.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows.extract.indicators.topics import find_topics
from flows.extract.languages.readers import LANGUAGE_READERS, by_language
from flows.extract.model import Document, Figure, Objective, OutlineItem
from flows.extract.parse.boilerplate import blank_boilerplate
from flows.extract.periods.deadlines import Deadline, DeadlineFinder
from flows.extract.plans.deadline_clauses import WORD, Clause, split_at_deadlines
from flows.extract.plans.outline import is_plan
from flows.extract.plans.owners import Owner, OwnerFinder, OwnerNote
from flows.extract.text.sentences import Sentence, split_sentences
from flows.extract.vocabulary.entries import Vocabulary

_LIST_MARK = re.compile(
    r"\s*(?:[-*•·●▪◦–—]+|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])[.)、）．]|[①-⑳])\s*"
)
_LABEL = re.compile(r"[:：]\W*$")
_QUESTION = re.compile(r"[?？][”\"’)]*$")
_FEWEST_WORDS = {"en": 3, "zh": 6}  # "Targets for 2025" and 2025年主要目标 promise nothing yet
_NOTE_REACH = 3  # characters between a sentence and its note


@dataclass(frozen=True)
class _Segment:
    """The title of an outline item, its body, or text outside all items; the body ends at `item_end`."""

    item: OutlineItem | None
    is_title: bool
    start: int
    end: int
    item_end: int


@dataclass(frozen=True)
class _DocumentContext:
    """The facts that all sentences of a document share; `text` is in the form that patterns match."""

    document: Document
    text: str
    anchor: date | None
    is_plan: bool
    issuer: Owner
    figures: Sequence[Figure]

    def figures_between(self, start: int, end: int) -> Sequence[Figure]:
        """Return the figures in a span of the text."""
        first, last = (bisect_left(self.figures, at, key=lambda figure: figure.start) for at in (start, end))
        return self.figures[first:last]


@dataclass
class _GoverningDeadlines:
    """The deadlines that apply to later sentences: of the outline item, the list, the paragraph or list item."""

    of_item: Deadline | None = None
    of_list: Deadline | None = None
    of_paragraph: Deadline | None = None

    def begin_paragraph(self, is_listed: bool) -> None:
        """Reset to the deadline above the list: it applies to each item, an item's own deadline to that item only."""
        self.of_list = self.of_list if is_listed else None
        self.of_paragraph = self.of_list

    def state(self, deadline: Deadline, is_listed: bool) -> None:
        """Apply a deadline to the sentences that follow."""
        self.of_paragraph = deadline
        self.of_list = self.of_list if is_listed else deadline

    @property
    def nearest(self) -> Deadline | None:
        """The deadline of a sentence that has none of its own."""
        return self.of_paragraph or self.of_item


@dataclass(frozen=True)
class _SentenceFindings:
    """What the words of one sentence show.

    `is_promise`: it has a verb of promise ("will") or a target figure; `names_targets`: a noun of promise counts too.
    `is_label`: it announces the text below ("2030 targets:"). `is_told`: its verbs report what is or was.
    `is_dated_otherwise`: it names times, none of them a deadline. `is_past`: those are over, or it reports on them.
    `is_estimate`: it states an expectation.
    """

    clauses: Sequence[Clause]
    is_promise: bool
    names_targets: bool
    is_label: bool
    is_question: bool
    is_told: bool
    is_dated_otherwise: bool
    is_past: bool
    is_estimate: bool


class ObjectiveFinder:
    """Finds objectives with one vocabulary; make one and use it for many documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Compile a language with its first document."""
        self._of_language = by_language(lambda language: _LanguageFinder(language, vocabulary))

    def find(
        self, document: Document, outline: Sequence[OutlineItem], figures: Sequence[Figure]
    ) -> list[Objective]:
        """Return the objectives of a document, in order; `outline` and `figures` are those of the document."""
        return self._of_language(document).find(document, outline, figures)


class _LanguageFinder:
    """Finds the objectives of documents in one language."""

    def __init__(self, language: str, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._language = vocabulary.languages[language]
        self._reader = LANGUAGE_READERS[language](self._language, vocabulary)
        patterns = vocabulary.plan_patterns[language]
        self._owners = OwnerFinder(self._language.agency_names, patterns)
        self._deadlines = DeadlineFinder(self._reader.find_time_phrases, patterns)
        self._fewest_words = _FEWEST_WORDS[language]

    def find(
        self, document: Document, outline: Sequence[OutlineItem], figures: Sequence[Figure]
    ) -> list[Objective]:
        text = self._reader.plain(blank_boilerplate(document))
        issuer = self._owners.find_issuer([self._reader.plain(document.title or ""), *text.split("\n")])
        anchor = document.event or document.published
        context = _DocumentContext(
            document, text, anchor, is_plan(document, self._vocabulary), issuer, figures
        )
        governing = _GoverningDeadlines()
        objectives: list[Objective] = []
        for segment in _segments(outline, len(text)):
            governing = _GoverningDeadlines(
                governing.of_item if segment.item and not segment.is_title else None
            )
            objectives += self._read_segment(segment, context, governing)
        return objectives

    def _read_segment(
        self, segment: _Segment, context: _DocumentContext, governing: _GoverningDeadlines
    ) -> Iterator[Objective]:
        notes = list(self._owners.find_notes(context.text[segment.start : segment.item_end]))
        before: Sentence | None = None
        is_listed = False
        for sentence in self._sentences(segment, context):
            if before is None or _is_new_paragraph(before, sentence, context.text):
                is_listed = before is not None and bool(_LIST_MARK.match(sentence.text))
                governing.begin_paragraph(is_listed)
            before = sentence
            findings = self._read_sentence(sentence, context)
            stated = [c.deadline for c in findings.clauses if c.deadline and (c.leads or findings.is_label)]
            if stated and not findings.is_estimate:
                governing.state(stated[-1], is_listed)
            if segment.is_title and stated and (findings.names_targets or not findings.is_label):
                governing.of_item = stated[-1]
            note = _note_after(sentence, notes, segment)
            deadline = governing.nearest or self._noted_deadline(note, segment, context)
            owner = self._owner(sentence, note, context)
            for clause in findings.clauses:
                if _is_objective(clause, deadline, findings, segment, context):
                    promised = replace(clause, deadline=clause.deadline or deadline)
                    yield self._objective(sentence, promised, owner, segment, context)

    def _sentences(self, segment: _Segment, context: _DocumentContext) -> Iterator[Sentence]:
        """Yield the sentences of a segment without the document's title and without notes at their beginning."""
        text = context.text[segment.start : segment.end]
        for found in split_sentences(text, self._language.cues["no_sentence_end"]):
            note = self._owners.length_of_note(found.text)  # a note belongs to the sentence before it
            start, end = found.start + note + segment.start, found.end + segment.start
            if start < end and not _is_title_page(context.document, start, end):
                rest = replace(found, text=found.text[note:], start=start, end=end, origin=start)
                yield self._reader.prepare(rest)

    def _read_sentence(self, sentence: Sentence, context: _DocumentContext) -> _SentenceFindings:
        text = sentence.text
        targets, estimates = (self._phrases_of(status, text) for status in ("target", "estimate"))
        is_noun = self._language.cues["target_noun"].fullmatch
        figures = context.figures_between(sentence.start, sentence.end)
        phrases = self._deadlines.find_time_phrases(text, context.anchor)
        words = len(WORD.findall(text)) - sum(len(WORD.findall(text[p.start : p.end])) for p in phrases)
        is_label = bool(_LABEL.search(text)) or words < self._fewest_words
        deadlines = self._deadlines.choose(phrases, text, context.anchor, is_label)
        days = self._deadlines.days(phrases)
        is_told = not self._language.cues["keeps_deadline"].search(text)
        return _SentenceFindings(
            clauses=list(split_at_deadlines(sentence, context.document.text, deadlines)),
            is_promise=any(not is_noun(words) for words in targets)
            or any(figure.status == "target" for figure in figures),
            names_targets=bool(targets),
            is_label=is_label,
            is_question=bool(_QUESTION.search(text)),
            is_told=is_told,
            is_dated_otherwise=bool(days) and not deadlines,
            is_past=not deadlines
            and any(is_told or (context.anchor and day <= context.anchor) for day in days),
            is_estimate=bool(estimates),
        )

    def _phrases_of(self, status: str, text: str) -> list[str]:
        """Return the words of a text that mark a target or an estimate."""
        return [
            match.group()
            for row in self._language.status_phrases.candidates(text)
            if row.status == status
            for match in row.pattern.finditer(text)
        ]

    def _noted_deadline(
        self, note: OwnerNote | None, segment: _Segment, context: _DocumentContext
    ) -> Deadline | None:
        """Return the deadline that a note of an item sets for the text before it: （市场监管总局牵头，2025年底前完成）.

        It does not apply to the title, which only summarises the body.
        """
        if note is None or segment.item is None or segment.is_title:
            return None
        phrases = self._deadlines.find_time_phrases(note.text, context.anchor)
        found = self._deadlines.choose(phrases, note.text, context.anchor, is_label=True)
        return Deadline(found[0].day, note.text[found[0].start : found[0].end].strip()) if found else None

    def _owner(self, sentence: Sentence, note: OwnerNote | None, context: _DocumentContext) -> Owner:
        """Return the owner in the sentence, else in the note after it, else the issuer of the plan."""
        found = self._owners.find_in_sentence(sentence.text)
        if found.agency:
            return found
        return note.owner if note else context.issuer

    def _objective(
        self, sentence: Sentence, clause: Clause, owner: Owner, segment: _Segment, context: _DocumentContext
    ) -> Objective:
        mark = _LIST_MARK.match(sentence.text) if clause.start == 0 else None
        first = mark.end() if mark and mark.end() < clause.end else clause.start
        start, end = sentence.span(first, clause.end)
        figures = context.figures_between(start, end)
        topics = find_topics(sentence.text[first : clause.end], self._vocabulary.indicator_topics)
        stated = [figure.indicator for figure in figures if figure.indicator]
        objective = Objective(
            doc_id=context.document.doc_id,
            outline_start=segment.item.start if segment.item else None,
            quote=context.document.text[start:end],
            start=start,
            end=end,
            deadline=clause.deadline.day if clause.deadline else None,
            deadline_quote=clause.deadline.quote if clause.deadline else None,
            owner=owner.agency,
            owner_quote=owner.quote,
            is_quantified=bool(figures),
            indicators=tuple(dict.fromkeys([*stated, *topics])),
        )
        return replace(objective, reasons=_reasons(objective, owner))


def _segments(outline: Sequence[OutlineItem], length: int) -> Iterator[_Segment]:
    """Yield the text before the first heading, then the title and the body of each item."""
    starts = [*(item.start for item in outline), length]
    yield _Segment(None, False, 0, starts[0], starts[0])
    for item, following in zip(outline, starts[1:], strict=True):
        yield _Segment(item, True, item.end - len(item.title_raw), item.end, following)
        yield _Segment(item, False, item.end, following, following)


def _is_title_page(document: Document, start: int, end: int) -> bool:
    """Return whether a sentence is a title page: lines without full stops, the document's title among them."""
    titles = (document.title, document.title_raw)
    return any(line.strip() in titles for line in document.text[start:end].split("\n"))


def _note_after(sentence: Sentence, notes: Sequence[OwnerNote], segment: _Segment) -> OwnerNote | None:
    """Return the next note; outside an item its reach is unknown, so it must follow the sentence directly."""
    at = bisect_right(notes, sentence.start - segment.start, key=lambda note: note.end)
    note = notes[at] if at < len(notes) else None
    if note and segment.item is None and note.start + segment.start > sentence.end + _NOTE_REACH:
        return None
    return note


def _is_new_paragraph(before: Sentence, sentence: Sentence, text: str) -> bool:
    """Return whether a paragraph begins: after a blank line, at a list item, in Chinese at any line break."""
    if sentence.paragraph != before.paragraph or _LIST_MARK.match(sentence.text):
        return True
    return text[before.end - 1] in "。！？；：" and "\n" in text[before.end : sentence.start]


def _is_objective(
    clause: Clause,
    deadline: Deadline | None,
    findings: _SentenceFindings,
    segment: _Segment,
    context: _DocumentContext,
) -> bool:
    """Return whether a clause is an objective; `deadline` applies if the clause has none of its own."""
    if findings.is_past or findings.is_question:
        return False
    if findings.is_label and not (findings.is_promise and clause.deadline):
        return False
    if clause.deadline:
        return _promises_until(clause.deadline, clause, findings, context)
    if deadline:
        return _continues_promise(findings, context)
    is_body = segment.item is not None and not segment.is_title
    return context.is_plan and is_body and findings.is_promise and not findings.is_estimate


def _promises_until(
    deadline: Deadline, clause: Clause, findings: _SentenceFindings, context: _DocumentContext
) -> bool:
    """Return whether a clause with a deadline of its own is a promise."""
    if findings.is_estimate:
        return False
    if deadline.day is None:
        return findings.is_promise or context.is_plan
    # In a dated document only future days are deadlines; in an undated one "by 2020" may report an achievement.
    is_to_come = context.anchor is not None
    return (
        is_to_come or findings.names_targets or ((clause.leads or context.is_plan) and not findings.is_told)
    )


def _continues_promise(findings: _SentenceFindings, context: _DocumentContext) -> bool:
    """Return whether a sentence without a deadline continues the promise of the sentence that governs it."""
    if context.is_plan:
        return findings.is_promise or not findings.is_told
    return findings.is_promise and not findings.is_estimate and not findings.is_dated_otherwise


def _reasons(objective: Objective, owner: Owner) -> dict[str, str]:
    """Return the reason code of each field that is null."""
    unresolved = objective.deadline is None and objective.deadline_quote is not None
    reasons = {
        "outline_start": "not_applicable",
        "deadline": "undated_document" if unresolved else "not_stated",
        "deadline_quote": "not_stated",
        "owner": owner.reason,
        "owner_quote": owner.reason,
    }
    return {name: reason for name, reason in reasons.items() if getattr(objective, name) is None}
