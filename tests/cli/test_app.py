"""The command line as a person or a script meets it: help, exit status, standard output, standard error."""

import socket
import subprocess
import sys

import pytest
from bad_documents import NEWS
from command_line import COMMAND, environment, installed_quality_warehouse, quality_warehouse
from typer.testing import CliRunner

from flows.cli.app import app
from flows.errors import QualityWarehouseError
from flows.ingest import ingest_documents

pytestmark = pytest.mark.slow

COMMANDS = [
    "run",
    "land",
    "poll",
    "ingest",
    "build",
    "publish",
    "reextract",
    "extract",
    "outline",
    "objectives",
    "status",
    "watch",
    "serve",
]
HEAVY = {"prefect", "dbt", "pandera", "polars"}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_shows_an_example(command):
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "160"})
    assert shown.exit_code == 0
    assert f"Example: quality-warehouse {'land' if command == 'ingest' else ''}" in shown.output
    assert f"quality-warehouse {command}" in shown.output.partition("Example:")[2]


@pytest.mark.parametrize(
    "command", ["list", "accept", "correct", "reject", "withdraw", "export", "import", "release"]
)
def test_help_of_every_command_of_review_shows_an_example(command):
    shown = CliRunner().invoke(app, ["review", command, "--help"], env={"COLUMNS": "160"})
    assert shown.exit_code == 0
    assert f"Example: quality-warehouse review {command}" in shown.output


def test_help_lists_exactly_the_commands_of_the_contract():
    assert [command.callback.__name__ for command in app.registered_commands] == COMMANDS


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["review", "--help"]])
def test_help_imports_nothing_that_is_slow_to_import(arguments):
    command = (
        "import sys; from typer.testing import CliRunner; from flows.cli.app import app\n"
        f"assert CliRunner().invoke(app, {arguments}).exit_code == 0\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["run", "no/such/file.txt"], 2, "no/such/file.txt is neither a file nor a folder: check the path."),
        (["run", "ftp://example.org/a.pdf"], 2, "only http:// and https:// addresses are fetched."),
        (["run", "file:///etc/hostname"], 2, "only http:// and https:// addresses are fetched."),
        (["run", "http://127.0.0.1:9/a.pdf"], 2, "127.0.0.1 is a private address"),
        (["land"], 2, "Name at least one file, folder or URL to land."),
        (["extract"], 2, "Name either files or --documents FILE.jsonl."),
        (["publish"], 1, "There is no audited build to publish. Run `quality-warehouse build` first."),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(arguments, status, sentence, tmp_path, use_home):
    use_home(tmp_path / "home")
    done = CliRunner().invoke(app, arguments)
    assert done.output == ""
    assert isinstance(done.exception, QualityWarehouseError)
    assert done.exception.exit_status == status
    assert sentence in str(done.exception)
    assert not (tmp_path / "home" / "landing").exists()
    assert not (tmp_path / "home" / "published").exists()


def test_missing_path_is_one_sentence_on_standard_error(tmp_path):
    run = installed_quality_warehouse("run", "no/such/file.txt", home=tmp_path / "home")
    assert (run.status, run.output) == (2, "")
    assert run.errors == "no/such/file.txt is neither a file nor a folder: check the path.\n"


def test_unreachable_address_ends_with_status_1_and_one_sentence(tmp_path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/report.html"
        run = quality_warehouse(
            "run", url, home=tmp_path / "home", allow_private_addresses=True, http_attempts=1
        )
    assert (run.status, run.output) == (1, "")
    assert run.errors.startswith(f"{url} could not be reached")
    assert run.errors.count("\n") == 1
    assert not (tmp_path / "home" / "published").exists()


def test_one_bad_address_among_good_inputs_publishes_nothing_and_says_what_became_of_the_others(
    tmp_path, use_home, monkeypatch
):
    monkeypatch.setenv("QUALITY_WAREHOUSE_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("QUALITY_WAREHOUSE_HTTP_ATTEMPTS", "1")
    for name in ("first.txt", "second.txt"):
        (tmp_path / name).write_text(f"{NEWS} {name}")
    use_home(tmp_path / "home")
    files = [str(tmp_path / "first.txt"), str(tmp_path / "second.txt")]
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/report.html"
        done = CliRunner().invoke(app, ["run", url, *files])
    assert (done.exception.exit_status, done.output) == (1, "")
    sentences = str(done.exception)
    assert sentences.startswith(f"{url} could not be reached")
    assert "\n" not in sentences
    assert sentences.endswith(
        " 2 other document(s) landed: `quality-warehouse ingest`, or the next run, ingests them."
    )
    assert not (tmp_path / "home" / "published").exists()
    assert len(ingest_documents.fn().loaded) == 2


def test_what_landed_beside_a_bad_address_is_announced_to_prefect(tmp_path, monkeypatch):
    (tmp_path / "news.txt").write_text(NEWS)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{unused.getsockname()[1]}"
        monkeypatch.setenv("PREFECT_API_URL", f"{nowhere}/api")
        land = installed_quality_warehouse(
            *("land", nowhere, tmp_path / "news.txt"),
            home=tmp_path / "home",
            allow_private_addresses=True,
            http_attempts=1,
        )
    assert land.status == 1
    announced, failed = land.errors.splitlines()
    assert "1 event(s) document.landed are not sent" in announced
    assert failed.startswith(f"{nowhere} could not be reached")
    assert "1 other document(s) landed" in failed


@pytest.mark.parametrize("arguments", [["run", "--no-such-option"], ["no-such-command"]])
def test_unknown_option_and_command_are_usage_errors(arguments):
    done = CliRunner().invoke(app, arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "No such" in done.stderr


def test_invalid_settings_are_named_all_at_once(tmp_path):
    run = quality_warehouse("status", home=tmp_path / "home", batch_size="many", http_attempts=0)
    assert (run.status, run.output) == (2, "")
    assert "QUALITY_WAREHOUSE_BATCH_SIZE" in run.errors
    assert "QUALITY_WAREHOUSE_HTTP_ATTEMPTS" in run.errors
    assert run.errors.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "status"), [("extract news.txt >&-", 0), ("extract >&- 2>&-", 2), ("status >&- 2>&-", 0)]
)
def test_without_an_output_the_exit_status_still_tells(tmp_path, command, status):
    (tmp_path / "news.txt").write_text(NEWS)
    done = subprocess.run(
        ["sh", "-c", f"{COMMAND} {command}"],
        cwd=tmp_path,
        env=environment(tmp_path / "home"),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (status, b"")
