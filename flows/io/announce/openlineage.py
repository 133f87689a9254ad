"""Run events of OpenLineage 2-0-2 as plain JSON: which stage read and wrote which dataset.

They go to `QUALITY_WAREHOUSE_LINEAGE`: appended to a file as JSON Lines, or posted to an http(s) address such as
`http://marquez:5000/api/v1/lineage`. A dataset is one state of the data: the landing, the schemas `raw` and `main` of
the working database, the schema `main` of the published file. A service that does not answer costs two seconds and a
warning.
"""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import httpx

from flows.io.files import append_line
from flows.io.journal.runs import Run
from flows.settings import Settings

logger = logging.getLogger("quality_warehouse")

Json = dict[str, Any]

SPECIFICATION = "https://openlineage.io/spec"
PRODUCER = "urn:quality-warehouse:flows"  # the project has no address of its own
ANSWER_SECONDS = 2

# Stage → the datasets that it reads and writes.
LINEAGE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "poll": ((), ("landing",)),
    "land": ((), ("landing",)),
    "ingest": (("landing",), ("raw",)),
    "reextract": (("raw",), ("raw",)),
    "build": (("raw",), ("marts",)),
    "publish": (("marts",), ("published",)),
    "run": (("landing",), ("published",)),
}


def emit_started(run: Run, parent_stage: str | None, settings: Settings) -> None:
    """Send START for a stage."""
    _emit(make_run_event("START", run.started_at, run, parent_stage, settings), settings)


def emit_ended(run: Run, parent_stage: str | None, settings: Settings) -> None:
    """Send COMPLETE, FAIL or, for a killed stage, ABORT, with the counts and the error."""
    event_type = {"completed": "COMPLETE", "killed": "ABORT"}.get(run.outcome, "FAIL")
    _emit(make_run_event(event_type, datetime.now(UTC), run, parent_stage, settings), settings)


def make_run_event(
    event_type: str, event_time: datetime, run: Run, parent_stage: str | None, settings: Settings
) -> Json:
    """Make a RunEvent; its run id follows from run and stage, so START and COMPLETE share it."""
    inputs, outputs = LINEAGE.get(run.stage, ((), ()))
    return {
        "eventType": event_type,
        "eventTime": event_time.isoformat(),
        "producer": PRODUCER,
        "schemaURL": f"{SPECIFICATION}/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": _id_of(run.run_id, run.stage), "facets": _run_facets(run, parent_stage)},
        "job": {**_job(run.stage), "facets": {"jobType": _job_type()}},
        "inputs": [_dataset(name, settings) for name in inputs],
        "outputs": [_dataset(name, settings) | _statistics(run, name) for name in outputs],
    }


def _run_facets(run: Run, parent_stage: str | None) -> Json:
    engine = {"name": "quality-warehouse", "version": run.project_version or "unknown"}
    facets = {"processing_engine": _facet("1-1-0/ProcessingEngineRunFacet", engine)}
    if parent_stage:
        parent = {"run": {"runId": _id_of(run.run_id, parent_stage)}, "job": _job(parent_stage)}
        facets["parent"] = _facet("1-0-1/ParentRunFacet", parent)
    if run.error:
        error = {"message": run.error, "programmingLanguage": "PYTHON"}
        facets["errorMessage"] = _facet("1-0-0/ErrorMessageRunFacet", error)
    return facets


def _job_type() -> Json:
    kind = {"processingType": "BATCH", "integration": "QUALITY_WAREHOUSE", "jobType": "JOB"}
    return _facet("2-0-3/JobTypeJobFacet", kind)


def _statistics(run: Run, dataset: str) -> Json:
    """Return the number of rows that readers got; the rows of other datasets are not counted."""
    if dataset != "published" or run.counted != "rows" or run.outcome != "completed":
        return {}
    statistics = _facet("1-0-2/OutputStatisticsOutputDatasetFacet", {"rowCount": run.count_out})
    return {"outputFacets": {"outputStatistics": statistics}}


def _dataset(name: str, settings: Settings) -> Json:
    """Name a folder or database file as the specification names files, and a schema as a table of its file."""
    places = {
        "landing": (settings.landing, ""),
        "raw": (settings.working_database, "/raw"),
        "marts": (settings.working_database, "/main"),
        "published": (settings.published_database, "/main"),
    }
    path, schema = places[name]
    return {"namespace": "file", "name": f"{path}{schema}"}


def _job(stage: str) -> Json:
    return {"namespace": "quality-warehouse", "name": stage}


def _id_of(run_id: str, stage: str) -> str:
    return str(uuid5(UUID(run_id), stage))


def _facet(schema: str, content: Json) -> Json:
    name = schema.partition("/")[2]
    return {
        "_producer": PRODUCER,
        "_schemaURL": f"{SPECIFICATION}/facets/{schema}.json#/$defs/{name}",
        **content,
    }


def _emit(event: Json, settings: Settings) -> None:
    if not settings.lineage:
        return
    try:
        if settings.lineage.startswith(("http://", "https://")):
            _post(event, settings.lineage, settings)
        else:
            append_line(Path(settings.lineage), json.dumps(event, ensure_ascii=False))
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        # The address is left out: it may hold a password.
        logger.warning(
            "The lineage event %s of %s could not be sent (%s): check QUALITY_WAREHOUSE_LINEAGE.",
            *(event["eventType"], event["job"]["name"], _describe_error(error)),
        )


def _post(event: Json, address: str, settings: Settings) -> None:
    key = settings.lineage_api_key
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
    httpx.post(address, json=event, headers=headers, timeout=ANSWER_SECONDS).raise_for_status()


def _describe_error(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"it answered {error.response.status_code}"
    return getattr(error, "strerror", None) or type(error).__name__
