"""A site on this machine with a feed of one page, and settings that allow polling it."""

import pytest
from local_site import XML, Page, feed, serve_site, statement

from flows.settings import Settings


@pytest.fixture
def site():
    with serve_site() as site:
        site.pages["/feed"] = Page(feed("/a"), media_type=XML)
        site.pages["/a"] = Page(statement())
        yield site


@pytest.fixture
def settings(tmp_path):
    return Settings(
        home=tmp_path / "home",
        allow_private_addresses=True,
        http_timeout_seconds=0.5,
        max_document_bytes=1_000_000,
        poll_delay_seconds=0,
    )
