"""Flow `run_warehouse`, the main job: from documents to a published warehouse."""

from collections.abc import Sequence
from dataclasses import dataclass

from prefect import flow

from flows.build import build_warehouse
from flows.ingest import Ingested, ingest_documents
from flows.io.announce.prefect_events import emit_publisher_silent
from flows.io.landing.store import Sidecar
from flows.io.published.freshness import read_silent
from flows.io.published.publication import Publication
from flows.land import land_documents
from flows.publish import publish_warehouse
from flows.runtime.recording import recorded
from flows.runtime.stages import count
from flows.runtime.steps import step
from flows.runtime.writer import one_writer
from flows.settings import Settings

_emit_publisher_silent = step(emit_publisher_silent)


@dataclass(frozen=True)
class Ran:
    """The result of the main job."""

    landed: list[Sidecar]
    ingested: Ingested
    publication: Publication


@flow(name="run-warehouse")
@recorded("run")
def run_warehouse(inputs: Sequence[str] = ()) -> Ran:
    """Land, ingest, build, audit and publish; an error before publishing leaves the published file as it is."""
    settings = Settings()
    landed = land_documents.fn(list(inputs)) if inputs else []
    with one_writer(settings):
        ingested = ingest_documents.fn()
        loaded, set_aside = len(ingested.loaded), len(ingested.set_aside)
        count("documents", loaded + set_aside, loaded, set_aside)
        build_warehouse.fn()
        publication = publish_warehouse.fn()
    _emit_publisher_silent(read_silent(settings))
    return Ran(landed, ingested, publication)
