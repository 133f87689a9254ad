"""The patterns that the checks of a document match, compiled from the rows of `check_patterns.csv`.

In a pattern `@number@` stands for the patterns of the role `number`. Words in braces occur in patterns of sums only,
which are matched against a sentence whose numbers are replaced by single signs: `{part}`, for example, is such a
sign, captured by this name; `{gap}` is a character within a clause, `{dated}` one that may also be a digit of a year,
`{start}` the sentence before its first number, `{end}` the end of a clause.
"""

import re
from collections.abc import Iterable, Mapping

from flows.extract.patterns.lazy_pattern import LazyPattern

FIRST_SIGN = "\ue000"
LAST_SIGN = "\uf8ff"

CheckPatterns = Mapping[str, tuple[LazyPattern, ...]]

_ROLE = re.compile(r"@(\w+)@")
_NUMBER = re.compile(r"\{(old|new|change|part|whole|share)\}")
_SIGN = f"[{FIRST_SIGN}-{LAST_SIGN}]"
_BREAKS = r",;:.!?()\n，；：。！？（）"
_PLACES = {
    "{gap}": rf"[^{_BREAKS}\d{FIRST_SIGN}-{LAST_SIGN}]",
    "{dated}": f"[^{_BREAKS}{FIRST_SIGN}-{LAST_SIGN}]",
    "{start}": rf"\A[^{FIRST_SIGN}-{LAST_SIGN}]*?",
    "{end}": r"(?=\s*(?:[,.;:!?)，；：。！？）]|\Z))",
}


def read_check_patterns(rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[LazyPattern, ...]]:
    """Compile rows of one language with the keys `role` and `pattern`: role → its patterns, in order."""
    by_role: dict[str, list[str]] = {}
    for row in rows:
        by_role.setdefault(row["role"], []).append(row["pattern"])
    return {
        role: tuple(LazyPattern(_fill(pattern, by_role), re.IGNORECASE) for pattern in patterns)
        for role, patterns in by_role.items()
    }


def _fill(pattern: str, by_role: Mapping[str, list[str]]) -> str:
    while _ROLE.search(pattern):
        pattern = _ROLE.sub(lambda match: f"(?:{'|'.join(by_role[match[1]])})", pattern)
    for place, meaning in _PLACES.items():
        pattern = pattern.replace(place, meaning)
    return _NUMBER.sub(lambda match: f"(?P<{match[1]}>{_SIGN})", pattern)
