"""Adds one line to a file that several processes add to."""

import os
from pathlib import Path


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
