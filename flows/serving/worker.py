"""A worker of the pool that runs flows in this process, where everything is imported already.

Prefect's own worker starts a process for each run, which needs some ten seconds to start. Runs come from schedules
and people, as for any worker.
"""

import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import Abort, ObjectAlreadyExists
from prefect.flow_engine import run_flow
from prefect.states import Crashed, Pending
from prefect.utilities.engine import propose_state_sync

from flows.runtime.logs import logger
from flows.runtime.writer import WRITER

POOL = "quality-warehouse"
HEARTBEAT_SECONDS = 120  # rarely, because each is a write that may fail, see `environment_of_prefect`
UNFINISHED = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


def make_pool(client: SyncPrefectClient) -> None:
    """Create the work pool of the deployments if it is missing."""
    with suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))


def make_writer_limit(client: SyncPrefectClient) -> None:
    """Create the limit by which machines that share a server take turns at writing."""
    client.upsert_global_concurrency_limit_by_name(WRITER, 1)


def end_unfinished_runs(client: SyncPrefectClient) -> None:
    """End the runs that a killed process left unfinished; only for a server that nobody else uses."""
    unfinished = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED)))
    for run in client.read_flow_runs(flow_run_filter=unfinished):
        # Not by force, after which the run would still count against its concurrency limit.
        client.set_flow_run_state(run.id, Crashed(message="Its process was killed."))


def send_heartbeats_until_stopped(client: SyncPrefectClient, stop: threading.Event) -> None:
    """Tell Prefect at intervals that a worker of the pool is alive."""
    while not stop.is_set():
        client.send_worker_heartbeat(POOL, "serve", HEARTBEAT_SECONDS)
        stop.wait(HEARTBEAT_SECONDS)


class Worker:
    """Runs the scheduled runs of some deployments, one after the other."""

    def __init__(self, client: SyncPrefectClient, flows: Mapping[str, Flow[..., Any]]) -> None:
        """Find the deployments of `flows`, which have the same names and are registered already."""
        ours = DeploymentFilter(name=DeploymentFilterName(any_=list(flows)))
        found = client.read_deployments(deployment_filter=ours)  # a shared server has other deployments, too
        self._client, self._flows = client, flows
        self._deployments = {deployment.name: deployment.id for deployment in found}

    def pause_triggers(self) -> None:
        """Pause the triggers of the deployments; `serve` itself does what they would start.

        Prefect does not tell which automations are triggers of `prefect.yaml`, but their names do: `<deployment>
        after <event>`. Other automations of these deployments stay active.
        """
        for name, deployment_id in self._deployments.items():
            for automation in self._client.read_resource_related_automations(
                f"prefect.deployment.{deployment_id}"
            ):
                if automation.name.startswith(f"{name} after "):
                    self._client.pause_automation(automation.id)

    def run_now(self, name: str) -> bool:
        """Run a flow now; return whether it succeeded.

        It is no run of the deployment: that would be read before it is written (see `environment_of_prefect`), and
        might have to wait for others.
        """
        return _run(self._flows[name])

    def run_scheduled(self) -> bool:
        """Run the scheduled run that is due first; return whether there was one."""
        found = self._client.get_scheduled_flow_runs_for_deployments(
            list(self._deployments.values()), scheduled_before=datetime.now(UTC), limit=1
        )
        for response in found:
            self._run_scheduled(response.id)
        return bool(found)

    def _run_scheduled(self, run_id: UUID) -> None:
        """Run a scheduled run, unless Prefect does not let it start: its limit is reached, or it was cancelled."""
        try:
            if not propose_state_sync(self._client, Pending(), run_id).is_pending():
                return
        except Abort:
            return
        names: dict[UUID | None, str] = {
            deployment_id: name for name, deployment_id in self._deployments.items()
        }
        run = self._client.read_flow_run(run_id)
        _run(self._flows[names[run.deployment_id]], run)


def _run(flow: Flow[..., Any], run: FlowRun | None = None) -> bool:
    """Run a flow, as an existing run or as a new one; return whether it succeeded."""
    try:
        parameters = dict(run.parameters) if run else None
        # The flows are neither asynchronous nor generators, so this is a state and no coroutine.
        state = cast("State[Any]", run_flow(flow, flow_run=run, parameters=parameters, return_type="state"))
    except Exception as error:  # whatever one run does, the next one must get its turn
        logger.error("%s failed: %s", flow.name, error)
        return False
    if not state.is_completed():
        logger.error("%s", state.data if isinstance(state.data, BaseException) else state.message)
    return state.is_completed()
