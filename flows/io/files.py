"""Writes files so that a killed process, a full disk or a power cut never leaves a partial file."""

import os
import tempfile
from pathlib import Path


def write_whole_file(path: Path, content: bytes) -> None:
    """Replace a file in one step, once the new content is on the disk; readers see the old file or the new one.

    Missing folders are made. A failure (OSError) leaves nothing behind.
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
            error.filename = str(path)  # for a full disk the system names no file
            raise
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Put the name of a new file on the disk too; systems that cannot open a folder do not need it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def append_line(path: Path, line: str) -> None:
    """Append in one write, which the system does not mix with those of others; end a torn last line first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as stream:
        if stream.seek(0, os.SEEK_END):
            stream.seek(-1, os.SEEK_END)
            is_torn = stream.read(1) != b"\n"
        else:
            is_torn = False
        stream.write(b"\n" * is_torn + line.encode() + b"\n")
