"""What earlier readings said, kept outside the working database: `superseded/` of the home.

No landed document says it any more, so it cannot be made again, and the working database is there to be deleted.
Each load that takes figures back leaves one file of JSON lines, written whole or not at all and never changed; a
new working database begins with all of them. What a killed process loaded and did not write is written when the
database is opened next.
"""

from pathlib import Path

import duckdb
import polars as pl

from flows.errors import QualityWarehouseError
from flows.io.files import write_whole_file
from flows.settings import Settings
from schemas.raw.superseded_figure import SupersededFigureSchema


def keep_superseded_figures(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Write what loads took back and no file holds yet."""
    loads = connection.execute(
        "select superseded_at, count(*) from raw.superseded_figures group by superseded_at order by superseded_at"
    ).fetchall()
    for superseded_at, count in loads:
        # With the count, for a second load at the same instant adds to what the first one wrote.
        path = settings.superseded_figures / f"{superseded_at:%Y%m%dT%H%M%S%f}-{count}.jsonl"
        if not path.exists():
            query = "from raw.superseded_figures where superseded_at = ? order by all"
            write_whole_file(path, connection.execute(query, [superseded_at]).pl().write_ndjson().encode())


def restore_superseded_figures(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Fill the table of a new working database with what the files hold.

    Raises QualityWarehouseError that names a file that cannot be read.
    """
    frames = [_read_file(path) for path in sorted(settings.superseded_figures.glob("*.jsonl"))]
    kept = pl.concat([SupersededFigureSchema.empty(), *frames]).unique(maintain_order=True)
    connection.register("kept_figures", kept)
    connection.execute("insert into raw.superseded_figures by name select * from kept_figures")
    connection.unregister("kept_figures")


def _read_file(path: Path) -> pl.DataFrame:
    """Another release may have had other columns: those that are missing are null, the others are left out."""
    try:
        return pl.read_ndjson(path, schema=SupersededFigureSchema.empty().schema)
    except pl.exceptions.PolarsError as error:
        reason = str(error).partition("\n")[0]
        raise QualityWarehouseError(
            f"{path} holds no figures of earlier readings ({reason}): restore it, or move it away to begin "
            "without them."
        ) from error
