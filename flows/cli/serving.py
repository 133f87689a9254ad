"""The commands that run until they are stopped."""

import os
from pathlib import Path
from typing import Annotated

import typer

from flows.runtime.logs import logger, report_to_standard_error


def watch(
    folder: Annotated[Path | None, typer.Argument(show_default="the inbox of the home")] = None,
) -> None:
    """Land files that arrive in a folder and emit `document.landed`, until stopped; network file systems work too.

    Example: quality-warehouse watch /mnt/reports
    """
    from threading import Event

    from flows.io.announce.prefect_events import emit_document_landed
    from flows.serving.signals import stop_on_signals
    from flows.serving.watcher import Watcher
    from flows.settings import Settings

    settings, stop = Settings(), Event()
    stop_on_signals(stop)
    folder = folder or settings.inbox
    logger.info("Watching %s. Stop with Ctrl+C.", folder)
    Watcher(folder.absolute(), settings, emit_document_landed).watch(stop)


def serve() -> None:
    """Run everything on this machine until stopped: Prefect server, worker, schedules, watched inbox, HTTP.

    Documents that arrive in the inbox, are posted or are polled reach the published warehouse by themselves. If
    PREFECT_API_URL names a server, that one is used and none is started.

    Documents can be posted if QUALITY_WAREHOUSE_API_KEY is set.

    Example: quality-warehouse serve
    """
    from threading import Event

    from flows.serving.prefect_server import environment_of_prefect
    from flows.serving.signals import stop_on_signals
    from flows.settings import Settings

    settings, stop = Settings(), Event()
    has_server = "PREFECT_API_URL" in os.environ
    # Prefect reads its settings when it is imported, and `flows.serving.serve` imports it.
    settings.prefect_home.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment_of_prefect(settings))
    from flows.serving.serve import serve_home

    stop_on_signals(
        stop
    )  # after the imports, because polars replaces the handler of Ctrl+C when it is imported
    report_to_standard_error(with_time=True)
    serve_home(settings, stop, has_server=has_server)
