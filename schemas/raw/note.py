"""The contract of `raw.notes`: one row per place where a document contradicts itself."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.vocabularies import NOTE_RULES


class NoteSchema(pa.DataFrameModel):
    """One row per list or sum in a document that differs from its announcement; key `doc_id, rule, start, end`.

    `quote` is `text[start:end]`: for a list the words that announce it, for a sum its numbers and the text between
    them. `stated` is the value that the document states (members, percent, a change, a total), `found` the one that
    follows from its own members and numbers. `explanation` says both in one sentence for a person.
    """

    doc_id: str = pa.Field(str_length={"min_value": 1})
    rule: str = pa.Field(isin=NOTE_RULES)
    quote: str = pa.Field(str_length={"min_value": 1})
    start: int = pa.Field(ge=0)
    end: int = pa.Field(ge=1)
    stated: float
    found: float
    explanation: str = pa.Field(str_length={"min_value": 1})

    class Config:
        """Refuse missing and additional columns."""

        strict = True
        ordered = True
        unique = ("doc_id", "rule", "start", "end")

    @pa.dataframe_check(name="span_fits_quote", error="The span is not as long as the quote.")
    def span_fits_quote(cls, data: PolarsData) -> pl.LazyFrame:
        """`text[start:end] == quote` implies it."""
        return data.lazyframe.select(pl.col("end") - pl.col("start") == pl.col("quote").str.len_chars())

    @pa.dataframe_check(name="they_differ", error="What is stated is what was found.")
    def they_differ(cls, data: PolarsData) -> pl.LazyFrame:
        """Otherwise the document is right."""
        return data.lazyframe.select(pl.col("stated") != pl.col("found"))
