"""Pure code touches nothing outside itself: import-linter checks its imports, these tests its calls."""

import ast
from pathlib import Path

import pytest

from flows.paths import PROJECT_ROOT

PURE_FOLDERS = ("flows/extract", "schemas")
PURE_FILES = ("flows/polling/links.py", "flows/polling/substance.py")
# Names that pure functions may not use: files, clocks, environment, network, randomness, other processes.
CALLED = {"open", "input", "eval", "exec", "__import__"}
ATTRIBUTES = {
    "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "is_file", "unlink", "mkdir",
    "now", "utcnow", "today", "fromtimestamp", "environ", "getenv", "getcwd", "urlopen",
}  # fmt: skip
MODULES = {
    "glob", "os", "pathlib", "random", "secrets", "shutil", "socket", "subprocess", "tempfile", "time",
    "urllib", "uuid",
}  # fmt: skip
# It only splits and joins addresses.
PURE_MODULES = {"urllib.parse"}


def find_impurities(source: str) -> list[str]:
    """Return `line: name` of all in `source` that reaches outside the process or depends on more than its input."""
    return [
        f"{node.lineno}: {name}" for node in ast.walk(ast.parse(source)) for name in forbidden_names(node)
    ]


def forbidden_names(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return {node.func.id} & CALLED
    if isinstance(node, ast.Attribute):
        return {node.attr} & ATTRIBUTES
    if isinstance(node, ast.Import):
        return {
            alias.name.partition(".")[0] for alias in node.names if alias.name not in PURE_MODULES
        } & MODULES
    if isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names} & ATTRIBUTES
        if node.module in PURE_MODULES:
            return names
        return names | ({(node.module or "").partition(".")[0]} & MODULES)
    return set()


def pure_files() -> list[Path]:
    in_folders = [path for folder in PURE_FOLDERS for path in (PROJECT_ROOT / folder).rglob("*.py")]
    return sorted([*in_folders, *(PROJECT_ROOT / file for file in PURE_FILES)])


def test_the_pure_part_is_found():
    names = {path.name for path in pure_files()}
    assert {"extractor.py", "numbers.py", "document.py", "figure.py"} <= names


@pytest.mark.parametrize("path", pure_files(), ids=lambda path: path.relative_to(PROJECT_ROOT).as_posix())
def test_a_pure_module_opens_no_file_and_asks_no_clock(path: Path):
    assert find_impurities(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("open('seeds/reference/units.csv')", "open"),
        ("Path('units.csv').read_text()", "read_text"),
        ("Path('units.csv').read_bytes()", "read_bytes"),
        ("datetime.now(UTC)", "now"),
        ("date.today()", "today"),
        ("datetime.datetime.utcnow()", "utcnow"),
        ("os.environ['HOME']", "environ"),
        ("os.getenv('HOME')", "getenv"),
        ("import time", "time"),
        ("from random import choice", "random"),
        ("import urllib.request", "urllib"),
        ("from os import environ", "environ"),
    ],
)
def test_a_planted_violation_is_found(planted, found):
    source = f"def read_units(text):\n    if text:\n        {planted}\n    return text\n"
    assert f"3: {found}" in find_impurities(source)


def test_what_a_pure_function_may_do_is_not_found():
    source = (
        "from datetime import date\n\ndef read(text):\n    return date(2024, 2, 21), text.strip().split()\n"
    )
    assert find_impurities(source) == []
