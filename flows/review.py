"""What a person decides about figures that are held back as implausible; no flow, for it is no scheduled work.

A decision is kept with who, why and when, and with the sentence that the person saw; the next build follows it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from flows.errors import UsageError
from flows.io.warehouse import add_decisions, read_held_figures, writer_lock
from flows.settings import Settings
from schemas.decision import DecisionSchema
from schemas.validation import to_frame


def accept_held_figures(quarantine_ids: Sequence[str], decided_by: str, reason: str) -> int:
    """Release these figures into their series, once and for this sentence; returns how many.

    Raises UsageError when one of them is not held back.
    """
    settings = Settings()
    with writer_lock(settings):
        held = read_held_figures(settings)
        unknown = sorted(set(quarantine_ids) - set(held["quarantine_id"]))
        if unknown:
            raise UsageError(
                f"Nothing is held back under {', '.join(unknown)}: `quality-warehouse review list` shows what is."
            )
        accepted = held.filter(held["quarantine_id"].is_in(list(quarantine_ids)))
        decided_at = datetime.now(UTC).replace(tzinfo=None)
        decision = {"verdict": "accept", "decided_by": decided_by, "reason": reason, "decided_at": decided_at}
        rows = accepted.select("quarantine_id", "doc_id", "sentence_sha256").to_dicts()
        add_decisions(
            DecisionSchema.validate(to_frame(DecisionSchema, [row | decision for row in rows])), settings
        )
    return len(accepted)
