"""The contract of a line of `extract --documents FILE.jsonl`: a text that is already at hand."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from schemas.inputs.metadata import Metadata


class GivenDocument(BaseModel):
    """`doc_id` and `text` are required; further keys than the ones of `Metadata` are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    doc_id: str = Field(min_length=1)
    text: str
    published: Any = None
    language: Any = None
    title: Any = None
    publisher: Any = None
    url: Any = None

    def metadata(self) -> Metadata:
        """What is stated beside the text; raises pydantic's ValidationError where it is not well-formed."""
        return Metadata.model_validate(self.model_dump(exclude={"doc_id", "text"}))
