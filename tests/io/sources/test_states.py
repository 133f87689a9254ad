"""The state of the sources: what is written is on disk, whatever is reading meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.errors import QualityWarehouseError
from flows.io.sources.states import (
    HostState,
    ListState,
    PageState,
    SourceState,
    open_source_states,
    read_source_states,
)
from flows.io.web.fetch import Validators

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_everything_comes_back_as_it_was_kept(settings):
    source = SourceState("a", NOW, NOW, None, 2, NOW + timedelta(microseconds=1), "It was down.")
    page = PageState(
        "a", "https://x/1", NOW, "Mon", NOW, NOW, "https://x/2", '"e"', "Tue", "ff", "ff", NOW, 1, 0, None
    )
    listing = ListState("a", "https://x/feed", "2024", True, NOW, "2023", "https://x/feed", '"e"', None)
    host = HostState("https://x", NOW, 3, b"User-agent: *", NOW)
    with open_source_states(settings) as states:
        states.save_source(source)
        states.take_list(listing, [page])
        states.save_host(host)
    with open_source_states(settings) as states:
        assert states.read_source("a") == source
        assert states.read_pages("a") == {page.address: page}
        assert states.read_list("a", listing.address) == listing
        assert states.read_host("https://x") == host
    assert read_source_states(settings) == {"a": source}


def test_what_was_never_seen_is_empty_and_nothing_is_made_by_looking(settings):
    assert read_source_states(settings) == {}
    assert not settings.source_states.exists()
    with open_source_states(settings) as states:
        assert states.read_source("a") == SourceState("a")
        assert states.read_list("a", "https://x").validators == Validators()
        assert states.read_host("https://x") == HostState("https://x")


def test_pages_that_never_came_are_due_first_and_those_without_a_moment_never(settings):
    pages = [
        PageState(
            "a", "known", NOW, next_check_at=NOW - timedelta(days=1), checked_at=NOW - timedelta(days=2)
        ),
        PageState("a", "new", NOW, next_check_at=NOW),
        PageState("a", "later", NOW, next_check_at=NOW + timedelta(microseconds=1)),
        PageState("a", "old", NOW, checked_at=NOW),
        PageState("b", "of another", NOW, next_check_at=NOW),
    ]
    with open_source_states(settings) as states:
        states.take_list(None, pages)
        assert [page.address for page in states.read_due_pages("a", NOW, 9)] == ["new", "known"]
        assert [page.address for page in states.read_due_pages("a", NOW, 1)] == ["new"]


def test_the_lists_of_an_earlier_version_are_asked_for_again_and_all_else_is_kept(settings):
    page = PageState("a", "https://x/1", NOW)
    with open_source_states(settings) as states:
        states.take_list(None, [page])
        states._connection.executescript(
            "drop table lists; create table lists (source_id text, address text, changed text, answered_by text,"
            " etag text, last_modified text, primary key (source_id, address));"
            "insert into lists values ('a', 'https://x/feed', null, 'https://x/feed', null, null);"
            "pragma user_version = 1"
        )
    with open_source_states(settings) as states:
        assert states.read_list("a", "https://x/feed") == ListState("a", "https://x/feed")
        assert states.read_pages("a") == {page.address: page}


def test_open_lists_come_in_turn_those_never_asked_for_first(settings):
    lists = [
        ListState("a", "closed", "2026"),
        ListState("a", "asked", "2026", True, NOW),
        ListState("a", "asked before", "2025", True, NOW - timedelta(days=1)),
        ListState("a", "old", "2024", True),
        ListState("a", "new", "2025", True),
        ListState("b", "of another", "2025", True),
    ]
    with open_source_states(settings) as states:
        states.save_lists(lists)
        found = [one.address for one in states.read_open_lists("a", 9)]
    assert found == ["new", "old", "asked before", "asked"]


def test_pages_of_a_host_that_is_left_alone_for_long_are_not_due(settings):
    clock = datetime.now(UTC)
    pages = [PageState("a", f"https://{host}/1", NOW, next_check_at=NOW) for host in ("x", "y", "z", "X")]
    with open_source_states(settings) as states:
        states.take_list(None, pages)
        states.save_host(HostState("https://x", clock + timedelta(minutes=5)))
        states.save_host(HostState("https://y", clock + timedelta(seconds=1)))
        states.save_host(HostState("https://z", clock + timedelta(days=4000)))  # the clock was wrong
        due = states.read_due_pages("a", clock, 9)
    assert [page.address for page in due] == ["https://y/1", "https://z/1"]


def test_it_is_read_while_it_is_written(settings):
    with open_source_states(settings) as writing:
        writing.save_source(SourceState("a", failures=1))
        assert read_source_states(settings)["a"].failures == 1
        writing.save_source(SourceState("a", failures=2))
        assert read_source_states(settings)["a"].failures == 2


def test_the_state_of_a_newer_version_is_left_alone(settings):
    with open_source_states(settings) as states:
        states._connection.execute("pragma user_version = 99")
    with (
        pytest.raises(QualityWarehouseError, match="written by a newer version"),
        open_source_states(settings),
    ):
        pass
