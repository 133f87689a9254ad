"""The stage of the run that is at work in this process; set by `flows.runtime.recording`, read by logs and flows."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:  # `extract` imports this module, and should start quickly
    from flows.io.journal.runs import Run


@dataclass
class RunningStage:
    """A stage at work; the stages that it calls belong to the same run and have it as their parent.

    `counted` names what is counted (documents, rows, ...); all counts are null until something is counted.
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
    ended: "list[Run]" = field(default_factory=list)  # the records of the stages that it called


running_stage: ContextVar[RunningStage | None] = ContextVar("running_stage", default=None)


def count(counted: str, count_in: int, count_out: int, count_held: int = 0) -> None:
    """Add to the counts of the stage at work: how much came in, went on, and was held back.

    Call it after each part of the work, so that the record of a stage that fails later has the parts it completed.
    """
    stage = running_stage.get()
    if stage is not None:
        stage.counted = counted
        stage.count_in = (stage.count_in or 0) + count_in
        stage.count_out = (stage.count_out or 0) + count_out
        stage.count_held = (stage.count_held or 0) + count_held


def note(text: str) -> None:
    """Put a remark into the record of the stage at work."""
    stage = running_stage.get()
    if stage is not None:
        stage.note = text
