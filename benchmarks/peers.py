"""Peers that read the same text: a plain number regex with a value reader, and quantulum3.

They compare in speed, not in work: the regex reads no number words and no units, and neither tells what a number
means. The project does not depend on quantulum3; `make bench` installs it from `benchmarks/requirements.lock`.
"""

import importlib
import re
import warnings
from collections.abc import Callable

_NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[ -]?(?P<scale>thousand|million|billion|trillion|万亿|千万|百万|万|亿|bn|m\b|k\b))?"
    r"(?P<percent>\s?(?:%|‰|percent|per cent|percentage points?|个百分点))?",
    re.IGNORECASE,
)
_SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "bn": 1e9,
    "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12,
}  # fmt: skip


def read_plain_numbers(text: str) -> list[tuple[int, int, float, str | None]]:
    """Return start, end, value and percent sign of every number in digits, be it a count, a year or a list mark."""
    return [
        (match.start(), match.end(), _value_of(match["digits"], match["scale"]), match["percent"])
        for match in _NUMBER.finditer(text)
    ]


def _value_of(digits: str, scale: str | None) -> float:
    factor = _SCALES[scale.lower()] if scale else 1
    return round(float(digits.replace(",", "").replace("，", "")) * factor, 6)


def quantulum3_parser() -> Callable[[str], list] | None:
    """Return quantulum3's parser of a text, or None where it is not installed."""
    with warnings.catch_warnings():
        # It misses its classifier, which would only slow it down.
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module("quantulum3.parser").parse
        except ModuleNotFoundError:
            return None
