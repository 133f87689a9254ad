"""The contract of `raw.citations`: one row per place where a document names a policy."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.vocabularies import RELATIONS


class CitationSchema(pa.DataFrameModel):
    """One row per place where a law, an outline or a plan is named; key `doc_id, start`.

    `policy` is null where the reference data does not list it, or a name may mean several. `relation` is what the
    document has to do with the policy, according to the words around the name; `is` means that the document's own title
    names it. `quote` is the name as written, `text[start:end]`; it and its offsets are null only for `is`, where the
    text does not repeat the title. `reasons` is a JSON object: field that is null → reason code.
    """

    doc_id: str = pa.Field(str_length={"min_value": 1})
    policy: str = pa.Field(nullable=True)
    relation: str = pa.Field(isin=RELATIONS)
    quote: str = pa.Field(nullable=True, str_length={"min_value": 1})
    start: int = pa.Field(nullable=True, ge=0)
    end: int = pa.Field(nullable=True, ge=1)
    reasons: str

    class Config:
        """Refuse missing and additional columns."""

        strict = True
        ordered = True
        unique = ("doc_id", "start")

    @pa.dataframe_check(name="span_fits_quote", error="The span is not as long as the quote.")
    def span_fits_quote(cls, data: PolarsData) -> pl.LazyFrame:
        """`text[start:end] == quote` implies it."""
        is_fitting = pl.col("end") - pl.col("start") == pl.col("quote").str.len_chars()
        return data.lazyframe.select(is_fitting | pl.col("quote").is_null())

    @pa.dataframe_check(name="name_is_quoted", error="What is cited has no words that name it.")
    def name_is_quoted(cls, data: PolarsData) -> pl.LazyFrame:
        """Only a title may be outside the text."""
        is_titled = (pl.col("relation") == "is") & pl.col("policy").is_not_null()
        return data.lazyframe.select(is_titled | pl.col("quote").is_not_null())
