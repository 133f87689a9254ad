"""The contract of `raw.decided_figures`: figures as people decided that they are."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.raw.figure import FigureSchema


class DecidedFigureSchema(FigureSchema):
    """One row per figure about which a decision holds; key of the figure, which it replaces.

    Where nobody corrected a field it is as the extractor reads it. A figure that `is_rejected` is in no mart, one
    that `is_accepted` is held back by no rule. `was_set_aside` says that it broke a rule and was not loaded.
    """

    is_accepted: bool
    is_rejected: bool
    was_set_aside: bool

    @pa.dataframe_check(name="share_is_a_part", error="A share of a whole exceeds 100 percent.")
    def share_is_a_part(cls, data: PolarsData) -> pl.LazyFrame:
        """A person may have seen why: 110 percent of a plan were fulfilled. What is rejected may be anything."""
        is_share = (pl.col("kind") == "share") & (pl.col("unit") == "percent")
        is_decided = pl.col("is_accepted") | pl.col("is_rejected")
        return data.lazyframe.select(is_decided | ~is_share | (pl.col("value") <= 100))
