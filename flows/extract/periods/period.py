"""The period that a figure refers to, and the periods told around it."""

from dataclasses import dataclass, replace
from datetime import date

from flows.extract.languages.time_phrases import TimePhrase

_ALMOST = 6  # the last sixth of it is left: two months of a year, two weeks of a quarter


@dataclass(frozen=True)
class Period:
    """A period with its `basis` (`stated`, `inherited`, `document_date` or null).

    `is_since`: it goes from a day on ("since 2012"). `is_relative`: its phrase counts from a date that is not known.
    `is_ambiguous`: the text tells several periods and nothing says which is meant, so it has no days.
    """

    start: date | None = None
    end: date | None = None
    basis: str | None = None
    is_since: bool = False
    is_relative: bool = False
    is_ambiguous: bool = False

    @classmethod
    def of(cls, phrase: TimePhrase) -> "Period":
        """Return the period that a phrase states, without days and basis if the phrase is unresolved."""
        is_relative = phrase.first is None and phrase.last is None
        basis = None if is_relative else "stated"
        return cls(phrase.first, phrase.last, basis, phrase.role == "since", is_relative)

    def is_over_by(self, anchor: date | None) -> bool:
        """Return whether a document of the day `anchor` can report on it; if the day is unknown, it can.

        Reports on a year are published before it is quite over.
        """
        if self.end is None or anchor is None:
            return self.end is not None
        if self.start is None or self.start > anchor:
            return self.end <= anchor
        return self.end <= anchor or self.end - (self.end - self.start) / _ALMOST <= anchor

    def lies_ahead_of(self, anchor: date | None) -> bool:
        """Return whether something can be promised for it; if the day of the document is unknown, it can."""
        return anchor is None or (self.end is not None and not self.is_over_by(anchor))

    def is_now(self, anchor: date | None) -> bool:
        """Return whether it is only the day of the document, which every statement has."""
        return (self.start, self.end) == (None, anchor)

    def is_day(self) -> bool:
        """Return whether it is a single day, on which something happened."""
        return self.start is not None and self.start == self.end

    def is_year_so_far(self, anchor: date | None) -> bool:
        """Return whether it is the document's year up to its day, as "this year" is."""
        return anchor is not None and (self.start, self.end) == (date(anchor.year, 1, 1), anchor)

    def is_twelve_months(self) -> bool:
        """Return whether it is a year, calendar or fiscal."""
        return self.start is not None and self.end is not None and 364 <= (self.end - self.start).days <= 365

    def as_deadline(self) -> "Period":
        """Return its end, as the day by which something is to be done."""
        return replace(self, start=None)

    def as_whole_year(self) -> "Period":
        """Return the whole year in which it ends."""
        if self.end is None:
            return self
        return Period(date(self.end.year, 1, 1), date(self.end.year, 12, 31), self.basis)

    def holds(self, other: "Period") -> bool:
        """Return whether `other` is a part of it; a state at the end of a year holds the whole year."""
        if self.end is None or other.end is None:
            return False
        start = self.start or date(self.end.year, 1, 1)
        return start <= (other.start or other.end) and other.end <= self.end

    def is_end_of_year(self) -> bool:
        """Return whether it is a state on the last day of a year."""
        return self.start is None and self.end is not None and (self.end.month, self.end.day) == (12, 31)

    def as_flow(self) -> "Period":
        """Return for a state on a day the time in which it came about: its year up to that day."""
        if self.start or self.end is None:
            return self
        return Period(date(self.end.year, 1, 1), self.end, self.basis)


@dataclass(frozen=True)
class PeriodContext:
    """The periods from which a figure may inherit if its sentence names none.

    `told` are the periods stated before in the paragraph, the latest last; `latest` is the one told last of all.
    Beyond the paragraph, `report` is the period that the document reports on there, `promise` the deadline of its
    promises, `plan` the years that its title plans for; each is null if there is none. `is_framed`: a title, a heading
    or a question states `report`. `is_listed`: the sentence is an item of a list below a heading.
    """

    told: tuple[Period, ...]
    latest: Period | None
    report: Period | None
    promise: Period | None
    plan: Period | None
    is_framed: bool
    is_listed: bool
    anchor: date | None
