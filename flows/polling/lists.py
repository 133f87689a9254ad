"""The lists of a source in, pages to ask for out: what is listed for the first time, or as changed.

Pages and the news that a list is taken are kept in one transaction, so that no page is lost to a list that says,
the next time, that it has not changed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from flows.errors import DocumentRejectedError, FetchError
from flows.extract.read_links import Link, Listing, Wanted, host_of, is_on_host, read_links
from flows.extract.read_media_type import read_charset
from flows.io.fetch import Fetched, Validators
from flows.io.landing import list_folder
from flows.io.source_states import ListState, PageState, SourceStates
from flows.io.sources import FOLDER, Source
from flows.io.visits import Visitor
from flows.polling.tally import Tally
from flows.progress import logger
from flows.settings import Settings

# A list that gives more new pages than this is taken piece by piece, poll by poll.
MOST_NEW_PAGES = 2_000
# A sitemap index may name thousands of sitemaps.
MOST_LISTS = 20


class ListTaker:
    """Takes the lists of sources."""

    def __init__(self, settings: Settings, states: SourceStates, visitor: Visitor) -> None:
        """Take where the state of sources is kept, and who asks."""
        self._settings = settings
        self._states = states
        self._visitor = visitor

    def take(self, source: Source, now: datetime, tally: Tally) -> None:
        """Take the list of a source and, if it is an index, those that it names; a failing one stops no other."""
        lists: Sequence[Link] = ()
        with tally.count_list():
            lists = self._take_list(source, Link(source.address), now)
        for link in self._choose_lists(source, lists):
            if tally.is_out_of_time:
                return
            with tally.count_list():
                self._take_list(source, link, now)

    def _choose_lists(self, source: Source, lists: Sequence[Link]) -> list[Link]:
        """Of the sitemaps of an index those that are not known to be taken, the ones that changed last first."""
        known = {link: self._states.read_list(source.source_id, link.address) for link in lists}
        open_lists = [link for link in lists if not link.changed or link.changed != known[link].changed]
        open_lists.sort(key=lambda link: link.changed or "", reverse=True)
        open_lists.sort(key=lambda link: known[link].answered_by is not None)
        return open_lists[:MOST_LISTS]

    def _take_list(self, source: Source, link: Link, now: datetime) -> Sequence[Link]:
        """Keep what a list gives as pages to ask for; return the further lists that it names."""
        if source.kind == FOLDER:
            stamps = list_folder(self._settings.root / source.address)
            listing, validators = (
                Listing(tuple(Link(path, None, stamp) for path, stamp in stamps.items())),
                None,
            )
        else:
            known = self._states.read_list(source.source_id, link.address)
            fetched = self._visitor.fetch(link.address, known.validators, may_ask(source))
            if fetched is None:
                return ()
            listing, validators = self._read_list(source, link, fetched), fetched.validators
        pages = self._find_news(source, listing.links, now)
        taken = pages[:MOST_NEW_PAGES]
        # An index says nothing of its lists by not changing, and what is left over must be listed again.
        is_whole = validators is not None and not listing.lists and len(taken) == len(pages)
        state = _list_state(source, link, validators) if is_whole else None
        self._states.take_list(state, taken)
        return listing.lists

    def _read_list(self, source: Source, link: Link, fetched: Fetched) -> Listing:
        try:
            listing = read_links(
                fetched.content,
                kind=source.kind,
                address=fetched.validators.address or link.address,
                wanted=Wanted(hosts_of(source), source.link_pattern, source.link_selector),
                charset=read_charset(fetched.media_type),
                limit=self._settings.max_document_bytes,
            )
        except DocumentRejectedError:
            raise
        except Exception as error:
            # A fault of ours in one list must not cost the other sources.
            what = f"{type(error).__name__}: {error}"
            raise FetchError(
                f"{link.address} could not be read ({what}). Report it together with the list."
            ) from error
        if listing.refused:
            logger.info(
                "%s: %d link(s) of %s lead to other hosts and are left out; allowed_hosts of sources.csv would "
                "let them in.",
                source.source_id,
                listing.refused,
                link.address,
            )
        return listing

    def _find_news(self, source: Source, links: Iterable[Link], now: datetime) -> list[PageState]:
        """Return the pages that are listed for the first time, or of which the list says that they changed."""
        known = self._states.read_pages(source.source_id)
        news = []
        for link in links:
            page = known.get(link.address)
            if page is None:
                page = PageState(source.source_id, link.address, now)
            elif not link.changed or link.changed == page.changed:
                continue
            news.append(replace(page, changed=link.changed, next_check_at=now, checks=0, failures=0))
        return news


def may_ask(source: Source) -> Callable[[str], bool]:
    """Return what tells whether an address lies on a host of a source."""
    hosts = hosts_of(source)
    return lambda address: is_on_host(address, hosts)


def hosts_of(source: Source) -> frozenset[str]:
    """Return the hosts on which documents of a source may lie."""
    return frozenset([host_of(source.address), *(source.allowed_hosts or "").split()])


def _list_state(source: Source, link: Link, validators: Validators) -> ListState:
    return ListState(
        source.source_id,
        link.address,
        link.changed,
        validators.address,
        validators.etag,
        validators.last_modified,
    )
