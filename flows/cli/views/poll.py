"""What `quality-warehouse poll` prints."""

from flows.cli.views.tables import print_table
from flows.poll import Polled

COUNTS = ("checked", "new", "changed", "unchanged", "failed")


def print_polled(polled: Polled) -> None:
    """Print the counts of each polled source; the log has already said why something failed."""
    if not polled.sources:
        print(_explain_idle(polled))
        return
    rows = (
        (
            tally.source_id,
            *(str(getattr(tally, count)) for count in COUNTS),
            f"{tally.rests_until:%Y-%m-%d %H:%M} UTC" if tally.rests_until else "",
        )
        for tally in polled.sources
    )
    print_table(("Source", *map(str.capitalize, COUNTS), "Rests until"), rows)


def _explain_idle(polled: Polled) -> str:
    if polled.is_left_to_another:
        return "Another poll is running: it polls the sources that are due."
    if polled.enabled:
        return f"Nothing is due: {polled.enabled} source(s) are enabled, and each is polled at its interval."
    return (
        "No source is enabled: set `enabled` in a sources.csv of your own, which QUALITY_WAREHOUSE_SOURCES names, "
        "or name a source."
    )
