"""When a landed page is asked for again, and when it is a new version."""

import shutil
from pathlib import Path

import pytest
from local_site import (
    Page,
    feed,
    statement,
)
from polled_source import HOUR, NOW, counts, landed_texts, make_source, poll

pytestmark = pytest.mark.slow


def test_a_page_that_its_server_knows_to_be_the_same_is_not_sent_again(site, settings):
    site.pages["/a"].has_etag = True
    site.pages["/feed"].has_etag = True
    source = make_source(site)
    poll(settings, source)
    assert counts(poll(settings, source, NOW + HOUR)) == {"unchanged": 1}
    assert "if-none-match" in site.last("/a").headers
    assert "if-none-match" in site.last("/feed").headers


def test_a_page_without_a_tag_is_recognised_by_when_it_was_modified(site, settings):
    stamp = "Wed, 21 Feb 2024 08:00:00 GMT"
    site.pages["/a"].last_modified = stamp
    source = make_source(site)
    poll(settings, source)
    assert counts(poll(settings, source, NOW + HOUR)) == {"unchanged": 1}
    assert site.last("/a").headers["if-modified-since"] == stamp


def test_another_figure_is_another_version(site, settings):
    source = make_source(site)
    poll(settings, source)
    site.pages["/a"].body = statement("1,251")
    done = poll(settings, source, NOW + HOUR)
    assert counts(done) == {"changed": 1}
    assert len(landed_texts(settings)) == 2
    assert "1,251" in landed_texts(settings)[1]
    assert counts(poll(settings, source, NOW + 3 * HOUR)) == {"unchanged": 1}


def test_a_figure_that_is_taken_back_is_the_newest_version_again(site, settings):
    source = make_source(site)
    for hours, figure in ((0, "1,250"), (1, "1,251"), (3, "1,250")):
        site.pages["/a"].body = statement(figure)
        poll(settings, source, NOW + hours * HOUR)
    assert len(landed_texts(settings)) == 2
    assert "1,250" in landed_texts(settings)[1]


def test_a_counter_of_views_and_another_pagination_make_no_version(site, settings):
    site.pages["/a"].body = lambda count: statement(views=count, page=count)
    source = make_source(site)
    poll(settings, source)
    assert counts(poll(settings, source, NOW + HOUR)) == {"unchanged": 1}
    assert site.count("/a") == 2
    assert len(landed_texts(settings)) == 1


@pytest.mark.fault
def test_a_page_that_takes_too_long_to_read_is_another_version_and_is_waited_for_no_longer(site, settings):
    endless = "<html>" + "<p>7" * 240_000  # twice as many take four times as long
    site.pages["/a"] = Page(endless)
    source = make_source(site)
    poll(settings, source)
    site.pages["/a"].body = f"{endless} "
    quick = settings.model_copy(update={"max_reading_seconds": 2})
    assert counts(poll(quick, source, NOW + HOUR)) == {"changed": 1}


def test_a_pdf_that_is_made_anew_with_the_same_text_is_no_version(site, settings):
    document = (
        Path(__file__).parents[2] / "seeds/documents/2024-02-21-press-conference-transcript.pdf"
    ).read_bytes()
    site.pages["/a"] = Page(document, media_type="application/pdf")
    source = make_source(site)
    poll(settings, source)
    site.pages["/a"].body = document + b"\n% made again\n"
    assert counts(poll(settings, source, NOW + HOUR)) == {"unchanged": 1}


def test_a_page_is_asked_for_at_growing_intervals_and_not_for_ever(site, settings):
    source = make_source(site, recheck_days=1)
    asked = []
    for hours in range(33):
        before = site.count("/a")
        poll(settings, source, NOW + hours * HOUR)
        if site.count("/a") > before:
            asked.append(hours)
    assert asked == [0, 1, 3, 7, 13, 19]


def test_a_page_that_is_another_at_each_call_does_not_fill_the_landing(site, settings):
    site.pages["/a"].body = lambda count: statement(str(count))
    source = make_source(site, recheck_days=2)
    for hours in range(60):
        poll(settings, source, NOW + hours * HOUR)
    assert len(landed_texts(settings)) == 8  # after 0, 1, 3, 7 and 15 hours, then every twelve


def test_a_page_of_which_the_list_says_that_it_changed_is_asked_for_however_old_it_is(site, settings):
    source = make_source(site, recheck_days=0)
    site.pages["/feed"].body = feed("/a", changed="Mon")
    poll(settings, source)
    site.pages["/a"].body = statement("1,251")
    assert counts(poll(settings, source, NOW + 100 * HOUR)) == {}
    site.pages["/feed"].body = feed("/a", changed="Tue")
    assert counts(poll(settings, source, NOW + 101 * HOUR)) == {"changed": 1}


def test_what_is_gone_from_the_landing_is_asked_for_without_condition(site, settings):
    site.pages["/a"].has_etag = True
    source = make_source(site)
    poll(settings, source)
    shutil.rmtree(settings.landing)
    assert counts(poll(settings, source, NOW + HOUR)) == {"new": 1}
    assert "if-none-match" not in site.last("/a").headers


def test_a_lost_state_costs_requests_and_makes_no_version(site, settings):
    site.pages["/a"].body = lambda count: statement(views=count)
    poll(settings, make_source(site))
    settings.source_states.unlink()
    assert counts(poll(settings, make_source(site))) == {"unchanged": 1}
    assert len(landed_texts(settings)) == 1
