"""Whatever prose, comments and docstrings name exists: files, modules, links, commands, settings."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import click
import pytest
import typer
from settings_table import GUIDE, replace_settings_table

from flows.cli.app import app
from flows.paths import PROJECT_ROOT
from flows.settings import Settings

FOLDERS = ("flows", "schemas", "seeds", "dbt_project", "tests", "benchmarks", "docs", ".ci")
NOT_OURS = {"__pycache__", "target", "logs", "dbt_packages"}
README_LINES = 150

PATH = re.compile(rf"(?<![\w./-])(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./*{{}},<>-]*")
MODULE = re.compile(r"(?<![\w./-])(?:flows|schemas|benchmarks)(?:\.[A-Za-z_]\w*)+")
BARE_FILE = re.compile(r"(?<![\w./*<>-])[a-z_][\w-]*\.(?:py|sql|csv|yml|yaml|toml)\b(?![/(])")
CODE = re.compile(r"```(?:console|bash)\n(.*?)```|`([^`\n]+)`", re.DOTALL)
MAKE = re.compile(r"(?:^|[`$] ?|&& )make ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)*)", re.MULTILINE)
COMMAND = re.compile(r"(?:^(?:\$ )?|&& |\.venv/bin/)quality-warehouse +([^|&;\n`]+)", re.MULTILINE)
VARIABLE = re.compile(r"QUALITY_WAREHOUSE_[A-Z_]+")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)

# Files that people write, not the project.
THEIRS = {"open.csv"}
# Variables that are not settings.
OTHER_VARIABLES = {"QUALITY_WAREHOUSE_DATABASE"}


@cache
def project_files() -> tuple[Path, ...]:
    found = [path for folder in FOLDERS for path in (PROJECT_ROOT / folder).rglob("*")]
    inner = [path for path in found if not NOT_OURS & set(path.parts) and path.is_file()]
    return tuple(sorted([*inner, *(path for path in PROJECT_ROOT.iterdir() if path.is_file())]))


def files_with(*suffixes: str) -> list[Path]:
    return [path for path in project_files() if path.suffix in suffixes]


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT_ROOT).as_posix()


@cache
def prose_of(path: Path) -> str:
    """Return docstrings and comments of Python, comments of TOML, the whole of anything else."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return "\n".join(python_prose(text))
    return "\n".join(re.findall("#.*", text)) if path.suffix == ".toml" else text


def python_prose(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node, clean=False) or ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


MARKDOWN = files_with(".md")
GUIDES = [path for path in MARKDOWN if path.parent == PROJECT_ROOT or PROJECT_ROOT / "docs" in path.parents]
TEXTS = [
    path
    for path in files_with(".md", ".py", ".sql", ".yml", ".yaml", ".toml")
    if not {"golden", "annotated", "examples"} & set(path.parts) or path.suffix == ".md"
] + [PROJECT_ROOT / "Makefile"]


def missing_paths(prose: str) -> list[str]:
    named = {found.rstrip(".,-") for found in PATH.findall(prose)}
    return sorted(path for path in named if not any(exists(one) for one in expand(path)))


def expand(path: str) -> Iterator[str]:
    """Put each of `{a,b}` in turn, and `*` for `<anything>`."""
    parts = re.split(r"\{([^}]*)\}", re.sub(r"<[^>]*>", "*", path))
    choices = [part.split(",") if number % 2 else [part] for number, part in enumerate(parts)]
    yield from ("".join(chosen) for chosen in product(*choices))


def exists(path: str) -> bool:
    if "*" in path:
        return any(PROJECT_ROOT.glob(path.rstrip("/")))
    return (PROJECT_ROOT / path).exists()


def missing_modules(prose: str) -> list[str]:
    return sorted(name for name in set(MODULE.findall(prose)) if not is_module_or_name(name))


def is_module_or_name(dotted: str) -> bool:
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        path = PROJECT_ROOT.joinpath(*parts[:length])
        source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if path.is_dir() or source.is_file():
            rest = parts[length:]
            return not rest or (
                source.is_file() and bool(re.search(rf"\b{rest[0]}\b", source.read_text(encoding="utf-8")))
            )
    return False


def missing_bare_files(prose: str) -> list[str]:
    known = {path.name for path in project_files()} | THEIRS
    return sorted(set(BARE_FILE.findall(prose)) - known)


def slugs_of(path: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a Markdown file."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in HEADING.findall(text)
    }


