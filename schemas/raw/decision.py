"""The contracts of decisions about figures: a line of the log, and the rows that a build makes of it.

A decision is about a place: the n-th occurrence of a sentence in a document, and the position of the number in that
sentence. Offsets into the text, neighbouring sentences and the version of the extractor may change; while the sentence
stays the same, the decision is about the same figure.
"""

from datetime import datetime
from hashlib import sha256
from typing import Literal, NamedTuple

import pandera.polars as pa
from pydantic import BaseModel, ConfigDict, Field

from schemas.vocabularies import LAPSES, VERDICTS

Value = float | str | None
Verdict = Literal["accept", "correct", "reject", "withdraw"]


class FigurePlace(NamedTuple):
    """The place of a figure, whatever surrounds it: its key across the versions of a document."""

    sentence_sha256: str
    occurrence: int
    number_start: int


class Decision(BaseModel):
    """One line of the log of decisions; it is never changed, and a later one about the same place builds on it.

    `address` ties the versions of the document together. `occurrence` counts from 0 the earlier occurrences of the
    sentence in the document, `number_start` is the offset of `number` in the sentence. `rule` is why the figure waited:
    a rule of the quarantine, `unmapped`, or null. `changes` maps a field to its old and its new value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    decision_id: str = Field(min_length=1)
    doc_id: str = Field(min_length=1)
    address: str
    sentence: str = Field(min_length=1)
    occurrence: int = Field(ge=0)
    number: str
    number_start: int
    rule: str | None
    verdict: Verdict
    changes: dict[str, tuple[Value, Value]] = {}
    decided_by: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    decided_at: datetime

    @property
    def place(self) -> FigurePlace:
        """The place that it is about, in any version of the document."""
        return FigurePlace(sha256(self.sentence.encode()).hexdigest(), self.occurrence, self.number_start)


class DecisionSchema(pa.DataFrameModel):
    """One row per decision, figure that it is about and field that it sets; the key is all of these.

    `start`, `end` and `number` are those of the figure as it is read now, null where the decision has lapsed for the
    reason `lapsed`. `field` is null for a verdict that sets none. `old_value` and `new_value` are written as in the
    log, numbers in full; a null means unknown. `decided_at` is in UTC.
    """

    decision_id: str = pa.Field(str_length={"min_value": 1})
    doc_id: str = pa.Field(str_length={"min_value": 1})
    start: int = pa.Field(nullable=True)
    end: int = pa.Field(nullable=True)
    number: str = pa.Field(nullable=True)
    sentence_sha256: str = pa.Field(str_length={"min_value": 64, "max_value": 64})
    rule: str = pa.Field(nullable=True)
    verdict: str = pa.Field(isin=VERDICTS)
    field: str = pa.Field(nullable=True)
    old_value: str = pa.Field(nullable=True)
    new_value: str = pa.Field(nullable=True)
    decided_by: str = pa.Field(str_length={"min_value": 1})
    reason: str = pa.Field(str_length={"min_value": 1})
    decided_at: datetime
    lapsed: str = pa.Field(nullable=True, isin=LAPSES)

    class Config:
        """Refuse missing and additional columns."""

        strict = True
        ordered = True
        unique = ("decision_id", "doc_id", "start", "end", "number", "field")
