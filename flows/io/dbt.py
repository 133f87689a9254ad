"""Runs dbt, which makes the marts from the raw tables of the working database and tests them.

dbt runs in this process, which saves its three seconds of import in every run but the first. It opens the database
itself, so nothing here may hold the database open at the same time.

A build is incremental: dbt rebuilds what changed documents touch. It rebuilds everything when there is no completed
build of the same project to start from: the first time, after an upgrade, after a change of `seeds/`, and after a build
that was killed or failed half-way, because nobody knows what that one did.

dbt parses the project before it is told of the database, because it parses everything again when the path of the
database differs from the last one. So one parse serves all homes: `DBT_PARTIAL_PARSE_FILE_PATH`, a variable of dbt's
own, may name the parse of another home, and a process that builds again keeps its manifest.

The database itself says whether a build was completed, and the error says what failed. So dbt writes no manifest, no
run results and no log, which would take a third of a small build.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, cast

from flows.errors import AuditError
from flows.io.warehouse.builds import begin_build, complete_build, is_built
from flows.io.warehouse.database import open_working_database
from flows.paths import DBT_PROJECT, PROJECT_ROOT, SEEDS
from flows.settings import Settings

if TYPE_CHECKING:
    from dbt.artifacts.schemas.run import RunExecutionResult, RunResult
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest

# The profile reads the path of the database from here.
DATABASE_VARIABLE = "QUALITY_WAREHOUSE_DATABASE"

# The statuses of dbt for a model, seed, test or exposure that is in order; a warning counts as such.
PASSED = ("success", "pass", "warn", "no-op")
SKIPPED = "skipped"

_manifests: "dict[str, Manifest]" = {}
"""Fingerprint of the project → its manifest, of the project that this process built last."""


@dataclass(frozen=True)
class FailedNode:
    """A model, seed or test that failed; `failures` counts the offending rows of a test and is null otherwise."""

    name: str
    resource_type: str
    message: str
    failures: int | None
    compiled_path: str | None


@dataclass(frozen=True)
class BuildResult:
    """How many nodes succeeded or were skipped, which ones failed, and whether everything was rebuilt."""

    succeeded: int
    skipped: int
    failed: tuple[FailedNode, ...]
    is_full: bool

    @property
    def ok(self) -> bool:
        """Whether no model, seed or test failed."""
        return not self.failed


def build(settings: Settings, *, unit_tests: bool = False, full_refresh: bool = False) -> BuildResult:
    """Build and test what has changed; this process must not hold the working database open meanwhile.

    dbt's own unit tests check SQL, not data, so they run only on request. A failure is returned, not raised: the caller
    decides what it stops (`describe_failure`). Raises LockHeldError when another process keeps the database,
    AuditError when dbt could not even begin.
    """
    arguments = ["build", *_path_flags(settings), *_quiet_flags()]
    if not unit_tests:
        arguments += ["--exclude-resource-type", "unit_test"]
    project = project_fingerprint()
    # dbt needs the raw tables; we wait longer for a lock than dbt does, and explain it better.
    with open_working_database(settings) as connection:
        is_full = begin_build(connection) != project or full_refresh
    arguments += ["--full-refresh"] if is_full else ["--selector", "what_documents_change"]
    manifest = _parse_once(settings, project)
    with _database_in_environment(settings), _old_objects_frozen():
        # dbt types the result by command only in its documentation.
        results = list(cast("RunExecutionResult", _invoke(arguments, manifest).result))
    if all(result.status in PASSED for result in results):
        with open_working_database(settings) as connection:
            complete_build(connection, project)
    return BuildResult(
        succeeded=sum(result.status in PASSED for result in results),
        skipped=sum(result.status == SKIPPED for result in results),
        failed=tuple(_failed_node(result) for result in results if result.status not in (*PASSED, SKIPPED)),
        is_full=is_full,
    )


def is_up_to_date(settings: Settings) -> bool:
    """Tell whether a build would change nothing: the last one was completed, and nothing was loaded since."""
    return is_built(settings, project_fingerprint())


def project_fingerprint() -> str:
    """Return a SHA-256 over everything that decides how marts are built and tested: models, seeds, versions."""
    folders = (DBT_PROJECT / "macros", DBT_PROJECT / "models", DBT_PROJECT / "tests", SEEDS)
    files = [
        path for folder in folders for path in folder.rglob("*") if path.suffix in (".sql", ".yml", ".csv")
    ]
    files += DBT_PROJECT.glob("*.yml")
    parts = [version("dbt-core"), version("dbt-duckdb"), version("duckdb")]
    parts += [
        f"{path.relative_to(PROJECT_ROOT)}\n{path.read_text(encoding='utf-8')}" for path in sorted(files)
    ]
    return sha256("\0".join(parts).encode()).hexdigest()


def parse(settings: Settings) -> "Manifest":
    """Parse the dbt project: only files that have changed since the last parse of this home. Needs no database.

    Raises AuditError when the project is not valid.
    """
    # dbt types the result by command only in its documentation.
    return cast("Manifest", _invoke(["parse", *_path_flags(settings), *_quiet_flags()]).result)


def describe_failure(result: BuildResult) -> str:
    """Return one sentence: what failed, with how many rows, where its SQL is, and what else failed."""
    first = result.failed[0]
    if first.failures is None:
        what = f"the {first.resource_type} {first.name} failed ({first.message})"
    else:
        what = f"the {first.resource_type} {first.name} found {first.failures} offending row(s)"
    where = f"; its SQL is in {first.compiled_path}" if first.compiled_path else ""
    others = (
        f"; failed too: {', '.join(node.name for node in result.failed[1:])}" if result.failed[1:] else ""
    )
    return f"The audit failed and nothing is published: {what}{where}{others}."


def _parse_once(settings: Settings, project: str) -> "Manifest":
    """Parse the project, unless this process has: a project has one manifest, whatever the home."""
    if project not in _manifests:
        _manifests.clear()
        _manifests[project] = parse(settings)
    return _manifests[project]


def _path_flags(settings: Settings) -> list[str]:
    return [
        *("--project-dir", str(DBT_PROJECT)),
        *("--profiles-dir", str(DBT_PROJECT)),
        *("--target-path", str(settings.dbt_state / "target")),
        *("--log-path", str(settings.dbt_state / "logs")),
    ]


def _quiet_flags() -> list[str]:
    """Keep dbt from writing to the terminal or to files, and from using the network."""
    return [
        *("--log-level", "none"),
        *("--log-level-file", "none"),
        "--no-write-json",
        "--no-send-anonymous-usage-stats",
        "--no-version-check",
        "--no-use-colors",
        "--partial-parse",
    ]


@contextmanager
def _database_in_environment(settings: Settings) -> Iterator[None]:
    before = os.environ.get(DATABASE_VARIABLE)
    os.environ[DATABASE_VARIABLE] = str(settings.working_database)
    try:
        yield
    finally:
        os.environ.pop(DATABASE_VARIABLE)
        if before is not None:
            os.environ[DATABASE_VARIABLE] = before


@contextmanager
def _old_objects_frozen() -> Iterator[None]:
    """Keep the garbage collector off existing objects, such as the manifest: that saves a tenth of a build."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _invoke(arguments: list[str], manifest: "Manifest | None" = None) -> "dbtRunnerResult":
    """Run a dbt command on `manifest`; without one, dbt parses the project."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415 (takes 3 seconds)
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    try:
        outcome = dbtRunner(manifest).invoke(arguments)
    finally:
        # Otherwise dbt holds the file until the process ends: locks do not separate the handles of one process.
        # dbt-duckdb types only parts of itself.
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
    if outcome.exception is not None:
        raise AuditError(f"dbt could not build {DBT_PROJECT}: {outcome.exception}") from outcome.exception
    return outcome


def _failed_node(result: "RunResult") -> FailedNode:
    node = result.node
    return FailedNode(
        name=node.name,
        resource_type=str(node.resource_type),
        message=" ".join((result.message or "").split()),
        failures=result.failures,
        compiled_path=getattr(node, "compiled_path", None),
    )
