"""Which indicator of the catalogue is a figure? Its unit, what it counts and its clause in, an id out.

The patterns are data (`seeds/indicator_patterns.csv`). A figure about a part must not pass for the total, so a
pattern can name what it is not (`excluded`).
"""

from collections.abc import Sequence

from flows.extract.vocabulary import IndicatorPattern


def find_indicator(
    patterns: Sequence[IndicatorPattern], unit: str, counted: str | None, windows: Sequence[str]
) -> str | None:
    """The first pattern that holds in the narrowest of the windows (its clause, its sentence)."""
    candidates = [pattern for pattern in patterns if pattern.unit == unit]
    for window in windows:
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
