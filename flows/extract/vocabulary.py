"""The reference data as the extractor sees it: rows of `seeds/` in, compiled patterns and look-ups out.

Nothing here reads a file: `flows.io.reference` does, and hands the validated tables over as rows.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.extract.find_boilerplate import BoilerplatePattern, compile_boilerplate_patterns
from schemas.reference_base import LANGUAGES

Row = Mapping[str, Any]
_NAME_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]+|[^\W\da-zA-Z_]")
_PART = re.compile(r"@(\w+)@")


@dataclass(frozen=True)
class NumberWord:
    """A word that is or scales a number: role `unit`, `tens`, `scale`, `abbreviated_scale`, `denominator`."""

    value: float
    role: str


@dataclass(frozen=True)
class UnitAlias:
    """A written form of a unit; value in `unit` = written number x factor."""

    unit: str
    factor: float = 1


@dataclass(frozen=True)
class Unit:
    """A unit and the quantity it measures (`currency`, `time`, `percentage` ...)."""

    unit: str
    quantity: str


@dataclass(frozen=True)
class ExcludedPattern:
    """A pattern whose matches are not figures, and why."""

    pattern: re.Pattern[str]
    reason: str


@dataclass(frozen=True)
class StatusPhrase:
    """A phrase that makes the figures it governs a target or an estimate."""

    pattern: re.Pattern[str]
    status: str


@dataclass(frozen=True)
class TimePattern:
    """A pattern of a time phrase and how it is read; the names of its groups are those its reading asks for."""

    pattern: re.Pattern[str]
    reading: str


@dataclass(frozen=True)
class IndicatorPattern:
    """When a figure is an indicator: all of its patterns must hold.

    `counted` is searched in the noun phrase that is counted, `context` in the clause of the figure,
    `excluded` must not be found in either: it keeps parts (one kind, one channel) off the total.
    """

    indicator: str
    unit: str
    counted: re.Pattern[str] | None
    context: re.Pattern[str] | None
    excluded: re.Pattern[str] | None


@dataclass(frozen=True)
class HeadingMark:
    """How a heading is marked: a pattern with the groups `number` and `title`, and how it counts."""

    style: str
    pattern: re.Pattern[str]
    numbering: str


@dataclass(frozen=True)
class Agency:
    """An agency as far as the extractor needs it; one that does not measure (a parliament, a government's
    information office) is named in passing and owns no figure."""

    agency: str
    ref_area: str | None
    measures: bool


@dataclass(frozen=True)
class Indicator:
    """An indicator as far as the extractor needs it."""

    indicator: str
    name: str


@dataclass(frozen=True)
class UnitContext:
    """A pattern near a bare number that says what it is in: a score, an index, a ratio."""

    pattern: re.Pattern[str]
    unit: str


class NameIndex:
    """Finds the names of a table in a text; where names overlap the longest wins.

    Names of Latin script are whole words only. The names are looked up by their first word (or Chinese
    character): one pattern of a thousand alternatives would be tried at every character of a text.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        """Index `names` (name as written → id)."""
        self._by_start: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for name in sorted(names, key=len, reverse=True):
            start = _NAME_START.search(name)
            if start:
                entry = (re.compile(_whole_word(name)), names[name])
                self._by_start.setdefault(start.group(), []).append(entry)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """`(start, end, id)` of every name in `text`, in order."""
        straight = text.replace("’", "'")
        found: list[tuple[int, int, str]] = []
        for start in _NAME_START.finditer(straight):
            if found and start.start() < found[-1][1]:
                continue
            for pattern, identifier in self._by_start.get(start.group(), ()):
                if match := pattern.match(straight, start.start()):
                    found.append((match.start(), match.end(), identifier))
                    break
        return found


def normalised(phrase: str) -> str:
    """The key of a phrase: case, hyphens and the number of blanks do not matter."""
    return " ".join(phrase.replace("-", " ").split()).casefold()


def _whole_word(name: str) -> str:
    pattern = re.escape(name).replace(r"\ ", r"\s+")
    return rf"{pattern}(?![\w-])" if name.isascii() else pattern


@dataclass(frozen=True)
class Language:
    """Everything that is said in one language."""

    number_words: Mapping[str, tuple[NumberWord, ...]]
    units_before: Mapping[str, UnitAlias]
    units_after: Mapping[str, UnitAlias]
    bounds_before: Mapping[str, str]
    bounds_after: Mapping[str, str]
    excluded_patterns: tuple[ExcludedPattern, ...]
    status_phrases: tuple[StatusPhrase, ...]
    indicator_patterns: tuple[IndicatorPattern, ...]
    unit_contexts: tuple[UnitContext, ...]
    cues: Mapping[str, re.Pattern[str]]
    time_patterns: tuple[TimePattern, ...]
    agency_names: NameIndex
    area_names: NameIndex


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


