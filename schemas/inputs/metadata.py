"""The contract of `NAME.meta.json`, which states beside a file what the file itself does not."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

from schemas.vocabularies import DOCUMENT_TYPES, IDENTIFIER


def _require_iso_day(value: object) -> date | None:
    """Accept `2024-02-21` only: pydantic alone would read `20240221` as seconds since 1970."""
    if value is None or type(value) is date:
        return value
    if isinstance(value, str) and len(value) == len("2024-02-21"):
        return date.fromisoformat(value)
    raise ValueError("write the day as YYYY-MM-DD")


def _primary_language(value: str) -> str:
    """Cut off script and region: `zh-Hans-CN` is `zh`."""
    return value.replace("_", "-").split("-")[0].lower()


Code = Annotated[str, StringConstraints(strip_whitespace=True, pattern=IDENTIFIER)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Day = Annotated[date, BeforeValidator(_require_iso_day)]
WebAddress = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^https?://\S+$")]
Language = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z]{2,3}([-_].+)?$"), AfterValidator(_primary_language)
]


class Metadata(BaseModel):
    """Facts that a person states about a document; every key is optional and overrides what is detected.

    `published` is the ISO day of publication, `language` an ISO 639 code (a region is cut off), `document_type` one of
    `DOCUMENT_TYPES`, `url` the address that others can open. `licence` is a code of `seeds/reference/licences.csv` and
    decides whether the text may be published. An unknown key is an error, so that a misspelt one does not get lost.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    published: Day | None = None
    publisher: Words | None = None
    url: WebAddress | None = None
    title: Words | None = None
    document_type: Literal[DOCUMENT_TYPES] | None = None  # type: ignore[valid-type]  # pydantic reads the tuple
    language: Language | None = None
    licence: Code | None = None
