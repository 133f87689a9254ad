"""The log of decisions: `decisions/` of the home, beside the database and not in it.

People's work cannot be made again, so it lies where deleting `work/` loses nothing: each call of `review` leaves
one file of JSON lines, written whole or not at all and never changed. The files of two machines may be put
together, and kept under version control.
"""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from flows.errors import QualityWarehouseError
from flows.io.files import write_whole_file
from flows.settings import Settings
from schemas.raw.decision import Decision


def read_decisions(settings: Settings) -> list[Decision]:
    """All decisions, the oldest first; one that lies in two files counts once.

    Raises QualityWarehouseError that names file and line of what is no decision.
    """
    found = {
        decision.decision_id: decision for path in list_decisions(settings) for decision in _read_file(path)
    }
    return sorted(found.values(), key=lambda decision: (decision.decided_at, decision.decision_id))


def list_decisions(settings: Settings) -> list[Path]:
    """The files of the log, the oldest first; each call of `review` adds one."""
    return sorted(settings.decisions.glob("*.jsonl"))


def append_decisions(decisions: Sequence[Decision], settings: Settings) -> Path:
    """Keep decisions of one call, all or none, and on the disk before they count; returns their file."""
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
                f"Line {number} of {path} is no decision ({where}: {fault['msg']}): mend that line, or move the "
                "file away and decide again."
            ) from error
    return decisions
