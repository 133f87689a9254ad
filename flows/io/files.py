"""Files are written whole or not at all, whatever happens meanwhile (a killed process, a full disk, a power cut),
or get one more line."""

import os
import tempfile
from pathlib import Path


def write_whole_file(path: Path, content: bytes) -> None:
    """Write beside, and give it its name when it is on the disk; whoever reads sees the old file or the new one.

    Folders that are missing are made. Where it cannot be written (OSError), nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as stream:
        beside = Path(stream.name)
        try:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            error.filename = str(path)  # of a full disk the system says only that it is full
            raise
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Put the name of a new file on the disk as well; some systems open no folder, and need no such thing."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def append_line(path: Path, line: str) -> None:
    """Append in one write, which the system does not mix with others'; a torn last line is ended first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as stream:
        if stream.seek(0, os.SEEK_END):
            stream.seek(-1, os.SEEK_END)
            is_torn = stream.read(1) != b"\n"
        else:
            is_torn = False
        stream.write(b"\n" * is_torn + line.encode() + b"\n")
