"""Contracts of the rules of reading in `seeds/reading/`: one model a file, with its grain and its key.

Columns of regular expressions are compiled here, so a broken one is found with its line and not in the middle of a
document.
"""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.seeds.base import POSITIONS, PatternTable, is_compiled
from schemas.seeds.roles import READINGS
from schemas.vocabularies import BOUNDS, IDENTIFIER, LANGUAGES, STATUSES

NUMBER_ROLES = ("unit", "tens", "scale", "abbreviated_scale", "denominator", "ordinal")
CLASSIFIER_ROLES = ("thing", "event", "noun", "portion")
NUMBERINGS = ("any", "roman", "arabic", "decimal", "word", "letter", "chinese")


class BoilerplatePatternSchema(PatternTable):
    """One row per pattern of a line that states nothing; key `pattern`.

    A pattern must match one whole stripped line; case is ignored. `reason` says what the line is for.
    """

    pattern: str
    kind: str = pa.Field(str_matches=IDENTIFIER)
    reason: str

    class Config:
        """One row per pattern."""

        unique = ("pattern",)


class NumberWordSchema(pa.DataFrameModel):
    """One row per word for a number; key `language, word, role`: it is one, scales, divides or ranks."""

    language: str = pa.Field(isin=LANGUAGES)
    word: str
    value: float = pa.Field(ge=0)
    role: str = pa.Field(isin=NUMBER_ROLES)

    class Config:
        """One row per word and role."""

        unique = ("language", "word", "role")


class ClassifierSchema(pa.DataFrameModel):
    """One row per word that stands between a number and the noun it counts; key `language, classifier`.

    `role`: `thing` needs a noun beside it, `event` counts actions (召回204次), `noun` is itself counted (18部门), and
    so is `portion`, with a noun after it (12批次玩具). `counted` is the noun that is meant where none is given
    (辆 counts 车辆). `takes_words` is false where a numeral before it makes another word (三对, 一面).
    """

    language: str = pa.Field(isin=LANGUAGES)
    classifier: str
    counted: str = pa.Field(nullable=True)
    role: str = pa.Field(isin=CLASSIFIER_ROLES)
    takes_words: bool

    class Config:
        """One row per classifier."""

        unique = ("language", "classifier")


class BoundPhraseSchema(pa.DataFrameModel):
    """One row per phrase that makes a bound of the number `before` or `after` which it stands."""

    language: str = pa.Field(isin=LANGUAGES)
    phrase: str
    bound: str = pa.Field(isin=BOUNDS)
    position: str = pa.Field(isin=POSITIONS)

    class Config:
        """One row per phrase and side."""

        unique = ("language", "phrase", "position")


class ExcludedPatternSchema(PatternTable):
    """One row per pattern of numbers that are not figures; `reason` says what they are."""

    language: str = pa.Field(isin=LANGUAGES)
    pattern: str
    reason: str

    class Config:
        """One row per pattern."""

        unique = ("language", "pattern")


class StatusPhraseSchema(pa.DataFrameModel):
    """One row per pattern that makes the figures after it targets or estimates; case is ignored."""

    language: str = pa.Field(isin=LANGUAGES)
    phrase: str
    status: str = pa.Field(isin=STATUSES)

    class Config:
        """One row per pattern."""

        unique = ("language", "phrase")

    @pa.dataframe_check(name="phrase_compiles", error="the phrase is not a regular expression")
    def phrase_compiles(cls, data: PolarsData) -> pl.LazyFrame:
        """A broken pattern is found here, with its line."""
        return data.lazyframe.select(is_compiled("phrase"))


class UnitContextSchema(PatternTable):
    """One row per pattern that gives the unit of a bare number after it; case is ignored."""

    language: str = pa.Field(isin=LANGUAGES)
    pattern: str
    unit_measure: str

    class Config:
        """One row per pattern."""

        unique = ("language", "pattern")


class IndicatorPatternSchema(pa.DataFrameModel):
    """One row per wording of an indicator. Case is ignored.

    A figure states the indicator when its unit is `unit_measure`, `counted` matches the noun that it counts, `context`
    matches its clause, and `excluded` matches neither; a null pattern demands nothing. `subject` may match title or
    paragraph instead ("accidents" in a text about special equipment). In the clause, the figure is written
    `<over # toys>` and every other figure `~`. Any other words that narrow the measure must match `whole` (or the cue
    `whole_word`); otherwise the figure is about a part and does not state the indicator.
    """

    indicator_id: str
    language: str = pa.Field(isin=LANGUAGES)
    unit_measure: str
    counted: str = pa.Field(nullable=True)
    context: str = pa.Field(nullable=True)
    subject: str = pa.Field(nullable=True)
    whole: str = pa.Field(nullable=True)
    excluded: str = pa.Field(nullable=True)

    class Config:
        """One row per statement of an indicator."""

        unique = ("indicator_id", "language", "unit_measure", "counted", "context", "subject")

    @pa.dataframe_check(
        name="patterns_compile", error="counted, context, whole or excluded is not a regular expression"
    )
    def patterns_compile(cls, data: PolarsData) -> pl.LazyFrame:
        """A broken pattern is found here, with its line."""
        columns = ("counted", "context", "subject", "whole", "excluded")
        return data.lazyframe.select(pl.all_horizontal(is_compiled(column) for column in columns))

    @pa.dataframe_check(name="demands_something", error="counted and context are both empty")
    def demands_something(cls, data: PolarsData) -> pl.LazyFrame:
        """With a unit alone, every percentage would be the same indicator."""
        return data.lazyframe.select(pl.col("counted").is_not_null() | pl.col("context").is_not_null())


