"""The contract of the tables of patterns by which the extractor reads a text: data, not code.

A column of regular expressions is compiled here, so a broken one is found with its line and not in the middle
of a document.
"""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.seeds.base import POSITIONS, PatternTable, ReferenceConfig, is_compiled
from schemas.seeds.cues import READINGS
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

    class Config(ReferenceConfig):
        """One row per pattern."""

        unique = ("pattern",)


class NumberWordSchema(pa.DataFrameModel):
    """One row per word that is, scales, divides or ranks; key `language, word, role`."""

    language: str = pa.Field(isin=LANGUAGES)
    word: str
    value: float = pa.Field(ge=0)
    role: str = pa.Field(isin=NUMBER_ROLES)

    class Config(ReferenceConfig):
        """One row per word and role."""

        unique = ("language", "word", "role")


class ClassifierSchema(pa.DataFrameModel):
    """One row per word that stands between a number and the noun it counts; key `language, classifier`.

    `role`: `thing` wants a noun beside it, `event` counts what is done (召回204次), `noun` is itself what is
    counted (18部门), `portion` too, with the noun behind it (12批次玩具). `counted` is the noun that is meant
    where none is given (辆 counts 车辆). `takes_words` is false where a numeral before it makes another word
    (三对, 一面).
    """

    language: str = pa.Field(isin=LANGUAGES)
    classifier: str
    counted: str = pa.Field(nullable=True)
    role: str = pa.Field(isin=CLASSIFIER_ROLES)
    takes_words: bool

    class Config(ReferenceConfig):
        """One row per classifier."""

        unique = ("language", "classifier")


class BoundPhraseSchema(pa.DataFrameModel):
    """One row per phrase that makes a bound of the number it stands `before` or `after`."""

    language: str = pa.Field(isin=LANGUAGES)
    phrase: str
    bound: str = pa.Field(isin=BOUNDS)
    position: str = pa.Field(isin=POSITIONS)

    class Config(ReferenceConfig):
        """One row per phrase and side."""

        unique = ("language", "phrase", "position")


class ExcludedPatternSchema(PatternTable):
    """One row per pattern whose matches are no figures; `reason` says what they are."""

    language: str = pa.Field(isin=LANGUAGES)
    pattern: str
    reason: str

    class Config(ReferenceConfig):
        """One row per pattern."""

        unique = ("language", "pattern")


class StatusPhraseSchema(pa.DataFrameModel):
    """One row per pattern that makes a target or an estimate of the figures behind it; case is ignored."""

    language: str = pa.Field(isin=LANGUAGES)
    phrase: str
    status: str = pa.Field(isin=STATUSES)

    class Config(ReferenceConfig):
        """One row per pattern."""

        unique = ("language", "phrase")

    @pa.dataframe_check(name="phrase_compiles", error="the phrase is no regular expression")
    def phrase_compiles(cls, data: PolarsData) -> pl.LazyFrame:
        """See the module."""
        return data.lazyframe.select(is_compiled("phrase"))


class UnitContextSchema(PatternTable):
    """One row per pattern that tells what a bare number before which it stands is in; case is ignored."""

    language: str = pa.Field(isin=LANGUAGES)
    pattern: str
    unit_measure: str

    class Config(ReferenceConfig):
        """One row per pattern."""

        unique = ("language", "pattern")


class IndicatorPatternSchema(pa.DataFrameModel):
    """One row per way in which an indicator is stated. Case is ignored.

    A figure is the indicator when its unit is `unit_measure`, `counted` is found in what it counts and
    `context` in its clause, and `excluded` in neither; a null pattern demands nothing. `subject` is what title or
    paragraph may have said instead ("accidents" in a text about special equipment). In the clause the
    figure is written `<over # toys>` and every other figure `~`. What else narrows the measure down must be
    words of `whole` (or of the cue `whole_word`), else the figure is about a part and not the indicator.
    """

    indicator_id: str
    language: str = pa.Field(isin=LANGUAGES)
    unit_measure: str
    counted: str = pa.Field(nullable=True)
    context: str = pa.Field(nullable=True)
    subject: str = pa.Field(nullable=True)
    whole: str = pa.Field(nullable=True)
    excluded: str = pa.Field(nullable=True)

    class Config(ReferenceConfig):
        """One row per statement of an indicator."""

        unique = ("indicator_id", "language", "unit_measure", "counted", "context", "subject")

    @pa.dataframe_check(
        name="patterns_compile", error="counted, context, whole or excluded is no regular expression"
    )
    def patterns_compile(cls, data: PolarsData) -> pl.LazyFrame:
        """See the module."""
        columns = ("counted", "context", "subject", "whole", "excluded")
        return data.lazyframe.select(pl.all_horizontal(is_compiled(column) for column in columns))

    @pa.dataframe_check(name="demands_something", error="counted and context are both empty")
    def demands_something(cls, data: PolarsData) -> pl.LazyFrame:
        """A unit alone would make every percentage the same indicator."""
        return data.lazyframe.select(pl.col("counted").is_not_null() | pl.col("context").is_not_null())


