"""How a plain function becomes a step of a flow.

A step is a Prefect task inside a flow run: named, retried, seen in Prefect's interface. Outside one, it is the
plain function. So each flow is written once: `quality-warehouse run` calls its body in this process without a
server, and a deployment runs the very same lines under Prefect.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext

P = ParamSpec("P")
R = TypeVar("R")


def step(
    function: Callable[P, R], *, retries: int = 0, timeout_seconds: float | None = None
) -> Callable[P, R]:
    """Make a step of `function`; only steps that do I/O are worth retries, for parsing fails the same way twice."""
    as_task: Any = task(
        function,
        name=f"{function.__name__}_task",
        retries=retries,
        retry_delay_seconds=[2.0**attempt for attempt in range(1, retries + 1)],
        timeout_seconds=timeout_seconds,
        cache_policy=NO_CACHE,
        persist_result=False,
    )

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return as_task(*args, **kwargs) if FlowRunContext.get() else function(*args, **kwargs)

    return call


def call_flow(flow: Any, *args: Any) -> Any:
    """Call a flow as a subflow inside a flow run, and only its body outside one."""
    return flow(*args) if FlowRunContext.get() else flow.fn(*args)
