"""After a rule changes, revalidate the records it quarantined and load those that now pass.

Records are validated as they are in quarantine and not extracted again, so nothing else of a document changes. Only
documents that were set aside whole are read again, from their landed bytes. It is not a flow, because the person who
changed the rule should see the counts first.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl

from flows.errors import UsageError
from flows.ingestion.catalogue import Catalogue, read_catalogue
from flows.ingestion.prepare import read_preparer
from flows.ingestion.reading_process import open_reading_process
from flows.ingestion.rows import EXTRACTED, make_quarantine_rows, validate_rows
from flows.ingestion.stored import read_stored
from flows.io.landing.store import read_content, read_sidecars
from flows.io.locks import writer_lock
from flows.io.seeds.cached_rows import read_seed_rows
from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import Batch, load_batch
from flows.io.warehouse.reading import read_batch, read_open_quarantine
from flows.io.warehouse.review import read_held_evidence
from flows.io.warehouse.tables import RAW_TABLES
from flows.paths import SEEDS
from flows.settings import Settings
from schemas.validation import Failure, read_record, to_frame

Row = dict[str, Any]

IMPLAUSIBLE = "implausible_value"


@dataclass(frozen=True)
class Release:
    """What a rule held and what of that passes today, as counts by subject, and the `batches` to load.

    `by_build` says that the next build lets it in, so that nothing has to be loaded.
    """

    held: Counter[str]
    released: Counter[str]
    batches: tuple[Batch, ...] = ()
    by_build: bool = False


def release(rule: str, *, load: bool) -> Release:
    """Validate again what `rule` held and, with `load`, load what passes.

    Raises UsageError if the rule holds nothing.
    """
    settings = Settings()
    if rule == IMPLAUSIBLE:
        return _count_plausible(settings)
    with writer_lock(settings):
        records = read_open_quarantine(settings).filter(pl.col("rule") == rule)
        if records.is_empty():
            raise _nothing_held(rule)
        found = _find_released(records, rule, settings)
        if load:
            with open_working_database(settings) as connection:
                for batch in found.batches:
                    load_batch(connection, batch)
    return found


def _nothing_held(rule: str) -> UsageError:
    return UsageError(f"The rule {rule} holds nothing: `quality-warehouse review list` shows what waits.")


def _find_released(records: pl.DataFrame, rule: str, settings: Settings) -> Release:
    held = Counter(records["subject"])
    documents, released = _read_documents_again(records, settings)
    doc_ids = sorted(set(records.filter(pl.col("subject") != "document")["doc_id"]))
    batches = [documents] if len(documents.ingestions) else []
    reference = read_catalogue(read_seed_rows(SEEDS))
    for begin in range(0, len(doc_ids), settings.batch_size):
        stored = read_batch(settings, doc_ids[begin : begin + settings.batch_size])
        batch, let_in = _validate_again(stored, rule, frozenset(records["quarantine_id"]), reference)
        released += let_in
        batches.append(batch)
    return Release(held, released, tuple(batch for batch in batches if len(batch.ingestions)))


def _read_documents_again(records: pl.DataFrame, settings: Settings) -> tuple[Batch, Counter[str]]:
    """Read documents that were set aside whole; return those that can be read now, and their count."""
    wanted = set(records.filter(pl.col("subject") == "document")["doc_id"])
    sidecars = [one for one in read_sidecars(settings) if one.doc_id in wanted and not one.rejection]
    if not sidecars:
        return read_batch(settings, []), Counter()
    now = datetime.now(UTC)
    with open_reading_process(settings) as process:
        preparer = read_preparer(process)
        prepared = [preparer.prepare(one, read_content(one, settings), now) for one in sidecars]
    readable = [one for one in prepared if len(one.documents)]
    if not readable:
        return read_batch(settings, []), Counter()
    return Batch.concat(readable), Counter({"document": len(readable)})


def _validate_again(
    stored: Batch, rule: str, waiting: Collection[str], catalogue: Catalogue
) -> tuple[Batch, Counter[str]]:
    """Return the rows of stored documents with the records that `rule` lets in today, and how many of each subject.

    Only records that are `waiting`, by quarantine_id, are let in: people may have decided about the rest.
    """
    released: Counter[tuple[str, str]] = Counter()
    tables = stored.tables
    texts = dict(stored.documents.select("doc_id", "text").iter_rows())
    sidecars = {sidecar.doc_id: sidecar for sidecar, _ in read_stored(stored)}
    closed: list[Row] = []
    still_held: list[Row] = []
    for (doc_id, subject, evidence), rows in _group_records(stored.quarantine):
        table = EXTRACTED.get(subject, "")
        record = read_record(RAW_TABLES[table], evidence) if table else None
        if record is None or not any(row["quarantine_id"] in waiting for row in rows):
            continue
        frame, failures = _validate_record(table, record, tables[table], texts[doc_id], catalogue)
        if rule in {failure.rule for failure in failures}:
            continue
        closed += rows
        still_held += make_quarantine_rows(sidecars[doc_id], subject, [json.loads(evidence)], failures)
        if not failures:
            tables[table] = pl.concat([tables[table], frame])
            released[doc_id, subject] += 1
    tables["ingestions"] = _count_again(stored.ingestions, released)
    tables["quarantine"] = _replace_records(stored.quarantine, closed, still_held)
    touched = pl.col("doc_id").is_in(sorted({row["doc_id"] for row in closed}))
    batch = Batch(**{name: rows.filter(touched) for name, rows in tables.items()})
    by_subject: Counter[str] = Counter()
    for (_, subject), count in released.items():
        by_subject[subject] += count
    return batch, by_subject


def _replace_records(quarantine: pl.DataFrame, closed: list[Row], still_held: list[Row]) -> pl.DataFrame:
    ids = [row["quarantine_id"] for row in closed]
    others = quarantine.filter(~pl.col("quarantine_id").is_in(ids))
    return pl.concat([others, to_frame(RAW_TABLES["quarantine"], still_held)])


def _validate_record(
    table: str, record: Row, loaded: pl.DataFrame, text: str, catalogue: Catalogue
) -> tuple[pl.DataFrame, list[Failure]]:
    """Return a record as a frame, and the rules that it breaks today; a key must not be loaded already."""
    model = RAW_TABLES[table]
    frame = to_frame(model, [record])
    _, failures = validate_rows(table, [record], text, catalogue)
    key = list(model.to_schema().unique or ())
    if not failures and len(frame.join(loaded, on=key, how="semi", nulls_equal=True)):
        failures = [Failure(0, "key_is_unique", "The same row is loaded already.")]
    return frame, failures


def _count_again(ingestions: pl.DataFrame, released: Mapping[tuple[str, str], int]) -> pl.DataFrame:
    """Return the ledger after a release; its `loaded_at` says that the documents changed now."""
    rows = ingestions.to_dicts()
    for row in rows:
        figures = released.get((row["doc_id"], "figure"), 0)
        row["figures_loaded"] += figures
        row["figures_quarantined"] -= figures
        row["outline_items_loaded"] += released.get((row["doc_id"], "outline_item"), 0)
        row["loaded_at"] = datetime.now(UTC).replace(tzinfo=None)
    return to_frame(RAW_TABLES["ingestions"], rows)


def _group_records(quarantine: pl.DataFrame) -> Iterable[tuple[tuple[str, str, str], list[Row]]]:
    """Group the rows of the quarantine by record: a record that breaks several rules has several."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in quarantine.filter(pl.col("evidence").is_not_null()).iter_rows(named=True):
        groups.setdefault((row["doc_id"], row["subject"], row["evidence"]), []).append(row)
    return groups.items()


def _count_plausible(settings: Settings) -> Release:
    """Count the held figures that today's limits would let in; they are loaded, so the next build lets them in.

    A change of `seeds/` rebuilds everything. int_implausible_observations.sql makes the same comparison.
    """
    limits = {row["measure_type"]: row for row in read_seed_rows(SEEDS)["plausibility_limits"]}
    held = list(read_held_evidence(settings).iter_rows(named=True))
    if not held:
        raise _nothing_held(IMPLAUSIBLE)
    released = sum(not _is_implausible(row, limits.get(row["measure_type"])) for row in held)
    return Release(Counter({"observation": len(held)}), Counter({"observation": released}), by_build=True)


def _is_implausible(held: Row, limit: Row | None) -> bool:
    neighbours = [one["value"] for one in json.loads(held["evidence"])["neighbours"]]
    if limit is None or len(neighbours) < limit["minimum_neighbours"]:
        return False
    value = held["obs_value"]
    return all(max(value, other) >= limit["factor"] * min(value, other) for other in neighbours)
