"""A folder as a source: its files land with their metadata, once they are whole."""

import json
import os
import time
from pathlib import Path

import pytest
from polled_source import HOUR, NOW, counts, make_source, poll

from flows.io.landing.store import read_sidecars

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path, site):
    (tmp_path / "drop" / "deep").mkdir(parents=True)
    return tmp_path / "drop"


def write(path: Path, text: str, age_seconds: float = 60) -> None:
    path.write_text(text)
    os.utime(path, (time.time() - age_seconds,) * 2)


def test_a_folder_gives_its_files_with_what_stands_beside_them_first(site, settings, folder):
    write(folder / "deep" / "news.txt", "In 2023, 1,250 batches were checked.")
    write(folder / "deep" / "news.meta.json", json.dumps({"publisher": "Daily", "published": "2024-02-21"}))
    source = make_source(site, kind="folder", address=str(folder))
    assert counts(poll(settings, source)) == {"new": 1}
    [sidecar] = read_sidecars(settings)
    assert sidecar.metadata["publisher"] == "Daily"
    assert sidecar.metadata["published"] == "2024-02-21"
    assert sidecar.metadata["licence"] == "us_public_domain"
    assert counts(poll(settings, source, NOW + HOUR)) == {}
    write(folder / "deep" / "news.txt", "In 2023, 1,251 batches were checked.", 50)
    assert counts(poll(settings, source, NOW + 2 * HOUR)) == {"changed": 1}


def test_a_file_that_is_still_written_to_waits(site, settings, folder):
    write(folder / "news.txt", "In 2023, 1,2", age_seconds=0)
    source = make_source(site, kind="folder", address=str(folder))
    assert counts(poll(settings, source)) == {}
    write(folder / "news.txt", "In 2023, 1,250 batches were checked.")
    assert counts(poll(settings, source, NOW + HOUR)) == {"new": 1}


def test_a_folder_that_is_not_there_is_told(site, settings, tmp_path):
    done = poll(settings, make_source(site, kind="folder", address=str(tmp_path / "none")))
    assert done.is_failed
    assert "none is not a folder" in done.failures[0]
