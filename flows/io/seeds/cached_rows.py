"""The rows of `seeds/`, validated once for each state of the files.

`quality-warehouse extract` should start within half a second, and importing pandera and polars alone takes that long.
So valid rows are kept as JSON beside the files, under a fingerprint of the files and of their contract. While the
fingerprint fits, nothing is validated again. Where that file cannot be written, every run validates.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import schemas

KEPT_FILE = ".valid.json"
Row = dict[str, Any]


def read_seed_rows(folder: Path) -> dict[str, list[Row]]:
    """Read every table of `folder`: name → rows, with cells of the types of its model.

    Raises InvalidSeedsError that lists every fault.
    """
    fingerprint = _fingerprint(folder)
    kept = _read_kept(folder / KEPT_FILE, fingerprint)
    if kept is not None:
        return kept
    from flows.io.seeds.tables import read_seed_tables  # noqa: PLC0415 (pandera and polars take 0.5 seconds)

    rows = {name: table.to_dicts() for name, table in read_seed_tables(folder).items()}
    if _fingerprint(folder) == fingerprint:  # otherwise a file was changed while we read
        _keep(folder / KEPT_FILE, fingerprint, rows)
    return rows


def _fingerprint(folder: Path) -> str:
    """Hash the tables and the modules that say what a valid table is."""
    digest = hashlib.sha256()
    for root, pattern in ((folder, "*.csv"), (Path(schemas.__file__).parent, "*.py")):
        for file in sorted(root.rglob(pattern)):
            digest.update(bytes(file.relative_to(root)) + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _read_kept(file: Path, fingerprint: str) -> dict[str, list[Row]] | None:
    try:
        kept = json.loads(file.read_bytes(), object_hook=_as_day)
    except (OSError, ValueError, KeyError):
        return None
    if not isinstance(kept, list) or kept[:1] != [fingerprint]:
        return None
    return {name: [dict(zip(columns, row, strict=True)) for row in rows] for name, columns, rows in kept[1]}


def _keep(file: Path, fingerprint: str, rows: Mapping[str, Sequence[Row]]) -> None:
    tables = [
        (name, list(table[0]) if table else [], [list(row.values()) for row in table])
        for name, table in rows.items()
    ]
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    content = json.dumps([fingerprint, tables], ensure_ascii=False, default=_of_day)
    try:
        beside.write_text(content, encoding="utf-8")
        beside.replace(file)
    except OSError:  # nothing can be written here: every run validates
        with suppress(OSError):  # a read-only file system refuses even this
            beside.unlink()


def _of_day(value: date) -> dict[str, str]:
    return {"day": value.isoformat()}


def _as_day(value: dict[str, str]) -> date:
    return date.fromisoformat(value["day"])
