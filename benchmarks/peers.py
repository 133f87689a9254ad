"""What others do to the same text: a plain number regex with a value reader, and quantulum3.

They are the measure of speed, not of the work: the one reads no number word and no unit, neither says what a
number means. quantulum3 is no dependency of the project: `make bench` installs it from
`benchmarks/requirements.lock`.
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
    """Start, end, value and percent sign of all numbers in digits, whatever they are: counts, years, list marks."""
    return [
        (match.start(), match.end(), _value_of(match["digits"], match["scale"]), match["percent"])
        for match in _NUMBER.finditer(text)
    ]


def _value_of(digits: str, scale: str | None) -> float:
    factor = _SCALES[scale.lower()] if scale else 1
    return round(float(digits.replace(",", "").replace("，", "")) * factor, 6)


def quantulum3_parser() -> Callable[[str], list] | None:
    """quantulum3's parser of a text, or none where it is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses its classifier, which would only slow it down
        try:
            return importlib.import_module("quantulum3.parser").parse
        except ModuleNotFoundError:
            return None
