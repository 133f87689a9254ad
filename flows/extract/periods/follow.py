"""Follows a document sentence by sentence and keeps the periods that govern sentences without one.

A document tells once which period it reports on, in its title, the heading of a section, a question or its opening
statement, and then goes on for pages: "2023年……" above, bare figures below. A heading of tasks ("二、今年重点任务",
"Main targets") governs the text below it in the same way, but its period is a deadline.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.extract.languages.time_phrases import TimePhrase, years_before
from flows.extract.patterns.lazy_pattern import Cues
from flows.extract.periods.period import Period, PeriodContext
from flows.extract.text.heading_styles import LIST, begins_line, ends_line, read_heading_style
from flows.extract.text.sentences import Sentence

_LIST_ITEM = re.compile(r"[-*•·●▪◦–—①-⑳]|\d{1,2}[.、)）]|[（(]\d{1,2}[)）]|[一二三四五六七八九十]是")
_QUESTION = re.compile(r"[?？][\"'”’」』）)]*$")
_CLAUSE_MARKS = ",，;；?？。"
_TITLE = "title"
_MOST_BEFORE_OPENING = 1  # undated paragraphs with figures; a statement after more of them opens nothing
_MEMORY = 20  # periods: looking through all of a paragraph would take quadratic time


@dataclass(frozen=True)
class _Section:
    """An open heading of a style; `period` is null if it names none."""

    style: str
    heading: str
    period: Period | None
    is_of_tasks: bool


class PeriodTracker:
    """The periods that a document has told up to a sentence; make one for each document."""

    def __init__(self, title: str, phrases: Sequence[TimePhrase], anchor: date | None, cues: Cues) -> None:
        """Begin with the title of a document and its time phrases; `anchor` is the day of the document."""
        self._anchor = anchor
        self._cues = cues
        named = _periods_of(phrases)
        is_plan = bool(cues["plan_title"].search(title))
        titled = None if is_plan else self._only_report(named)
        self._titled = titled if titled and not titled.is_since else None
        ahead = (period for period in named if period.start and (is_plan or not self._is_over(period)))
        self._plan = next(ahead, None)
        self._deadlines = {self._plan.end: self._plan.as_deadline()} if self._plan else {}
        is_of_tasks = self._titled is None and (is_plan or self._plan is not None)
        self._sections = [_Section(_TITLE, title, None, is_of_tasks)]
        self._asked: Period | None = None
        self._opening: Period | None = None
        self._last_resort = titled  # "Recalls since 2004" is less specific than an opening statement
        self._undated_paragraphs = 0
        self._contradicted_by: Period | None = None
        self._latest: Period | None = None
        self._paragraph: int | None = None
        self._told: list[Period] = []
        self._told_by_figures: list[Period] = []
        self._has_figures = False
        self._is_turn = False
        self._only_governs = False

    def enter(self, sentence: Sentence, text: str, phrases: Sequence[TimePhrase], has_figures: bool) -> None:
        """Move to the next sentence of `text`, with its time phrases."""
        if sentence.paragraph != self._paragraph:
            self._end_paragraph()
            self._paragraph = sentence.paragraph
        begins, ends = begins_line(text, sentence.start), ends_line(text, sentence.end)
        if begins:
            self._is_turn = bool(self._cues["turn"].match(sentence.text))
            self._end_list(sentence.text)
        is_question = bool(_QUESTION.search(sentence.text)) and (self._is_turn or (begins and ends))
        style = None
        if not has_figures and not sentence.lead and not is_question:
            says_time = bool(_periods_of(phrases))
            style = read_heading_style(
                sentence.text, begins=begins, ends=ends, says_time=says_time, cues=self._cues
            )
        if style:
            self._open(style, sentence.text, phrases)
        elif is_question:
            self._ask(sentence.text, phrases)
        self._only_governs = is_question or style is not None

    def tell(self, phrases: Sequence[TimePhrase], stated: Sequence[Period], has_figures: bool) -> None:
        """Record the periods that the sentence told: those `stated` for its figures, else those of its phrases."""
        if self._only_governs:
            return
        told = stated if has_figures else _periods_of(phrases)
        self._deadlines |= {p.end: p for p in told if p.end and not self._is_over(p)}
        for period in self._continuing(told) if has_figures else told:
            self._told.append(period)
            self._latest = period
            if has_figures and period.basis == "stated":
                self._told_by_figures.append(period)
        self._has_figures = self._has_figures or has_figures

    def heading(self, sentence: str) -> str:
        """Return the heading of a list or of tasks that governs a sentence, or an empty string."""
        for section in reversed(self._sections):
            if section.style == LIST:
                return section.heading
            if section.is_of_tasks:
                return section.heading if self._cues["keeps_deadline"].search(sentence) else ""
            if section.period or self._cues["report_heading"].search(section.heading):
                return ""
        return ""

    def latest(self) -> Period | None:
        """Return the period told last, on which a phrase without a year leans."""
        latest = self._told[-1] if self._told else self._report()
        return None if latest is None or latest.is_ambiguous else latest

    def context(self) -> PeriodContext:
        """Return the periods that govern the sentence entered last."""
        return PeriodContext(
            told=tuple(self._told[-_MEMORY:]),
            latest=self._latest,
            report=self._report(),
            promise=self._promise(),
            plan=self._plan,
            is_framed=self._framed() is not None,
            is_listed=self._sections[-1].style == LIST,
            anchor=self._anchor,
        )

    def _is_over(self, period: Period) -> bool:
        return period.is_over_by(self._anchor)

    def _framed(self) -> Period | None:
        """Return the period that a heading, a question or the title sets for the report, the nearest first."""
        headed = (s.period for s in reversed(self._sections) if s.period and not s.is_of_tasks)
        return next((p for p in headed if self._is_over(p)), None) or self._asked or self._titled

    def _report(self) -> Period | None:
        report = self._framed() or self._opening or self._last_resort
        return Period(is_ambiguous=True) if report and self._contradicted_by else report

    def _promise(self) -> Period | None:
        """Return the period of the tasks, else the deadline if only one was told."""
        for section in reversed(self._sections):
            if section.period and (section.is_of_tasks or not self._is_over(section.period)):
                return self._task_period(section.period)
        if len(self._deadlines) > 1:
            return Period(is_ambiguous=True)
        return next(iter(self._deadlines.values()), None)

    def _task_period(self, period: Period) -> Period:
        """Return the whole current year for its tasks, and a later year as a deadline."""
        if period.start is None or self._anchor is None or period.start > self._anchor:
            return period.as_deadline()
        return period.as_whole_year() if period.is_year_so_far(self._anchor) else period

    def _end_paragraph(self) -> None:
        """Close a paragraph: the first period of its figures may govern later ones, or make the report ambiguous."""
        self._undated_paragraphs += self._has_figures and not self._told_by_figures
        told = [p for p in self._told_by_figures if self._is_over(p) and not p.is_now(self._anchor)]
        told = [period for period in told if not period.is_day()]
        self._forget_paragraph()
        if not told:
            return
        framed = self._framed()
        opens = self._opening is None and self._undated_paragraphs <= _MOST_BEFORE_OPENING
        if framed is None and opens and not told[0].is_since:
            self._opening = told[0]
        report = framed or self._opening
        if report:
            self._contradicted_by = self._contradiction(report, told, is_framed=framed is not None)

    def _contradiction(self, report: Period, told: Sequence[Period], *, is_framed: bool) -> Period | None:
        """Return a period that contradicts the report: another one at the beginning, or a later one further on."""
        others = [period for period in told if not report.holds(period)]
        later = [
            period
            for period in others
            if period.end and report.end and period.end > report.end and not period.is_since
        ]
        is_other = bool(others) and others[0] is told[0] and not is_framed
        return next(iter(others if is_other else later), None)

    def _forget_paragraph(self) -> None:
        self._told, self._told_by_figures, self._has_figures = [], [], False

    def _end_list(self, line: str) -> None:
        if self._sections[-1].style == LIST and not _LIST_ITEM.match(line):
            self._sections.pop()

    def _open(self, style: str, heading: str, phrases: Sequence[TimePhrase]) -> None:
        """Open a heading and close the one of the same style with all below it."""
        at = next((i for i, section in enumerate(self._sections) if section.style == style), None)
        if at is not None:
            del self._sections[at:]
        period = self._headed(phrases)
        is_of_tasks = bool(self._cues["task_heading"].search(heading)) and not self._is_history(period)
        self._sections.append(_Section(style, heading, period, is_of_tasks))
        if style != LIST or period:
            self._forget_paragraph()
        if style != LIST:
            self._contradicted_by = None

    def _headed(self, phrases: Sequence[TimePhrase]) -> Period | None:
        """Return the period of a heading; 过去一年工作回顾 looks back on a calendar year."""
        named = _periods_of(phrases)
        period = self._only_report(named) or next(iter(named), None)
        if period and self._anchor and period.start == years_before(self._anchor, 1):
            return Period(period.start, period.start, "stated").as_whole_year()
        return period

    def _is_history(self, period: Period | None) -> bool:
        """Return whether the tasks of a period can only be reported on."""
        if period is None or self._anchor is None or period.is_year_so_far(self._anchor):
            return False
        return self._is_over(period)

    def _ask(self, question: str, phrases: Sequence[TimePhrase]) -> None:
        """Let the period of a question govern its answer; without one that of the answers before goes on."""
        planned = [phrase for phrase in phrases if self._is_of_plans(question, phrase)]
        asked = self._only_report(_periods_of([phrase for phrase in phrases if phrase not in planned]))
        if asked:
            self._asked, self._opening, self._contradicted_by, self._undated_paragraphs = asked, None, None, 0
        for period in map(self._task_period, _periods_of(planned)[:1]):
            self._deadlines = {period.end: period}
        ahead = [period for period in _periods_of(phrases) if not self._is_over(period)]
        self._latest = ahead[-1] if ahead else self._latest  # "by then" means the day asked about
        self._forget_paragraph()

    def _is_of_plans(self, question: str, phrase: TimePhrase) -> bool:
        """Return whether a question asks for plans, not for a report: "What are the plans for this year?"."""
        begin = max(question.rfind(mark, 0, phrase.start) for mark in _CLAUSE_MARKS) + 1
        ends = [at for mark in _CLAUSE_MARKS if (at := question.find(mark, phrase.end)) >= 0]
        return bool(self._cues["task_heading"].search(question, begin, min(ends, default=len(question))))

    def _only_report(self, periods: Sequence[Period]) -> Period | None:
        """Return the period that can be reported on and holds all others that can, if there is one."""
        over = [p for p in periods if self._is_over(p) and not p.is_now(self._anchor)]
        return next((p for p in over if all(p.holds(other) for other in over)), None)

    def _continuing(self, stated: Sequence[Period]) -> Sequence[Period]:
        """Return the period that continues after a sentence: its latest, or the one that it promises for.

        "from 12 in 2012 to 14 in 2013" continues with 2013.
        """
        if not stated or not self._is_over(stated[0]):
            return stated[:1]
        return [max(filter(self._is_over, stated), key=lambda period: period.end or date.min)]


def _periods_of(phrases: Sequence[TimePhrase]) -> list[Period]:
    roles = ("interval", "instant", "since")
    return [Period.of(phrase) for phrase in phrases if phrase.last and phrase.role in roles]
