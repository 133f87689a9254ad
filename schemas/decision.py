"""The contract of `raw.decisions`: what people decided about what the warehouse holds back."""

from datetime import datetime

import pandera.polars as pa


class DecisionSchema(pa.DataFrameModel):
    """One row per decision; key `quarantine_id, decided_at`.

    `quarantine_id` is the row of the mart `quarantine` that it answers, `sentence_sha256` the SHA-256 of the
    sentence that the person saw: where the sentence is another one, the decision says nothing any more.
    `accept` releases what was held. `decided_at` is in UTC.
    """

    quarantine_id: str = pa.Field(str_length={"min_value": 1})
    doc_id: str = pa.Field(str_length={"min_value": 1})
    sentence_sha256: str = pa.Field(str_length={"min_value": 64, "max_value": 64})
    verdict: str = pa.Field(eq="accept")
    decided_by: str = pa.Field(str_length={"min_value": 1})
    reason: str = pa.Field(str_length={"min_value": 1})
    decided_at: datetime

    class Config:
        """No column may be missing or come uninvited."""

        strict = True
        ordered = True
        unique = ("quarantine_id", "decided_at")
