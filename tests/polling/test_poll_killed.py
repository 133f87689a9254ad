"""After a poll is killed at any point, the next one repeats its requests and ends in the same state."""

import multiprocessing
import os
import random
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import FrameType

import pytest
from local_site import XML, Page, feed, serve_site, statement
from polled_source import NOW, make_source, poll

from flows.io.landing.store import read_content, read_sidecars
from flows.io.sources.catalogue import Source
from flows.io.sources.states import open_source_states
from flows.settings import Settings

pytestmark = pytest.mark.slow

PAGES = 3
KILLS = 30
# Only these calls have effects that outlive the process.
EFFECTS = {
    "execute",
    "executescript",
    "__exit__",
    "fsync",
    "replace",
    "rename",
    "connect",
    "send",
    "sendall",
    "recv",
}
FORK = multiprocessing.get_context("fork")


def count_effects(at_each: Callable[[int], None]) -> None:
    """Call `at_each` with the running number of each call with an effect outside this process."""
    seen = 0

    def watch(_frame: FrameType, event: str, called: object) -> None:
        nonlocal seen
        if event == "c_call" and getattr(called, "__name__", "") in EFFECTS:
            seen += 1
            at_each(seen)

    sys.setprofile(watch)


def poll_until(effect: int, settings: Settings, source: Source) -> None:
    def kill_at(seen: int) -> None:
        if seen == effect:
            os.kill(os.getpid(), signal.SIGKILL)

    count_effects(kill_at)
    poll(settings, source)


def count_all(numbers, settings: Settings, source: Source) -> None:
    last = [0]
    count_effects(lambda seen: last.__setitem__(0, seen))
    poll(settings, source)
    sys.setprofile(None)
    numbers.put(last[0])


@pytest.fixture
def site():
    with serve_site() as site:
        addresses = [f"/p{number}" for number in range(PAGES)]
        site.pages["/feed"] = Page(feed(*addresses), media_type=XML, has_etag=True)
        site.pages |= {
            address: Page(statement(f"1,{place}00"), has_etag=True) for place, address in enumerate(addresses)
        }
        yield site


def settings_of(home: Path) -> Settings:
    return Settings(home=home, allow_private_addresses=True, poll_delay_seconds=0)


def what_is_kept(settings: Settings, source: Source) -> tuple[object, object]:
    """Return the landed texts by address, and the state of each page."""
    landed = {
        address: read_content(sidecar, settings)
        for sidecar in read_sidecars(settings)
        for address in sidecar.landings
    }
    with open_source_states(settings) as states:
        pages = states.read_pages(source.source_id)
    return landed, {address: (page.doc_id, page.etag, page.last_failure) for address, page in pages.items()}


@pytest.mark.fault
def test_a_poll_that_is_killed_anywhere_loses_no_document(site, tmp_path):
    source = make_source(site)
    undisturbed = settings_of(tmp_path / "undisturbed")
    poll(undisturbed, source)
    numbers = FORK.SimpleQueue()
    FORK.Process(target=count_all, args=(numbers, settings_of(tmp_path / "counted"), source)).start()
    effects = numbers.get()
    expected = what_is_kept(undisturbed, source)
    assert len(expected[0]) == PAGES
    assert effects > KILLS
    for effect in random.Random(5).sample(range(1, effects), KILLS):
        settings = settings_of(tmp_path / f"killed at {effect}")
        killed = FORK.Process(target=poll_until, args=(effect, settings, source))
        killed.start()
        killed.join()
        assert killed.exitcode == -signal.SIGKILL
        # Like the schedule: every minute, however the previous run ended.
        for minutes in (1, 61):
            poll(settings, source, NOW + timedelta(minutes=minutes))
        assert what_is_kept(settings, source) == expected, f"killed at effect {effect} of {effects}"
