"""Reads the CSV files of `seeds/` into typed frames, one a table, and validates them against their contracts.

The extractor and the warehouse trust these tables. So every fault of every file is reported at once, with file and
line, and nothing is used while one is left.
"""

from pathlib import Path

import pandera.polars as pa
import polars as pl

from flows.errors import InvalidSeedsError
from schemas.seeds.cross_checks import Fault, find_cross_table_faults
from schemas.seeds.files import FILES, SEED_TABLES

FIRST_LINE = 2  # Line 1 of a file is its header, and no cell may hold a line break.
SHOWN_LINES = 5
FORMATS = {
    pl.Date: "a date like 2018-03-17",
    pl.Boolean: "true or false",
    pl.Int64: "a whole number",
    pl.Float64: "a number",
}


def read_seed_tables(folder: Path) -> dict[str, pl.DataFrame]:
    """Read and validate every table of `SEED_TABLES` from its file in `folder`.

    Returns name → frame with the columns of its model, cast; an empty cell is null.
    Raises InvalidSeedsError that lists every fault with file, lines, column and what to do.
    """
    tables: dict[str, pl.DataFrame] = {}
    faults: list[Fault] = []
    for name, model in SEED_TABLES.items():
        tables[name], found = read_table(folder / FILES[name], model)
        faults += found
    faulty = {fault.table for fault in faults}
    faults += find_cross_table_faults({name: table for name, table in tables.items() if name not in faulty})
    if faults:
        raise InvalidSeedsError(
            "\n".join(describe_fault(folder / FILES[fault.table], fault) for fault in faults)
        )
    return tables


def read_table(path: Path, model: type[pa.DataFrameModel]) -> tuple[pl.DataFrame, list[Fault]]:
    """Read one file as text, cast it and validate it; a step runs only if the one before found no fault."""
    if not path.is_file():
        return pl.DataFrame(), [Fault(path.stem, (), None, "the file is missing; restore it")]
    try:
        text = pl.read_csv(path, infer_schema=False, encoding="utf8")
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        reason = str(error).partition("\n")[0]
        return pl.DataFrame(), [
            Fault(path.stem, (), None, f"it is not a UTF-8 CSV file ({reason}); save it as one")
        ]
    table, faults = text, find_layout_faults(path.stem, text, model)
    if not faults:
        table, faults = cast_columns(path.stem, text, model)
    return table, faults or find_contract_faults(path.stem, table, model)


def find_layout_faults(name: str, text: pl.DataFrame, model: type[pa.DataFrameModel]) -> list[Fault]:
    """Find a header that differs from the model's, and cells with a blank at an end or a line break."""
    expected = list(model.to_schema().columns)
    if text.columns != expected:
        return [Fault(name, (), None, f"its header must be {','.join(expected)}")]
    untidy = pl.col(pl.String).str.contains(r"^\s|\s$|[\r\n]")
    return faults_of_cells(name, text.select(untidy), "has a blank at an end or a line break; remove it")


def cast_columns(
    name: str, text: pl.DataFrame, model: type[pa.DataFrameModel]
) -> tuple[pl.DataFrame, list[Fault]]:
    """Cast the cells to the types of the model; a cell that cannot be cast is a fault."""
    types = {column: field.dtype.type for column, field in model.to_schema().columns.items()}
    table = text.select(cast(column, dtype) for column, dtype in types.items())
    faults = [
        fault
        for column, dtype in types.items()
        if dtype in FORMATS
        for fault in faults_of_cells(
            name,
            text.select(pl.col(column).is_not_null() & table[column].is_null()),
            f"is not {FORMATS[dtype]}",
        )
    ]
    return table, faults


def cast(column: str, dtype: pl.DataType) -> pl.Expr:
    """Cast a column of text; a cell that does not fit becomes null."""
    if dtype == pl.Date:
        return pl.col(column).str.to_date("%Y-%m-%d", strict=False)
    if dtype == pl.Boolean:
        return pl.col(column).replace_strict(
            {"true": True, "false": False}, default=None, return_dtype=pl.Boolean
        )  # polars itself casts no text to truth values
    return pl.col(column).cast(dtype, strict=False)


def faults_of_cells(name: str, wrong: pl.DataFrame, problem: str) -> list[Fault]:
    """Turn a frame of flags into faults, one for each column with a flag set."""
    rows = {column: tuple(wrong[column].fill_null(False).arg_true()) for column in wrong.columns}
    return [Fault(name, found, column, problem) for column, found in rows.items() if found]


def find_contract_faults(name: str, table: pl.DataFrame, model: type[pa.DataFrameModel]) -> list[Fault]:
    """Validate with pandera; the failures of one check in one column are one fault."""
    try:
        model.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.group_by("schema_context", "column", "check", maintain_order=True)
        return [to_fault(name, model, *key, cases=group) for key, group in cases]
    return []


def to_fault(
    name: str, model: type[pa.DataFrameModel], context: str, column: str, check: str, *, cases: pl.DataFrame
) -> Fault:
    """Put the failures of one check into words. `cases` has the column `index`: a row, or null for a whole table."""
    in_words = {
        "not_nullable": "is empty; fill it in",
        "field_uniqueness": "occurs more than once; keep one",
        "multiple_fields_uniqueness": f"the key {', '.join(model.to_schema().unique or ())} occurs twice; keep one row",
    }
    rows = tuple(sorted(set(cases["index"].drop_nulls())))
    if context != "Column":
        return Fault(name, rows, None, in_words.get(check, check))
    broken = f'"{cases["failure_case"][0]}" does not keep the rule {check}'
    return Fault(name, rows, column, in_words.get(check, broken))


def describe_fault(path: Path, fault: Fault) -> str:
    """Write a fault as one sentence: file, lines, column, what is wrong and what to do."""
    where = str(path)
    if fault.rows:
        lines = [str(row + FIRST_LINE) for row in fault.rows[:SHOWN_LINES]]
        more = len(fault.rows) - len(lines)
        where += f", line {', '.join(lines)}" + (f" and {more} more" if more else "")
    if fault.column:
        where += f", column {fault.column}"
    return f"{where}: {fault.problem}."
