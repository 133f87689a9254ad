"""The contract of `raw.figures`: one row per figure stated in one document."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.vocabularies import BOUNDS, KINDS, PERIOD_BASES, STATUSES


class FigureSchema(pa.DataFrameModel):
    """One row per figure; key `doc_id, start, end, number`.

    `start`, `end`, `sentence_start`, `sentence_end`, `context_start`, `context_end` are Python string offsets into
    the text of the document. The context is the sentence with its two neighbours, as far as they are in the same
    paragraph or turn of a conversation.
    `value` is in base units (6.728 million vehicles = 6_728_000; percent stays in percent points).
    `period_start` and `period_end` are the first and last day of its period; `period_basis` says where they come from:
    `stated` beside the figure, `inherited` from an earlier clause, or only the `document_date` (for a state without a
    period of its own). `reasons` is a JSON object: field that is null → reason code.
    """

    doc_id: str = pa.Field(str_length={"min_value": 1})
    quote: str = pa.Field(str_length={"min_value": 1})
    start: int = pa.Field(ge=0)
    end: int = pa.Field(ge=1)
    number: str = pa.Field(str_length={"min_value": 1})
    value: float = pa.Field(ge=0)
    value_max: float = pa.Field(nullable=True)
    unit: str
    counted: str = pa.Field(nullable=True)
    bound: str = pa.Field(isin=BOUNDS)
    kind: str = pa.Field(isin=KINDS)
    status: str = pa.Field(isin=STATUSES)
    period_start: pl.Date = pa.Field(nullable=True)
    period_end: pl.Date = pa.Field(nullable=True)
    period_basis: str = pa.Field(nullable=True, isin=PERIOD_BASES)
    agency: str = pa.Field(nullable=True)
    ref_area: str = pa.Field(nullable=True)
    indicator: str = pa.Field(nullable=True)
    measure: str = pa.Field(nullable=True)
    breakdown: str = pa.Field(nullable=True)
    speaker: str = pa.Field(nullable=True)
    confidence: float = pa.Field(in_range={"min_value": 0, "max_value": 1})
    sentence_start: int = pa.Field(ge=0)
    sentence_end: int = pa.Field(ge=1)
    context_start: int = pa.Field(ge=0)
    context_end: int = pa.Field(ge=1)
    reasons: str

    class Config:
        """Refuse missing and additional columns."""

        strict = True
        ordered = True
        unique = ("doc_id", "start", "end", "number")

    @pa.dataframe_check(name="quote_holds_number", error="The quote does not hold the number.")
    def quote_holds_number(cls, data: PolarsData) -> pl.LazyFrame:
        """A quote without its number would prove nothing."""
        return data.lazyframe.select(pl.col("quote").str.contains(pl.col("number"), literal=True))

    @pa.dataframe_check(name="span_fits_quote", error="The span is not as long as the quote.")
    def span_fits_quote(cls, data: PolarsData) -> pl.LazyFrame:
        """`text[start:end] == quote` implies it; the text itself is compared in `validate_figures`."""
        return data.lazyframe.select(pl.col("end") - pl.col("start") == pl.col("quote").str.len_chars())

    @pa.dataframe_check(name="sentence_holds_quote", error="The quote does not lie inside its sentence.")
    def sentence_holds_quote(cls, data: PolarsData) -> pl.LazyFrame:
        """Evidence shows the sentence, so it must hold the quote."""
        return data.lazyframe.select(
            (pl.col("sentence_start") <= pl.col("start")) & (pl.col("end") <= pl.col("sentence_end"))
        )

    @pa.dataframe_check(name="context_holds_sentence", error="The sentence does not lie inside its context.")
    def context_holds_sentence(cls, data: PolarsData) -> pl.LazyFrame:
        """The rest of the context is its neighbours."""
        return data.lazyframe.select(
            (pl.col("context_start") <= pl.col("sentence_start"))
            & (pl.col("sentence_end") <= pl.col("context_end"))
        )

    @pa.dataframe_check(name="range_is_ordered", error="The upper end of the range is below its lower end.")
    def range_is_ordered(cls, data: PolarsData) -> pl.LazyFrame:
        """A range is two values, the smaller first."""
        return data.lazyframe.select(pl.col("value_max").is_null() | (pl.col("value_max") >= pl.col("value")))

    @pa.dataframe_check(name="period_is_ordered", error="The period ends before it starts.")
    def period_is_ordered(cls, data: PolarsData) -> pl.LazyFrame:
        """Either end may be open."""
        either_open = pl.col("period_start").is_null() | pl.col("period_end").is_null()
        return data.lazyframe.select(either_open | (pl.col("period_start") <= pl.col("period_end")))

    @pa.dataframe_check(name="share_is_a_part", error="A share of a whole exceeds 100 percent.")
    def share_is_a_part(cls, data: PolarsData) -> pl.LazyFrame:
        """The part is never more than the whole."""
        is_share = (pl.col("kind") == "share") & (pl.col("unit") == "percent")
        return data.lazyframe.select(~is_share | (pl.col("value") <= 100))
