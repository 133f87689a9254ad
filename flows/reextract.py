"""Flow `reextract_documents`: extract from the stored texts again, compare with what is loaded, load it if asked to.

Nothing is parsed and no landed bytes are needed, because `raw.documents` keeps the texts. By default the flow only
compares. Told to load, it does so batch by batch, and the ledger says which documents are done, so that a killed
run goes on where it ended. It emits no event and builds only if told to, because people look first at the
differences: of figures, and after a build of the series that readers have.
"""

from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import date

import polars as pl
from prefect import flow

from flows.build import build_warehouse
from flows.extract.version import VERSION
from flows.ingestion.document_differences import DocumentDifference, compare_batches, describe_differences
from flows.ingestion.prepare import extract_again, read_preparer
from flows.ingestion.reading_process import open_reading_process
from flows.io.dbt import project_fingerprint
from flows.io.journal.backfill import begin_backfill, end_backfill
from flows.io.warehouse.loading import load
from flows.io.warehouse.reading import Selection, read_batch, read_stored_ids
from flows.io.warehouse.series import read_series_changes
from flows.publish import publish_warehouse
from flows.runtime.logs import logger
from flows.runtime.recording import recorded
from flows.runtime.stages import count
from flows.runtime.steps import step
from flows.runtime.writer import one_writer
from flows.settings import Settings


@dataclass(frozen=True)
class Reextracted:
    """The result of one run: what it compared, whether it loaded the new rows, and whether it took `every_version`.

    `series` has the columns of `read_series_changes` and is null where nothing was built; `published` says whether
    the build was published.
    """

    documents: tuple[DocumentDifference, ...] = ()
    loaded: bool = False
    every_version: bool = False
    series: pl.DataFrame | None = None
    published: bool = False


_read_stored_ids = step(read_stored_ids)
_read_batch = step(read_batch)
_extract_again = step(extract_again)
_load = step(load, retries=2)
_read_series_changes = step(read_series_changes)


@flow(name="reextract-documents")
@recorded("reextract")
def reextract_documents(
    load: bool = False,
    every_version: bool = False,
    publisher: str | None = None,
    published_from: date | None = None,
    published_to: date | None = None,
    of_version: str | None = None,
    build: bool = False,
    publish: bool = False,
) -> Reextracted:
    """Compare, and with `load` load, documents that another version read, or with `every_version` any version.

    `of_version` takes the documents that one version read. `build` loads, builds and compares the yearly series
    with the published ones; `publish` then publishes them.
    """
    settings = Settings()
    selection = Selection(
        not_of_version=None if every_version or of_version else VERSION,
        of_version=of_version,
        publisher=publisher,
        published_from=published_from,
        published_to=published_to,
    )
    load = load or build or publish
    with one_writer(settings) if load else nullcontext():
        compared = _backfill(selection, settings) if load else _extract_and_compare(selection, settings)
    done = Reextracted(tuple(compared), load, every_version)
    if not build and not publish:
        return done
    build_warehouse.fn()
    done = replace(done, series=_read_series_changes(settings))
    if publish:
        publish_warehouse.fn()
    return replace(done, published=publish)


def _backfill(selection: Selection, settings: Settings) -> list[DocumentDifference]:
    """Compare and load the selected documents, except those that a killed call of the same request has loaded.

    A request is only the same while extractor, seeds and models are: after a change, documents that the killed
    call loaded have to be read again too.
    """
    request = {name: value and str(value) for name, value in asdict(selection).items()}
    started_at, is_going_on = begin_backfill(
        request | {"project": f"{VERSION} {project_fingerprint()}"}, settings
    )
    if is_going_on:
        logger.info("Going on with the backfill that began on %s UTC", f"{started_at:%Y-%m-%d %H:%M}")
    rest = replace(selection, loaded_before=started_at) if is_going_on else selection
    compared = _extract_and_compare(rest, settings, load=True)
    end_backfill(settings)
    return compared


def _extract_and_compare(
    selection: Selection, settings: Settings, *, load: bool = False
) -> list[DocumentDifference]:
    compared: list[DocumentDifference] = []
    doc_ids = _read_stored_ids(settings, selection)
    if not doc_ids:
        return compared
    with open_reading_process(settings) as process:
        preparer = read_preparer(process)
        for begin in range(0, len(doc_ids), settings.batch_size):
            old = _read_batch(settings, doc_ids[begin : begin + settings.batch_size])
            new = _extract_again(old, preparer)
            differences = compare_batches(old, new)
            if load:
                _load(new, settings)
            count("documents", len(differences), len(differences) if load else 0)
            # After each batch, because what a killed run has loaded is not compared again.
            logger.info("%s %s", "Loaded" if load else "Compared", describe_differences(differences))
            compared += differences
    return compared
