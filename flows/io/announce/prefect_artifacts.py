"""Artifacts on the page of a Prefect run: a table of its stages, and a link to the published file."""

from collections.abc import Sequence

from prefect.artifacts import create_link_artifact, create_table_artifact

from flows.io.journal.runs import Run
from flows.settings import Settings

_COLUMNS = ("stage", "outcome", "seconds", "counted", "count_in", "count_out", "count_held", "error")


def create_artifacts(runs: Sequence[Run], settings: Settings) -> None:
    """Create the artifacts in the current flow run; the last of `runs` is its own row, the others are its stages."""
    stage = runs[-1].stage
    create_table_artifact(
        key=f"quality-warehouse-{stage}",
        description=f"What {stage} did, by stage (run {runs[-1].run_id})",
        table=[{column: getattr(run, column) for column in _COLUMNS} for run in runs],
    )
    if stage in ("publish", "run") and settings.published_database.exists():
        create_link_artifact(
            key=f"quality-warehouse-{stage}-published",
            description="The published warehouse, on the machine of this run",
            link=settings.published_database.as_uri(),
            link_text=str(settings.published_database),
        )
