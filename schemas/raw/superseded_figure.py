"""The contract of `raw.superseded_figures`: figures that an earlier reading found and a later one did not."""

from datetime import datetime

from schemas.raw.figure import FigureSchema


class SupersededFigureSchema(FigureSchema):
    """One row per figure that a later reading took back; key of the figure, `read_at` and `superseded_at`.

    `extractor_version` read it, at `read_at` for the last time. At `superseded_at` another reading of the same document
    was loaded, with another value in its place or with none. Both are in UTC.
    """

    extractor_version: str
    read_at: datetime
    superseded_at: datetime

    class Config:
        """A figure may come and go more than once."""

        strict = True
        ordered = True
        unique = ("doc_id", "start", "end", "number", "read_at", "superseded_at")
