"""Flow `publish_warehouse`: audited marts in, a new published file out."""

from prefect import flow

from flows.errors import AuditError
from flows.io.events import emit_warehouse_published
from flows.io.publication import Publication, publish
from flows.io.transformation import last_build_passed
from flows.settings import Settings
from flows.tasks import one_writer, step

_publish = step(publish)
_emit_warehouse_published = step(emit_warehouse_published)


@flow(name="publish-warehouse")
def publish_warehouse() -> Publication:
    """Publish the marts if the last build passed its audit; raises AuditError if it did not."""
    settings = Settings()
    with one_writer(settings):
        if not last_build_passed(settings):
            raise AuditError("There is no audited build to publish. Run `quality-warehouse build` first.")
        publication = _publish(settings)
    if not publication.unchanged:
        _emit_warehouse_published(publication)
    return publication
