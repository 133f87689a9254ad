"""Reads `NAME.meta.json`, which states facts about the document beside it."""

import json
import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.inputs.metadata import Metadata

METADATA_SUFFIX = ".meta.json"
_LARGEST_METADATA_BYTES = 1_000_000


class Rejection(BaseModel):
    """Why a document is rejected when it lands, before anybody reads it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    reason: str


def read_metadata(path: Path) -> tuple[dict[str, Any] | None, Rejection | None]:
    """Return the object in `report.pdf.meta.json` or `report.meta.json` beside `report.pdf`, or why it is invalid."""
    beside = next(iter(find_metadata_files(path)), None)
    if beside is None:
        return None, None
    try:
        with beside.open("rb") as stream:
            given = json.loads(stream.read(_LARGEST_METADATA_BYTES), parse_constant=_refuse_constant)
        Metadata.model_validate(given)
    except (ValueError, RecursionError) as error:
        reason = f"{beside.name} is invalid, {_explain(error)}: mend it and land {path.name} again."
        return None, Rejection(rule="invalid_metadata", reason=as_text(reason))
    return given, None


def find_metadata_files(path: Path) -> list[Path]:
    """Return the files beside `path` that describe it; the first one counts."""
    names = (path.name + METADATA_SUFFIX, path.stem + METADATA_SUFFIX)
    return [file for name in names if (file := path.with_name(name)).is_file()]


def as_text(path: str) -> str:
    """Replace bytes of a file name that are not UTF-8, which the database would refuse."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


def _explain(error: Exception) -> str:
    if isinstance(error, ValidationError):
        keys = ", ".join(Metadata.model_fields)
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'all of it'}: {e['msg']}" for e in error.errors()
        )
        return f"{faults} (keys are {keys})"
    return f"it is not JSON ({error})"
