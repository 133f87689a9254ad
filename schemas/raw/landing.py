"""The contract of `raw.landings`: the addresses at which the bytes of a document were seen, and since when."""

from datetime import datetime

import pandera.polars as pa


class LandingSchema(pa.DataFrameModel):
    """One row per document and address at which its bytes were seen; key `doc_id, address`.

    `address` is a URL, or the path of a file on the machine that landed it. It ties versions together: the document
    that landed there last is the newest version. `landed_at` is in UTC.
    """

    doc_id: str = pa.Field(str_length={"min_value": 1})
    address: str
    landed_at: datetime

    class Config:
        """Refuse missing and additional columns."""

        strict = True
        ordered = True
        unique = ("doc_id", "address")
