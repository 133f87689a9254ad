"""Checks that the contracts of seed tables share."""

import re
from functools import cache

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.vocabularies import LANGUAGES

ALIAS_LANGUAGES = (*LANGUAGES, "mul")  # `mul` is ISO 639-2 for several languages: kg, €, US$
POSITIONS = ("before", "after")


@cache
def compiles(pattern: str) -> bool:
    """Tell whether Python accepts a regular expression; cached, for this is most of the work on all seeds."""
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def compile_all(patterns: pl.Series) -> pl.Series:
    """Tell for a column of patterns which ones compile; made for `map_batches`."""
    return pl.Series(patterns.name, [compiles(pattern) for pattern in patterns], dtype=pl.Boolean)


def is_compiled(column: str) -> pl.Expr:
    """Return an expression: the cell is null or a regular expression that Python accepts."""
    return pl.col(column).is_null() | pl.col(column).fill_null("").map_batches(
        compile_all, return_dtype=pl.Boolean
    )


class PatternTable(pa.DataFrameModel):
    """A table with a column `pattern` of regular expressions.

    Parts in `@` signs are plain words to this check: a pattern with them compiles if it does with their meaning.
    """

    @pa.dataframe_check(name="pattern_compiles", error="the pattern is not a regular expression")
    def pattern_compiles(cls, data: PolarsData) -> pl.LazyFrame:
        """A broken pattern is found here, with its line, and not in the middle of a document."""
        return data.lazyframe.select(is_compiled("pattern"))


def means_one_thing(identifier: str, *scope: str) -> pl.Expr:
    """Return an expression: within `scope`, the alias leads to one `identifier`, whatever its case."""
    return pl.col(identifier).n_unique().over(*scope, pl.col("alias").str.to_lowercase()) == 1
