"""A file is either complete or as it was before."""

import subprocess
import sys
from pathlib import Path

import pytest

from flows.io.files import write_whole_file

WRITE_LIMITED = """
import resource, signal, sys
from pathlib import Path
from flows.io.files import write_whole_file

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
write_whole_file(Path(sys.argv[1]), b"x" * 5000)
"""


def test_a_file_is_made_with_its_folders_and_replaced_afterwards(tmp_path: Path):
    path = tmp_path / "a" / "b" / "file"
    write_whole_file(path, b"one")
    write_whole_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_whoever_reads_keeps_the_file_that_was_opened(tmp_path: Path):
    path = tmp_path / "file"
    write_whole_file(path, b"one")
    with path.open("rb") as stream:
        write_whole_file(path, b"another")
        assert stream.read() == b"one"


def test_a_write_that_fails_half_way_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path):
    path = tmp_path / "file"
    write_whole_file(path, b"one")
    done = subprocess.run(
        [sys.executable, "-c", WRITE_LIMITED, path], capture_output=True, text=True, check=False
    )
    assert "File too large" in done.stderr
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_the_place_of_the_folder_is_an_error_of_the_system(tmp_path: Path):
    (tmp_path / "folder").write_bytes(b"")
    with pytest.raises(OSError, match="folder"):
        write_whole_file(tmp_path / "folder" / "file", b"one")
