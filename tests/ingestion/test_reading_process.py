"""A document that never ends, takes all memory or kills its process harms no other document."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bad_documents import NEWS, make_docx, make_pdf

from flows.errors import DocumentRejectedError, QualityWarehouseError
from flows.extract.reader import RawDocument
from flows.ingest import ingest_documents
from flows.ingestion.pending import BATCH_BYTES, split_into_batches
from flows.ingestion.reader import read_document_reader
from flows.ingestion.reading_process import ReadingProcess, end_kept_ready, keep_ready, open_reading_process
from flows.io.landing.store import Sidecar
from flows.io.warehouse.reading import read_open_quarantine
from flows.land import land_documents
from flows.paths import PROJECT_ROOT, SAMPLE_DOCUMENTS
from flows.review.release import release
from flows.settings import Settings
from schemas.inputs.metadata import Metadata

GIGABYTES = 1_000_000_000


def landed(name: str, content: bytes) -> RawDocument:
    return RawDocument(hashlib.sha256(content).hexdigest(), name, content, None, Metadata())


def slow_text() -> bytes:
    """Return a text in which no character is wrong; there are just very many."""
    return b"a (b, " * 3_000_000


def wait_for_end(pid: int) -> bool:
    """Tell whether a process is gone within ten seconds."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_document_is_read_in_the_process_as_it_is_here():
    here = read_document_reader()
    with ReadingProcess(60, 4 * GIGABYTES) as process:
        for file in sorted(SAMPLE_DOCUMENTS.iterdir()):
            if not file.name.endswith(".meta.json"):
                document = landed(file.name, file.read_bytes())
                reading = process.extract(document)
                assert reading == here.extract(document)
                assert process.extract_again(reading.document, file.name) == reading


@pytest.mark.fault
def test_a_document_that_takes_too_long_is_rejected_and_the_next_one_is_read():
    with ReadingProcess(2, 4 * GIGABYTES) as process:
        with pytest.raises(DocumentRejectedError, match=r"slow\.txt takes longer .* 2 seconds") as rejected:
            process.extract(landed("slow.txt", slow_text()))
        assert rejected.value.rule == "too_slow"
        assert len(process.extract(landed("news.txt", NEWS.encode())).figures) == 2


@pytest.mark.fault
def test_a_document_that_needs_too_much_memory_is_rejected_and_the_next_one_is_read():
    with ReadingProcess(60, GIGABYTES) as process:
        with pytest.raises(DocumentRejectedError, match=r"large\.html") as rejected:
            process.extract(landed("large.html", b"<html>" + b"<p>7" * 8_000_000))
        assert rejected.value.rule == "too_much_memory"
        assert len(process.extract(landed("news.txt", NEWS.encode())).figures) == 2


@pytest.mark.fault
def test_a_document_that_ends_the_process_is_rejected_and_the_next_one_is_read():
    with ReadingProcess(60, 4 * GIGABYTES) as process:
        process.extract(landed("news.txt", NEWS.encode()))
        os.kill(process.pid, signal.SIGSEGV)
        with pytest.raises(DocumentRejectedError, match="SIGSEGV") as rejected:
            process.extract(landed("unlucky.txt", NEWS.encode()))
        assert rejected.value.rule == "reader_ended"
        assert len(process.extract(landed("news.txt", NEWS.encode())).figures) == 2


def test_the_process_ends_with_its_block():
    with ReadingProcess(60, 4 * GIGABYTES) as process:
        process.extract(landed("news.txt", NEWS.encode()))
        pid = process.pid
    assert wait_for_end(pid)


def test_a_process_that_was_kept_ready_reads_the_next_documents_and_ends_with_their_block(tmp_path):
    settings = Settings(home=tmp_path)
    keep_ready(settings)
    with open_reading_process(settings) as process:
        pid = process.pid
        keep_ready(settings)
        with open_reading_process(settings) as next_one:
            assert next_one.pid != pid
        assert len(process.extract(landed("news.txt", NEWS.encode())).figures) == 2
        assert process.pid == pid
    assert wait_for_end(pid)
    assert not next_one.is_alive()


