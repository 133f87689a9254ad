"""Which indicator of the catalogue is a figure? Its unit, what it counts and its clause in, an id out.

The patterns are data (`seeds/indicator_patterns.csv`). A figure about a part must not pass for the total, so a
pattern can name what it is not (`excluded`).
"""

import re
from collections.abc import Mapping, Sequence

from flows.extract.model import Figure
from flows.extract.vocabulary import IndicatorPattern

Cues = Mapping[str, re.Pattern[str]]


def find_indicator(
    patterns: Sequence[IndicatorPattern], unit: str, counted: str | None, windows: Sequence[str]
) -> tuple[str | None, int]:
    """The first pattern that holds in the narrowest of the windows (its clause, its sentence), and which one."""
    candidates = [pattern for pattern in patterns if pattern.unit == unit]
    for width, window in enumerate(windows):
        for pattern in candidates:
            if _holds(pattern, counted or "", window):
                return pattern.indicator, width
    return None, len(windows)


def _holds(pattern: IndicatorPattern, counted: str, window: str) -> bool:
    if pattern.counted and not pattern.counted.search(counted):
        return False
    if pattern.context and not pattern.context.search(window):
        return False
    return not (pattern.excluded and pattern.excluded.search(f"{window}\n{counted}"))


def find_repeated_indicator(before: str, unit: str, stated: Sequence[Figure], cues: Cues) -> str | None:
    """The indicator of the latest figure in that unit, if the sentence `before` a figure takes it up again.

    "..., against 88 percent a year ago" and "the rate is to reach 95" speak of what was stated before.
    """
    if not (cues["compared_before"].search(before) or cues["taken_up_again"].search(before)):
        return None
    latest = next((figure for figure in reversed(stated) if figure.unit == unit), None)
    return latest.indicator if latest else None
