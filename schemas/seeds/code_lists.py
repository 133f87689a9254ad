"""Contracts of the code lists in `seeds/reference/`: one model a file, with its grain and its key.

Every model receives columns that are already cast; an empty cell is null.
"""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.seeds.base import ALIAS_LANGUAGES, POSITIONS, PatternTable, means_one_thing
from schemas.vocabularies import (
    BOUNDS,
    DIRECTIONS,
    DOCUMENT_TYPES,
    IDENTIFIER,
    LANGUAGES,
    MEASURE_TYPES,
    PREFERENCE_CRITERIA,
    REASONS,
)


class IndicatorSchema(pa.DataFrameModel):
    """One row per indicator; key `indicator_id`.

    `counted` is the English head noun of what is counted, for unit `count` only. `is_summable` is true where adding the
    values of areas and of periods gives a true total: flows of events, goods and money. Stocks, rates, scores and
    indices are not summable, nor are flows that may count one thing twice (kinds of product, enterprises).
    `desired_direction` is the direction that targets want, and so decides whether "to 90 percent" is a floor or a
    ceiling; null where more is neither good nor bad (recalls, cases).
    """

    indicator_id: str = pa.Field(str_matches=IDENTIFIER)
    domain: str = pa.Field(str_matches=IDENTIFIER)
    name_en: str = pa.Field(unique=True)
    name_zh: str = pa.Field(unique=True)
    unit_measure: str
    counted: str = pa.Field(nullable=True)
    measure_type: str = pa.Field(isin=MEASURE_TYPES)
    is_summable: bool
    desired_direction: str = pa.Field(nullable=True, isin=DIRECTIONS)

    class Config:
        """One row per indicator."""

        unique = ("indicator_id",)

    @pa.dataframe_check(name="only_flows_sum", error="is_summable is true, but measure_type is not flow")
    def only_flows_sum(cls, data: PolarsData) -> pl.LazyFrame:
        """The stocks of two years do not add up to a bigger stock."""
        return data.lazyframe.select(~pl.col("is_summable") | (pl.col("measure_type") == "flow"))

    @pa.dataframe_check(
        name="counts_name_things", error="counted is given exactly when unit_measure is count"
    )
    def counts_name_things(cls, data: PolarsData) -> pl.LazyFrame:
        """A count without its noun could be a count of anything."""
        return data.lazyframe.select(pl.col("counted").is_not_null() == (pl.col("unit_measure") == "count"))


class IndicatorSubjectSchema(PatternTable):
    """One row per indicator and wording by which a heading names the subject that it measures. Case is ignored.

    "Accelerate the standard upgrading" names no indicator, and yet the number of standards reports on it. DuckDB
    matches the patterns too, so they must not use look-around.
    """

    indicator_id: str
    language: str = pa.Field(isin=LANGUAGES)
    pattern: str

    class Config:
        """One row per indicator and wording."""

        unique = ("indicator_id", "language", "pattern")


class AgencySchema(pa.DataFrameModel):
    """One row per public body under one name; key `agency_id`.

    `lineage_id` is the `agency_id` of its newest successor, or its own while it exists; so a series that continues
    under a successor stays one series. `predecessor_id` is the body whose work it took over. `ref_area` is null for
    the body of a city without a code, because it does not answer for the province. `valid_from` and `valid_to` are
    the days on which it was set up and abolished, null when unknown. `is_measuring` is false for bodies that texts
    name in passing, as hosts or as givers of orders and standards (the State Council, an information office, ISO): a
    figure beside such a name is not therefore theirs.
    """

    agency_id: str = pa.Field(str_matches=IDENTIFIER)
    name_en: str = pa.Field(unique=True)
    name_zh: str = pa.Field(nullable=True)
    abbreviation: str = pa.Field(nullable=True)
    ref_area: str = pa.Field(nullable=True)
    lineage_id: str
    predecessor_id: str = pa.Field(nullable=True)
    valid_from: pl.Date = pa.Field(nullable=True)
    valid_to: pl.Date = pa.Field(nullable=True)
    is_measuring: bool

    class Config:
        """One row per agency."""

        unique = ("agency_id",)

    @pa.dataframe_check(name="life_is_ordered", error="valid_to is before valid_from")
    def life_is_ordered(cls, data: PolarsData) -> pl.LazyFrame:
        """Either day may be unknown."""
        unknown = pl.col("valid_from").is_null() | pl.col("valid_to").is_null()
        return data.lazyframe.select(unknown | (pl.col("valid_from") <= pl.col("valid_to")))

    @pa.dataframe_check(name="not_its_own_ancestor", error="predecessor_id is the agency itself")
    def not_its_own_ancestor(cls, data: PolarsData) -> pl.LazyFrame:
        """A body that follows itself would make a lineage without a beginning."""
        return data.lazyframe.select(
            pl.col("predecessor_id").is_null() | (pl.col("predecessor_id") != pl.col("agency_id"))
        )

    @pa.dataframe_check(name="lineage_is_the_newest", error="lineage_id is an agency that has a successor")
    def lineage_is_the_newest(cls, data: PolarsData) -> pl.LazyFrame:
        """So one look-up leads to the end of a lineage."""
        newest = pl.col("agency_id").filter(pl.col("agency_id") == pl.col("lineage_id"))
        return data.lazyframe.select(pl.col("lineage_id").is_in(newest.implode()))


