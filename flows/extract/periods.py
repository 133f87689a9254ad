"""The period that a figure speaks of, as the engine hands it around."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Period:
    """A period with its `basis` (`stated`, `inherited`, `document_date` or null) and how it was meant."""

    start: date | None = None
    end: date | None = None
    basis: str | None = None
    is_since: bool = False
    is_relative: bool = False
