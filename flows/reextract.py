"""Flow `reextract_documents`: stored texts in, what another version of the extractor makes of them out.

Nothing is parsed and no landed bytes are needed: `raw.documents` keeps the text. Left alone, the flow only
compares; told to load, it does so batch by batch, and the ledger says which documents are done, so that a
killed run goes on where it ended. It emits no event and builds only if told to: whoever asked for it looks at the
differences first, of figures, and after a build of the series that people have.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from prefect import flow

from flows.build import build_warehouse
from flows.extract.version import VERSION
from flows.ingest import load
from flows.ingestion.figure_differences import FigureDifference, compare_figures
from flows.ingestion.prepare import Preparer, make_batch, read_preparer, read_stored
from flows.ingestion.process import open_reading_process
from flows.io.dbt import project_fingerprint
from flows.io.journal.backfill import begin_backfill, end_backfill
from flows.io.warehouse.database import RAW_TABLES, Batch, Selection, read_batch, read_stored_ids
from flows.io.warehouse.series import read_series_changes
from flows.publish import publish_warehouse
from flows.runtime.logs import logger, track_progress
from flows.runtime.recording import recorded
from flows.runtime.stages import count
from flows.runtime.steps import one_writer, step
from flows.settings import Settings

Row = dict[str, Any]
Rows = Mapping[str, list[Row]]  # by document or by table


# What an extraction makes; the other raw tables are about the document and stay as they are.
EXTRACTED_TABLES = tuple(
    table for table in RAW_TABLES if table not in ("documents", "landings", "ingestions")
)


@dataclass(frozen=True)
class DocumentDifference:
    """One document read by two versions: `old_version` and this one.

    `name` is its title, or its file where it has none. `old` and `new` count its rows by raw table, `altered`
    those of the new reading, other than figures, that the old one did not have. `set_aside` has a sentence for
    each row that is in quarantine now and was not before.
    """

    doc_id: str
    name: str
    old_version: str
    old: Counter[str]
    new: Counter[str]
    altered: Counter[str]
    figures: tuple[FigureDifference, ...]
    set_aside: tuple[str, ...]

    def count(self, change: str) -> int:
        """How many figures were `added`, `lost` or `changed`."""
        return sum(difference.change == change for difference in self.figures)

    @property
    def is_equal(self) -> bool:
        """Whether both versions read the same."""
        return not self.figures and not self.altered.total() and self.old == self.new


@dataclass(frozen=True)
class Reextracted:
    """What one run compared, whether it loaded the new rows, and whether it took documents of `every_version`.

    `series` has the columns of `read_series_changes`, null where nothing was built; `published` says whether the
    build was published.
    """

    documents: tuple[DocumentDifference, ...] = ()
    loaded: bool = False
    every_version: bool = False
    series: pl.DataFrame | None = None
    published: bool = False


def extract_again(stored: Batch, preparer: Preparer) -> Batch:
    """Extract and validate from the stored texts; landings, and what is known of a document, stay as they are."""
    loaded_at = datetime.now(UTC)
    documents = list(read_stored(stored))
    return make_batch(
        [
            preparer.prepare_again(sidecar, document, loaded_at)
            for sidecar, document in track_progress(documents, "Extracting again")
        ]
    )


def compare_batches(old: Batch, new: Batch) -> list[DocumentDifference]:
    """What tells the two readings of each document apart, in the order of the old one."""
    versions = dict(old.ingestions.select("doc_id", "extractor_version").iter_rows())
    before, after = _by_document(old), _by_document(new)
    return [
        _compare(document, versions[document["doc_id"]], before, after)
        for document in old.documents.iter_rows(named=True)
    ]


def describe(documents: Sequence[DocumentDifference]) -> str:
    """One line for a log: how many documents, and what became of their figures, by field."""
    changes = Counter(figure.change for document in documents for figure in document.figures)
    fields = count_fields(documents)
    by_field = (
        f" ({', '.join(f'{field} {count}' for field, count in fields.most_common())})" if fields else ""
    )
    return (
        f"{len(documents)} documents: figures {changes['added']} added, {changes['lost']} lost, "
        f"{changes['changed']} changed{by_field}"
    )


def count_fields(documents: Sequence[DocumentDifference]) -> Counter[str]:
    """In how many figures that are in both readings each field changed."""
    return Counter(
        field
        for document in documents
        for figure in document.figures
        if figure.change == "changed"
        for field in figure.fields
    )


def _by_document(batch: Batch) -> dict[str, Rows]:
    """Table → `doc_id` → rows, of the tables that an extraction makes anew."""
    tables = {name: getattr(batch, name) for name in EXTRACTED_TABLES}
    return {
        name: {
            doc_id: rows.to_dicts() for (doc_id,), rows in table.partition_by("doc_id", as_dict=True).items()
        }
        for name, table in tables.items()
    }


def _compare(
    document: Row, old_version: str, before: Mapping[str, Rows], after: Mapping[str, Rows]
) -> DocumentDifference:
    doc_id = document["doc_id"]
    old = {table: rows.get(doc_id, []) for table, rows in before.items()}
    new = {table: rows.get(doc_id, []) for table, rows in after.items()}
    known = {row["quarantine_id"] for row in old["quarantine"]}
    return DocumentDifference(
        doc_id=doc_id,
        name=document["title"] or document["file_name"] or doc_id,
        old_version=old_version,
        old=_count(old),
        new=_count(new),
        altered=Counter({table: _altered(old[table], new[table]) for table in new if table != "figures"}),
        figures=tuple(compare_figures(old["figures"], new["figures"])),
        set_aside=tuple(
            f"[{row['rule']}] {row['reason']}"
            for row in new["quarantine"]
            if row["quarantine_id"] not in known
        ),
    )


def _count(rows: Rows) -> Counter[str]:
    return Counter({table: len(of_table) for table, of_table in rows.items()})


def _altered(old: Sequence[Row], new: Sequence[Row]) -> int:
    known = {frozenset(row.items()) for row in old}
    return sum(frozenset(row.items()) not in known for row in new)


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
    """Compare, and load where `load` says so, documents read by another version, or by any with `every_version`.

    `of_version` takes those that this one version read. `build` loads, builds and compares the yearly series with
    the published ones, `publish` then publishes it.
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
    """Load document after document of the selection; those that a killed call has loaded are done.

    The same call goes on where it ended as long as extractor, seeds and models are the same: else what it has
    loaded is to be read again too.
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
            # After each batch: what a killed run has loaded is not compared again.
            logger.info("%s %s", "Loaded" if load else "Compared", describe(differences))
            compared += differences
    return compared
