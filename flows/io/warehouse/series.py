"""Compares the yearly series of the working database with the published ones."""

import duckdb
import polars as pl

from flows.io.warehouse.database import attach_working_database
from flows.io.warehouse.quoting import literal
from flows.io.warehouse.tables import has_table
from flows.settings import Settings

COLUMNS = (
    "change", "indicator_id", "ref_area", "lineage_id", "year", "scenario", "breakdown", "old_value", "old_bound",
    "new_value", "new_bound",
)  # fmt: skip


def read_series_changes(settings: Settings) -> pl.DataFrame:
    """Return the indicator-years that the last build added, changed or removed; columns COLUMNS.

    All count as added where nothing is published yet. An indicator-year that keeps its value but takes it from
    another source has not changed.
    """
    with attach_working_database(settings) as connection:
        if not has_table(connection, "main", "fct_indicator_years"):
            return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
        _attach_published(connection, settings)
        return connection.execute(
            """
            with compared as (
                select
                    case
                        when old.indicator_year_id is null then 'added'
                        when new.indicator_year_id is null then 'gone'
                        else 'changed'
                    end as change,
                    coalesce(new.indicator_id, old.indicator_id) as indicator_id,
                    coalesce(new.ref_area, old.ref_area) as ref_area,
                    coalesce(new.lineage_id, old.lineage_id) as lineage_id,
                    coalesce(new.year, old.year) as year,
                    coalesce(new.scenario, old.scenario) as scenario,
                    coalesce(new.breakdown, old.breakdown) as breakdown,
                    old.obs_value as old_value, old.bound as old_bound,
                    new.obs_value as new_value, new.bound as new_bound
                from before_series as old
                full join main.fct_indicator_years as new using (indicator_year_id)
                where
                    old.indicator_year_id is null or new.indicator_year_id is null
                    or (old.obs_value, old.obs_value_max, old.bound, old.unit_measure)
                        is distinct from (new.obs_value, new.obs_value_max, new.bound, new.unit_measure)
            )

            from compared order by change, indicator_id, ref_area, lineage_id, year, scenario, breakdown
            """
        ).pl()


def _attach_published(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Create `before_series` from the published file; empty where there is none, or none with indicator-years."""
    source = "select * from quality.main.fct_indicator_years where false"
    if settings.published_database.exists():
        path = literal(str(settings.published_database.resolve()))
        connection.execute(f"attach {path} as published (read_only)")
        found = "select 1 from duckdb_tables() where database_name = 'published' and table_name = 'fct_indicator_years'"
        if connection.execute(found).fetchone():
            source = "from published.main.fct_indicator_years"
    connection.execute(f"create temp table before_series as {source}")
