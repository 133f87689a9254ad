"""The table `runs`: one row per run and stage, as JSON Lines in `runs/<year>-<month>.jsonl` of the home.

It is not in the working database, because it must outlive a deleted database and be written while dbt holds that one.
Nor is it published, because a run alone must not make a new publication. DuckDB reads the files as they are:

    select stage, outcome, count(*), avg(seconds) from 'data/runs/*.jsonl' group by all

While a stage runs, its row is in `runs/at-work/` beside a lock that its process holds. A killed process leaves the row
and loses the lock, and so the next stage sees what happened.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError

from flows.io.files import append_line
from flows.settings import Settings


class Run(BaseModel):
    """One stage of one run; key `run_id, stage`. Unknown values are null.

    All stages of a run share `run_id`; `started_at` is in UTC. `counted` says what is counted: documents for `land`,
    `ingest`, `reextract` and `run`, models and tests for `build`, rows for `publish`. `count_in` came in, `count_out`
    went on (loaded, passed, shown to readers), `count_held` did not (quarantined, failed, kept beside a pinned
    version). `outcome` is `killed` where the process ended without notice. `note` of a rollback says which version,
    who and why. `flow_run_id` is Prefect's.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    run_id: str
    stage: str
    started_at: datetime
    seconds: float | None = None
    counted: str | None = None
    count_in: int | None = None
    count_out: int | None = None
    count_held: int | None = None
    outcome: Literal["completed", "failed", "killed", "running"]
    error: str | None = None
    note: str | None = None
    extractor_version: str | None = None
    project_version: str | None = None
    flow_run_id: str | None = None


def add_run(settings: Settings, run: Run) -> None:
    """Write a row, and delete all files but those of the last `settings.kept_run_months` months with runs."""
    path = settings.runs / f"{run.started_at.astimezone(UTC):%Y-%m}.jsonl"
    append_line(path, run.model_dump_json())
    for old in _month_files(settings)[: -settings.kept_run_months]:
        old.unlink(missing_ok=True)


def read_last_runs(settings: Settings) -> list[Run]:
    """Return the last row of each stage, from the last two months with runs and from stages at work, by stage."""
    rows = [run for path in _month_files(settings)[-2:] for run in _read_rows(path)]
    rows += [run for marker in _markers(settings) for run in _read_rows(marker)]
    latest = {run.stage: run for run in sorted(rows, key=lambda run: run.started_at)}
    return [latest[stage] for stage in sorted(latest)]


@contextmanager
def mark_at_work(settings: Settings, run: Run) -> Iterator[None]:
    """Show others that this stage is at work, or was killed if this process ends within the block."""
    marker = settings.runs / "at-work" / f"{run.run_id}_{run.stage}.json"
    marker.parent.mkdir(parents=True, exist_ok=True)
    with _lock_of(marker):
        marker.write_text(run.model_dump_json(), encoding="utf-8")
        try:
            yield
        finally:
            marker.unlink(missing_ok=True)  # before the lock is released, or others take it for killed
            marker.with_suffix(".lock").unlink(missing_ok=True)


def add_killed_runs(settings: Settings) -> list[Run]:
    """Write a row for each stage whose process ended without writing one; return these rows."""
    killed: list[Run] = []
    for marker in _markers(settings):
        with suppress(Timeout), _lock_of(marker):
            if marker.exists():  # otherwise it has ended meanwhile, or another process has written the row
                rows = [run.model_copy(update={"outcome": "killed"}) for run in _read_rows(marker)]
                for run in rows:
                    add_run(settings, run)
                marker.unlink()
                killed += rows
            marker.with_suffix(".lock").unlink(missing_ok=True)
    return killed


def _lock_of(marker: Path) -> FileLock:
    return FileLock(marker.with_suffix(".lock"), timeout=0, thread_local=False)


def _markers(settings: Settings) -> list[Path]:
    return sorted((settings.runs / "at-work").glob("*.json"))


def _month_files(settings: Settings) -> list[Path]:
    return sorted(settings.runs.glob("????-??.jsonl"))


def _read_rows(path: Path) -> Iterator[Run]:
    """Read the rows of a file, if it is still there; skip a line that a full disk cut short."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        with suppress(ValidationError):
            yield Run.model_validate_json(line)
