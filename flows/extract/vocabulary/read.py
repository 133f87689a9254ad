"""Compiles the rows of `seeds/` into a vocabulary.

This module reads no files: `flows.io.seeds.tables` reads and validates the tables and passes their rows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from flows.extract.patterns.lazy_pattern import Cue, LazyPattern
from flows.extract.patterns.table import PatternTable
from flows.extract.vocabulary.boilerplate_patterns import compile_boilerplate_patterns
from flows.extract.vocabulary.check_patterns import read_check_patterns
from flows.extract.vocabulary.entries import (
    WITHIN,
    Agency,
    Classifier,
    ConfidenceCost,
    ExcludedPattern,
    FiscalCalendar,
    HeadingMark,
    Indicator,
    IndicatorTopic,
    Language,
    NumberWord,
    Policy,
    StatusPhrase,
    TimePattern,
    Unit,
    UnitAlias,
    UnitContext,
    Vocabulary,
    normalised,
)
from flows.extract.vocabulary.indicator_patterns import IndicatorPattern, IndicatorPatterns
from flows.extract.vocabulary.names import NameIndex
from schemas.seeds.cues import CUE_TABLES
from schemas.vocabularies import LANGUAGES

Row = Mapping[str, Any]
_PART = re.compile(r"@(\w+)@")


class _WithPattern(Protocol):
    @property
    def pattern(self) -> LazyPattern: ...


Entry = TypeVar("Entry", bound=_WithPattern)


def read_vocabulary(tables: Mapping[str, Iterable[Row]]) -> Vocabulary:
    """Compile the seed tables (name of the CSV without suffix → rows) into a vocabulary."""
    rows_of = {name: tuple(rows) for name, rows in tables.items()}
    return Vocabulary(
        languages=_Languages(rows_of),
        agencies={row["agency_id"]: _read_agency(row) for row in rows_of["agencies"]},
        indicators={
            row["indicator_id"]: Indicator(row["indicator_id"], row["name_en"])
            for row in rows_of["indicators"]
        },
        units={row["unit_measure"]: Unit(row["unit_measure"], row["quantity"]) for row in rows_of["units"]},
        ref_areas=frozenset(row["ref_area"] for row in rows_of["ref_areas"]),
        boilerplate_patterns=compile_boilerplate_patterns(rows_of["boilerplate_patterns"]),
        heading_marks=tuple(
            HeadingMark(row["style"], LazyPattern(row["pattern"]), row["numbering"], row["is_certain"])
            for row in rows_of["heading_marks"]
        ),
        plan_patterns=_read_roles(rows_of["plan_patterns"]),
        policies=_read_policies(rows_of["policies"], rows_of["policy_aliases"]),
        citation_patterns=_read_roles(rows_of["citation_patterns"]),
        check_patterns={
            language: read_check_patterns(
                row for row in rows_of["check_patterns"] if row["language"] == language
            )
            for language in LANGUAGES
        },
        indicator_topics=_table(
            IndicatorTopic(row["indicator_id"], LazyPattern(row["pattern"], re.IGNORECASE))
            for row in rows_of["indicator_topics"]
        ),
        confidence_costs={
            row["doubt"]: ConfidenceCost(row["cost"], row["explanation"])
            for row in rows_of["confidence_costs"]
        },
        fiscal_calendars={
            row["ref_area"]: FiscalCalendar(row["first_month"], row["is_named_by_end"])
            for row in rows_of["fiscal_years"]
        },
    )


class _Languages(Mapping[str, Language]):
    """Languages that are compiled when first needed: compiling one takes longer than reading a document."""

    def __init__(self, tables: Mapping[str, tuple[Row, ...]]) -> None:
        self._tables = tables
        self._compiled: dict[str, Language] = {}

    def __getitem__(self, language: str) -> Language:
        if language not in LANGUAGES:
            raise KeyError(language)
        if language not in self._compiled:
            self._compiled[language] = _read_language(self._tables, language)
        return self._compiled[language]

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


def _read_language(tables: Mapping[str, tuple[Row, ...]], language: str) -> Language:
    def rows(name: str) -> list[Row]:
        return [row for row in tables[name] if row["language"] in (language, "mul")]

    parts = _read_parts(row for table in CUE_TABLES for row in rows(table))
    event_days = {row["event"]: row["day"] for row in rows("events")}
    named_events = {"known_event": [re.escape(event) for event in event_days]}
    return Language(
        number_words=_read_number_words(rows("number_words")),
        units_before=_read_units(rows("unit_aliases"), "before"),
        units_after=_read_units(rows("unit_aliases"), "after"),
        local_currencies=_read_local_currencies(rows("local_currencies")),
        classifiers={
            row["classifier"]: Classifier(row["classifier"], row["counted"], row["role"], row["takes_words"])
            for row in rows("classifiers")
        },
        bounds_before=_read_bounds(rows("bound_phrases"), "before"),
        bounds_after=_read_bounds(rows("bound_phrases"), "after"),
        excluded_patterns=_table(
            ExcludedPattern(LazyPattern(row["pattern"]), row["reason"]) for row in rows("excluded_patterns")
        ),
        status_phrases=_table(
            StatusPhrase(LazyPattern(row["phrase"], re.IGNORECASE), row["status"])
            for row in rows("status_phrases")
        ),
        indicator_patterns=IndicatorPatterns(
            _read_indicator_pattern(row, _alternatives_of("whole_word", parts))
            for row in rows("indicator_patterns")
        ),
        unit_contexts=tuple(
            UnitContext(LazyPattern(row["pattern"], re.IGNORECASE), row["unit_measure"])
            for row in rows("unit_contexts")
        ),
        cues={cue: Cue(_alternatives_of(cue, parts), re.IGNORECASE) for cue in parts},
        time_patterns=_table(
            TimePattern(
                LazyPattern(_fill(row["pattern"], parts | named_events), re.IGNORECASE), row["reading"]
            )
            for row in rows("time_patterns")
        ),
        event_days=event_days,
        agency_names=NameIndex(_read_agency_names(tables, language)),
        office_descriptions=NameIndex(_read_descriptions(rows("office_descriptions"))),
        area_names=NameIndex(_read_area_names(tables["ref_areas"], rows("ref_area_aliases"), language)),
    )


def _table(rows: Iterable[Entry]) -> PatternTable[Entry]:
    return PatternTable(rows, lambda row: row.pattern)


def _read_roles(rows: Iterable[Row]) -> dict[str, dict[str, LazyPattern]]:
    """Return for each language all patterns of a role as alternatives."""
    alternatives: dict[str, dict[str, list[str]]] = {language: {} for language in LANGUAGES}
    for row in rows:
        alternatives[row["language"]].setdefault(row["role"], []).append(f"(?:{row['pattern']})")
    return {
        language: {role: LazyPattern("|".join(patterns), re.IGNORECASE) for role, patterns in roles.items()}
        for language, roles in alternatives.items()
    }


def _read_policies(rows: Iterable[Row], aliases: Iterable[Row]) -> dict[str, Policy]:
    others: dict[str, list[str]] = {}
    for row in aliases:
        others.setdefault(row["policy_id"], []).append(row["alias"])
    return {
        row["policy_id"]: Policy(
            row["policy_id"],
            tuple(
                name for name in (row["name_en"], row["name_zh"], *others.get(row["policy_id"], ())) if name
            ),
            row["issuer_agency_id"],
            row["ref_area"],
            row["valid_from"],
            row["valid_to"],
        )
        for row in rows
    }


def _read_parts(rows: Iterable[Row]) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for row in rows:
        parts.setdefault(row["cue"], []).append(row["pattern"])
    return parts


def _alternatives_of(cue: str, parts: Mapping[str, list[str]]) -> str:
    """Return all patterns of a cue as alternatives."""
    return "|".join(_fill(pattern, parts) for pattern in parts[cue])


def _fill(pattern: str, parts: Mapping[str, list[str]]) -> str:
    """Replace `@month@` by the patterns of the cue `month`."""
    return _PART.sub(lambda match: f"(?:{_alternatives_of(match[1], parts)})", pattern)


def _read_number_words(rows: Iterable[Row]) -> dict[str, tuple[NumberWord, ...]]:
    words: dict[str, tuple[NumberWord, ...]] = {}
    for row in rows:
        entry = NumberWord(float(row["value"]), row["role"])
        words[row["word"]] = (*words.get(row["word"], ()), entry)
    return words


def _read_units(rows: Iterable[Row], position: str) -> dict[str, UnitAlias]:
    return {
        row["alias"]: UnitAlias(row["unit_measure"], float(row["factor"]))
        for row in rows
        if row["position"] == position
    }


def _read_local_currencies(rows: Iterable[Row]) -> dict[str, dict[str, UnitAlias]]:
    currencies: dict[str, dict[str, UnitAlias]] = {}
    for row in rows:
        currencies.setdefault(row["ref_area"], {})[row["alias"]] = UnitAlias(row["unit_measure"])
    return currencies


def _read_bounds(rows: Iterable[Row], position: str) -> dict[str, str]:
    return {normalised(row["phrase"]): row["bound"] for row in rows if row["position"] == position}


def _read_indicator_pattern(row: Row, whole_word: str) -> IndicatorPattern:
    def compiled(column: str) -> LazyPattern | None:
        return LazyPattern(row[column], re.IGNORECASE) if row[column] else None

    return IndicatorPattern(
        row["indicator_id"],
        row["unit_measure"],
        compiled("counted"),
        compiled("context"),
        compiled("subject"),
        LazyPattern(
            f"{_whole_words(row['whole'])}|{whole_word}" if row["whole"] else whole_word, re.IGNORECASE
        ),
        compiled("excluded"),
    )


def _read_agency(row: Row) -> Agency:
    names = tuple(row[column] for column in ("name_en", "name_zh") if row[column])
    return Agency(
        row["agency_id"],
        row["ref_area"],
        row["is_measuring"],
        names,
        row["lineage_id"],
        row["predecessor_id"],
        row["valid_from"],
        row["valid_to"],
    )


def _read_descriptions(rows: Iterable[Row]) -> dict[str, str]:
    """Return descriptions as they are written within and at the beginning of a sentence."""
    return {
        form: row["named"]
        for row in rows
        for form in (row["description"], row["description"][0].upper() + row["description"][1:])
    }


def _read_area_names(areas: Iterable[Row], aliases: Iterable[Row], language: str) -> dict[str, str]:
    """Return the names of areas, and of places within them that have no code of their own."""
    aliases = tuple(aliases)
    names = _read_names(areas, (row for row in aliases if row["is_whole"]), "ref_area", language)
    return names | {row["alias"]: row["ref_area"] + WITHIN for row in aliases if not row["is_whole"]}


def _whole_words(pattern: str) -> str:
    """Match whole words in Latin script; Chinese has no blanks that would delimit a word."""
    return rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])" if pattern.isascii() else pattern


def _read_agency_names(tables: Mapping[str, tuple[Row, ...]], language: str) -> dict[str, str]:
    aliases = [row for row in tables["agency_aliases"] if row["language"] in (language, "mul")]
    names = _read_names(tables["agencies"], aliases, "agency_id", language)
    names |= {row["abbreviation"]: row["agency_id"] for row in tables["agencies"] if row["abbreviation"]}
    return names


def _read_names(entries: Iterable[Row], aliases: Iterable[Row], key: str, language: str) -> dict[str, str]:
    names = {row[f"name_{language}"]: row[key] for row in entries if row[f"name_{language}"]}
    return names | {row["alias"]: row[key] for row in aliases}
