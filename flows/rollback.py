"""What an operator decides about what readers see; no flow, for it is no scheduled work.

A rollback is a decision of a person: it holds against whatever is published afterwards, until a person ends it.
"""

from flows.io.events import emit_warehouse_rolled_back
from flows.io.publication import Pin, resume, roll_back
from flows.recording import recorded
from flows.running import note
from flows.settings import Settings


@recorded("rollback")
def roll_back_publication(version: str | None, pinned_by: str, reason: str) -> Pin:
    """Point readers to a kept version, or to the one before theirs, and keep it so; raises UsageError without one."""
    pin = roll_back(Settings(), version, pinned_by, reason)
    note(f"{pin.version}, by {pinned_by}: {reason or 'no reason given'}")
    emit_warehouse_rolled_back(pin)
    return pin


@recorded("resume")
def resume_publication(resumed_by: str) -> bool:
    """Let readers have what is published from now on; returns whether a version was pinned."""
    note(f"by {resumed_by}")
    return resume(Settings())
