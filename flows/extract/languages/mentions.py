"""Numbers and mentions: a quantity as it is written, and as its sentence means it, in any language."""

from dataclasses import dataclass
from typing import overload


@dataclass(frozen=True)
class Number:
    """A number as written; `text[start:end]` includes its scale word and percent sign.

    `value` has the scale applied. `form` is `digits`, `words`, `fraction` or `ordinal`. `percent` is null,
    `percent` or `percentage_points`. `value_max` is the upper end of a range.
    """

    start: int
    end: int
    value: float
    form: str
    percent: str | None = None
    value_max: float | None = None


@dataclass(frozen=True)
class Mention:
    """One quantity of a sentence; `start`, `end` (the quote) and `number` are offsets into the sentence.

    `counted_text` is the noun phrase that is counted; it may come from an earlier mention whose noun is not
    repeated. `counted_is_stated`: it stands right at the number. `value` is in `unit`.
    """

    number: Number
    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    bound: str
    counted_text: str | None
    counted_is_stated: bool


@overload
def scaled(value: float, factor: float) -> float: ...


@overload
def scaled(value: None, factor: float) -> None: ...


def scaled(value: float | None, factor: float) -> float | None:
    """Multiply by a factor and round off the error of binary fractions."""
    return None if value is None else round(value * factor, 6)
