"""The watched folder: a settled file is landed once, a changed one again, and a half-written one waits."""

import threading
from pathlib import Path

import pytest

from flows.io.landing.store import read_sidecars
from flows.serving.watcher import FileSettler, Watcher, name_some
from flows.settings import Settings

REPORT, NOTICE = Path("report.txt"), Path("notice.txt")


def test_a_file_that_is_being_written_waits_until_it_stays_the_same():
    settling = FileSettler(settle_seconds=1)
    assert settling.look({REPORT: "1 byte"}, now=0) == []
    assert settling.look({REPORT: "2 bytes"}, now=0.5) == []
    assert settling.look({REPORT: "2 bytes"}, now=1.25) == []
    assert settling.look({REPORT: "2 bytes"}, now=1.5) == [REPORT]


def test_what_was_taken_is_taken_again_only_when_it_changes_or_comes_back():
    settling = FileSettler(settle_seconds=0)
    assert settling.look({REPORT: "1", NOTICE: "1"}, now=0) == [REPORT, NOTICE]
    settling.take(REPORT)
    assert settling.look({REPORT: "1", NOTICE: "1"}, now=1) == [NOTICE], (
        "what could not be landed is tried again"
    )
    assert settling.look({REPORT: "2"}, now=2) == [REPORT]
    settling.take(REPORT)
    assert settling.look({}, now=3) == []
    assert settling.look({REPORT: "2"}, now=4) == [REPORT]


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path, watch_settle_seconds=0, watch_interval_seconds=0.01)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def watcher(settings, told) -> Watcher:
    return Watcher(settings.inbox, settings, lambda landed: told.extend(one.file_name for one in landed))


def test_documents_are_landed_with_what_is_stated_beside_them(watcher, settings, told):
    (settings.inbox / "deep").mkdir()
    (settings.inbox / "deep" / "report.txt").write_text("In 2023, 5 tests.", encoding="utf-8")
    (settings.inbox / "deep" / "report.meta.json").write_text('{"publisher": "Bureau"}', encoding="utf-8")
    (settings.inbox / ".hidden").write_text("half of it", encoding="utf-8")
    watcher.look()
    (sidecar,) = read_sidecars(settings)
    assert (sidecar.file_name, sidecar.metadata) == ("report.txt", {"publisher": "Bureau"})
    assert told == ["report.txt"]
    assert watcher.look() == []


def test_a_changed_file_is_a_new_version_and_so_is_what_is_stated_beside_it(watcher, settings):
    report = settings.inbox / "report.txt"
    report.write_text("In 2023, 5 tests.", encoding="utf-8")
    watcher.look()
    report.write_text("In 2023, 50 tests.", encoding="utf-8")
    watcher.look()
    assert len(read_sidecars(settings)) == 2
    (settings.inbox / "report.meta.json").write_text('{"publisher": "Bureau"}', encoding="utf-8")
    (stated,) = watcher.look()
    assert stated.metadata == {"publisher": "Bureau"}


def test_a_folder_that_goes_away_is_looked_at_again_when_it_is_back(watcher, settings, told):
    stop = threading.Event()
    settings.inbox.rename(settings.inbox.with_name("away"))
    watching = threading.Thread(target=watcher.watch, args=[stop])
    watching.start()
    (settings.inbox.with_name("away") / "report.txt").write_text("In 2023, 5 tests.", encoding="utf-8")
    settings.inbox.with_name("away").rename(settings.inbox)
    for _ in range(500):
        if told:
            break
        stop.wait(0.02)
    stop.set()
    watching.join()
    assert told == ["report.txt"]


def test_what_landed_is_told_though_a_later_file_meets_a_full_disk(watcher, settings, told, monkeypatch):
    for name in ("a.txt", "b.txt"):
        (settings.inbox / name).write_text(f"In 2023, 5 tests of {name}.", encoding="utf-8")
    land_file = watcher._land
    full = OSError(28, "No space left on device")

    def land_until_full(landing, path):
        if path.name == "b.txt":
            raise full
        return land_file(landing, path)

    monkeypatch.setattr(watcher, "_land", land_until_full)
    with pytest.raises(OSError, match="No space left"):
        watcher.look()
    assert told == ["a.txt"]
    monkeypatch.undo()
    watcher.look()
    assert told == ["a.txt", "b.txt"]


def test_many_names_are_told_by_the_first():
    assert name_some(["a", "b"]) == "a, b"
    assert name_some(list("abcdefg")) == "a, b, c, d, e and 2 others"
