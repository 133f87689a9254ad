"""Publishes the marts: a whole new file beside the old one, then one symbolic link that flips over.

    published/quality.duckdb -> versions/20260722T081500Z-0f3a9c1b2d4e/quality.duckdb

Readers keep the file they opened, and whoever connects anew by the same path gets the new one. The folder
of a version ends with the fingerprint of its marts, so that equal marts are not published again. Two machines
that land the same documents differ in `dim_documents.landed_at`, and so in the fingerprint, and in nothing else.
"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.io.warehouse import copy_marts, fingerprint_of, read_macros, read_marts
from flows.settings import Settings

KEPT_VERSIONS = 5
FINGERPRINT_LENGTH = 12


@dataclass(frozen=True)
class Publication:
    """One published version: its file, whether it was there already, and the rows of each table."""

    path: Path
    version: str
    unchanged: bool
    tables: dict[str, int]


def publish(settings: Settings) -> Publication:
    """Publish the marts of the working database as a new version, unless the current one equals them.

    Call it after the audit has passed, under the writer's lock. Raises QualityWarehouseError when nothing has
    been built, WarehouseLockedError when another process keeps the working database.
    """
    marts, macros = read_marts(settings), read_macros(settings)
    tables = {mart.name: mart.row_count for mart in marts}
    fingerprint = fingerprint_of(marts, macros)[:FINGERPRINT_LENGTH]
    current = read_current_version(settings)
    if current is not None and current.endswith(f"-{fingerprint}"):
        return Publication(_file_of(settings, current), current, unchanged=True, tables=tables)
    version = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{fingerprint}"
    partial = _file_of(settings, version).with_suffix(".duckdb.partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.unlink(missing_ok=True)
    copy_marts(settings, marts, macros, partial)
    partial.replace(_file_of(settings, version))
    _point_to(settings, version)
    _delete_old_versions(settings)
    return Publication(_file_of(settings, version), version, unchanged=False, tables=tables)


def read_current_version(settings: Settings) -> str | None:
    """Return the version that the published path opens, or null before the first publication."""
    if not settings.published_database.exists():
        return None
    return settings.published_database.resolve().parent.name


def list_publications(settings: Settings) -> list[str]:
    """Return the complete versions that are kept, oldest first."""
    return sorted(path.parent.name for path in _versions(settings).glob("*/quality.duckdb"))


def _versions(settings: Settings) -> Path:
    return settings.published_database.parent / "versions"


def _file_of(settings: Settings, version: str) -> Path:
    return _versions(settings) / version / "quality.duckdb"


def _point_to(settings: Settings, version: str) -> None:
    """Flip the link in one step; it is relative, so that the whole folder can be moved or mounted."""
    link = settings.published_database
    new_link = link.with_suffix(".duckdb.next")
    new_link.unlink(missing_ok=True)
    new_link.symlink_to(_file_of(settings, version).relative_to(link.parent))
    new_link.replace(link)


def _delete_old_versions(settings: Settings) -> None:
    """Keep the newest versions and the current one; folders that a killed publication left go too."""
    kept = {*list_publications(settings)[-KEPT_VERSIONS:], read_current_version(settings)}
    for folder in _versions(settings).iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder)
