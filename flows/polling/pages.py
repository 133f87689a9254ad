"""Polls the pages of a source, and lands new and changed documents.

A page is landed before its state is saved: a poll that is killed between the two is repeated, and lands the same bytes
as the same document.
"""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from flows.errors import FetchError, HostBusyError
from flows.ingestion.reading_process import ReadingProcess
from flows.io.landing.store import Landing
from flows.io.sources.catalogue import FOLDER, Source
from flows.io.sources.polite_client import PoliteClient, origin_of
from flows.io.sources.states import PageState, SourceStates
from flows.io.web.fetch import Fetched, Validators
from flows.polling.lists import may_ask
from flows.polling.tally import FAILURES, Tally
from flows.polling.times import next_check, next_try
from flows.polling.versions import VersionComparer
from flows.settings import Settings

# Media types of no document. Anything else is landed, and set aside if it cannot be read.
_NO_DOCUMENT = ("image/", "audio/", "video/", "font/")


class PagePoller:
    """Requests pages and lands them."""

    def __init__(
        self, settings: Settings, states: SourceStates, client: PoliteClient, process: ReadingProcess
    ) -> None:
        """Set the state of the sources, the client that sends requests, and the process that reads pages."""
        self._settings = settings
        self._states = states
        self._client = client
        self._landing = Landing(settings)
        self._comparer = VersionComparer(settings, process)

    def poll(self, source: Source, now: datetime, tally: Tally) -> None:
        """Request the pages that are due, those that never came first, until the time is over.

        Pages of a busy host wait for it and hold up no others.
        """
        for page in self._states.read_due_pages(source.source_id, now, self._settings.poll_max_pages):
            if tally.is_out_of_time:
                return
            if source.kind != FOLDER and origin_of(page.address) in tally.busy:
                continue
            try:
                self._states.save_page(self._poll_page(source, page, now, tally))
            except HostBusyError as busy:
                tally.count_busy(busy)
                if busy.origin != origin_of(page.address):  # the page redirects to the busy host
                    self._states.save_page(replace(page, checked_at=now, next_check_at=busy.until))

    def _poll_page(self, source: Source, page: PageState, now: datetime, tally: Tally) -> PageState:
        """Request a page and land it if it is new; return its new state."""
        try:
            take = self._take_file if source.kind == FOLDER else self._take_address
            taken = take(source, page, tally)
        except HostBusyError:
            raise
        except FAILURES as failure:
            tally.count_failed_page(failure)
            failed = replace(page, failures=page.failures + 1, checked_at=now, last_failure=str(failure))
            return replace(failed, next_check_at=next_try(source, failed, now))
        changed_at = now if taken.doc_id != page.doc_id else page.changed_at
        taken = replace(
            taken,
            checked_at=now,
            changed_at=changed_at,
            checks=page.checks + 1,
            failures=0,
            last_failure=None,
        )
        # Listing a folder shows which files have changed.
        check_at = None if source.kind == FOLDER else next_check(source, taken, now)
        return replace(taken, next_check_at=check_at)

    def _take_file(self, source: Source, page: PageState, tally: Tally) -> PageState:
        before = self._landing.find_newest(page.address)
        sidecar = self._landing.land_file(Path(page.address), source.defaults)
        if before == sidecar:
            tally.unchanged += 1
        else:
            tally.count_landed(sidecar, before)
        return replace(page, doc_id=sidecar.doc_id, content_sha256=sidecar.doc_id)

    def _take_address(self, source: Source, page: PageState, tally: Tally) -> PageState:
        # If somebody emptied the landing, its documents are wanted again, whatever the state says.
        is_known = self._landing.holds(page.doc_id)
        known = page.validators if is_known else Validators()
        fetched = self._client.fetch(page.address, known, may_ask(source))
        if fetched is None:
            tally.unchanged += 1
            return page
        _check_document(page.address, fetched)
        seen = _note_seen(page, fetched)
        if is_known and seen.content_sha256 == page.content_sha256:
            tally.unchanged += 1
            return seen
        return self._land_if_other(source, seen, fetched, tally)

    def _land_if_other(self, source: Source, seen: PageState, fetched: Fetched, tally: Tally) -> PageState:
        """Land a fetched page, unless it states the same as the newest document at its address."""
        before = self._landing.find_newest(seen.address)
        if before and (
            before.doc_id == seen.content_sha256 or self._comparer.states_the_same(before, fetched)
        ):
            tally.unchanged += 1
            return replace(seen, doc_id=before.doc_id)
        sidecar = self._landing.land_fetched(seen.address, fetched, source.defaults)
        tally.count_landed(sidecar, before)
        return replace(seen, doc_id=sidecar.doc_id)


def _note_seen(page: PageState, fetched: Fetched) -> PageState:
    return replace(
        page,
        content_sha256=hashlib.sha256(fetched.content).hexdigest(),
        answered_by=fetched.validators.address,
        etag=fetched.validators.etag,
        last_modified=fetched.validators.last_modified,
    )


def _check_document(address: str, fetched: Fetched) -> None:
    media_type = (fetched.media_type or "").strip().lower()
    if not fetched.content:
        raise FetchError(f"{address} sends nothing (0 bytes); the next polls try again.")
    if media_type.startswith(_NO_DOCUMENT):
        raise FetchError(
            f"{address} is {media_type}, not a document: exclude such links by link_pattern in sources.csv."
        )
