"""What the contracts of all seed tables share."""

import re
from functools import cache

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.vocabularies import LANGUAGES

ALIAS_LANGUAGES = (*LANGUAGES, "mul")  # `mul` is ISO 639-2 for "any": kg, €, US$
POSITIONS = ("before", "after")


@cache
def compiles(pattern: str) -> bool:
    """Say whether a cell is a regular expression that Python accepts; that is most of the work on all seeds."""
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def compile_all(patterns: pl.Series) -> pl.Series:
    """Map a column of patterns to whether each compiles; made for `map_batches`."""
    return pl.Series(patterns.name, [compiles(pattern) for pattern in patterns], dtype=pl.Boolean)


def is_compiled(column: str) -> pl.Expr:
    """True where the cell is null or a regular expression that Python accepts."""
    return pl.col(column).is_null() | pl.col(column).fill_null("").map_batches(
        compile_all, return_dtype=pl.Boolean
    )


class PatternTable(pa.DataFrameModel):
    """What every table with a column `pattern` promises: each pattern is a regular expression.

    Parts in `@` signs are words here, so a pattern compiles as what they stand for does.
    """

    @pa.dataframe_check(name="pattern_compiles", error="the pattern is no regular expression")
    def pattern_compiles(cls, data: PolarsData) -> pl.LazyFrame:
        """Found here, with its line, and not in the middle of a document."""
        return data.lazyframe.select(is_compiled("pattern"))


def means_one_thing(identifier: str, *scope: str) -> pl.Expr:
    """True where an alias, ignoring case, leads to one `identifier` within its `scope` columns."""
    return pl.col(identifier).n_unique().over(*scope, pl.col("alias").str.to_lowercase()) == 1


class ReferenceConfig:
    """No column may be missing, come uninvited or stand elsewhere."""

    strict = True
    ordered = True
