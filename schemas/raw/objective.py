"""The contract of `raw.objectives`: one row per promise that a document makes."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData


class ObjectiveSchema(pa.DataFrameModel):
    """One row per sentence, or clause with a deadline of its own, that promises something; key `doc_id, start`.

    `quote` is the sentence, `text[start:end]`; `outline_start` is the `start` of the outline item that holds it.
    `deadline` is the last day for which it is promised, `deadline_quote` the words that state it, which may be in an
    earlier sentence or in the heading. `owner` is the responsible agency, `owner_quote` its name as written; only the
    quote is given where the reference data lists no such agency. `is_quantified` is true where the quote holds figures.
    `indicators` is a JSON list of the indicators that it mentions. `reasons` is a JSON object: field that is null →
    reason code.
    """

    doc_id: str = pa.Field(str_length={"min_value": 1})
    outline_start: int = pa.Field(nullable=True, ge=0)
    quote: str = pa.Field(str_length={"min_value": 1})
    start: int = pa.Field(ge=0)
    end: int = pa.Field(ge=1)
    deadline: pl.Date = pa.Field(nullable=True)
    deadline_quote: str = pa.Field(nullable=True)
    owner: str = pa.Field(nullable=True)
    owner_quote: str = pa.Field(nullable=True)
    is_quantified: bool
    indicators: str
    reasons: str

    class Config:
        """Refuse missing and additional columns."""

        strict = True
        ordered = True
        unique = ("doc_id", "start")

    @pa.dataframe_check(name="span_fits_quote", error="The span is not as long as the quote.")
    def span_fits_quote(cls, data: PolarsData) -> pl.LazyFrame:
        """`text[start:end] == quote` implies it."""
        return data.lazyframe.select(pl.col("end") - pl.col("start") == pl.col("quote").str.len_chars())

    @pa.dataframe_check(name="deadline_is_quoted", error="The deadline has no words that state it.")
    def deadline_is_quoted(cls, data: PolarsData) -> pl.LazyFrame:
        """A day without words would be a guess."""
        return data.lazyframe.select(pl.col("deadline").is_null() | pl.col("deadline_quote").is_not_null())

    @pa.dataframe_check(name="owner_is_quoted", error="The owner has no words that name it.")
    def owner_is_quoted(cls, data: PolarsData) -> pl.LazyFrame:
        """An owner without words would be a guess."""
        return data.lazyframe.select(pl.col("owner").is_null() | pl.col("owner_quote").is_not_null())
