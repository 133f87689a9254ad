"""prefect.yaml keeps its promises: flows and events exist, one run writes, and no burst loses a document."""

import ast
import tomllib
from datetime import timedelta
from typing import Any

import pytest
import yaml
from prefect import Flow
from prefect.events import DeploymentEventTrigger
from prefect.flows import load_flow_from_entrypoint

from flows.paths import PROJECT_ROOT
from flows.settings import Settings

PREFECT_YAML = yaml.safe_load((PROJECT_ROOT / "prefect.yaml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPLOYMENTS = {deployment["name"]: deployment for deployment in PREFECT_YAML["deployments"]}


def read_trigger(deployment: dict[str, Any]) -> DeploymentEventTrigger:
    """Return the one trigger of a deployment, as Prefect understands it."""
    (given,) = deployment["triggers"]
    return DeploymentEventTrigger.model_validate(given)


def find_flows() -> set[str]:
    """Return `flows/<module>.py:<function>` of every function that is decorated as a flow."""
    return {
        f"flows/{path.name}:{node.name}"
        for path in (PROJECT_ROOT / "flows").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and any("flow(" in ast.unparse(d) for d in node.decorator_list)
    }


def test_every_flow_has_one_deployment():
    assert sorted(d["entrypoint"] for d in DEPLOYMENTS.values()) == sorted(find_flows())


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_deployment_has_the_name_of_its_flow(name, monkeypatch):
    monkeypatch.chdir(PROJECT_ROOT)
    monkeypatch.syspath_prepend(PROJECT_ROOT)  # undone afterwards, with the folders that Prefect adds
    flow = load_flow_from_entrypoint(DEPLOYMENTS[name]["entrypoint"], use_placeholder_flow=False)
    assert isinstance(flow, Flow)
    assert flow.name == name


def test_triggers_have_the_names_by_which_serve_knows_them():
    names = {(name, t["name"]) for name, given in DEPLOYMENTS.items() for t in given.get("triggers", [])}
    assert names
    assert all(trigger.startswith(f"{name} after ") for name, trigger in names)


def test_versions_are_those_of_the_project():
    assert {deployment["version"] for deployment in DEPLOYMENTS.values()} == {PROJECT["version"]}
    assert f"prefect=={PREFECT_YAML['prefect-version']}" in PROJECT["dependencies"]


def test_all_but_landing_run_one_at_a_time_and_all_but_polls_queue():
    limits = {name: deployment.get("concurrency_limit") for name, deployment in DEPLOYMENTS.items()}
    assert limits.pop("land-documents") is None
    assert limits.pop("poll-sources") == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
    assert all(limit == {"limit": 1, "collision_strategy": "ENQUEUE"} for limit in limits.values())


def test_runs_wait_for_the_writer_longer_than_people_do():
    patience = Settings.model_fields["lock_timeout_seconds"].default
    for deployment in DEPLOYMENTS.values():
        environment = deployment["work_pool"]["job_variables"]["env"]
        assert float(environment["QUALITY_WAREHOUSE_LOCK_TIMEOUT_SECONDS"]) > patience


def test_ingestion_starts_with_a_landing_and_the_build_with_an_ingestion():
    expected = {"ingest-documents": "document.landed", "build-warehouse": "document.ingested"}
    for name, event in expected.items():
        trigger = read_trigger(DEPLOYMENTS[name])
        assert trigger.expect == {event}
        assert trigger.match.root == {"prefect.resource.id": "quality-warehouse.document.*"}


def test_publication_starts_with_a_completed_build_deployment():
    trigger = read_trigger(DEPLOYMENTS["publish-warehouse"])
    assert trigger.expect == {"prefect.flow-run.Completed"}
    assert trigger.match_related.root["prefect.resource.name"] == "build-warehouse"


def test_a_run_starts_after_the_last_event_that_its_trigger_passes_over():
    for deployment in DEPLOYMENTS.values():
        for given in deployment.get("triggers", []):
            trigger = DeploymentEventTrigger.model_validate(given)
            assert trigger.threshold == 1, "a burst of fewer events would start nothing"
            assert trigger.schedule_after >= trigger.within >= timedelta(0)


def test_every_night_the_main_job_catches_up_without_inputs():
    (schedule,) = DEPLOYMENTS["run-warehouse"]["schedules"]
    minute, hour, *days = schedule["cron"].split()
    assert minute.isdigit() and hour.isdigit() and days == ["*", "*", "*"]
    assert schedule["slug"], "without one, each deploy would add another schedule"
    assert not DEPLOYMENTS["run-warehouse"].get("parameters")


def test_sources_are_looked_after_each_minute_for_each_has_an_interval_of_its_own():
    (schedule,) = DEPLOYMENTS["poll-sources"]["schedules"]
    assert (schedule["cron"], schedule["slug"]) == ("* * * * *", "each-minute")
    assert not DEPLOYMENTS["poll-sources"].get("parameters")