def broken_links(path: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = {link or image for link, image in LINK.findall(text)}
    return sorted(link for link in links if not re.match(r"\w+:", link) and not leads_somewhere(path, link))


def leads_somewhere(path: Path, link: str) -> bool:
    target, _, anchor = link.partition("#")
    goal = (path.parent / target).resolve() if target else path
    return goal.exists() and (not anchor or anchor in slugs_of(goal))


def code_of(markdown: str) -> list[str]:
    return [block or span for block, span in CODE.findall(markdown.replace("\\\n", " "))]


@cache
def make_targets() -> frozenset[str]:
    makefile = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


@cache
def commands() -> dict[str, set[str]]:
    """Return the options of each command: `review list` → {--rule, …}; those of a group are its commands' too."""
    return dict(options_below(typer.main.get_command(app), ()))


def options_below(command: click.Command, names: tuple[str, ...]) -> Iterator[tuple[str, set[str]]]:
    below = getattr(command, "commands", {})
    for name, child in below.items():
        yield from options_below(child, (*names, name))
    own = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    yield " ".join(names), own


def faults_of_command(call: str) -> list[str]:
    """Return the parts of a command that do not exist."""
    words = call.split()
    if words[0].startswith("-"):
        name = ""
    else:
        name = words[0]
        if any(known.startswith(f"{name} ") for known in commands()) and len(words) > 1:
            name = f"{name} {words[1]}" if not words[1].startswith("-") else name
        if name not in commands():
            return [f"command {name}"]
    options = {word.partition("=")[0] for word in words if word.startswith("--")}
    return [f"{name} {option}" for option in sorted(options - commands()[name])]


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_every_path_and_module_that_is_named_exists(path):
    prose = prose_of(path)
    assert missing_paths(prose) + missing_modules(prose) + missing_bare_files(prose) == []


@pytest.mark.parametrize("path", MARKDOWN, ids=name_of)
def test_every_relative_link_leads_somewhere(path):
    assert broken_links(path) == []


@pytest.mark.parametrize("path", MARKDOWN, ids=name_of)
def test_every_command_that_a_guide_names_exists(path):
    codes = code_of(path.read_text(encoding="utf-8"))
    targets = {target for code in codes for found in MAKE.findall(code) for target in found.split()}
    targets |= {target for code in codes if code.startswith("make ") for target in code.split()[1:2]}
    calls = [call for code in codes for call in COMMAND.findall(code)]
    options = {code.split()[0] for code in codes if code.startswith("--")}
    known_options = set().union(*commands().values())
    assert sorted(targets - make_targets()) == []
    assert [fault for call in calls for fault in faults_of_command(call)] == []
    assert sorted(options - known_options) == []


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_every_setting_that_is_named_exists(path):
    known = {f"QUALITY_WAREHOUSE_{name.upper()}" for name in Settings.model_fields} | OTHER_VARIABLES
    named = {name for name in VARIABLE.findall(prose_of(path)) if name != "QUALITY_WAREHOUSE_"}
    assert (
        sorted(name for name in named if name not in known and not any(one.startswith(name) for one in known))
        == []
    )


def test_every_guide_is_linked_from_another():
    linked = {
        (path.parent / link.partition("#")[0]).resolve()
        for path in GUIDES
        for link, _ in LINK.findall(path.read_text(encoding="utf-8"))
        if not re.match(r"\w+:", link)
    }
    folders = {path for path in linked if path.is_dir()}
    readme = PROJECT_ROOT / "README.md"
    assert [
        name_of(path)
        for path in GUIDES
        if path not in linked and path != readme and not (path.name == "README.md" and path.parent in folders)
    ] == []


def test_the_table_of_settings_is_what_settings_says():
    guide = GUIDE.read_text(encoding="utf-8")
    assert guide == replace_settings_table(guide), "Run `make docs-settings`."


def test_readme_can_be_read_at_one_sitting():
    assert len((PROJECT_ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= README_LINES


@pytest.mark.parametrize(
    ("prose", "missing"),
    [
        ("see flows/extract/no_such_file.py.", "flows/extract/no_such_file.py"),
        ("see `seeds/no_such/<room>/x.csv`", "seeds/no_such/<room>/x.csv"),
        ("the models of dbt_project/models/{no_such,nor_this}/", "dbt_project/models/{no_such,nor_this}/"),
        ("as `flows.settings.NoSuchName` says", "flows.settings.NoSuchName"),
        ("flows.no_such_room.file", "flows.no_such_room.file"),
        ("in no_such_module.py", "no_such_module.py"),
    ],
)
def test_a_name_that_leads_nowhere_is_found(prose, missing):
    assert missing_paths(prose) + missing_modules(prose) + missing_bare_files(prose) == [missing]


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ("no_such_command", "command no_such_command"),
        ("review no_such_command", "command review no_such_command"),
        ("review list --no-such-option", "review list --no-such-option"),
        ("run --no-such-option report.pdf", "run --no-such-option"),
    ],
)
def test_a_command_that_does_not_exist_is_found(call, fault):
    assert faults_of_command(call) == [fault]
