"""Flow `land_documents`: land documents from paths or addresses, and emit an event for each."""

from collections.abc import Sequence

from prefect import flow

from flows.errors import FetchError, UsageError
from flows.io.announce.prefect_events import emit_document_landed
from flows.io.landing.store import LandingError, Sidecar, land
from flows.runtime.recording import recorded
from flows.runtime.stages import count
from flows.runtime.steps import step
from flows.settings import Settings

# No retries, because `land` repeats each request itself.
_land_inputs = step(land)
_emit_document_landed = step(emit_document_landed)


@flow(name="land-documents")
@recorded("land")
def land_documents(inputs: Sequence[str]) -> list[Sidecar]:
    """Land files, folders and URLs; emit `document.landed` for each, so that ingestion starts.

    Raises UsageError or FetchError when some could not be landed, after landing the others.
    """
    sidecars, failures = _land_inputs(inputs, Settings())
    count("documents", len(sidecars) + len(failures), len(sidecars), len(failures))
    _emit_document_landed(sidecars)
    if failures:
        raise _sum_up(failures, len(sidecars))
    return sidecars


def _sum_up(failures: Sequence[LandingError], landed: int) -> LandingError:
    kind = UsageError if all(isinstance(failure, UsageError) for failure in failures) else FetchError
    others = f"{landed} other document(s) landed: `quality-warehouse ingest`, or the next run, ingests them."
    return kind(" ".join([*map(str, failures), *([others] if landed else [])]))
