"""The contract of `raw.quarantine`: documents, figures and other records that were set aside, each with its reason."""

from datetime import datetime

import pandera.polars as pa

from schemas.vocabularies import SUBJECTS


class QuarantinedRecordSchema(pa.DataFrameModel):
    """One row per record and rule that it breaks; key `quarantine_id`.

    `subject` is the kind of record, `record` its place (`start:end`, null for a document). `rule` is a short code,
    `reason` a sentence for a person, `evidence` the record as JSON (null for a document, whose bytes stay in the
    landing). `landed_at` is in UTC.
    """

    quarantine_id: str = pa.Field(str_length={"min_value": 1})
    doc_id: str = pa.Field(str_length={"min_value": 1})
    address: str
    file_name: str = pa.Field(nullable=True)
    subject: str = pa.Field(isin=SUBJECTS)
    record: str = pa.Field(nullable=True)
    rule: str = pa.Field(str_length={"min_value": 1})
    reason: str = pa.Field(str_length={"min_value": 1})
    evidence: str = pa.Field(nullable=True)
    landed_at: datetime

    class Config:
        """Refuse missing and additional columns."""

        strict = True
        ordered = True
        unique = ("quarantine_id",)
