"""Flow `publish_warehouse`: audited marts in, a new published file out."""

from prefect import flow

from flows.errors import AuditError
from flows.io.events import emit_warehouse_published
from flows.io.publication import Publication, publish
from flows.io.warehouse import is_audited
from flows.recording import recorded
from flows.running import count
from flows.settings import Settings
from flows.tasks import one_writer, step

_publish = step(publish)
_emit_warehouse_published = step(emit_warehouse_published)


@flow(name="publish-warehouse")
@recorded("publish")
def publish_warehouse() -> Publication:
    """Publish the marts if the last build passed its audit; raises AuditError if it did not.

    After a rollback readers keep what they were given, and no event says that there is something new.
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
