"""Flow `build_warehouse`: raw tables and what people decided in, built and audited marts out."""

from prefect import flow

from flows.apply_decisions import apply_decisions
from flows.errors import AuditError
from flows.io.events import emit_audit_failed
from flows.io.transformation import BuildResult, build, describe_failure
from flows.io.warehouse import writer_lock
from flows.progress import logger
from flows.settings import Settings
from flows.tasks import step

_apply_decisions = step(apply_decisions)
_build = step(build)
_emit_audit_failed = step(emit_audit_failed)


@flow(name="build-warehouse")
def build_warehouse() -> BuildResult:
    """Build and test all models; raises AuditError when one of them fails."""
    settings = Settings()
    logger.info("Building and auditing the warehouse")
    with writer_lock(settings):
        _apply_decisions(settings)
        result = _build(settings)
    if not result.ok:
        _emit_audit_failed(result)
        raise AuditError(describe_failure(result))
    return result
