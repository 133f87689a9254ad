"""The pandera models and dbt's description of the raw tables are one contract, kept in two languages."""

import re
from pathlib import Path

import duckdb
import pytest
import yaml

from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.tables import DERIVED_TABLES, KEPT_TABLES, RAW_TABLES
from flows.paths import DBT_PROJECT
from flows.settings import Settings

TABLES = RAW_TABLES | KEPT_TABLES | DERIVED_TABLES
VIEWS = {"open_quarantine", "figures_as_decided"}
SOURCES = DBT_PROJECT / "models" / "staging" / "_raw__sources.yml"


def described_tables() -> dict[str, list[dict]]:
    [raw] = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))["sources"]
    return {table["name"]: table["columns"] for table in raw["tables"]}


def test_dbt_describes_every_raw_table_and_no_other():
    assert set(described_tables()) == {*TABLES} | VIEWS


@pytest.mark.parametrize("table", TABLES)
def test_dbt_describes_the_columns_of_the_pandera_model_in_order(table):
    described = described_tables()[table]
    assert [column["name"] for column in described] == list(TABLES[table].to_schema().columns)
    assert all(column["description"] for column in described)


@pytest.mark.parametrize("table", TABLES)
def test_staging_reads_every_column_of_its_source(table):
    """A column that is loaded but never read would be lost silently."""
    model = {"quarantine": "quarantined_records"}.get(table, table)
    sql = (DBT_PROJECT / "models" / "staging" / f"stg_raw__{model}.sql").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", re.sub(r"--.*", "", sql)))
    columns = set(TABLES[table].to_schema().columns)
    if table == "decided_figures":  # the figures themselves are read through the view figures_as_decided
        columns -= set(TABLES["figures"].to_schema().columns)
    assert columns - words == set()


def test_raw_tables_have_the_types_of_the_pandera_models(tmp_path: Path):
    duckdb_types = {
        "String": "VARCHAR",
        "Int64": "BIGINT",
        "Float64": "DOUBLE",
        "Boolean": "BOOLEAN",
        "Date": "DATE",
        "Datetime(time_unit='us', time_zone=None)": "TIMESTAMP",
    }
    settings = Settings(home=tmp_path)
    with open_working_database(settings):
        pass
    with duckdb.connect(str(settings.working_database), read_only=True) as connection:
        for table, schema in TABLES.items():
            found = {
                name: type_ for name, type_, *_ in connection.execute(f"describe raw.{table}").fetchall()
            }
            wanted = {name: duckdb_types[str(dtype)] for name, dtype in schema.empty().schema.items()}
            assert found == wanted, table
