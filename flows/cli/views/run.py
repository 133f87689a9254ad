"""What `quality-warehouse run` prints."""

import sys
from pathlib import Path

from flows.cli.views.publications import describe_publication
from flows.cli.views.review import print_quarantine
from flows.cli.views.tables import format_path, print_fields
from flows.io.warehouse.reading import WarehouseCounts
from flows.run import Ran
from flows.settings import Settings

EXAMPLE_QUERY = "select title, quote, obs_value from fct_observations join evidence using (observation_id)"


def print_run(ran: Ran, counts: WarehouseCounts, settings: Settings) -> None:
    """Print the summary of a run and a command that queries its result."""
    new, figures = len(ran.ingested.loaded), ran.ingested.figures
    path = format_path(settings.published_database)
    print_fields(
        ("Documents", f"{counts.documents}, {new} of them new"),
        ("Figures", f"{counts.figures}, {figures} of them new"),
        ("Quarantined", str(counts.quarantined)),
        ("Published", f"{path}{' (unchanged)' if ran.publication.unchanged else ''}"),
    )
    if ran.publication.pin:
        print(describe_publication(ran.publication))
    print_quarantine(settings)
    print("\nQuery it, for example:")
    python = format_path(Path(sys.executable))
    query = f"duckdb.connect('{path}', read_only=True).sql('{EXAMPLE_QUERY}').show()"
    print(f'{python} -c "import duckdb; {query}"')
