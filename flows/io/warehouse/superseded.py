"""Figures of earlier readings: kept in `raw.superseded_figures` and outside the database, in `superseded/` of the home.

No landed document gives them any more, so they could not be made again, and people may delete the working
database. Each load that takes figures back leaves one file of JSON Lines, written whole or not at all and never
changed; a new working database begins with all of them. The file of a load whose process was killed before
writing it is written when the database is next opened.
"""

from pathlib import Path

import duckdb
import polars as pl

from flows.errors import QualityWarehouseError
from flows.io.files import write_whole_file
from flows.settings import Settings
from schemas.raw.superseded_figure import SupersededFigureSchema


def insert_superseded_figures(connection: duckdb.DuckDBPyConnection, figures: pl.DataFrame) -> None:
    """Keep the loaded figures that differ from `figures`, for the documents of the view `incoming_ingestions`."""
    connection.register("incoming_figures", figures)
    connection.execute(
        """
        insert into raw.superseded_figures by name
        with superseded as (
            select * from raw.figures where doc_id in (select doc_id from incoming_ingestions)
            except
            select * from incoming_figures
        )
        select
            superseded.*,
            ingestions.extractor_version,
            ingestions.loaded_at as read_at,
            incoming_ingestions.loaded_at as superseded_at
        from superseded
        inner join raw.ingestions using (doc_id)
        inner join incoming_ingestions using (doc_id)
        """
    )
    connection.unregister("incoming_figures")


def write_superseded_figures(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Write the superseded figures that no file holds yet, a file for each load."""
    loads = connection.execute(
        "select superseded_at, count(*) from raw.superseded_figures group by superseded_at order by superseded_at"
    ).fetchall()
    for superseded_at, count in loads:
        # The name has the count, because a second load at the same instant adds to the rows of the first.
        path = settings.superseded_figures / f"{superseded_at:%Y%m%dT%H%M%S%f}-{count}.jsonl"
        if not path.exists():
            query = "from raw.superseded_figures where superseded_at = ? order by all"
            write_whole_file(path, connection.execute(query, [superseded_at]).pl().write_ndjson().encode())


def restore_superseded_figures(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Fill the table of a new working database from the files.

    Raises QualityWarehouseError that names a file that cannot be read.
    """
    frames = [_read_file(path) for path in sorted(settings.superseded_figures.glob("*.jsonl"))]
    kept = pl.concat([SupersededFigureSchema.empty(), *frames]).unique(maintain_order=True)
    connection.register("kept_figures", kept)
    connection.execute("insert into raw.superseded_figures by name select * from kept_figures")
    connection.unregister("kept_figures")


def _read_file(path: Path) -> pl.DataFrame:
    """Read a file of any release: columns that it lacks are null, columns that are no longer known are left out."""
    try:
        return pl.read_ndjson(path, schema=SupersededFigureSchema.empty().schema)
    except pl.exceptions.PolarsError as error:
        reason = str(error).partition("\n")[0]
        raise QualityWarehouseError(
            f"{path} holds no figures of earlier readings ({reason}): restore it, or move it away to begin "
            "without them."
        ) from error