def read_vocabulary(tables: Mapping[str, Iterable[Row]]) -> Vocabulary:
    """Compile the seed tables (name of the CSV without suffix → rows) into a vocabulary."""
    tables = {name: tuple(rows) for name, rows in tables.items()}
    return Vocabulary(
        languages={language: _read_language(tables, language) for language in LANGUAGES},
        agencies={
            row["agency_id"]: Agency(row["agency_id"], row["ref_area"], row["is_measuring"])
            for row in tables["agencies"]
        },
        indicators={
            row["indicator_id"]: Indicator(row["indicator_id"], row["name_en"])
            for row in tables["indicators"]
        },
        units={row["unit_measure"]: Unit(row["unit_measure"], row["quantity"]) for row in tables["units"]},
        ref_areas=frozenset(row["ref_area"] for row in tables["ref_areas"]),
        boilerplate_patterns=compile_boilerplate_patterns(tables["boilerplate_patterns"]),
        heading_marks=tuple(
            HeadingMark(row["style"], re.compile(row["pattern"]), row["numbering"])
            for row in tables["heading_marks"]
        ),
    )


def _read_language(tables: Mapping[str, tuple[Row, ...]], language: str) -> Language:
    def rows(name: str) -> list[Row]:
        return [row for row in tables[name] if row["language"] in (language, "mul")]

    parts = _read_parts(rows("cue_patterns"))
    return Language(
        number_words=_read_number_words(rows("number_words")),
        units_before=_read_units(rows("unit_aliases"), "before"),
        units_after=_read_units(rows("unit_aliases"), "after"),
        bounds_before=_read_bounds(rows("bound_phrases"), "before"),
        bounds_after=_read_bounds(rows("bound_phrases"), "after"),
        excluded_patterns=tuple(
            ExcludedPattern(re.compile(row["pattern"]), row["reason"]) for row in rows("excluded_patterns")
        ),
        status_phrases=tuple(
            StatusPhrase(re.compile(row["phrase"], re.IGNORECASE), row["status"])
            for row in rows("status_phrases")
        ),
        indicator_patterns=tuple(_read_indicator_pattern(row) for row in rows("indicator_patterns")),
        unit_contexts=tuple(
            UnitContext(re.compile(row["pattern"], re.IGNORECASE), row["unit_measure"])
            for row in rows("unit_contexts")
        ),
        cues={cue: re.compile(_put_together(cue, parts), re.IGNORECASE) for cue in parts},
        time_patterns=tuple(
            TimePattern(re.compile(_fill(row["pattern"], parts), re.IGNORECASE), row["reading"])
            for row in rows("time_patterns")
        ),
        agency_names=NameIndex(_read_agency_names(tables, language)),
        area_names=NameIndex(
            _read_names(tables["ref_areas"], rows("ref_area_aliases"), "ref_area", language)
        ),
    )


def _read_parts(rows: Iterable[Row]) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for row in rows:
        parts.setdefault(row["cue"], []).append(row["pattern"])
    return parts


def _put_together(cue: str, parts: Mapping[str, list[str]]) -> str:
    """All patterns of a cue as alternatives."""
    return "|".join(_fill(pattern, parts) for pattern in parts[cue])


def _fill(pattern: str, parts: Mapping[str, list[str]]) -> str:
    """Put the patterns of the cue `month` in the place of `@month@`."""
    return _PART.sub(lambda match: f"(?:{_put_together(match[1], parts)})", pattern)


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


def _read_bounds(rows: Iterable[Row], position: str) -> dict[str, str]:
    return {normalised(row["phrase"]): row["bound"] for row in rows if row["position"] == position}


def _read_indicator_pattern(row: Row) -> IndicatorPattern:
    def compiled(column: str) -> re.Pattern[str] | None:
        return re.compile(row[column], re.IGNORECASE) if row[column] else None

    return IndicatorPattern(
        row["indicator_id"],
        row["unit_measure"],
        compiled("counted"),
        compiled("context"),
        compiled("excluded"),
    )


def _read_agency_names(tables: Mapping[str, tuple[Row, ...]], language: str) -> dict[str, str]:
    aliases = [row for row in tables["agency_aliases"] if row["language"] in (language, "mul")]
    names = _read_names(tables["agencies"], aliases, "agency_id", language)
    names |= {row["abbreviation"]: row["agency_id"] for row in tables["agencies"] if row["abbreviation"]}
    return names


def _read_names(entries: Iterable[Row], aliases: Iterable[Row], key: str, language: str) -> dict[str, str]:
    names = {row[f"name_{language}"]: row[key] for row in entries if row[f"name_{language}"]}
    return names | {row["alias"]: row[key] for row in aliases}