class AgencyAliasSchema(pa.DataFrameModel):
    """One row per other name of an agency in running text; key `language, alias`."""

    agency_id: str
    language: str = pa.Field(isin=LANGUAGES)
    alias: str

    class Config:
        """One row per alias."""

        unique = ("language", "alias")

    @pa.dataframe_check(name="alias_is_unambiguous", error="the alias leads to two agencies")
    def alias_is_unambiguous(cls, data: PolarsData) -> pl.LazyFrame:
        """A name of two bodies is evidence for neither."""
        return data.lazyframe.select(means_one_thing("agency_id", "language"))


class RefAreaSchema(pa.DataFrameModel):
    """One row per area; key `ref_area`: ISO 3166 codes, `EU` and `WORLD`."""

    ref_area: str = pa.Field(str_matches=r"^(WORLD|[A-Z]{2}(-[A-Z0-9]{1,3})?)$")
    name_en: str = pa.Field(unique=True)
    name_zh: str = pa.Field(unique=True)
    parent_ref_area: str = pa.Field(nullable=True)

    class Config:
        """One row per area."""

        unique = ("ref_area",)


class RefAreaAliasSchema(pa.DataFrameModel):
    """One row per other name of an area (short name, demonym) or of a place within it (city); key `language, alias`.

    `is_whole` is false for a place within `ref_area` without a code of its own: a figure about the place is not one
    about the area.
    """

    ref_area: str
    language: str = pa.Field(isin=LANGUAGES)
    alias: str
    is_whole: bool

    class Config:
        """One row per alias."""

        unique = ("language", "alias")

    @pa.dataframe_check(name="alias_is_unambiguous", error="the alias leads to two areas")
    def alias_is_unambiguous(cls, data: PolarsData) -> pl.LazyFrame:
        """Of two cities with one name, the province is unknown."""
        return data.lazyframe.select(means_one_thing("ref_area", "language"))


class UnitSchema(pa.DataFrameModel):
    """One row per unit of measure; key `unit_measure`. Units of one `quantity` measure the same thing."""

    unit_measure: str = pa.Field(str_matches=r"^[A-Za-z][A-Za-z_-]*$")
    name_en: str = pa.Field(unique=True)
    name_zh: str = pa.Field(unique=True)
    quantity: str = pa.Field(str_matches=IDENTIFIER)

    class Config:
        """One row per unit."""

        unique = ("unit_measure",)


class UnitAliasSchema(pa.DataFrameModel):
    """One row per written form of a unit; key `alias, position`.

    A value in `unit_measure` is the written number times `factor` (300 g = 0.3 kilogram). `position` says whether the
    form stands before or after the number. Case matters: `Mt` is not `mt`.
    """

    unit_measure: str
    language: str = pa.Field(isin=ALIAS_LANGUAGES)
    alias: str
    factor: float = pa.Field(gt=0)
    position: str = pa.Field(isin=POSITIONS)

    class Config:
        """One row per alias and side."""

        unique = ("alias", "position")

    @pa.dataframe_check(name="alias_is_unambiguous", error="the alias stands for two units")
    def alias_is_unambiguous(cls, data: PolarsData) -> pl.LazyFrame:
        """RMB 5 and 5 RMB are one amount."""
        return data.lazyframe.select(pl.col("unit_measure").n_unique().over("alias") == 1)


class LocalCurrencySchema(pa.DataFrameModel):
    """One row per word for money with another meaning in texts of a country; key `language, ref_area, alias`.

    Elsewhere the word means the currency in `unit_aliases`.
    """

    language: str = pa.Field(isin=ALIAS_LANGUAGES)
    ref_area: str
    alias: str
    unit_measure: str

    class Config:
        """One row per country and word."""

        unique = ("language", "ref_area", "alias")


class YearSchema(pa.DataFrameModel):
    """One row per calendar year; key `year`. `five_year_plan` is null where no plan is known yet."""

    year: int = pa.Field(ge=1900, le=2100)
    five_year_plan: str = pa.Field(nullable=True, str_matches=r"^\d+th Five-Year Plan$")

    class Config:
        """One row per year."""

        unique = ("year",)


