"""The guarded process that reads documents, so that no document can stop the others.

A regular expression or a library in C cannot be interrupted from within, and may crash its process. So the kernel
enforces alarms and a limit of memory on the process that reads. When a document ends that process, the document is
rejected and the next one gets a new process. One alarm counts processor time, so that no document is rejected
because the machine is busy; the other ends a process that only waits. The process gets no environment variables,
so that no secret reaches it.
"""

import logging
import os
import resource
import signal
import subprocess
import sys
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from flows.errors import DocumentRejectedError, QualityWarehouseError
from flows.extract.model import Document
from flows.extract.reader import Extracted, RawDocument
from flows.ingestion.reader import read_document_reader
from flows.settings import Settings

Answer = TypeVar("Answer", Extracted, Document)
_MODULES = Path(__file__).resolve().parents[2]
_WAITING_FACTOR = 20
_PROGRAM = "from flows.ingestion.reading_process import answer_requests; answer_requests()"


class ReadingProcess:
    """Reads documents one after the other in another process, which lives as long as the `with` block.

    A document that takes more than `max_seconds` or `max_bytes` of memory is rejected as `too_slow`,
    `too_much_memory` or, where a library ended the process, `reader_ended`.
    """

    def __init__(self, max_seconds: float, max_bytes: int) -> None:
        """Start nothing yet."""
        self._is_ready = False
        self._max_seconds, self._max_bytes = max_seconds, max_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> "ReadingProcess":
        """Start the process, without waiting for it."""
        if not self.is_alive():
            self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, whatever it is doing."""
        self.stop()

    def is_alive(self) -> bool:
        """Tell whether the process is running."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """The id of the process; None while there is none."""
        return self._process.pid if self._process else None

    def extract(self, raw: RawDocument) -> Extracted:
        """Parse a document and extract from it; raises DocumentRejectedError."""
        return self._ask(Extracted, "extract", raw.file_name, raw)

    def parse(self, raw: RawDocument) -> Document:
        """Parse a document in any language; raises DocumentRejectedError."""
        return self._ask(Document, "parse", raw.file_name, raw)

    def extract_again(self, document: Document, file_name: str | None) -> Extracted:
        """Extract from a document that is parsed already; raises DocumentRejectedError."""
        return self._ask(Extracted, "extract_again", file_name, document, file_name)

    def _ask(self, kind: type[Answer], question: str, file_name: str | None, *given: object) -> Answer:
        if self._process is None:
            self.start()
        connection = self._wait_until_ready()
        try:
            connection.send((question, given))
            answer = connection.recv()
        except (EOFError, OSError) as error:
            raise self._explain_end(file_name) from error
        if isinstance(answer, kind):
            return answer
        raise DocumentRejectedError(*answer)

    def start(self) -> None:
        """Start a new process, without waiting for it; end the one before."""
        self.stop()
        ours, theirs = Pipe()
        limits = (theirs.fileno(), self._max_seconds, self._max_bytes)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", "-c", _PROGRAM, *map(str, limits)],
            env={"PYTHONPATH": str(_MODULES), "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        self._connection, self._is_ready = ours, False

    def _wait_until_ready(self) -> Connection:
        assert self._connection is not None
        if not self._is_ready:
            try:
                self._connection.recv()  # so that the time of the first document excludes reading the reference data
            except (EOFError, OSError) as error:
                self.stop()
                raise QualityWarehouseError(
                    "The process that reads documents ended while it started: see what it says above, and "
                    "whether memory is left on this machine."
                ) from error
            self._is_ready = True
        return self._connection

    def stop(self) -> int:
        """End the process and return its exit status; 0 where there is none."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if process is None or connection is None:
            return 0
        connection.close()
        process.kill()  # it holds nothing worth saving, and one that has already ended keeps its exit status
        return process.wait()

    def _explain_end(self, file_name: str | None) -> DocumentRejectedError:
        assert self._process is not None
        self._process.wait()
        status = self.stop()
        mend = "split it or save it in another format"
        if -status in (signal.SIGPROF, signal.SIGALRM):
            return DocumentRejectedError(
                "too_slow",
                f"{file_name} takes longer to read than the {self._max_seconds:g} seconds that are allowed: {mend}, "
                "or raise QUALITY_WAREHOUSE_MAX_READING_SECONDS and land a copy of it.",
            )
        ended = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return DocumentRejectedError(
            "reader_ended", f"{file_name} ended the process that read it ({ended}): {mend} and land that."
        )


_kept_ready: dict[tuple[float, int], ReadingProcess] = {}
"""Running processes that are not in use yet, by their limits."""


def open_reading_process(settings: Settings) -> ReadingProcess:
    """Return a process with the limits of the settings, if possible one that was kept ready; use it in a `with`."""
    limits = settings.max_reading_seconds, settings.max_reading_bytes
    return _kept_ready.pop(limits, None) or ReadingProcess(*limits)


def keep_ready(settings: Settings) -> None:
    """Start the next process in advance, which saves the second that it takes to import and to read `seeds/`.

    A process serves one `with` block, so that nothing of its documents reaches the next one.
    """
    limits = settings.max_reading_seconds, settings.max_reading_bytes
    process = _kept_ready.setdefault(limits, ReadingProcess(*limits))
    if not process.is_alive():
        process.start()


def end_kept_ready() -> None:
    """End the processes that were kept ready."""
    while _kept_ready:
        _kept_ready.popitem()[1].stop()


def answer_requests() -> None:
    """Read documents until the other side closes the connection: the program of the process.

    Its arguments are the descriptor of the connection, the seconds and the bytes that a document may take.
    """
    connection = Connection(int(sys.argv[1]))
    max_seconds, max_bytes = float(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it too, and ends this process
    for alarm in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(alarm, signal.SIG_DFL)  # ends the process even within a library
    resource.setrlimit(resource.RLIMIT_AS, (max_bytes, max_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    reader = read_document_reader()
    silence_output()
    connection.send("ready")
    while True:
        try:
            question, given = connection.recv()
        except EOFError:
            return
        _set_alarms(max_seconds)
        try:
            answer: Extracted | Document | tuple[str, str] = getattr(reader, question)(*given)
        except DocumentRejectedError as rejection:
            answer = rejection.rule, str(rejection)
        _set_alarms(0)
        connection.send(answer)


def _set_alarms(seconds: float) -> None:
    """End this process after so many seconds of processor time, or many more in all; 0 cancels the alarms."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * _WAITING_FACTOR)


def silence_output() -> None:
    """Silence logging and standard error: what is wrong with a document goes to the quarantine."""
    logging.disable()
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
