"""Sources that fail rest longer each time and come back by themselves, whatever the clock did."""

from datetime import timedelta

import pytest
from local_site import (
    XML,
    Page,
    feed,
    statement,
)
from polled_source import HOUR, NOW, counts, make_source, poll

from flows.io.sources.states import open_source_states
from flows.polling.source import is_due

pytestmark = pytest.mark.slow


def test_a_source_that_keeps_failing_rests_longer_each_time_and_comes_back_by_itself(site, settings):
    site.pages["/feed"] = Page(b"oops", status=500)
    source = make_source(site)
    rests = []
    now = NOW
    for _ in range(5):
        done = poll(settings, source, now)
        rests.append(done.rests_until and (done.rests_until - now) / HOUR)
        now = done.rests_until or now + HOUR
    assert rests == [None, None, 1, 2, 4]
    site.pages["/feed"] = Page(feed("/a"), media_type=XML)
    with open_source_states(settings) as states:
        assert not is_due(source, states, now - timedelta(minutes=1))
        assert is_due(source, states, now)
    done = poll(settings, source, now)
    assert (counts(done), done.rests_until) == ({"new": 1}, None)


def test_a_list_that_failed_once_is_asked_for_sooner_than_its_interval(site, settings):
    site.pages["/feed"] = Page(b"oops", status=500)
    source = make_source(site, poll_interval_minutes=1440)
    poll(settings, source)
    with open_source_states(settings) as states:
        assert not is_due(source, states, NOW + timedelta(minutes=4))
        assert is_due(source, states, NOW + timedelta(minutes=5))


def test_known_pages_are_asked_for_while_the_list_fails(site, settings):
    source = make_source(site)
    poll(settings, source)
    site.pages["/feed"] = Page(b"oops", status=500)
    site.pages["/a"].body = statement("1,251")
    done = poll(settings, source, NOW + HOUR)
    assert counts(done) == {"changed": 1, "failed": 1}
    assert done.is_failed


def test_a_clock_that_was_ahead_stops_no_source(site, settings):
    source = make_source(site)
    poll(settings, source, NOW + timedelta(days=4000))
    site.pages["/a"].body = statement("1,251")
    with open_source_states(settings) as states:
        assert is_due(source, states, NOW)
    assert counts(poll(settings, source, NOW)) == {"changed": 1}


def test_what_was_listed_while_the_clock_was_ahead_is_asked_for_when_it_is_right(site, settings):
    site.pages["/feed"].body = feed("/a", "/b")
    site.pages["/b"] = Page(statement("9"))
    one = settings.model_copy(update={"poll_max_pages": 1})
    assert counts(poll(one, make_source(site), NOW + timedelta(days=4000))) == {"new": 1}
    assert counts(poll(settings, make_source(site), NOW)) == {"new": 1, "unchanged": 1}
