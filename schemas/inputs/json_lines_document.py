"""The contract of a line of `extract --documents FILE.jsonl`: a document as plain text."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from schemas.inputs.metadata import Metadata


class GivenDocument(BaseModel):
    """A text with its metadata; `doc_id` and `text` are required, unknown keys are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    doc_id: str = Field(min_length=1)
    text: str
    published: Any = None
    language: Any = None
    title: Any = None
    publisher: Any = None
    url: Any = None

    def metadata(self) -> Metadata:
        """Return the metadata beside the text; raises pydantic's ValidationError where they are malformed."""
        return Metadata.model_validate(self.model_dump(exclude={"doc_id", "text"}))
