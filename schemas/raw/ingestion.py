"""The contract of `raw.ingestions`, the ledger: the outcome of every landed document."""

from datetime import datetime

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.vocabularies import OUTCOMES


class IngestionSchema(pa.DataFrameModel):
    """One row per landed document; key `doc_id`.

    A document is pending when it has no row here with its `sidecar_sha256`, that is, after new bytes or corrected
    metadata. `extractor_version` says which extractor read the figures. `landed_at` and `loaded_at` are in UTC.
    """

    doc_id: str = pa.Field(str_length={"min_value": 1})
    address: str
    sidecar_sha256: str = pa.Field(str_length={"min_value": 64, "max_value": 64})
    extractor_version: str
    outcome: str = pa.Field(isin=OUTCOMES)
    figures_in: int = pa.Field(ge=0)
    figures_loaded: int = pa.Field(ge=0)
    figures_quarantined: int = pa.Field(ge=0)
    outline_items_loaded: int = pa.Field(ge=0)
    landed_at: datetime
    loaded_at: datetime

    class Config:
        """Refuse missing and additional columns."""

        strict = True
        ordered = True
        unique = ("doc_id",)

    @pa.dataframe_check(
        name="no_figure_is_lost", error="Figures in differ from figures loaded + quarantined."
    )
    def no_figure_is_lost(cls, data: PolarsData) -> pl.LazyFrame:
        """Figures in = loaded + quarantined, always."""
        return data.lazyframe.select(
            pl.col("figures_in") == pl.col("figures_loaded") + pl.col("figures_quarantined")
        )
