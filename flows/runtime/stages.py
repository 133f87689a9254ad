"""Which stage of which run this process is at: set by `flows.runtime.recording`, read by whoever says what happens."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Optional


@dataclass
class RunningStage:
    """A stage at work; stages that a stage calls belong to the same run and have it as their parent.

    `counted` says what the counts are of (documents, rows, ...); all are null until something is counted.
    """

    stage: str
    run_id: str
    started_at: datetime
    parent: Optional["RunningStage"] = None
    counted: str | None = None
    count_in: int | None = None
    count_out: int | None = None
    count_held: int | None = None
    note: str | None = None
    ended: list[Any] = field(default_factory=list)  # the records of the stages that it has called


running_stage: ContextVar[RunningStage | None] = ContextVar("running_stage", default=None)


def count(counted: str, count_in: int, count_out: int, count_held: int = 0) -> None:
    """Add to the counts of the stage at work: what came in, went out as it should, and was held back.

    Call it as soon as something is done, and again for what is done later: a stage that fails afterwards has it
    in its record.
    """
    stage = running_stage.get()
    if stage is not None:
        stage.counted = counted
        stage.count_in = (stage.count_in or 0) + count_in
        stage.count_out = (stage.count_out or 0) + count_out
        stage.count_held = (stage.count_held or 0) + count_held


def note(text: str) -> None:
    """Say in the record of the stage at work what its counts do not tell."""
    stage = running_stage.get()
    if stage is not None:
        stage.note = text
