"""A document, its outline and its figures in, what it promises out: each objective with deadline and owner.

"By 2020, a system of quality supervision shall be in place" states no figure and is what a plan is for. A
sentence is an objective when

- it has a deadline that lies after the day of the document (or, where that is not known, one that comes first
  or goes with a word of promise); or
- it stands below a deadline ("2030 targets:", "By 2020, ... . Labs will be ..."), in a plan or with a word of
  promise; or
- it stands in the body of an outline item of a plan and has a word of promise.

A promise without deadline outside of a plan ("the meeting will be held in Hangzhou") is none, nor is a forecast.
Who is responsible must be said: by the sentence, by a note behind it ("(Responsible: ...)", （…牵头）), or of the
plan as a whole by whoever is said to have issued it.
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
from flows.extract.periods.deadlines import Deadline, DeadlineFinder, StatedDeadline
from flows.extract.plans.outline import is_plan
from flows.extract.plans.owners import Owner, OwnerFinder, OwnerNote
from flows.extract.text.sentences import Sentence, split_sentences
from flows.extract.vocabulary.entries import Vocabulary

_LIST_MARK = re.compile(
    r"\s*(?:[-*•·●▪◦–—]+|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])[.)、）．]|[①-⑳])\s*"
)
_LABEL = re.compile(r"[:：]\W*$")
_QUESTION = re.compile(r"[?？][”\"’)]*$")
_CLAUSE_BREAK = re.compile(r"\s?[;；,，]\s?(?:and |while |并|且|而)?$")
# What may stand before a deadline that comes first: the mark of a list, a key, "力争".
_LEAD = re.compile(
    r"\W*(?:\d{1,2}[.)、）]\s*|[\w'-]{1,20}[:：]\s*)*(?:[\u3400-\u9fff]{1,4}[，,]?|and\s*)?(?:[“\"(（])?"
)
_WORD = re.compile(r"[A-Za-z]+|[\u3400-\u9fff]")
_FEWEST_WORDS = {"en": 3, "zh": 6}  # "Targets for 2025" and 2025年主要目标 promise nothing yet
_FEWEST_WORDS_OF_A_CLAUSE = 2  # "in 2025, 2026 and 2027" is a list of years
_NOTE_REACH = 3  # characters between a sentence and its note


@dataclass(frozen=True)
class _Segment:
    """The title of an outline item, its body, or text that stands in none; `item_end` is where the body ends."""

    item: OutlineItem | None
    is_title: bool
    start: int
    end: int
    item_end: int


@dataclass(frozen=True)
class _Frame:
    """What holds for all sentences of a document; `text` is as the patterns know it."""

    document: Document
    text: str
    anchor: date | None
    is_plan: bool
    issuer: Owner
    figures: Sequence[Figure]

    def figures_between(self, start: int, end: int) -> Sequence[Figure]:
        """The figures that a stretch of the text states."""
        first, last = (bisect_left(self.figures, at, key=lambda figure: figure.start) for at in (start, end))
        return self.figures[first:last]


@dataclass
class _Governing:
    """The deadlines that hold for what follows: below a heading, in a list, in a paragraph or item of a list."""

    of_item: Deadline | None = None
    of_list: Deadline | None = None
    of_paragraph: Deadline | None = None

    def begin_paragraph(self, is_listed: bool) -> None:
        """What was said above a list holds for each of its items; what one item says, for itself."""
        self.of_list = self.of_list if is_listed else None
        self.of_paragraph = self.of_list

    def state(self, deadline: Deadline, is_listed: bool) -> None:
        """Take up a deadline that governs."""
        self.of_paragraph = deadline
        self.of_list = self.of_list if is_listed else deadline

    @property
    def nearest(self) -> Deadline | None:
        """What holds for a sentence without a deadline of its own."""
        return self.of_paragraph or self.of_item


@dataclass(frozen=True)
class _Clause:
    """A sentence, or a part of it that has a deadline of its own; offsets into the text of the sentence.

    `leads`: the deadline comes first ("By 2020, ...").
    """

    start: int
    end: int
    deadline: Deadline | None
    leads: bool = False


@dataclass(frozen=True)
class _Reading:
    """What the words of one sentence say.

    `is_promise`: a verb promises ("will"), or a figure is a target; `names_targets`: a noun may do so too.
    `is_label`: it announces what follows ("2030 targets:"). `is_told`: its verbs tell of what is or was.
    `is_dated_otherwise`: it names a time that is no deadline. `is_past`: one that is over, or it tells of one.
    `is_estimate`: it is what somebody expects.
    """

    clauses: Sequence[_Clause]
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
        """The objectives of a document, in order; `outline` and `figures` are what was found in it."""
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
        frame = _Frame(document, text, anchor, is_plan(document, self._vocabulary), issuer, figures)
        governing = _Governing()
        objectives: list[Objective] = []
        for segment in _segments(outline, len(text)):
            governing = _Governing(governing.of_item if segment.item and not segment.is_title else None)
            objectives += self._read_segment(segment, frame, governing)
        return objectives

    def _read_segment(self, segment: _Segment, frame: _Frame, governing: _Governing) -> Iterator[Objective]:
        notes = list(self._owners.find_notes(frame.text[segment.start : segment.item_end]))
        before: Sentence | None = None
        is_listed = False
        for sentence in self._sentences(segment, frame):
            if before is None or _is_new_paragraph(before, sentence, frame.text):
                is_listed = before is not None and bool(_LIST_MARK.match(sentence.text))
                governing.begin_paragraph(is_listed)
            before = sentence
            reading = self._read(sentence, frame)
            stated = [c.deadline for c in reading.clauses if c.deadline and (c.leads or reading.is_label)]
            if stated and not reading.is_estimate:
                governing.state(stated[-1], is_listed)
            if segment.is_title and stated and (reading.names_targets or not reading.is_label):
                governing.of_item = stated[-1]
            note = _note_behind(sentence, notes, segment)
            deadline = governing.nearest or self._noted_deadline(note, segment, frame)
            owner = self._owner(sentence, note, frame)
            for clause in reading.clauses:
                if _is_objective(clause, deadline, reading, segment, frame):
                    promised = replace(clause, deadline=clause.deadline or deadline)
                    yield self._objective(sentence, promised, owner, segment, frame)

    def _sentences(self, segment: _Segment, frame: _Frame) -> Iterator[Sentence]:
        """The sentences of a segment but the title of the document; a note at the head of one is cut off."""
        text = frame.text[segment.start : segment.end]
        for found in split_sentences(text, self._language.cues["no_sentence_end"]):
            note = self._owners.length_of_note(found.text)  # it belongs to the sentence before
            start, end = found.start + note + segment.start, found.end + segment.start
            if start < end and not _is_title_page(frame.document, start, end):
                rest = replace(found, text=found.text[note:], start=start, end=end, origin=start)
                yield self._reader.prepare(rest)

    def _read(self, sentence: Sentence, frame: _Frame) -> _Reading:
        text = sentence.text
        targets, estimates = (self._phrases_of(status, text) for status in ("target", "estimate"))
        is_noun = self._language.cues["target_noun"].fullmatch
        figures = frame.figures_between(sentence.start, sentence.end)
        phrases = self._deadlines.find_time_phrases(text, frame.anchor)
        words = len(_WORD.findall(text)) - sum(len(_WORD.findall(text[p.start : p.end])) for p in phrases)
        is_label = bool(_LABEL.search(text)) or words < self._fewest_words
        deadlines = self._deadlines.choose(phrases, text, frame.anchor, is_label)
        days = self._deadlines.days(phrases)
        is_told = not self._language.cues["keeps_deadline"].search(text)
        return _Reading(
            clauses=list(_clauses(sentence, frame.document.text, deadlines)),
            is_promise=any(not is_noun(words) for words in targets)
            or any(figure.status == "target" for figure in figures),
            names_targets=bool(targets),
            is_label=is_label,
            is_question=bool(_QUESTION.search(text)),
            is_told=is_told,
            is_dated_otherwise=bool(days) and not deadlines,
            is_past=not deadlines and any(is_told or (frame.anchor and day <= frame.anchor) for day in days),
            is_estimate=bool(estimates),
        )

    def _phrases_of(self, status: str, text: str) -> list[str]:
        """The words of a text that make a target or an estimate of what they stand by."""
        return [
            match.group()
            for row in self._language.status_phrases.candidates(text)
            if row.status == status
            for match in row.pattern.finditer(text)
        ]

    def _noted_deadline(self, note: OwnerNote | None, segment: _Segment, frame: _Frame) -> Deadline | None:
        """What a note of an item sets for all that stands before it: （市场监管总局牵头，2025年底前完成）.

        Not for its title, which names in short what the body promises.
        """
        if note is None or segment.item is None or segment.is_title:
            return None
        phrases = self._deadlines.find_time_phrases(note.text, frame.anchor)
        found = self._deadlines.choose(phrases, note.text, frame.anchor, is_label=True)
        return Deadline(found[0].day, note.text[found[0].start : found[0].end].strip()) if found else None

    def _owner(self, sentence: Sentence, note: OwnerNote | None, frame: _Frame) -> Owner:
        """Whom the sentence names, else the note behind it, else who issued the plan."""
        found = self._owners.find_in_sentence(sentence.text)
        if found.agency:
            return found
        return note.owner if note else frame.issuer

    def _objective(
        self, sentence: Sentence, clause: _Clause, owner: Owner, segment: _Segment, frame: _Frame
    ) -> Objective:
        mark = _LIST_MARK.match(sentence.text) if clause.start == 0 else None
        first = mark.end() if mark and mark.end() < clause.end else clause.start
        start, end = sentence.span(first, clause.end)
        figures = frame.figures_between(start, end)
        topics = find_topics(sentence.text[first : clause.end], self._vocabulary.indicator_topics)
        stated = [figure.indicator for figure in figures if figure.indicator]
        objective = Objective(
            doc_id=frame.document.doc_id,
            outline_start=segment.item.start if segment.item else None,
            quote=frame.document.text[start:end],
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
    """The text before the first heading, then title and body of each item."""
    starts = [*(item.start for item in outline), length]
    yield _Segment(None, False, 0, starts[0], starts[0])
    for item, following in zip(outline, starts[1:], strict=True):
        yield _Segment(item, True, item.end - len(item.title_raw), item.end, following)
        yield _Segment(item, False, item.end, following, following)


def _is_title_page(document: Document, start: int, end: int) -> bool:
    """Lines without a stop are read as one sentence: the title stands with who issued it and with the date."""
    titles = (document.title, document.title_raw)
    return any(line.strip() in titles for line in document.text[start:end].split("\n"))


def _note_behind(sentence: Sentence, notes: Sequence[OwnerNote], segment: _Segment) -> OwnerNote | None:
    """The next note; outside of an item nothing says how far it reaches, so there it must follow at once."""
    at = bisect_right(notes, sentence.start - segment.start, key=lambda note: note.end)
    note = notes[at] if at < len(notes) else None
    if note and segment.item is None and note.start + segment.start > sentence.end + _NOTE_REACH:
        return None
    return note


def _is_new_paragraph(before: Sentence, sentence: Sentence, text: str) -> bool:
    """A blank line, a list item, or in Chinese any line break behind a sentence parts paragraphs."""
    if sentence.paragraph != before.paragraph or _LIST_MARK.match(sentence.text):
        return True
    return text[before.end - 1] in "。！？；：" and "\n" in text[before.end : sentence.start]


def _clauses(sentence: Sentence, text: str, deadlines: Sequence[StatedDeadline]) -> Iterator[_Clause]:
    """The sentence, cut before each further deadline that begins a clause ("... and by 2030 ...")."""
    cuts = list(_cuts(sentence.text, deadlines))
    starts = [0, *(start for _, start in cuts)]
    ends = [*(end for end, _ in cuts), len(sentence.text)]
    for start, end in zip(starts, ends, strict=True):
        own = next((stated for stated in deadlines if start <= stated.start < end), None)
        if own is None:
            yield _Clause(start, end, None)
            continue
        first, last = sentence.span(own.start, own.end)
        leads = bool(_LEAD.fullmatch(sentence.text, start, own.start))
        yield _Clause(start, end, Deadline(own.day, text[first:last].strip()), leads)


def _cuts(text: str, deadlines: Sequence[StatedDeadline]) -> Iterator[tuple[int, int]]:
    """Where a clause ends, and where the next one begins with its deadline."""
    for at, stated in enumerate(deadlines[1:], 2):
        end = deadlines[at].start if at < len(deadlines) else len(text)
        says_something = len(_WORD.findall(text[stated.end : end])) >= _FEWEST_WORDS_OF_A_CLAUSE
        clause_break = _CLAUSE_BREAK.search(text[: stated.start])
        if says_something and clause_break:
            yield clause_break.start(), stated.start


def _is_objective(
    clause: _Clause, deadline: Deadline | None, reading: _Reading, segment: _Segment, frame: _Frame
) -> bool:
    """Whether a clause promises something; `deadline` governs it if it has none of its own."""
    if reading.is_past or reading.is_question:
        return False
    if reading.is_label and not (reading.is_promise and clause.deadline):
        return False
    if clause.deadline:
        return _promises_until(clause.deadline, clause, reading, frame)
    if deadline:
        return _continues_promise(reading, frame)
    is_body = segment.item is not None and not segment.is_title
    return frame.is_plan and is_body and reading.is_promise and not reading.is_estimate


def _promises_until(deadline: Deadline, clause: _Clause, reading: _Reading, frame: _Frame) -> bool:
    """Whether a clause with a deadline of its own promises something."""
    if reading.is_estimate:
        return False
    if deadline.day is None:
        return reading.is_promise or frame.is_plan
    # Of a dated document only days to come are deadlines; else "by 2020" may tell what had been reached.
    is_to_come = frame.anchor is not None
    return is_to_come or reading.names_targets or ((clause.leads or frame.is_plan) and not reading.is_told)


def _continues_promise(reading: _Reading, frame: _Frame) -> bool:
    """Whether a sentence without a deadline goes on with what the one above it promises."""
    if frame.is_plan:
        return reading.is_promise or not reading.is_told
    return reading.is_promise and not reading.is_estimate and not reading.is_dated_otherwise


def _reasons(objective: Objective, owner: Owner) -> dict[str, str]:
    """The reason code of each field that is null."""
    unresolved = objective.deadline is None and objective.deadline_quote is not None
    reasons = {
        "outline_start": "not_applicable",
        "deadline": "undated_document" if unresolved else "not_stated",
        "deadline_quote": "not_stated",
        "owner": owner.reason,
        "owner_quote": owner.reason,
    }
    return {name: reason for name, reason in reasons.items() if getattr(objective, name) is None}
