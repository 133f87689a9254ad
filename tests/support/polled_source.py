"""Helpers that poll one source as a separate process would, and count the results."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flows.ingestion.reading_process import open_reading_process
from flows.io.landing.store import read_content, read_sidecars
from flows.io.sources.catalogue import Source
from flows.io.sources.states import PageState, open_source_states
from flows.polling.source import PolledSource, SourcePoller
from flows.settings import Settings

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

HOUR = timedelta(hours=1)


def make_source(site, path="/feed", kind="feed", **given):
    cells = {
        "source_id": "kettles",
        "publisher": "Office of Kettles",
        "kind": kind,
        "address": site.url + path,
        "link_selector": "ul.news a" if kind == "list_page" else None,
        "link_pattern": None,
        "allowed_hosts": None,
        "language": "en",
        "document_type": "press_release",
        "licence": "us_public_domain",
        "poll_interval_minutes": 60,
        "recheck_days": 30,
        "enabled": True,
    }
    return Source(**cells | given)


def poll(settings: Settings, source: Source, now: datetime = NOW, **options) -> PolledSource:
    """Poll as a separate process would, which knows only what is on disk."""
    is_allowed = options.pop("is_allowed", lambda address: False)
    with open_source_states(settings) as states, ExitStack() as stack:
        process = open_reading_process(settings)
        stack.push(process)  # few polls have anything to compare
        return SourcePoller(settings, states, process, is_allowed).poll(source, now, **options)


def counts(done: PolledSource) -> dict[str, int]:
    """Return the counts that are not zero."""
    found = {name: getattr(done, name) for name in ("new", "changed", "unchanged", "failed")}
    return {name: count for name, count in found.items() if count}


def landed_texts(settings: Settings) -> list[str]:
    return [read_content(sidecar, settings).decode() for sidecar in read_sidecars(settings)]


def read_page(settings: Settings, source: Source, address: str) -> PageState:
    with open_source_states(settings) as states:
        return states.read_pages(source.source_id)[address]


def a_minute_later(settings, origin: str) -> None:
    """End the pause of a host."""
    with open_source_states(settings) as states:
        states.save_host(replace(states.read_host(origin), free_at=None))
