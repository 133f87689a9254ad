"""The contract of `raw.decided_figures`: figures as people decided them."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.raw.figure import FigureSchema


class DecidedFigureSchema(FigureSchema):
    """One row per figure with a decision in force; it replaces the figure of the same key.

    Fields that nobody corrected are as the extractor read them. A figure that `is_rejected` is in no mart; no rule
    holds back one that `is_accepted`. `was_set_aside` says that the figure broke a rule and was not loaded.
    """

    is_accepted: bool
    is_rejected: bool
    was_set_aside: bool

    @pa.dataframe_check(name="share_is_a_part", error="A share of a whole exceeds 100 percent.")
    def share_is_a_part(cls, data: PolarsData) -> pl.LazyFrame:
        """A person may accept 110 percent of a plan; a rejected figure may be anything."""
        is_share = (pl.col("kind") == "share") & (pl.col("unit") == "percent")
        is_decided = pl.col("is_accepted") | pl.col("is_rejected")
        return data.lazyframe.select(is_decided | ~is_share | (pl.col("value") <= 100))
