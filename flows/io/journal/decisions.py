"""The log of decisions: `decisions/` of the home, beside the database and not in it.

People's work cannot be repeated, so it is kept where deleting `work/` loses nothing: each call of `review` writes one
file of JSON lines, whole or not at all, which is never changed. The files of two machines may be merged and kept under
version control.
"""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from flows.errors import QualityWarehouseError
from flows.io.files import write_whole_file
from flows.settings import Settings
from schemas.raw.decision import Decision


def read_decisions(settings: Settings) -> list[Decision]:
    """Return all decisions, oldest first; one that is in two files counts once.

    Raises QualityWarehouseError that names file and line of an invalid one.
    """
    found = {
        decision.decision_id: decision for path in list_decisions(settings) for decision in _read_file(path)
    }
    return sorted(found.values(), key=lambda decision: (decision.decided_at, decision.decision_id))


def list_decisions(settings: Settings) -> list[Path]:
    """Return the files of the log, oldest first; each call of `review` adds one."""
    return sorted(settings.decisions.glob("*.jsonl"))


def append_decisions(decisions: Sequence[Decision], settings: Settings) -> Path:
    """Write the decisions of one call, all or none, to the disk before they count; return their file."""
    first = decisions[0]
    path = settings.decisions / f"{first.decided_at:%Y%m%dT%H%M%S}-{first.decision_id[:12]}.jsonl"
    lines = "".join(f"{decision.model_dump_json()}\n" for decision in decisions)
    write_whole_file(path, lines.encode())
    return path


def _read_file(path: Path) -> list[Decision]:
    decisions = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            decisions.append(Decision.model_validate_json(line))
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(map(str, fault["loc"])) or "the line"
            raise QualityWarehouseError(
                f"Line {number} of {path} is not a decision ({where}: {fault['msg']}): correct that line, or move the "
                "file away and decide again."
            ) from error
    return decisions
