"""The patterns of the indicators, found without trying all: the unit of a figure and what it counts tell most.

A pattern that says what is counted can only hold for a figure that counts it, and that noun phrase is much
shorter than the clause around it. Those of rates and amounts count nothing; they are found by their context.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.patterns.table import PatternTable


@dataclass(frozen=True)
class IndicatorPattern:
    """When a figure is an indicator: all of its patterns must hold.

    `counted` is searched in the noun phrase that is counted, `context` in the clause of the figure,
    `subject` in the sentence up to the figure, the title or the paragraph before it, `excluded` must not be found
    in either of the first two. `whole` are words that may stand at the measure and leave it whole, those of the
    cue `whole_word` among them.
    """

    indicator: str
    unit: str
    counted: LazyPattern | None
    context: LazyPattern | None
    subject: LazyPattern | None
    whole: LazyPattern
    excluded: LazyPattern | None


class IndicatorPatterns:
    """All rows of a language, in the order in which they are to be tried; tables are made when first asked for."""

    def __init__(self, rows: Iterable[IndicatorPattern]) -> None:
        """Keep the rows, sorted by what finds them."""
        self._rows = tuple(rows)
        self._counting: dict[str, list[IndicatorPattern]] = defaultdict(list)
        self._measuring: dict[str, list[IndicatorPattern]] = defaultdict(list)
        self._of_indicator: dict[str, list[IndicatorPattern]] = defaultdict(list)
        for row in self._rows:
            (self._counting if row.counted else self._measuring)[row.unit].append(row)
            self._of_indicator[row.indicator].append(row)
        self._tables: dict[tuple[str, bool], PatternTable[IndicatorPattern]] = {}

    def __iter__(self) -> Iterator[IndicatorPattern]:
        """All rows."""
        return iter(self._rows)

    def candidates(self, text: str) -> list[IndicatorPattern]:
        """The rows whose context, or else what they count, may stand in `text`, whatever the unit."""
        return self._of_all.candidates(text)

    def of_figure(self, unit: str, counted: str, context: Callable[[], str]) -> list[IndicatorPattern]:
        """The rows that count what is `counted` or whose context may stand around a figure in `unit`.

        The context is only asked for where it can tell.
        """
        found: list[IndicatorPattern] = []
        if unit in self._counting:
            rows = self._table(unit, is_counting=True).candidates(counted)
            found += [row for row in rows if row.counted.search(counted)]
        if unit in self._measuring:
            found += self._table(unit, is_counting=False).candidates(context())
        return found

    def of_indicator(self, indicator: str) -> Sequence[IndicatorPattern]:
        """The rows of one indicator."""
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
