"""Patterns of lines that state nothing, compiled from rows of `seeds/reading/parse/boilerplate_patterns.csv`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.extract.patterns.lazy_pattern import LazyPattern


@dataclass(frozen=True)
class BoilerplatePattern:
    """A regular expression that matches one whole, stripped line, and the kind of boilerplate it tells."""

    expression: LazyPattern
    kind: str


def compile_boilerplate_patterns(rows: Iterable[Mapping[str, str]]) -> tuple[BoilerplatePattern, ...]:
    """Compile rows with the keys `pattern` and `kind`; the order of the rows is the order of trial."""
    return tuple(BoilerplatePattern(LazyPattern(row["pattern"], re.IGNORECASE), row["kind"]) for row in rows)
