"""Which indicator of the catalogue is a figure? Its unit, what it counts and its clause in, an id out.

The patterns are data (`seeds/indicator_patterns.csv`). A figure about a part must not pass for the total, so a
pattern can name what it is not (`excluded`); and a figure whose own clause says nothing is matched against the
sentence before it only together with what it counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.vocabulary import IndicatorPattern


@dataclass(frozen=True)
class Clause:
    """What a figure is said with: its `own` clause, and the `sentence` up to where the next figure begins."""

    own: str
    sentence: str


def find_indicator(
    patterns: Sequence[IndicatorPattern], unit: str, counted: str | None, clause: Clause
) -> str | None:
    """The first pattern that holds in the figure's own clause, else in its sentence."""
    candidates = [pattern for pattern in patterns if pattern.unit == unit]
    for window in (clause.own, clause.sentence):
        for pattern in candidates:
            if _holds(pattern, counted or "", window):
                return pattern.indicator
    return None


def _holds(pattern: IndicatorPattern, counted: str, window: str) -> bool:
    if pattern.counted and not pattern.counted.search(counted):
        return False
    if pattern.context and not pattern.context.search(window):
        return False
    return not (pattern.excluded and pattern.excluded.search(f"{window}\n{counted}"))
