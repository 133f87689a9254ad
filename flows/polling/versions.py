"""Other bytes at a known address in, whether they are another version of the document out."""

from functools import cached_property

from flows.errors import DocumentRejectedError
from flows.extract.compare_readings import Substance, read_substance
from flows.io.fetch import Fetched
from flows.io.landing import Sidecar, read_content
from flows.progress import logger
from flows.reading import DocumentReader, LandedDocument, read_document_reader
from flows.settings import Settings
from schemas.metadata import Metadata


class VersionComparer:
    """Compares what comes with what has landed; the reference data are read with the first comparison."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings that say where the landing is."""
        self._settings = settings

    def states_the_same(self, landed: Sidecar, fetched: Fetched) -> bool:
        """Tell whether other bytes are no other version: what extraction reads of them is what it read before."""
        if landed.rejection:
            return False
        before = self._read(read_content(landed, self._settings), landed.file_name, landed.media_type, landed)
        now = self._read(fetched.content, fetched.file_name or landed.address, fetched.media_type, landed)
        return before is not None and before == now

    def _read(
        self, content: bytes, file_name: str, media_type: str | None, landed: Sidecar
    ) -> Substance | str | None:
        """Return what is compared: the substance of a page; `no_text` if it has none; None if it is unreadable."""
        try:
            metadata = Metadata.model_validate(landed.metadata or {})
            document = self._reader.parse_document(
                LandedDocument(landed.doc_id, file_name, content, media_type, metadata)
            )
        except DocumentRejectedError as rejection:
            return rejection.rule if rejection.rule == "no_text" else None
        except Exception:
            # A fault of ours in one page must not end the poll: it lands, and its quarantine tells what is wrong.
            logger.debug("%s could not be compared", landed.address, exc_info=True)
            return None
        return read_substance(document)

    @cached_property
    def _reader(self) -> DocumentReader:
        return read_document_reader()
