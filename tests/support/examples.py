"""Examples as data: `tests/examples/<room>/<subject>.<language>.yaml`, each table read by the test of its name.

The examples of `tests/extract/periods/test_resolve.py` are in `periods/resolve.en.yaml`, those of
`test_resolve_chinese.py` beside them in `periods/resolve.zh.yaml`. A subject that has nothing to do with language
has one file without a language (`polling/links.yaml`). A file maps tables to rows, and a row maps the arguments of
the test to values:

    a_part_of_a_whole_is_a_share:                # read by test_a_part_of_a_whole_is_a_share(text, number)
      - text: Of the cars sold, 12 percent were recalled.
        number: 12

A row may say what it shows under `case`, which becomes part of the test's id. A list within a list becomes a tuple:
`[[1, CNY]]` is `[(1, "CNY")]`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

EXAMPLES = Path(__file__).parents[1] / "examples"
TEST = "test_"
CASE = "case"


@dataclass(frozen=True)
class Example:
    """A row of a table: its values by argument, and the file and line where it starts."""

    values: dict[str, Any]
    place: str
    case: str | None

    @property
    def id(self) -> str:
        """The id of the test that reads the row, so that a failure names its file and line."""
        return f"{self.place} {self.case}" if self.case else self.place


def each_example(room: str, subject: str, *languages: str) -> Callable[[Callable], Callable]:
    """Run a test once for each row of the table that bears its name."""

    def parametrize(test: Callable) -> Callable:
        rows = _rows(room, subject, languages, test.__name__.removeprefix(TEST))
        names = list(rows[0].values)
        for row in rows:
            assert list(row.values) == names, f"{row.place} has the columns {[*row.values]}, not {names}."
        values = [pytest.param(*row.values.values(), id=row.id) for row in rows]
        test.examples = rows
        return pytest.mark.parametrize(names, values)(test)

    return parametrize


def examples_of(*tests: Callable) -> list[dict[str, Any]]:
    """Return the rows that these tests read, for a test that needs all of them together."""
    return [row.values for test in tests for row in test.examples]


def _rows(room: str, subject: str, languages: tuple[str, ...], table: str) -> list[Example]:
    names = [f"{room}/{subject}.{language}.yaml" for language in languages] or [f"{room}/{subject}.yaml"]
    rows = [row for name in names for row in read_tables(name).get(table, ())]
    assert rows, f"{' and '.join(names)} in tests/examples/ holds no table {table}."
    return rows


@cache
def read_tables(name: str) -> dict[str, list[Example]]:
    """Return all tables of a file below `tests/examples/`."""
    loader = yaml.CSafeLoader((EXAMPLES / name).read_bytes())
    tables: dict[str, list[Example]] = {}
    for key, rows in loader.get_single_node().value:
        assert key.value not in tables, f"{name}:{key.start_mark.line + 1} repeats the table {key.value}."
        tables[key.value] = list(_read_rows(loader, name, rows))
    return tables


def _read_rows(loader: yaml.CSafeLoader, name: str, rows: yaml.SequenceNode) -> Iterator[Example]:
    for node in rows.value:
        names = [key.value for key, _ in node.value]
        place = f"{name}:{node.start_mark.line + 1}"
        assert len(names) == len(set(names)), f"{place} gives an argument twice."
        values = loader.construct_mapping(node, deep=True)
        case = values.pop(CASE, None)
        by_argument = {argument: _with_tuples(value) for argument, value in values.items()}
        yield Example(by_argument, place, case)


def _with_tuples(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [tuple(member) if isinstance(member, list) else member for member in value]
