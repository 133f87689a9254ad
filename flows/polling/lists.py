"""Polls the lists of a source for pages that are listed for the first time or as changed.

The pages of a list are saved in one transaction with the mark that the list is taken. Otherwise a page could be lost:
the next time, the server says that the list has not changed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from flows.errors import DocumentRejectedError, FetchError, HostBusyError
from flows.extract.parse.media_type import read_charset
from flows.io.landing.folders import list_folder
from flows.io.sources.catalogue import FOLDER, Source
from flows.io.sources.polite_client import PoliteClient
from flows.io.sources.states import ListState, PageState, SourceStates
from flows.io.web.fetch import Fetched, Validators
from flows.polling.links import Link, Listing, Wanted, host_of, is_on_host, read_links
from flows.polling.tally import Tally
from flows.runtime.logs import logger
from flows.settings import Settings

# A list with more new pages than this is taken piece by piece, poll by poll.
MOST_NEW_PAGES = 2_000
# A sitemap index may name thousands of sitemaps; the next poll continues.
MOST_LISTS = 20
# Not the time of the poll, which may be years ahead if the clock was wrong.
_AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


class ListPoller:
    """Polls the lists of sources."""

    def __init__(self, settings: Settings, states: SourceStates, client: PoliteClient) -> None:
        """Set the state of the sources and the client that sends the requests."""
        self._settings = settings
        self._states = states
        self._client = client

    def poll(self, source: Source, now: datetime, tally: Tally) -> None:
        """Take the list of a source if it is due, then the lists that it names if it is an index.

        A failing list stops no other, and is requested again after the index. Lists for which there is no time, or
        that a busy host does not give, stay open for the next poll. Raises HostBusyError.
        """
        if tally.is_list_due:
            with tally.count_list():
                known = self._states.read_list(source.source_id, source.address)
                self._open_lists(source, self._take_list(source, known, now))
        for known in self._states.read_open_lists(source.source_id, MOST_LISTS):
            if tally.is_out_of_time:
                return
            closed = replace(known, is_open=False, asked_at=now)
            self._states.save_lists([closed])
            try:
                with tally.count_list():
                    self._take_list(source, closed, now)
            except HostBusyError:
                self._states.save_lists([known])
                raise

    def _open_lists(self, source: Source, links: Sequence[Link]) -> None:
        """Open the sitemaps of an index, except those that were taken as the index now dates them."""
        known = self._states.read_lists(source.source_id)
        named = [(link, known.get(link.address, ListState(source.source_id, link.address))) for link in links]
        self._states.save_lists(
            [
                replace(state, listed=link.changed, is_open=True)
                for link, state in named
                if not link.changed or link.changed != state.changed
            ]
        )

    def _take_list(self, source: Source, known: ListState, now: datetime) -> Sequence[Link]:
        """Save the new and changed pages of a list; return the further lists that it names."""
        if source.kind == FOLDER:
            stamps = list_folder(self._settings.root / source.address)
            links = tuple(Link(path, None, stamp) for path, stamp in stamps.items())
            listing, validators = Listing(links), None
        else:
            fetched = self._client.fetch(known.address, known.validators, may_ask(source))
            if fetched is None:
                self._states.save_lists([replace(known, changed=known.listed)])
                return ()
            listing, validators = self._read_list(source, known.address, fetched), fetched.validators
        pages = self._find_news(source, listing.links, now)
        taken = pages[:MOST_NEW_PAGES]
        # An unchanged index says nothing about its lists, and pages that were left over must be listed again.
        is_done = not listing.lists and len(taken) == len(pages)
        self._states.take_list(_taken(known, validators) if validators and is_done else None, taken)
        return listing.lists

    def _read_list(self, source: Source, address: str, fetched: Fetched) -> Listing:
        try:
            listing = read_links(
                fetched.content,
                kind=source.kind,
                address=fetched.validators.address or address,
                wanted=Wanted(hosts_of(source), source.link_pattern, source.link_selector),
                charset=read_charset(fetched.media_type),
                limit=self._settings.max_document_bytes,
            )
        except DocumentRejectedError:
            raise
        except Exception as error:
            # A fault of our own in one list must not stop the other sources.
            what = f"{type(error).__name__}: {error}"
            raise FetchError(
                f"{address} could not be read ({what}). Please report this together with the list."
            ) from error
        if listing.refused:
            logger.info(
                "%s: %d link(s) of %s lead to other hosts and are ignored; name the hosts in allowed_hosts of "
                "sources.csv to follow them.",
                source.source_id,
                listing.refused,
                address,
            )
        return listing

    def _find_news(self, source: Source, links: Iterable[Link], now: datetime) -> list[PageState]:
        """Return the pages that the list names for the first time, or as changed."""
        known = self._states.read_pages(source.source_id)
        news = []
        for link in links:
            page = known.get(link.address)
            if page is None:
                page = PageState(source.source_id, link.address, now)
            elif not link.changed or link.changed == page.changed:
                continue
            news.append(replace(page, changed=link.changed, next_check_at=_AT_ONCE, checks=0, failures=0))
        return news


def may_ask(source: Source) -> Callable[[str], bool]:
    """Return a function that tells whether an address is on a host of the source."""
    hosts = hosts_of(source)
    return lambda address: is_on_host(address, hosts)


def hosts_of(source: Source) -> frozenset[str]:
    """Return the hosts that documents of a source may be on."""
    return frozenset([host_of(source.address), *(source.allowed_hosts or "").split()])


def _taken(known: ListState, validators: Validators) -> ListState:
    return replace(
        known,
        changed=known.listed,
        answered_by=validators.address,
        etag=validators.etag,
        last_modified=validators.last_modified,
    )