class CuePatternSchema(PatternTable):
    """One row per pattern of a cue; the patterns of one cue are alternatives. Case is ignored.

    All files `*_cues.csv` have these columns and are one table to the extractor: `@month@` stands for the
    patterns of the cue `month`, in whichever file they are. `schemas/seeds/cues.py` lists the cues of each file.
    """

    language: str = pa.Field(isin=LANGUAGES)
    cue: str
    pattern: str

    class Config(ReferenceConfig):
        """One row per alternative."""

        unique = ("language", "cue", "pattern")


class TimePatternSchema(PatternTable):
    """One row per pattern of a time phrase, from the most to the least specific; `reading` names its reader.

    Case is ignored; parts in `@` signs are cues, as in `CuePatternSchema`.
    """

    language: str = pa.Field(isin=LANGUAGES)
    reading: str = pa.Field(isin=READINGS)
    pattern: str

    class Config(ReferenceConfig):
        """One row per pattern."""

        unique = ("language", "pattern")


class FiscalYearSchema(pa.DataFrameModel):
    """One row per country whose fiscal year is known; key `ref_area`.

    It begins with `first_month`. `is_named_by_end` is true where FY2022 is the year that ends in 2022.
    """

    ref_area: str
    first_month: int = pa.Field(ge=1, le=12)
    is_named_by_end: bool

    class Config(ReferenceConfig):
        """One row per country."""

        unique = ("ref_area",)


class EventSchema(pa.DataFrameModel):
    """One row per event from which texts count ("党的十八大以来"): the day on which it began; key `language, event`.

    Time patterns of the reading `since_event` name all of them as `@known_event@`.
    """

    language: str = pa.Field(isin=LANGUAGES)
    event: str
    day: pl.Date

    class Config(ReferenceConfig):
        """One row per name of an event."""

        unique = ("language", "event")


class HeadingMarkSchema(PatternTable):
    """One row per style of heading marks; `pattern` has the groups `number` and `title`.

    It is matched at the start of a line. A group `value` is the number within a mark ("Goal 2"), a group `kind`
    tells styles of one row apart ("Goal", "Action"). `is_certain` is true where the mark itself says that it is
    a heading: then numbers may be left out.
    """

    style: str = pa.Field(str_matches=IDENTIFIER)
    pattern: str
    numbering: str = pa.Field(isin=NUMBERINGS)
    is_certain: bool

    class Config(ReferenceConfig):
        """One row per style."""

        unique = ("style",)


class PlanPatternSchema(PatternTable):
    """One row per pattern of how plans are worded; the patterns of one role are alternatives. Case is ignored.

    What each role is matched against, `PLAN_ROLES` says.
    """

    language: str = pa.Field(isin=LANGUAGES)
    role: str
    pattern: str

    class Config(ReferenceConfig):
        """One row per alternative."""

        unique = ("language", "role", "pattern")


class CitationPatternSchema(PatternTable):
    """One row per pattern of how texts name policies; the patterns of one role are alternatives. Case is ignored.

    What each role is matched against, `CITATION_ROLES` says.
    """

    language: str = pa.Field(isin=LANGUAGES)
    role: str
    pattern: str

    class Config(ReferenceConfig):
        """One row per alternative."""

        unique = ("language", "role", "pattern")


class CheckPatternSchema(PatternTable):
    """One row per pattern by which a document is checked against itself; the patterns of one role are alternatives.

    What each role is matched against, `CHECK_ROLES` says; what the words in braces and `@` signs stand for,
    `flows/extract/vocabulary/check_patterns.py`. Case is ignored.
    """

    language: str = pa.Field(isin=LANGUAGES)
    role: str
    pattern: str

    class Config(ReferenceConfig):
        """One row per alternative."""

        unique = ("language", "role", "pattern")


class OfficeDescriptionSchema(pa.DataFrameModel):
    """One row per way in which texts speak of a public body without naming it ("market watchdog", 药监部门).

    Which body is meant depends on place and day: of the agencies of the place at that time it is the one with a
    name in which the pattern `named` is found.
    """

    language: str = pa.Field(isin=LANGUAGES)
    description: str
    named: str

    class Config(ReferenceConfig):
        """One row per description."""

        unique = ("language", "description")

    @pa.dataframe_check(name="named_compiles", error="named is no regular expression")
    def named_compiles(cls, data: PolarsData) -> pl.LazyFrame:
        """See the module."""
        return data.lazyframe.select(is_compiled("named"))


class IndicatorTopicSchema(PatternTable):
    """One row per wording by which a text speaks of an indicator, figure or not. Case is ignored."""

    indicator_id: str
    language: str = pa.Field(isin=LANGUAGES)
    pattern: str

    class Config(ReferenceConfig):
        """One row per wording."""

        unique = ("indicator_id", "language", "pattern")


class ConfidenceCostSchema(pa.DataFrameModel):
    """One row per doubt; key `doubt`. `cost` is taken off the confidence of a figure, `explanation` says why."""

    doubt: str
    cost: float = pa.Field(ge=0, le=1)
    explanation: str

    class Config(ReferenceConfig):
        """One row per doubt."""

        unique = ("doubt",)
