"""Tables, values and paths as people read them on a terminal."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.runtime.logs import printable

WIDTH_WITHOUT_TERMINAL = 120


def open_console() -> Console:
    """Return a console as wide as the terminal; it highlights nothing."""
    return Console(width=None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL, highlight=False)


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows below their heads."""
    table = Table(*heads, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    _print_below_blank_line(fill_table(table, rows))


def print_wrapped_fields(fields: Iterable[tuple[str, str]]) -> None:
    """Print a label and a text on each row; long texts wrap below themselves."""
    _print_below_blank_line(fill_table(table_without_heads(), fields))


def print_fields(*fields: tuple[str, str]) -> None:
    """Print a label and a short text on each line."""
    width = max(len(label) for label, _ in fields)
    for label, value in fields:
        print(f"{label:<{width}}  {value}")


def table_without_heads() -> Table:
    """Return an empty table of unnamed columns."""
    return Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))


def fill_table(table: Table, rows: Iterable[Sequence[str]]) -> Table:
    """Add rows whose cells are shown literally: words of documents are no markup."""
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table


def format_value(value: object) -> str:
    """Write a value of a figure as people read it."""
    if isinstance(value, float):
        return f"{value:.15g}"
    return "null" if value is None else str(value)


def format_path(path: Path) -> str:
    """Write a path relative to the working folder if it lies inside."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _print_below_blank_line(table: Table) -> None:
    open_console().print("", table, sep="\n")