class BoundSchema(pa.DataFrameModel):
    """One row per bound; key `bound`. Of two statements of a fact the lower `preference_rank` wins."""

    bound: str = pa.Field(isin=BOUNDS)
    name_en: str = pa.Field(unique=True)
    preference_rank: int = pa.Field(ge=1, unique=True)

    class Config:
        """One row per bound."""

        unique = ("bound",)


class PreferenceCriterionSchema(pa.DataFrameModel):
    """One row per criterion by which one statement of a fact is preferred to another; key `position`, 1 decides first.

    The dbt model `int_observations_in_series` computes the value of each criterion; the smaller one is preferred.
    """

    position: int = pa.Field(ge=1, unique=True)
    criterion: str = pa.Field(isin=PREFERENCE_CRITERIA, unique=True)
    meaning: str

    class Config:
        """One row per criterion."""

        unique = ("position",)


class SourceRankSchema(pa.DataFrameModel):
    """One row per type of document; key `document_type`. The lower rank is the better source; ranks may be shared."""

    document_type: str = pa.Field(isin=DOCUMENT_TYPES)
    source_rank: int = pa.Field(ge=1)
    reason: str

    class Config:
        """One row per type of document."""

        unique = ("document_type",)


class NullReasonSchema(pa.DataFrameModel):
    """One row per reason for which a field of a figure is null; key `reason`. `explanation` is for a person."""

    reason: str = pa.Field(isin=REASONS)
    explanation: str

    class Config:
        """One row per reason."""

        unique = ("reason",)


class ReviewRuleSchema(pa.DataFrameModel):
    """One row per rule for which figures wait; key `rule`.

    `verdicts` are those that a person may give, separated by blanks; null where there is nothing to decide.
    `explanation` says why there are no others, and what to do instead.
    """

    rule: str = pa.Field(str_matches=IDENTIFIER)
    verdicts: str = pa.Field(
        nullable=True, str_matches=r"^(?:accept|correct|reject)(?: (?:accept|correct|reject))*$"
    )
    explanation: str

    class Config:
        """One row per rule."""

        unique = ("rule",)


class PolicySchema(pa.DataFrameModel):
    """One row per policy that documents name: a law, an outline, a plan; key `policy_id`.

    Where editions share a name, their years follow it in brackets, in `name_en` with a hyphen. `valid_from` is the
    day on which it was adopted or issued, `valid_to` its last day; null when unknown or open.
    `predecessor_policy_id` is the policy that it replaced.
    """

    policy_id: str = pa.Field(str_matches=IDENTIFIER)
    name_en: str = pa.Field(unique=True)
    name_zh: str = pa.Field(nullable=True)
    issuer_agency_id: str = pa.Field(nullable=True)
    ref_area: str = pa.Field(nullable=True)
    valid_from: pl.Date = pa.Field(nullable=True)
    valid_to: pl.Date = pa.Field(nullable=True)
    predecessor_policy_id: str = pa.Field(nullable=True)

    class Config:
        """One row per policy."""

        unique = ("policy_id",)

    @pa.dataframe_check(name="life_is_ordered", error="valid_to is before valid_from")
    def life_is_ordered(cls, data: PolarsData) -> pl.LazyFrame:
        """Either day may be unknown."""
        unknown = pl.col("valid_from").is_null() | pl.col("valid_to").is_null()
        return data.lazyframe.select(unknown | (pl.col("valid_from") <= pl.col("valid_to")))

    @pa.dataframe_check(name="not_its_own_predecessor", error="predecessor_policy_id is policy_id")
    def not_its_own_predecessor(cls, data: PolarsData) -> pl.LazyFrame:
        """A policy that follows itself has no beginning."""
        return data.lazyframe.select(
            pl.col("predecessor_policy_id").is_null()
            | (pl.col("predecessor_policy_id") != pl.col("policy_id"))
        )


class PolicyAliasSchema(pa.DataFrameModel):
    """One row per other name of a policy; key `policy_id, language, alias`.

    Two policies may share one: then place, years, issuer and day decide which is meant. A capital letter of a name must
    be a capital in the text too.
    """

    policy_id: str
    language: str = pa.Field(isin=LANGUAGES)
    alias: str

    class Config:
        """One row per policy and alias."""

        unique = ("policy_id", "language", "alias")


class PlausibilityLimitSchema(pa.DataFrameModel):
    """One row per type of measure; key `measure_type`.

    A yearly value is held back when it is `factor` times off each of its neighbours, of which there must be at least
    `minimum_neighbours`: the values of the two years before and after, and those of its own year in other documents.
    """

    measure_type: str = pa.Field(isin=MEASURE_TYPES)
    factor: float = pa.Field(gt=1)
    minimum_neighbours: int = pa.Field(ge=1)

    class Config:
        """One row per type of measure."""

        unique = ("measure_type",)
