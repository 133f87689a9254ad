"""The period that a figure speaks of, as the engine hands it around."""

from dataclasses import dataclass, replace
from datetime import date

from flows.extract.languages.time_phrases import TimePhrase

_ALMOST = 6  # a sixth of it is left: two months of a year, two weeks of a quarter


@dataclass(frozen=True)
class Period:
    """A period with its `basis` (`stated`, `inherited`, `document_date` or null) and how it was meant.

    `is_ambiguous`: the text tells several and nothing says which is meant, so it has no days.
    """

    start: date | None = None
    end: date | None = None
    basis: str | None = None
    is_since: bool = False
    is_relative: bool = False
    is_ambiguous: bool = False

    @classmethod
    def of(cls, phrase: TimePhrase) -> "Period":
        """The period that a phrase states; without days and basis where the phrase is unresolved."""
        is_relative = phrase.first is None and phrase.last is None
        basis = None if is_relative else "stated"
        return cls(phrase.first, phrase.last, basis, phrase.role == "since", is_relative)

    def is_over_by(self, anchor: date | None) -> bool:
        """Whether the document, of the day `anchor`, can report on it; where that is not known it may.

        Reports on a year come out before it is quite over.
        """
        if self.end is None or anchor is None:
            return self.end is not None
        has_begun = self.start is not None and self.start <= anchor
        return self.end <= anchor or (has_begun and self.end - (self.end - self.start) / _ALMOST <= anchor)

    def lies_ahead_of(self, anchor: date | None) -> bool:
        """Whether it can be promised for; where the day of the document is not known it may."""
        return anchor is None or (self.end is not None and not self.is_over_by(anchor))

    def is_now(self, anchor: date | None) -> bool:
        """Whether it is no more than the day of the document, which every statement has."""
        return (self.start, self.end) == (None, anchor)

    def is_day(self) -> bool:
        """Whether it is one day, on which something happened."""
        return self.start is not None and self.start == self.end

    def is_year_so_far(self, anchor: date | None) -> bool:
        """Whether it is the year of the document up to its day, as "this year" is."""
        return anchor is not None and (self.start, self.end) == (date(anchor.year, 1, 1), anchor)

    def is_twelve_months(self) -> bool:
        """Whether it is a year, be it a calendar one or a fiscal one."""
        return self.start is not None and self.end is not None and 364 <= (self.end - self.start).days <= 365

    def as_deadline(self) -> "Period":
        """Its end, by which something shall be so."""
        return replace(self, start=None)

    def as_whole_year(self) -> "Period":
        """The year in which it ends, to its last day."""
        if self.end is None:
            return self
        return Period(date(self.end.year, 1, 1), date(self.end.year, 12, 31), self.basis)

    def holds(self, other: "Period") -> bool:
        """Whether `other` is a part of it; of a state at the end of a year the whole year is."""
        if self.end is None or other.end is None:
            return False
        start = self.start or date(self.end.year, 1, 1)
        return start <= (other.start or other.end) and other.end <= self.end

    def is_end_of_year(self) -> bool:
        """Whether it is a state at the last day of a year."""
        return self.start is None and self.end is not None and (self.end.month, self.end.day) == (12, 31)

    def as_flow(self) -> "Period":
        """Of a state at a day the time in which it came about: its year up to that day."""
        if self.start or self.end is None:
            return self
        return Period(date(self.end.year, 1, 1), self.end, self.basis)


@dataclass(frozen=True)
class PeriodContext:
    """What a figure whose sentence names no period may take one from.

    `told` are the periods stated before in the paragraph, the latest last; `latest` is the one told last of all.
    Beyond the paragraph, `report` is
    what the document reports on there, `promise` until when it promises, `plan` the years that its title plans
    for; each null where there is none. `is_framed`: a title, a heading or a question says what `report` is.
    `is_listed`: the sentence is an item of a list below a heading.
    """

    told: tuple[Period, ...]
    latest: Period | None
    report: Period | None
    promise: Period | None
    plan: Period | None
    is_framed: bool
    is_listed: bool
    anchor: date | None
