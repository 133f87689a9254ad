"""The state of the sources: what is written is on the disk, whoever reads it meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.errors import QualityWarehouseError
from flows.io.fetch import Validators
from flows.io.source_states import (
    HostState,
    ListState,
    PageState,
    SourceState,
    open_source_states,
    read_source_states,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_everything_comes_back_as_it_was_kept(settings):
    source = SourceState("a", NOW, NOW, None, 2, NOW + timedelta(microseconds=1), "It was down.")
    page = PageState(
        "a", "https://x/1", NOW, "Mon", NOW, NOW, "https://x/2", '"e"', "Tue", "ff", "ff", NOW, 1, 0, None
    )
    listing = ListState("a", "https://x/feed", "2024", "https://x/feed", '"e"', None)
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
