"""The contract of `raw.outline_items`: one row per heading of an outline."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData


class OutlineItemSchema(pa.DataFrameModel):
    """One row per heading; key `doc_id, start`.

    `number` is the mark as written (`III`, `17`, `第三条`), null for a heading without one. `parent` is the `number` of
    the heading above it, or the title of one without a number, and null at the top; `parent_start` is that heading's
    `start`, which is unique even where numbers are not. `title` is repaired, `title_raw` is as published. `body` is the
    text below the heading up to the next one. `indicators` is a JSON list of the indicators in title or body.
    """

    doc_id: str = pa.Field(str_length={"min_value": 1})
    level: int = pa.Field(ge=1)
    number: str = pa.Field(nullable=True)
    title: str = pa.Field(str_length={"min_value": 1})
    title_raw: str
    parent: str = pa.Field(nullable=True)
    parent_start: int = pa.Field(nullable=True, ge=0)
    start: int = pa.Field(ge=0)
    end: int = pa.Field(ge=1)
    body: str = pa.Field(nullable=True)
    indicators: str

    class Config:
        """Refuse missing and additional columns."""

        strict = True
        ordered = True
        unique = ("doc_id", "start")

    @pa.dataframe_check(name="parent_comes_first", error="The parent of a heading stands after it.")
    def parent_comes_first(cls, data: PolarsData) -> pl.LazyFrame:
        """So parents form trees without a cycle."""
        return data.lazyframe.select(
            pl.col("parent_start").is_null() | (pl.col("parent_start") < pl.col("start"))
        )
