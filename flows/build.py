"""Flow `build_warehouse`: raw tables in, built and audited marts out."""

from prefect import flow

from flows.errors import AuditError
from flows.io.events import emit_audit_failed
from flows.io.transformation import BuildResult, build, describe_failure
from flows.io.warehouse import writer_lock
from flows.progress import logger
from flows.recording import recorded
from flows.running import count
from flows.settings import Settings
from flows.tasks import step

_build = step(build)
_emit_audit_failed = step(emit_audit_failed)


@flow(name="build-warehouse")
@recorded("build")
def build_warehouse() -> BuildResult:
    """Build and test all models; raises AuditError when one of them fails."""
    settings = Settings()
    logger.info("Building and auditing the warehouse")
    with writer_lock(settings):
        result = _build(settings)
    held = len(result.failed) + result.skipped
    count("models and tests", result.succeeded + held, result.succeeded, held)
    if not result.ok:
        _emit_audit_failed(result)
        raise AuditError(describe_failure(result))
    return result
