"""The contract of `raw.documents`: one row per document that could be read."""

from datetime import datetime

import pandera.polars as pa
import polars as pl

from schemas.vocabularies import DOCUMENT_TYPES


class DocumentSchema(pa.DataFrameModel):
    """One row per version of a document; key `doc_id`, the SHA-256 of its bytes.

    `address` is where it came from last: a URL, or the path of a file on the machine that landed it. All its addresses
    are in `LandingSchema`. `source_url` is the address that others can open, or null. `licence` is a code of
    `seeds/reference/licences.csv`, null where none was named when it landed.
    `boilerplate` is a JSON list of `[start, end, kind]`; `page_starts` a JSON list of offsets.
    `landed_at` is in UTC.
    """

    doc_id: str = pa.Field(str_length={"min_value": 64, "max_value": 64})
    address: str
    file_name: str = pa.Field(nullable=True)
    source_url: str = pa.Field(nullable=True)
    licence: str = pa.Field(nullable=True)
    media_type: str
    size_bytes: int = pa.Field(ge=1)
    title: str = pa.Field(nullable=True)
    title_raw: str = pa.Field(nullable=True)
    publisher: str = pa.Field(nullable=True)
    document_type: str = pa.Field(nullable=True, isin=DOCUMENT_TYPES)
    language: str = pa.Field(nullable=True)
    published_at: pl.Date = pa.Field(nullable=True)
    event_at: pl.Date = pa.Field(nullable=True)
    landed_at: datetime
    text: str
    boilerplate: str
    page_starts: str

    class Config:
        """Refuse missing and additional columns."""

        strict = True
        ordered = True
        unique = ("doc_id",)
