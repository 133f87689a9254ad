"""Steps of flows: plain functions that are Prefect tasks inside a flow run.

A task is named, retried, and shown in Prefect's interface. Outside a flow run, a step is the plain function. So each
flow is written once: `quality-warehouse run` calls its body in this process without a server, and a deployment
runs the same lines under Prefect. A flow that includes others calls their bodies, `flow.fn()`, whose steps then
belong to it, because a flow run of its own for each would cost about a second.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.context import FlowRunContext
from prefect.utilities.annotations import opaque

from flows.errors import QualityWarehouseError

P = ParamSpec("P")
R = TypeVar("R")

# Prefect shows the lines of the loggers named in PREFECT_LOGGING_EXTRA_LOGGERS, at the level that each logger has.
logging.getLogger("quality_warehouse").setLevel(logging.INFO)


def step(function: Callable[P, R], *, retries: int = 0) -> Callable[P, R]:
    """Make `function` a step, which Prefect calls `<function>_task`.

    Retries come after 2, 4, 8 ... seconds. Use them only for steps that do I/O, because parsing fails the same way
    twice. Nothing is cached or stored, so neither arguments nor results need to be serializable.
    """
    as_task: Any = task(
        name=f"{function.__name__}_task",
        retries=retries,
        retry_delay_seconds=[2.0**attempt for attempt in range(1, retries + 1)],
        retry_condition_fn=_may_pass_next_time,
        cache_policy=NO_CACHE,
        persist_result=False,
    )(function)

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        if FlowRunContext.get() is None:
            return function(*args, **kwargs)
        # Without `opaque`, Prefect would search everything that an argument refers to for results of other tasks,
        # which takes two seconds for the compiled vocabulary. It still sees an argument that is itself a result.
        result: R = as_task(*map(opaque, args), **{name: opaque(value) for name, value in kwargs.items()})
        return result

    return call


def _may_pass_next_time(_task: object, _task_run: object, state: State[object]) -> bool:
    """Retry only foreign errors: an error of ours is final, and any waiting that it allows has been done."""
    return not isinstance(state.data, QualityWarehouseError)