class CuePatternSchema(PatternTable):
    """One row per pattern of a cue; the patterns of one cue are alternatives. Case is ignored.

    All files `*_cues.csv` have these columns and are one table to the extractor: `@month@` stands for the
    patterns of the cue `month`, in whichever file they are. `schemas/seeds/cues.py` lists the cues of each file.
    """

    language: str = pa.Field(isin=LANGUAGES)
    cue: str
    pattern: str

    class Config:
        """One row per alternative."""

        unique = ("language", "cue", "pattern")


class TimePatternSchema(PatternTable):
    """One row per pattern of a time phrase, from the most to the least specific; `reading` names its reader.

    Case is ignored; parts in `@` signs are cues, as in `CuePatternSchema`.
    """

    language: str = pa.Field(isin=LANGUAGES)
    reading: str = pa.Field(isin=READINGS)
    pattern: str

    class Config:
        """One row per pattern."""

        unique = ("language", "pattern")


class FiscalYearSchema(pa.DataFrameModel):
    """One row per country whose fiscal year is known; key `ref_area`.

    The year begins with `first_month`. `is_named_by_end` is true where FY2022 is the year that ends in 2022.
    """

    ref_area: str
    first_month: int = pa.Field(ge=1, le=12)
    is_named_by_end: bool

    class Config:
        """One row per country."""

        unique = ("ref_area",)


class EventSchema(pa.DataFrameModel):
    """One row per event from which texts count ("党的十八大以来"); key `language, event`. `day` is its first day.

    Time patterns of the reading `since_event` name all events as `@known_event@`.
    """

    language: str = pa.Field(isin=LANGUAGES)
    event: str
    day: pl.Date

    class Config:
        """One row per name of an event."""

        unique = ("language", "event")


class HeadingMarkSchema(PatternTable):
    """One row per style of heading marks; `pattern` has the groups `number` and `title`.

    It is matched at the start of a line. A group `value` is the number within a mark ("Goal 2"), a group `kind` tells
    the styles of one row apart ("Goal", "Action"). `is_certain` is true where the mark alone proves a heading, so that
    numbers may be missing.
    """

    style: str = pa.Field(str_matches=IDENTIFIER)
    pattern: str
    numbering: str = pa.Field(isin=NUMBERINGS)
    is_certain: bool

    class Config:
        """One row per style."""

        unique = ("style",)


class PlanPatternSchema(PatternTable):
    """One row per pattern in the wording of plans; the patterns of one role are alternatives. Case is ignored.

    `PLAN_ROLES` in `schemas/seeds/roles.py` explains the roles.
    """

    language: str = pa.Field(isin=LANGUAGES)
    role: str
    pattern: str

    class Config:
        """One row per alternative."""

        unique = ("language", "role", "pattern")


class CitationPatternSchema(PatternTable):
    """One row per pattern in the wording around policies; the patterns of one role are alternatives. Case is ignored.

    `CITATION_ROLES` in `schemas/seeds/roles.py` explains the roles.
    """

    language: str = pa.Field(isin=LANGUAGES)
    role: str
    pattern: str

    class Config:
        """One row per alternative."""

        unique = ("language", "role", "pattern")


class CheckPatternSchema(PatternTable):
    """One row per pattern by which a document is checked against itself; the patterns of one role are alternatives.

    Case is ignored. `flows/extract/vocabulary/check_patterns.py` explains the words in braces and `@` signs.
    """

    language: str = pa.Field(isin=LANGUAGES)
    role: str
    pattern: str

    class Config:
        """One row per alternative."""

        unique = ("language", "role", "pattern")


class OfficeDescriptionSchema(pa.DataFrameModel):
    """One row per description of a public body that does not name it ("market watchdog", 药监部门).

    The body depends on place and day: it is the agency of that place at that time whose name matches `named`.
    """

    language: str = pa.Field(isin=LANGUAGES)
    description: str
    named: str

    class Config:
        """One row per description."""

        unique = ("language", "description")

    @pa.dataframe_check(name="named_compiles", error="named is not a regular expression")
    def named_compiles(cls, data: PolarsData) -> pl.LazyFrame:
        """A broken pattern is found here, with its line."""
        return data.lazyframe.select(is_compiled("named"))


class IndicatorTopicSchema(PatternTable):
    """One row per wording by which a text mentions an indicator, with or without a figure. Case is ignored."""

    indicator_id: str
    language: str = pa.Field(isin=LANGUAGES)
    pattern: str

    class Config:
        """One row per wording."""

        unique = ("indicator_id", "language", "pattern")


class ConfidenceCostSchema(pa.DataFrameModel):
    """One row per doubt; key `doubt`. `cost` is subtracted from the confidence of a figure, `explanation` says why."""

    doubt: str
    cost: float = pa.Field(ge=0, le=1)
    explanation: str

    class Config:
        """One row per doubt."""

        unique = ("doubt",)
