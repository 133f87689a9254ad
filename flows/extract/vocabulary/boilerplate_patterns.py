"""Patterns of lines that state nothing, compiled from rows of `seeds/reading/parse/boilerplate_patterns.csv`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.extract.patterns.lazy_pattern import LazyPattern


@dataclass(frozen=True)
class BoilerplatePattern:
    """A pattern of a whole, stripped line, and the kind of boilerplate that such a line is."""

    pattern: LazyPattern
    kind: str


def compile_boilerplate_patterns(rows: Iterable[Mapping[str, str]]) -> tuple[BoilerplatePattern, ...]:
    """Compile rows with the keys `pattern` and `kind`; patterns are tried in the order of the rows."""
    return tuple(BoilerplatePattern(LazyPattern(row["pattern"], re.IGNORECASE), row["kind"]) for row in rows)
