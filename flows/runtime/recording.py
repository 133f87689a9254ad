"""Records each stage of each run: a row in `runs`, a line in the log, a lineage event, a Prefect artifact.

A flow needs one decorator, and one call of `count` where its work is counted:

    @flow(name="land-documents")
    @recorded("land")
    def land_documents(...):
        ...
        count("documents", len(inputs), len(landed), len(failures))

Recording never stops the work: an error here is only a warning.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import wraps
from importlib.metadata import PackageNotFoundError, version
from typing import ParamSpec, TypeVar
from uuid import uuid4

from prefect.context import FlowRunContext

from flows.errors import QualityWarehouseError
from flows.extract.version import VERSION
from flows.io.announce.openlineage import emit_ended, emit_started
from flows.io.announce.prefect_artifacts import create_artifacts
from flows.io.journal.runs import Run, add_killed_runs, add_run, mark_at_work
from flows.runtime.logs import logger
from flows.runtime.stages import RunningStage, running_stage
from flows.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")

LONGEST_ERROR = 1000


def recorded(stage: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Record each call of the decorated function as a stage of the run at work, or of a new run."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            with record_stage(stage):
                return function(*args, **kwargs)

        return call

    return decorate


@contextmanager
def record_stage(stage: str) -> Iterator[None]:
    """Record the block as a stage, including its failure; the error is raised again as it came."""
    settings, parent = Settings(), running_stage.get()
    run_id = parent.run_id if parent else str(uuid4())
    at_work = RunningStage(stage, run_id, datetime.now(UTC), parent)
    token = running_stage.set(at_work)
    error: BaseException | None = None
    mark = ExitStack()
    _begin(at_work, settings, mark)
    try:
        yield
    except BaseException as raised:
        error = raised
        raise
    finally:
        _end(at_work, error, settings, mark)
        running_stage.reset(token)


def _begin(at_work: RunningStage, settings: Settings, mark: ExitStack) -> None:
    started = _make_run(at_work, "running")
    with never_fail():
        for killed in add_killed_runs(settings):
            emit_ended(killed, None, settings)
    with never_fail():
        mark.enter_context(mark_at_work(settings, started))
    with never_fail():
        emit_started(started, _stage_name(at_work.parent), settings)


def _end(at_work: RunningStage, error: BaseException | None, settings: Settings, mark: ExitStack) -> None:
    run = _make_run(at_work, "failed" if error else "completed", error)
    if at_work.parent:
        at_work.parent.ended.append(run)
    with never_fail():
        add_run(settings, run)
    with never_fail():
        mark.close()  # before anything that takes time: a process killed from now on had done its work
    with never_fail():
        emit_ended(run, _stage_name(at_work.parent), settings)
    with never_fail():
        if at_work.parent is None and FlowRunContext.get() is not None:
            create_artifacts([*at_work.ended, run], settings)
    level = logging.ERROR if error else logging.INFO
    logger.log(
        level, "%s %s in %.1f s", run.stage, run.outcome, run.seconds, extra={"fields": _fields_of(run)}
    )


def _make_run(at_work: RunningStage, outcome: str, error: BaseException | None = None) -> Run:
    seconds = (datetime.now(UTC) - at_work.started_at).total_seconds()
    return Run(
        run_id=at_work.run_id,
        stage=at_work.stage,
        started_at=at_work.started_at,
        seconds=None if outcome == "running" else round(max(0, seconds), 3),
        counted=at_work.counted,
        count_in=at_work.count_in,
        count_out=at_work.count_out,
        count_held=at_work.count_held,
        outcome=outcome,
        error=_error_sentence(error) if error else None,
        extractor_version=VERSION,
        note=at_work.note,
        project_version=_project_version(),
        flow_run_id=_flow_run_id(),
    )


def _error_sentence(error: BaseException) -> str:
    """Return the first line of an error; a foreign one gets its class, which helps to understand it."""
    text = str(error) if isinstance(error, QualityWarehouseError) else f"{type(error).__name__}: {error}"
    return text.strip().partition("\n")[0][:LONGEST_ERROR]


def _project_version() -> str | None:
    """Return the installed version, or null in a checkout that is not installed."""
    try:
        return version("quality-warehouse")
    except PackageNotFoundError:
        return None


def _flow_run_id() -> str | None:
    context = FlowRunContext.get()
    return str(context.flow_run.id) if context and context.flow_run else None


def _stage_name(parent: RunningStage | None) -> str | None:
    return parent.stage if parent else None


def _fields_of(run: Run) -> dict[str, object]:
    """Return the fields that are not on every line of the log anyway."""
    return run.model_dump(mode="json", exclude={"run_id", "stage"}, exclude_none=True)


@contextmanager
def never_fail() -> Iterator[None]:
    """Turn an error of recording (disk, lock, server) into a warning; the work matters more than its record."""
    try:
        yield
    except Exception as error:
        logger.warning(
            "This run could not be recorded (%s: %s); its work goes on.", type(error).__name__, error
        )
