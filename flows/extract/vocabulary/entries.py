"""The reference data as the extractor sees it: words, patterns and look-ups of `seeds/`, compiled.

`read_vocabulary` (`vocabulary/read.py`) makes them from rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flows.extract.patterns.lazy_pattern import Cues, LazyPattern
from flows.extract.patterns.table import PatternTable
from flows.extract.vocabulary.boilerplate_patterns import BoilerplatePattern
from flows.extract.vocabulary.check_patterns import CheckPatterns
from flows.extract.vocabulary.indicator_patterns import IndicatorPatterns
from flows.extract.vocabulary.names import NameIndex

WITHIN = "/"
"""In an index of places, ends the id of a place that has no code: the code of the area around it, then this."""


@dataclass(frozen=True)
class NumberWord:
    """A word that is or scales a number: role `unit`, `tens`, `scale`, `abbreviated_scale`, `denominator`."""

    value: float
    role: str


@dataclass(frozen=True)
class UnitAlias:
    """A written form of a unit; value in `unit` = written number × factor."""

    unit: str
    factor: float = 1


@dataclass(frozen=True)
class Unit:
    """A unit and the quantity it measures (`currency`, `time`, `percentage` ...)."""

    unit: str
    quantity: str


@dataclass(frozen=True)
class Classifier:
    """A word between a number and what it counts, such as 个 and 辆 in Chinese.

    `role`: a `thing` needs a noun, an `event` counts actions, a `noun` is itself what is counted, and so is a
    `portion`, together with the noun behind it. `counted` is the noun meant where none is given; `takes_words`:
    numerals may stand before it as digits do.
    """

    classifier: str
    counted: str | None
    role: str
    takes_words: bool


@dataclass(frozen=True)
class ExcludedPattern:
    """A pattern whose matches are not figures, and the reason."""

    pattern: LazyPattern
    reason: str


@dataclass(frozen=True)
class StatusPhrase:
    """A phrase that makes the figures it governs a target or an estimate."""

    pattern: LazyPattern
    status: str


@dataclass(frozen=True)
class TimePattern:
    """A pattern of a time phrase and the name of its reader, which asks for the groups of the pattern."""

    pattern: LazyPattern
    reading: str


@dataclass(frozen=True)
class HeadingMark:
    """A mark of headings: a pattern with the groups `number` and `title`, and its numbering.

    `is_certain`: the mark alone makes a heading, so that numbers may be skipped.
    """

    style: str
    pattern: LazyPattern
    numbering: str
    is_certain: bool


@dataclass(frozen=True)
class IndicatorTopic:
    """A pattern of texts about an indicator, whether or not they state a figure."""

    indicator: str
    pattern: LazyPattern


@dataclass(frozen=True)
class Agency:
    """An agency as the extractor needs it.

    An agency that does not measure (a parliament, a government's information office) is named in passing and has no
    figures. `names` are its official names, in any language.
    """

    agency: str
    ref_area: str | None
    measures: bool
    names: tuple[str, ...]
    lineage: str
    predecessor: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Indicator:
    """An indicator as the extractor needs it."""

    indicator: str
    name: str


@dataclass(frozen=True)
class UnitContext:
    """A pattern near a bare number that tells its unit: a score, an index, a ratio."""

    pattern: LazyPattern
    unit: str


def normalised(phrase: str) -> str:
    """Return the key of a phrase, for which case, hyphens and the number of blanks do not matter."""
    return " ".join(phrase.replace("-", " ").split()).casefold()


@dataclass(frozen=True)
class Language:
    """The words and patterns of one language."""

    number_words: Mapping[str, tuple[NumberWord, ...]]
    units_before: Mapping[str, UnitAlias]
    units_after: Mapping[str, UnitAlias]
    local_currencies: Mapping[str, Mapping[str, UnitAlias]]
    classifiers: Mapping[str, Classifier]
    bounds_before: Mapping[str, str]
    bounds_after: Mapping[str, str]
    excluded_patterns: PatternTable[ExcludedPattern]
    status_phrases: PatternTable[StatusPhrase]
    indicator_patterns: IndicatorPatterns
    unit_contexts: tuple[UnitContext, ...]
    cues: Cues
    time_patterns: PatternTable[TimePattern]
    event_days: Mapping[str, date]
    agency_names: NameIndex
    office_descriptions: NameIndex
    area_names: NameIndex

    def in_country(self, country: str | None) -> "Language":
        """Return the language as texts of a country use it: in Hong Kong 元 are dollars."""
        local = self.local_currencies.get(country or "", {})
        if not local:
            return self
        before = {alias: local.get(alias, unit) for alias, unit in self.units_before.items()}
        after = {alias: local.get(alias, unit) for alias, unit in self.units_after.items()}
        return replace(self, units_before=before, units_after=after)


@dataclass(frozen=True)
class Policy:
    """A law, an outline or a plan as the extractor needs it; `names` are all its names, including years."""

    policy: str
    names: tuple[str, ...]
    issuer: str | None
    ref_area: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class ConfidenceCost:
    """The cost of a doubt, which lowers the confidence of a figure, and an explanation for people."""

    cost: float
    explanation: str


@dataclass(frozen=True)
class FiscalCalendar:
    """The first month of a country's fiscal year, and whether FY2022 is the one that ends in 2022."""

    first_month: int
    is_named_by_end: bool


@dataclass(frozen=True)
class Vocabulary:
    """All reference data of the extractor."""

    languages: Mapping[str, Language]
    agencies: Mapping[str, Agency]
    indicators: Mapping[str, Indicator]
    units: Mapping[str, Unit]
    ref_areas: frozenset[str]
    boilerplate_patterns: tuple[BoilerplatePattern, ...]
    heading_marks: tuple[HeadingMark, ...]
    plan_patterns: Mapping[str, Cues]
    policies: Mapping[str, Policy]
    citation_patterns: Mapping[str, Cues]
    check_patterns: Mapping[str, CheckPatterns]
    indicator_topics: PatternTable[IndicatorTopic]
    confidence_costs: Mapping[str, ConfidenceCost]
    fiscal_calendars: Mapping[str, FiscalCalendar]
