"""The documents of a folder, and stamps by which a change of one is seen."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from flows.errors import UsageError
from flows.io.landing.metadata import METADATA_SUFFIX, as_text, find_metadata_files
from flows.io.web.allowed_addresses import check_url

# A file written to more recently may not be whole yet. Not a setting: `watch` has one of its own
# (`Settings.watch_settle_seconds`), and a poll that leaves a file out finds it the next time.
_SETTLING_SECONDS = 2.0


def expand_inputs(inputs: Sequence[str | Path]) -> list[str | Path]:
    """List the URLs (as text) and files (as absolute paths) that inputs mean, each once, in order.

    A folder means its files, recursively and sorted, without hidden ones and `*.meta.json`. Raises `UsageError` for a
    path that does not exist and for an address that is not allowed.
    """
    expanded: dict[str | Path, None] = {}
    for given in inputs:
        expanded.update(dict.fromkeys(_expand(given)))
    return list(expanded)


def list_folder(folder: Path) -> dict[str, str]:
    """List the documents of a folder: address → a stamp that changes when the file or its metadata do.

    A file that was written to in the last seconds is left out: it may not be whole yet. Raises UsageError for a missing
    folder.
    """
    return {as_text(str(path)): stamp for path, stamp in stamp_files(folder, _SETTLING_SECONDS).items()}


def stamp_files(folder: Path, settling_seconds: float = 0) -> dict[Path, str]:
    """Map each document of a folder to its stamp, without those written to in the last `settling_seconds`."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder: make it, or correct the address in sources.csv.")
    now = time.time()
    stamps = {path: _stamp(path, now, settling_seconds) for path in _list_documents(_absolute(folder))}
    return {path: stamp for path, stamp in stamps.items() if stamp is not None}


def _stamp(path: Path, now: float, settling_seconds: float) -> str | None:
    try:
        stats = [file.stat() for file in (path, *find_metadata_files(path))]
    except FileNotFoundError:  # removed meanwhile
        return None
    if any(0 <= now - stat.st_mtime < settling_seconds for stat in stats):
        return None
    return " ".join(f"{stat.st_mtime_ns}:{stat.st_size}" for stat in stats)


def _expand(given: str | Path) -> Iterator[str | Path]:
    if "://" in str(given):
        check_url(str(given))
        yield str(given)
        return
    path = _absolute(Path(given))
    if path.name.endswith(METADATA_SUFFIX) and path.exists():
        raise UsageError(f"{given} only describes a document: name the document beside it.")
    if path.is_dir():
        yield from _list_documents(path)
    elif path.is_file():
        yield path
    else:
        raise UsageError(f"{given} is neither a file nor a folder: check the path.")


def _absolute(path: Path) -> Path:
    """Resolve links of folders but not of the file: `latest.html` is one address whatever it points to."""
    return path.resolve() if path.is_dir() or path.name in ("", "..") else path.parent.resolve() / path.name


def _list_documents(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if _is_document(file, folder))


def _is_document(file: Path, folder: Path) -> bool:
    is_hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.is_file() and not is_hidden and not file.name.endswith(METADATA_SUFFIX)
