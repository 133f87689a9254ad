"""Flow `build_warehouse`: raw tables and what people decided in, built and audited marts out."""

from prefect import flow

from flows.apply_decisions import apply_decisions
from flows.errors import AuditError
from flows.io.events import emit_audit_failed
from flows.io.transformation import BuildResult, build, describe_failure, is_up_to_date
from flows.progress import logger
from flows.recording import recorded
from flows.running import count
from flows.settings import Settings
from flows.tasks import one_writer, step

_apply_decisions = step(apply_decisions)
_build = step(build)
_emit_audit_failed = step(emit_audit_failed)


@flow(name="build-warehouse")
@recorded("build")
def build_warehouse(full_refresh: bool = False) -> BuildResult:
    """Build and test what changed, or everything if asked; raises AuditError when something fails.

    Where nothing was loaded or decided since the last build that went well, there is nothing to do.
    """
    settings = Settings()
    with one_writer(settings):
        _apply_decisions(settings)
        if not full_refresh and is_up_to_date(settings):
            logger.info("Nothing has changed since the last build")
            return BuildResult(succeeded=0, skipped=0, failed=(), is_full=False)
        logger.info("Building and auditing the warehouse")
        result = _build(settings, full_refresh=full_refresh)
    held = len(result.failed) + result.skipped
    count("models and tests", result.succeeded + held, result.succeeded, held)
    if not result.ok:
        _emit_audit_failed(result)
        raise AuditError(describe_failure(result))
    return result
