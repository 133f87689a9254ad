"""The patterns of indicators, indexed by the unit of a figure and by what it counts.

A pattern of counted things only fits a figure that counts them, and their noun phrase is much shorter than the clause
around it. Patterns of rates and amounts count nothing; they are found by the context of a figure.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.patterns.table import PatternTable


@dataclass(frozen=True)
class IndicatorPattern:
    """The conditions for a figure to be of an indicator, all of which must hold.

    `counted` is searched in the noun phrase that is counted, `context` in the clause of the figure, `subject` in the
    sentence up to the figure, the title or the paragraph before it. `excluded` must not be found in the noun phrase
    or the clause. `whole` matches words that may qualify the measure without narrowing it to a part, among them
    those of the cue `whole_word`.
    """

    indicator: str
    unit: str
    counted: LazyPattern | None
    context: LazyPattern | None
    subject: LazyPattern | None
    whole: LazyPattern
    excluded: LazyPattern | None


class IndicatorPatterns:
    """The patterns of a language, in the order in which they are tried; tables are built when first needed."""

    def __init__(self, rows: Iterable[IndicatorPattern]) -> None:
        """Sort the rows by what finds them."""
        self._rows = tuple(rows)
        self._counting: dict[str, list[IndicatorPattern]] = defaultdict(list)
        self._measuring: dict[str, list[IndicatorPattern]] = defaultdict(list)
        self._of_indicator: dict[str, list[IndicatorPattern]] = defaultdict(list)
        for row in self._rows:
            (self._counting if row.counted else self._measuring)[row.unit].append(row)
            self._of_indicator[row.indicator].append(row)
        self._tables: dict[tuple[str, bool], PatternTable[IndicatorPattern]] = {}

    def __iter__(self) -> Iterator[IndicatorPattern]:
        """Iterate over all rows."""
        return iter(self._rows)

    def candidates(self, text: str) -> list[IndicatorPattern]:
        """Return the rows of any unit whose context, or else whose counted thing, may occur in `text`."""
        return self._of_all.candidates(text)

    def of_figure(self, unit: str, counted: str, context: Callable[[], str]) -> list[IndicatorPattern]:
        """Return the rows that count `counted`, or whose context may surround a figure in `unit`.

        `context` is only called if the context can tell.
        """
        found: list[IndicatorPattern] = []
        if unit in self._counting:
            rows = self._table(unit, is_counting=True).candidates(counted)
            found += [row for row in rows if row.counted and row.counted.search(counted)]
        if unit in self._measuring:
            found += self._table(unit, is_counting=False).candidates(context())
        return found

    def of_indicator(self, indicator: str) -> Sequence[IndicatorPattern]:
        """Return the rows of one indicator."""
        return self._of_indicator.get(indicator, ())

    def _table(self, unit: str, *, is_counting: bool) -> PatternTable[IndicatorPattern]:
        key = unit, is_counting
        if key not in self._tables:
            rows = (self._counting if is_counting else self._measuring)[unit]
            self._tables[key] = PatternTable(rows, lambda row: row.counted or row.context)
        return self._tables[key]

    @cached_property
    def _of_all(self) -> PatternTable[IndicatorPattern]:
        return PatternTable(self._rows, lambda row: row.context or row.counted)
