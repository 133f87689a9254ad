"""The sources that are polled: rows of `seeds/reference/sources.csv`, or of your own file with the same columns.

`QUALITY_WAREHOUSE_SOURCES` names that file. It replaces the seed and keeps the same contract.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl

from flows.errors import InvalidSeedsError, UsageError
from flows.io.seeds.tables import describe_fault, read_seed_tables, read_table
from flows.paths import SEEDS
from flows.settings import Settings
from schemas.seeds.cross_checks import find_cross_table_faults
from schemas.seeds.sources import SourceSchema

FOLDER = "folder"


@dataclass(frozen=True)
class Source:
    """A row of `sources.csv`; `schemas/seeds/sources.py` says what its columns mean."""

    source_id: str
    publisher: str
    kind: str
    address: str
    link_selector: str | None
    link_pattern: str | None
    allowed_hosts: str | None
    language: str | None
    document_type: str | None
    licence: str
    poll_interval_minutes: int
    recheck_days: int
    enabled: bool

    @property
    def poll_interval(self) -> timedelta:
        """How often the list is fetched."""
        return timedelta(minutes=self.poll_interval_minutes)

    @property
    def recheck_period(self) -> timedelta:
        """How long a known document is fetched again."""
        return timedelta(days=self.recheck_days)

    @property
    def defaults(self) -> dict[str, Any]:
        """Metadata for each of its documents, unless the document's own metadata differ."""
        stated = {name: getattr(self, name) for name in ("publisher", "language", "document_type", "licence")}
        return {name: value for name, value in stated.items() if value is not None}


def read_sources(settings: Settings) -> list[Source]:
    """Return all sources in the order of their rows; raises InvalidSeedsError that lists every fault."""
    tables = read_seed_tables(SEEDS)
    table = tables["sources"]
    if settings.sources is not None:
        table = _read_own(settings.sources.absolute(), tables["licences"])
    return [Source(**row) for row in table.iter_rows(named=True)]


def choose_sources(sources: Sequence[Source], source_ids: Iterable[str]) -> list[Source]:
    """Return the named sources, enabled or not; without names, the enabled ones. UsageError for an unknown name."""
    by_id = {source.source_id: source for source in sources}
    named = list(dict.fromkeys(source_ids))
    unknown = [source_id for source_id in named if source_id not in by_id]
    if unknown:
        raise UsageError(f"{', '.join(unknown)} is not a source_id; there are {', '.join(by_id) or 'none'}.")
    return [by_id[source_id] for source_id in named] or [source for source in sources if source.enabled]


def _read_own(path: Path, licences: pl.DataFrame) -> pl.DataFrame:
    table, faults = read_table(path, SourceSchema)
    faults = faults or find_cross_table_faults({"sources": table, "licences": licences})
    if faults:
        raise InvalidSeedsError("\n".join(describe_fault(path, fault) for fault in faults))
    return table
