"""Decides whether other bytes at a known address are a new version of the document."""

from flows.errors import DocumentRejectedError
from flows.extract.reader import RawDocument
from flows.ingestion.reading_process import ReadingProcess
from flows.io.landing.store import Sidecar, read_content
from flows.io.web.fetch import Fetched
from flows.polling.substance import Substance, read_substance
from flows.settings import Settings
from schemas.inputs.metadata import Metadata


class VersionComparer:
    """Compares a fetched page with the landed one."""

    def __init__(self, settings: Settings, process: ReadingProcess) -> None:
        """Set the home, and the process that reads pages within limits of time and memory."""
        self._settings = settings
        self._process = process

    def states_the_same(self, landed: Sidecar, fetched: Fetched) -> bool:
        """Tell whether extraction reads the same from other bytes, so that they are not a new version."""
        if landed.rejection:
            return False
        now = self._read(fetched.content, fetched.file_name or landed.address, fetched.media_type, landed)
        if now is None:
            return False
        content = read_content(landed, self._settings)
        return now == self._read(content, landed.file_name, landed.media_type, landed)

    def _read(
        self, content: bytes, file_name: str, media_type: str | None, landed: Sidecar
    ) -> Substance | str | None:
        """Return what to compare: the substance of a page; `no_text` if it has none; None if it is unreadable.

        Unreadable bytes land, so that the quarantine tells what is wrong with them.
        """
        metadata = Metadata.model_validate(landed.metadata or {})
        try:
            return read_substance(
                self._process.parse(RawDocument(landed.doc_id, file_name, content, media_type, metadata))
            )
        except DocumentRejectedError as rejection:
            return rejection.rule if rejection.rule == "no_text" else None
