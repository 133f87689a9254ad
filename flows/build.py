"""Flow `build_warehouse`: build and audit the marts from the raw tables and the decisions of people."""

from prefect import flow

from flows.errors import AuditError
from flows.io.announce.prefect_events import emit_audit_failed
from flows.io.dbt import BuildResult, build, describe_failure, is_up_to_date
from flows.review.apply import apply_decisions
from flows.runtime.logs import logger
from flows.runtime.recording import recorded
from flows.runtime.stages import count
from flows.runtime.steps import step
from flows.runtime.writer import one_writer
from flows.settings import Settings

_apply_decisions = step(apply_decisions)
_build = step(build)
_emit_audit_failed = step(emit_audit_failed)


@flow(name="build-warehouse")
@recorded("build")
def build_warehouse(full_refresh: bool = False) -> BuildResult:
    """Build and test what changed, or with `full_refresh` everything; raises AuditError when something fails.

    Does nothing if nothing was loaded or decided since the last successful build.
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
