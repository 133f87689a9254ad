"""Records the backfill in progress beside the working database, so that a killed one resumes where it stopped."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from flows.io.files import write_whole_file
from flows.settings import Settings


def begin_backfill(request: Mapping[str, str | None], settings: Settings) -> tuple[datetime, bool]:
    """Return when this backfill began, in UTC, and whether an earlier call began it; a new request begins a new one."""
    path = _path(settings)
    try:
        begun = json.loads(path.read_text(encoding="utf-8"))
        if begun["request"] == dict(request):
            return datetime.fromisoformat(begun["started_at"]), True
    except (FileNotFoundError, ValueError, KeyError):
        pass  # none is under way, or its file is damaged
    started_at = datetime.now(UTC).replace(tzinfo=None)
    begun = {"request": dict(request), "started_at": started_at.isoformat()}
    write_whole_file(path, json.dumps(begun).encode())
    return started_at, False


def end_backfill(settings: Settings) -> None:
    """Forget the backfill, whose documents are all loaded."""
    _path(settings).unlink(missing_ok=True)


def _path(settings: Settings) -> Path:
    return settings.working_database.with_name("backfill.json")
