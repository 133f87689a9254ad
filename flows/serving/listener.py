"""Listens to Prefect for what other processes land: `quality-warehouse land`, a poll, anybody's event."""

import asyncio
import threading
from collections.abc import Callable

from prefect.events.clients import get_events_subscriber
from prefect.events.filters import EventFilter, EventNameFilter

from flows.runtime.logs import logger

_TICK_SECONDS = 1
_LANDED = EventFilter(event=EventNameFilter(name=["document.landed"]))


def listen_until_stopped(on_event: Callable[[], None], stop: threading.Event) -> None:
    """Call `on_event` for each `document.landed`. A broken connection is made again."""
    asyncio.run(_listen(on_event, stop))


async def _listen(on_event: Callable[[], None], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            async with get_events_subscriber(_LANDED) as events:
                while not stop.is_set():
                    try:
                        await asyncio.wait_for(anext(events), _TICK_SECONDS)
                    except TimeoutError:
                        continue
                    on_event()
        except Exception as error:  # whatever breaks the connection: work is found without events, only later
            logger.warning("Events cannot be heard for the moment (%s).", error)
            await asyncio.sleep(_TICK_SECONDS)
