"""Flow `publish_warehouse`: publish audited marts as a new file; and the rollback to an earlier one.

A rollback is a person's decision and never scheduled, so it is not a flow. It stays in force, whatever is published
afterwards, until a person ends it.
"""

from prefect import flow

from flows.errors import AuditError
from flows.io.announce.prefect_events import emit_warehouse_published, emit_warehouse_rolled_back
from flows.io.published.publication import Pin, Publication, publish, resume, roll_back
from flows.io.warehouse.builds import is_audited
from flows.runtime.recording import recorded
from flows.runtime.stages import count, note
from flows.runtime.steps import step
from flows.runtime.writer import one_writer
from flows.settings import Settings

_publish = step(publish)
_emit_warehouse_published = step(emit_warehouse_published)


@flow(name="publish-warehouse")
@recorded("publish")
def publish_warehouse() -> Publication:
    """Publish the marts if the last build passed its audit; raises AuditError if it did not.

    After a rollback, readers keep their version, and no event announces the new one.
    """
    settings = Settings()
    with one_writer(settings):
        if not is_audited(settings):
            raise AuditError("There is no audited build to publish. Run `quality-warehouse build` first.")
        publication = _publish(settings)
    rows = sum(publication.tables.values())
    count("rows", rows, rows if publication.reaches_readers else 0, rows if publication.pin else 0)
    if publication.reaches_readers:
        _emit_warehouse_published(publication)
    return publication


@recorded("rollback")
def roll_back_publication(version: str | None, pinned_by: str, reason: str) -> Pin:
    """Point readers to a kept version, by default the one before theirs, and pin it; raises UsageError without one."""
    pin = roll_back(Settings(), version, pinned_by, reason)
    note(f"{pin.version}, by {pinned_by}: {reason or 'no reason given'}")
    emit_warehouse_rolled_back(pin)
    return pin


@recorded("resume")
def resume_publication(resumed_by: str) -> bool:
    """End the rollback from the next publication on; return whether a version was pinned."""
    note(f"by {resumed_by}")
    return resume(Settings())
