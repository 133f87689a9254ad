"""Publishes the marts: a new file beside the old one, then one symbolic link that is switched to it.

    published/quality.duckdb -> versions/20260722T081500Z-0f3a9c1b2d4e/quality.duckdb

Readers keep the file that they opened; the next connection to the same path opens the new one. The folder of a
version ends with the fingerprint of its marts, so that equal marts are not published again. Two machines that land the
same documents differ only in `dim_documents.landed_at`, and so in the fingerprint.

A rollback pins a version: `published/pinned.json` says which one readers get, who decided so, when and why. Without
the pin, the next event or the nightly run would undo the rollback. While a version is pinned, new versions are made and
kept, so that people can look at them, but the link stays. `resume` ends the pin.
"""

import json
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from flows.errors import QualityWarehouseError, UsageError
from flows.io.files import write_whole_file
from flows.io.locks import publication_lock
from flows.io.warehouse.marts import copy_marts, count_published_rows, read_marts
from flows.settings import Settings

# Settings hold how many versions are kept (`kept_publications`).
FINGERPRINT_LENGTH = 12
VERSION_TIME = "%Y%m%dT%H%M%SZ"
VERSION_NAME = re.compile(r"\d{8}T\d{6}Z-.+")


class Pin(BaseModel):
    """The version that readers get, whatever else is published; `pinned_at` is in UTC."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    pinned_at: datetime
    pinned_by: str
    reason: str = ""


@dataclass(frozen=True)
class Publication:
    """One published version: its file, whether readers had it before, and the number of rows of each table.

    `pin` is set when readers have another version, to which they were rolled back.
    """

    path: Path
    version: str
    unchanged: bool
    tables: dict[str, int]
    pin: Pin | None = None

    @property
    def reaches_readers(self) -> bool:
        """Whether the next connection of a reader opens another version than before."""
        return not self.unchanged and self.pin is None


@dataclass(frozen=True)
class KeptVersion:
    """A version that can be rolled back to; `published_at` is in UTC, `tables` maps each table to its rows."""

    version: str
    published_at: datetime
    size_bytes: int
    tables: dict[str, int]
    is_current: bool


def publish(settings: Settings) -> Publication:
    """Publish the marts of the working database as a new version, unless the current or newest version equals them.

    While a version is pinned, readers keep it, and the new one is kept beside it. Call this after the audit has passed,
    under the writer's lock. Raises QualityWarehouseError when nothing has been built, LockHeldError when another
    process keeps the working database.
    """
    marts = read_marts(settings)
    tables = {mart.name: mart.row_count for mart in marts.tables}
    fingerprint = marts.fingerprint[:FINGERPRINT_LENGTH]
    known = _find_equal(settings, fingerprint)
    version = known or _name_version(settings, fingerprint)
    path = _file_of(settings, version)
    if known is None:
        partial = path.with_suffix(".duckdb.partial")
        partial.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        copy_marts(settings, marts, partial)
        partial.replace(path)
    with publication_lock(settings):
        pin = read_pin(settings)
        shown = pin.version if pin else version
        has_moved = shown != read_current_version(settings)
        if has_moved:
            _point_to(settings, shown)
        _delete_old_versions(settings)
    unchanged = known is not None and not (has_moved and pin is None)
    return Publication(path, version, unchanged, tables, pin if shown != version else None)


def roll_back(settings: Settings, version: str | None, pinned_by: str, reason: str) -> Pin:
    """Point readers to a kept version, by default the one before the current one, and pin it.

    It waits for another process that moves readers, but not for a load or a build. Raises UsageError when the version
    is not kept, or when there is none before the current one.
    """
    with publication_lock(settings):
        wanted = version or _previous_version(settings)
        if wanted not in list_publications(settings):
            raise UsageError(
                f"Version {wanted} is not kept: `quality-warehouse publications list` shows those that are."
            )
        pin = Pin(version=wanted, pinned_at=datetime.now(UTC), pinned_by=pinned_by, reason=reason)
        # Pin first: a process killed here leaves readers where they are, and the next publication moves them.
        _write_pin(settings, pin)
        _point_to(settings, wanted)
    return pin


def resume(settings: Settings) -> bool:
    """End the pin, even a damaged one, and return whether there was one; the next publication moves readers."""
    with publication_lock(settings):
        was_pinned = _pin_file(settings).exists()
        _pin_file(settings).unlink(missing_ok=True)
    return was_pinned


def read_pin(settings: Settings) -> Pin | None:
    """Return the pin, or None; the pin of a version that is gone does not count."""
    try:
        pin = Pin.model_validate_json(_pin_file(settings).read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise QualityWarehouseError(
            f"{_pin_file(settings)} is damaged, so the version for readers is unknown: delete it with "
            "`quality-warehouse publications resume`, then roll back again, or publish."
        ) from error
    return pin if _file_of(settings, pin.version).exists() else None


def read_current_version(settings: Settings) -> str | None:
    """Return the version that the published path opens, or None before the first publication."""
    if not settings.published_database.exists():
        return None
    return settings.published_database.resolve().parent.name


def list_publications(settings: Settings) -> list[str]:
    """Return the names of the complete versions that are kept, oldest first."""
    names = (path.parent.name for path in _versions(settings).glob("*/quality.duckdb"))
    return sorted(name for name in names if VERSION_NAME.fullmatch(name))


def describe_publications(settings: Settings) -> list[KeptVersion]:
    """Describe the versions that are kept, newest first."""
    current = read_current_version(settings)
    return [
        _describe_version(_file_of(settings, version), is_current=version == current)
        for version in reversed(list_publications(settings))
    ]


def _describe_version(path: Path, *, is_current: bool) -> KeptVersion:
    state = path.stat()
    return KeptVersion(
        version=path.parent.name,
        published_at=datetime.fromtimestamp(state.st_mtime, UTC),
        size_bytes=state.st_size,
        tables=count_published_rows(path),
        is_current=is_current,
    )


def _name_version(settings: Settings, fingerprint: str) -> str:
    """Name a version by time and fingerprint; the time is later than all kept ones, even when the clock is set back."""
    moment = datetime.now(UTC)
    for newest in list_publications(settings)[-1:]:
        after = datetime.strptime(newest.partition("-")[0], VERSION_TIME).replace(tzinfo=UTC)
        moment = max(moment, after + timedelta(seconds=1))
    return f"{moment:{VERSION_TIME}}-{fingerprint}"


def _find_equal(settings: Settings, fingerprint: str) -> str | None:
    """Return the current or the newest version if it has these marts; older ones are never published again."""
    newest = list_publications(settings)[-1:]
    for version in (read_current_version(settings), *newest):
        if version is not None and version.endswith(f"-{fingerprint}"):
            return version
    return None


def _previous_version(settings: Settings) -> str:
    current = read_current_version(settings)
    earlier = [
        version for version in list_publications(settings) if current is not None and version < current
    ]
    if not earlier:
        raise UsageError(
            "There is no version before the one that readers have: QUALITY_WAREHOUSE_KEPT_PUBLICATIONS sets how "
            "many are kept."
        )
    return earlier[-1]


def _versions(settings: Settings) -> Path:
    return settings.published_database.parent / "versions"


def _file_of(settings: Settings, version: str) -> Path:
    return _versions(settings) / version / "quality.duckdb"


def _pin_file(settings: Settings) -> Path:
    return settings.published_database.parent / "pinned.json"


def _write_pin(settings: Settings, pin: Pin) -> None:
    readable = json.dumps(pin.model_dump(mode="json"), ensure_ascii=False, indent=2)
    write_whole_file(_pin_file(settings), readable.encode())


def _point_to(settings: Settings, version: str) -> None:
    """Switch the link in one step; it is relative, so that the whole folder can be moved or mounted."""
    link = settings.published_database
    new_link = link.with_suffix(".duckdb.next")
    new_link.unlink(missing_ok=True)
    new_link.symlink_to(_file_of(settings, version).relative_to(link.parent))
    new_link.replace(link)


def _delete_old_versions(settings: Settings) -> None:
    """Delete all but the newest versions and the current one, and what a killed publication left."""
    kept = {*list_publications(settings)[-settings.kept_publications :], read_current_version(settings)}
    for folder in _versions(settings).iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder)
