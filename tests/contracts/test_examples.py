"""Every table of examples is read by a test, and a wrong one is named with its file and line."""

import ast

import pytest
from examples import EXAMPLES, TEST, each_example, examples_of, read_tables

from flows.paths import PROJECT_ROOT

FILES = sorted(file.relative_to(EXAMPLES).as_posix() for file in EXAMPLES.rglob("*.yaml"))


def calls_of(decorators: list[ast.expr]) -> list[list[str]]:
    """Return the arguments of every `@each_example(…)` among decorators."""
    calls = [node for node in decorators if isinstance(node, ast.Call)]
    return [
        [argument.value for argument in call.args]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "each_example"
    ]


def tables_read() -> set[tuple[str, str]]:
    """Return file and table of every test that reads one."""
    read = set()
    for file in (PROJECT_ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for room, subject, *languages in calls_of(node.decorator_list):
                    names = [f".{language}.yaml" for language in languages] or [".yaml"]
                    table = node.name.removeprefix(TEST)
                    read |= {(f"{room}/{subject}{name}", table) for name in names}
    return read


def test_every_table_is_read_by_the_test_of_its_name_and_every_file_that_a_test_names_has_its_table():
    assert {(name, table) for name in FILES for table in read_tables(name)} == tables_read()


def test_no_example_stands_twice_in_a_table():
    tables = [table for name in FILES for table in read_tables(name).values()]
    rows = [[repr(row.values) for row in table] for table in tables]
    assert [row for table in rows for row in table if table.count(row) > 1] == []


@pytest.fixture
def write_example(tmp_path, monkeypatch):
    def write(text: str) -> None:
        (tmp_path / "room").mkdir()
        (tmp_path / "room" / "subject.en.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setattr("examples.EXAMPLES", tmp_path)
        read_tables.cache_clear()

    yield write
    read_tables.cache_clear()


def test_it_adds(text, total): ...


test_it_adds.__test__ = False


def test_a_row_keeps_the_types_of_its_values_and_is_known_by_its_line_and_its_case(write_example):
    write_example(
        "it_adds:\n  - {text: '1', total: [1, [2.0, null]]}\n  - case: big\n    text: b\n    total: 1_000\n"
    )
    test = each_example("room", "subject", "en")(test_it_adds)
    assert examples_of(test) == [{"text": "1", "total": [1, (2.0, None)]}, {"text": "b", "total": 1000}]
    assert [row.id for row in test.examples] == ["room/subject.en.yaml:2", "room/subject.en.yaml:3 big"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "it_subtracts:\n  - {text: a, total: 1}\n",
            "room/subject.en.yaml in tests/examples/ holds no table it_adds",
        ),
        ("it_adds:\n  - {text: a, total: 1}\n  - {text: b}\n", "room/subject.en.yaml:3 has the columns"),
        (
            "it_adds:\n  - {text: a, total: 1}\nit_adds:\n  - {text: b, total: 1}\n",
            "room/subject.en.yaml:3 repeats",
        ),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_place(write_example, text, said):
    write_example(text)
    with pytest.raises(AssertionError, match=said):
        each_example("room", "subject", "en")(test_it_adds)
