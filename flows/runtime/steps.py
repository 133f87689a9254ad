"""How a plain function becomes a step of a flow.

A step is a Prefect task inside a flow run: named, retried, seen in Prefect's interface. Outside one, it is the
plain function. So each flow is written once: `quality-warehouse run` calls its body in this process without a
server, and a deployment runs the very same lines under Prefect. A flow that does the work of others calls their
bodies, `flow.fn()`, whose steps are then its own: a flow run for each would cost about a second.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.states import State
from prefect.utilities.annotations import opaque

from flows.errors import QualityWarehouseError

P = ParamSpec("P")
R = TypeVar("R")

# Prefect shows the lines of loggers named in PREFECT_LOGGING_EXTRA_LOGGERS, at the level they have.
logging.getLogger("quality_warehouse").setLevel(logging.INFO)


def step(function: Callable[P, R], *, retries: int = 0) -> Callable[P, R]:
    """Make a step of `function`, which Prefect calls `<function>_task`.

    Only steps that do I/O are worth retries, after 2, 4, 8 ... seconds, for parsing fails the same way twice.
    Nothing is cached or stored, so neither arguments nor results need be serializable.
    """
    as_task: Any = task(
        function,
        name=f"{function.__name__}_task",
        retries=retries,
        retry_delay_seconds=[2.0**attempt for attempt in range(1, retries + 1)],
        retry_condition_fn=_may_pass_next_time,
        cache_policy=NO_CACHE,
        persist_result=False,
    )

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        if FlowRunContext.get() is None:
            return function(*args, **kwargs)
        # Else Prefect searches all that hangs on an argument for results of other tasks: the compiled
        # vocabulary takes it two seconds. What is itself such a result is still seen.
        return as_task(*map(opaque, args), **{name: opaque(value) for name, value in kwargs.items()})

    return call


def _may_pass_next_time(_task: object, _task_run: object, state: State[object]) -> bool:
    """An error of ours is a verdict: whatever waiting its rules allow has been done."""
    return not isinstance(state.data, QualityWarehouseError)