def test_a_process_that_ended_while_it_was_kept_rejects_no_document(tmp_path):
    settings = Settings(home=tmp_path)
    keep_ready(settings)
    kept = open_reading_process(settings)
    pid = kept.pid
    os.kill(pid, signal.SIGKILL)
    while kept.is_alive():
        time.sleep(0.1)
    with kept as process:
        assert process.pid != pid
        assert len(process.extract(landed("news.txt", NEWS.encode())).figures) == 2


def test_what_is_kept_ready_is_ended_at_the_end(tmp_path):
    settings = Settings(home=tmp_path)
    keep_ready(settings)
    kept = open_reading_process(settings)
    keep_ready(settings)
    end_kept_ready()
    assert open_reading_process(settings).pid is None
    with kept:
        assert kept.is_alive()
    assert not kept.is_alive()


@pytest.mark.fault
def test_the_process_ends_when_the_one_that_asks_is_killed():
    program = (
        "import os, signal; from flows.extract.reader import RawDocument\n"
        "from flows.ingestion.reading_process import ReadingProcess\n"
        "from schemas.inputs.metadata import Metadata\n"
        "process = ReadingProcess(60, 4_000_000_000)\n"
        "process.extract(RawDocument('d', 'n.txt', b'7 days', None, Metadata()))\n"
        "print(process.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert wait_for_end(int(done.stdout))


def test_the_process_knows_no_variable_of_the_environment(monkeypatch):
    monkeypatch.setenv("QUALITY_WAREHOUSE_SECRET", "not for documents")
    with ReadingProcess(60, 4 * GIGABYTES) as process:
        process.extract(landed("news.txt", NEWS.encode()))
        environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"PYTHONPATH" in environment
    assert b"not for documents" not in environment


def test_modules_of_the_working_directory_are_not_run(tmp_path, monkeypatch):
    (tmp_path / "docx.py").write_text("raise SystemExit('code of a stranger')")
    monkeypatch.chdir(tmp_path)
    with ReadingProcess(60, 4 * GIGABYTES) as process:
        assert len(process.extract(landed("news.docx", make_docx())).figures) == 2


def test_a_process_that_cannot_start_is_a_fault_of_the_machine_and_of_no_document():
    with ReadingProcess(60, 1_000) as process, pytest.raises(QualityWarehouseError, match="memory is left"):
        process.extract(landed("news.txt", NEWS.encode()))


@pytest.mark.fault
def test_a_slow_document_is_quarantined_and_the_others_are_loaded(tmp_path, use_home, monkeypatch):
    use_home(tmp_path / "home")
    monkeypatch.setenv("QUALITY_WAREHOUSE_MAX_READING_SECONDS", "3")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, content in {"a.txt": NEWS.encode(), "b.txt": slow_text(), "c.pdf": make_pdf()}.items():
        (inbox / name).write_bytes(content)
    land_documents.fn([str(inbox)])
    ingested = ingest_documents.fn()
    assert [sidecar.file_name for sidecar in ingested.loaded] == ["a.txt", "c.pdf"]
    [record] = read_open_quarantine(Settings()).to_dicts()
    assert (record["file_name"], record["rule"]) == ("b.txt", "too_slow")
    assert ingest_documents.fn().loaded == ingest_documents.fn().set_aside == ()
    again = release("too_slow", load=True)
    assert (again.held["document"], again.released.total()) == (1, 0)


def test_a_batch_holds_no_more_documents_and_bytes_than_are_allowed(tmp_path):
    day = datetime(2024, 3, 1, tzinfo=UTC)
    sizes = [1, 1, 1, BATCH_BYTES, BATCH_BYTES + 1, 1]
    sidecars = [
        Sidecar(doc_id=str(place), address="", file_name="", size_bytes=size, landed_at=day)
        for place, size in enumerate(sizes)
    ]
    batches = list(split_into_batches(sidecars, Settings(home=tmp_path, batch_size=2)))
    assert [[sidecar.size_bytes for sidecar in batch] for batch in batches] == [
        [1, 1],
        [1],
        [BATCH_BYTES],
        [BATCH_BYTES + 1],
        [1],
    ]
