"""The landing: the bytes of every document as they came, kept forever under their SHA-256.

`landing/<first two digits>/<sha256>/content` holds the bytes, `sidecar.json` beside it says where they came from.
Both are written to a temporary file and renamed, the sidecar last: a killed landing leaves nothing that counts as
landed. The same bytes twice are one document. New bytes at a known address are another document, and the later
`landed_at` is the newer version.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.errors import FetchError, QualityWarehouseError, UsageError
from flows.io.files import write_whole_file
from flows.io.landing.folders import expand_inputs
from flows.io.landing.metadata import Rejection, as_text, read_metadata
from flows.io.web.fetch import Fetched, fetch
from flows.settings import Settings

LandingError = FetchError | UsageError
"""Why one input did not land."""


class Sidecar(BaseModel):
    """The facts about landed bytes; key `doc_id`, their SHA-256.

    `address` is the absolute path or the URL from which they came last, `media_type` the one that a server declared,
    `landed_at` the UTC time at which they became the newest at that address. `metadata` is the object of
    `NAME.meta.json` as given. `landings` keeps the time for every address at which these bytes were seen; the versions
    of a document follow from it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    doc_id: str
    address: str
    file_name: str
    media_type: str | None = None
    size_bytes: int
    landed_at: datetime
    metadata: dict[str, Any] | None = None
    rejection: Rejection | None = None
    landings: dict[str, datetime] = Field(default_factory=dict)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON; when it changes, the document is pending again."""
        canonical = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class _Arrival:
    """A document that is about to land; `content` is None when it is too large to keep.

    `metadata` is stated for this document, `defaults` for all documents of its source.
    """

    doc_id: str
    address: str
    file_name: str
    size_bytes: int
    content: bytes | None
    media_type: str | None = None
    metadata: dict[str, Any] | None = None
    rejection: Rejection | None = None
    defaults: dict[str, Any] = field(default_factory=dict)


class _Newest:
    """The newest document at each address, according to all sidecars."""

    def __init__(self, sidecars: Iterable[Sidecar]) -> None:
        """Take the sidecars of the landing."""
        self._landings: dict[str, tuple[datetime, str]] = {}
        for sidecar in sidecars:
            self.add(sidecar)

    def add(self, sidecar: Sidecar) -> None:
        """Add a sidecar that has just been written."""
        for address, landed_at in sidecar.landings.items():
            landing = (landed_at, sidecar.doc_id)
            self._landings[address] = max(self._landings.get(address, landing), landing)

    def doc_id_at(self, address: str) -> str | None:
        """Return the newest document at an address."""
        return self._landings[address][1] if address in self._landings else None

    def date(self, doc_id: str, address: str, previous: Sidecar | None) -> datetime:
        """Return when these bytes became the newest at `address`: as before, unless others came in between."""
        newest = self._landings.get(address)
        if previous is not None and (newest is None or newest[1] == doc_id):
            return previous.landings.get(address, previous.landed_at)
        now = datetime.now(UTC)
        # Versions must stay in order even when the clock is set back.
        return max(now, newest[0] + timedelta(microseconds=1)) if newest else now


class Landing:
    """The landing for a caller that lands many documents one by one, such as a poll.

    All sidecars are read when the first document is landed or compared, not before: most polls bring nothing.
    """

    def __init__(self, settings: Settings) -> None:
        """Take the settings, which say where the landing is."""
        self._settings = settings

    def find_newest(self, address: str) -> Sidecar | None:
        """Return the newest document at an address."""
        doc_id = self._newest.doc_id_at(address)
        return None if doc_id is None else _read_sidecar(_folder(doc_id, self._settings) / "sidecar.json")

    def holds(self, doc_id: str | None) -> bool:
        """Tell whether a document is in the landing."""
        return doc_id is not None and (_folder(doc_id, self._settings) / "sidecar.json").exists()

    def land_fetched(self, address: str, fetched: Fetched, defaults: dict[str, Any]) -> Sidecar:
        """Land the answer of an address; it is on the disk when this returns."""
        arrival = replace(_receive(address, fetched), defaults=defaults)
        return _store(arrival, self._settings, self._newest)

    def land_file(self, path: Path, defaults: dict[str, Any]) -> Sidecar:
        """Land a file with the metadata beside it; raises UsageError if it cannot be read."""
        arrival = replace(_read_file(path, self._settings), defaults=defaults)
        return _store(arrival, self._settings, self._newest)

    @cached_property
    def _newest(self) -> _Newest:
        return _Newest(read_sidecars(self._settings))


def land(inputs: Sequence[str | Path], settings: Settings) -> tuple[list[Sidecar], list[LandingError]]:
    """Land paths, folders and URLs; return a sidecar for each document that landed and an error for each other.

    An input that does not exist raises `UsageError` before anything lands. One that cannot be fetched or read does not
    keep the others from landing.
    """
    newest = _Newest(read_sidecars(settings))
    landed: list[Sidecar] = []
    failures: list[LandingError] = []
    for address in expand_inputs(inputs):
        try:
            landed.append(_land_one(address, settings, newest))
        except (FetchError, UsageError) as failure:
            failures.append(failure)
    return landed, failures


def read_sidecars(settings: Settings) -> list[Sidecar]:
    """Return all sidecars of the landing, the oldest landing first.

    A process reads each sidecar once, and again only after it was replaced, because `serve` asks all the time.
    """
    sidecars = [_read_stamped(path, stamp) for path, stamp in _stamp_sidecars(settings)]
    return sorted(sidecars, key=lambda sidecar: (sidecar.landed_at, sidecar.doc_id))


def read_content(sidecar: Sidecar, settings: Settings) -> bytes:
    """Return the landed bytes; raises QualityWarehouseError where they were not kept (`too_large`) or are gone."""
    path = _folder(sidecar.doc_id, settings) / "content"
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise QualityWarehouseError(f"{path} is missing: land {sidecar.address} again.") from error


def _land_one(address: str | Path, settings: Settings, newest: _Newest) -> Sidecar:
    arrival = _read_file(address, settings) if isinstance(address, Path) else _fetch_url(address, settings)
    return _store(arrival, settings, newest)


def _fetch_url(url: str, settings: Settings) -> _Arrival:
    """Fetch a document; its address stays `url`, wherever that redirects."""
    return _receive(url, fetch(url, settings))


def _receive(url: str, fetched: Fetched) -> _Arrival:
    return _Arrival(
        doc_id=hashlib.sha256(fetched.content).hexdigest(),
        address=url,
        file_name=fetched.file_name or url,
        size_bytes=len(fetched.content),
        content=fetched.content,
        media_type=fetched.media_type,
    )


def _read_file(path: Path, settings: Settings) -> _Arrival:
    try:
        metadata, rejection = read_metadata(path)
        size = path.stat().st_size
        if size > settings.max_document_bytes:
            content, doc_id, rejection = None, _hash_file(path), _reject_large(path, size, settings)
        else:
            content = path.read_bytes()
            size, doc_id = len(content), hashlib.sha256(content).hexdigest()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}): check its permissions.") from error
    return _Arrival(
        doc_id=doc_id,
        address=as_text(str(path)),
        file_name=as_text(path.name),
        size_bytes=size,
        content=content,
        metadata=metadata,
        rejection=rejection,
    )


def _hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _reject_large(path: Path, size: int, settings: Settings) -> Rejection:
    return Rejection(
        rule="too_large",
        reason=f"{as_text(path.name)} has {size} bytes, {settings.max_document_bytes} are allowed: "
        "split it, or raise QUALITY_WAREHOUSE_MAX_DOCUMENT_BYTES.",
    )


def _store(arrival: _Arrival, settings: Settings, newest: _Newest) -> Sidecar:
    """Keep a document, one at a time: the same bytes may come from two places at once."""
    settings.landing.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.landing / ".lock"):
        return _store_alone(arrival, settings, newest)


def _store_alone(arrival: _Arrival, settings: Settings, newest: _Newest) -> Sidecar:
    folder = _folder(arrival.doc_id, settings)
    previous = _read_sidecar(folder / "sidecar.json") if (folder / "sidecar.json").exists() else None
    landed_at = newest.date(arrival.doc_id, arrival.address, previous)
    metadata = arrival.metadata
    if metadata is None and previous and previous.address != arrival.address:
        metadata = previous.metadata  # a copy without metadata takes back nothing that was stated
    if arrival.defaults and not arrival.rejection:
        metadata = {**arrival.defaults, **(metadata or {})}
    sidecar = Sidecar(
        doc_id=arrival.doc_id,
        address=arrival.address,
        file_name=arrival.file_name,
        media_type=arrival.media_type,
        size_bytes=arrival.size_bytes,
        landed_at=landed_at,
        metadata=metadata,
        rejection=arrival.rejection,
        landings={**(previous.landings if previous else {}), arrival.address: landed_at},
    )
    if arrival.content is not None and not (previous and (folder / "content").exists()):
        write_whole_file(folder / "content", arrival.content)
    if sidecar != previous:
        readable = json.dumps(sidecar.model_dump(mode="json"), ensure_ascii=False, indent=2)
        write_whole_file(folder / "sidecar.json", readable.encode())
    newest.add(sidecar)
    return sidecar


def _folder(doc_id: str, settings: Settings) -> Path:
    return settings.landing / doc_id[:2] / doc_id


def _stamp_sidecars(settings: Settings) -> Iterator[tuple[str, tuple[int, ...]]]:
    """List the sidecars, each with a stamp of its file."""
    for part in settings.landing.glob("??"):
        for folder in os.scandir(part):
            path = f"{folder.path}/sidecar.json"
            with suppress(
                FileNotFoundError, NotADirectoryError
            ):  # a landing that was killed or is not finished
                stat = os.stat(path)  # noqa: PTH116 (with tens of thousands of Path it takes thrice as long)
                yield path, (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


@lru_cache(maxsize=200_000)
def _read_stamped(path: str, _stamp: tuple[int, ...]) -> Sidecar:
    """Read a sidecar once per stamp: sidecars are replaced, never changed in place."""
    return _read_sidecar(Path(path))


def _read_sidecar(path: Path) -> Sidecar:
    try:
        return Sidecar.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise QualityWarehouseError(
            f"{path} is damaged ({error.error_count()} fault(s)): delete its folder and land it again."
        ) from error
