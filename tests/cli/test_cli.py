"""The command line as a person or a script meets it: exit status, standard output, standard error."""

import codecs
import json
import re
import socket
import subprocess

import pytest
from bad_documents import NEWS, PAGE
from command_line import COMMAND, environment, installed_quality_warehouse, quality_warehouse
from typer.testing import CliRunner

from flows.cli.app import app
from flows.cli.views.status import print_status
from flows.errors import QualityWarehouseError, UsageError
from flows.ingest import ingest_documents
from flows.ingestion.offline import extract_figures
from flows.land import land_documents
from flows.paths import SAMPLE_DOCUMENTS
from flows.settings import Settings

pytestmark = pytest.mark.slow

# design.md: a figure as JSON Lines.
FIGURE = (
    "doc_id quote start end number value value_max unit counted bound kind status period_start period_end "
    "agency ref_area indicator measure breakdown speaker confidence reasons"
)
OUTLINE_ITEM = "doc_id level number title title_raw parent start end body indicators"
OBJECTIVE = (
    "doc_id outline_start quote start end deadline deadline_quote owner is_quantified indicators reasons"
)
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
# Characters that take one, two, three and four bytes, blanks and line ends that an HTML parser would tidy.
GIVEN_TEXT = "Café  “質量” \U0001f4c8\r\n\r\n\tIn 2023, 1,250 batches of kettles were checked.\r\n"


def json_lines(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


def given(**document: str) -> str:
    return json.dumps(document) + "\n"


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
        " 2 other document(s) landed: `quality-warehouse ingest`, or the next run, takes them up."
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


def test_given_text_is_used_as_it_is_and_its_offsets_hold_whatever_the_locale_says(tmp_path):
    documents = given(doc_id="質量", text=GIVEN_TEXT, published="2024-02-21", publisher="A station")
    done = subprocess.run(
        [COMMAND, "extract", "--documents", "-"],
        env={**environment(tmp_path / "home"), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        input=codecs.BOM_UTF8 + documents.encode() + b"\r\n\n",
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    [figure] = json_lines(done.stdout.decode("utf-8"))
    assert set(FIGURE.split()) <= set(figure)
    assert figure["doc_id"] == "質量"
    assert GIVEN_TEXT[figure["start"] : figure["end"]] == figure["quote"]
    assert "1,250 batches" in figure["quote"]
    assert (figure["period_start"], figure["period_end"]) == ("2023-01-01", "2023-12-31")
    assert {name for name in FIGURE.split() if figure[name] is None} <= set(figure["reasons"])
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'{"doc_id": "second", "text": 7}', "text: Input should be a valid string."),
        (b'{"doc_id": "second"}', "text: Field required."),
        (b'{"doc_id": "", "text": "x"}', "doc_id: String should have at least 1 character."),
        (b'{"doc_id": "second", "text": "x", "published": "1 May"}', "published: "),
        (b'{"doc_id": "second", "text": "x"', "the line: Invalid JSON"),
        (b'{"doc_id": "second", "text": "caf\xe9"}', "the line: "),
    ],
)
def test_invalid_line_is_named_by_its_number(line, fault, tmp_path):
    file = tmp_path / "documents.jsonl"
    file.write_bytes(given(doc_id="first", text=NEWS).encode() + line + b"\n")
    figures = extract_figures([], str(file), [])
    assert next(figures).doc_id == "first"
    with pytest.raises(UsageError, match=re.escape(f"Line 2 of {file} is no document: {fault}")):
        list(figures)


def test_extract_takes_what_stands_beside_a_file_and_goes_on_after_one_it_cannot_read(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("Last year, 1,250 batches of kettles were checked.\n")
    report.with_suffix(".meta.json").write_text('{"published": "2015-06-01"}')
    page = tmp_path / "page.pdf"
    page.write_text(PAGE)
    run = quality_warehouse("extract", page, report, home=tmp_path / "home")
    assert run.status == 1
    assert run.errors.startswith("page.pdf is an HTML page, but")
    assert run.errors.count("\n") == 1
    [figure] = json_lines(run.output)
    assert (figure["number"], figure["period_start"]) == ("1,250", "2014-01-01")


def test_explanation_is_for_people_and_shows_the_words_that_decided(tmp_path):
    (tmp_path / "news.txt").write_text("In 2023, SAMR fined more than 2,300 toy makers [bold].\n")
    run = quality_warehouse("extract", "--explain", tmp_path / "news.txt", home=tmp_path / "home")
    assert (run.status, run.errors) == (0, "")
    assert "“more than 2,300 toy makers”  news, characters 20 to 46" in run.output
    assert "[bold]" in run.output  # text of a document is text
    shown = {line.split()[0]: line for line in run.output.splitlines() if line.strip()}
    assert "“In 2023”" in shown["period"]
    assert "more_than" in shown["bound"]


def test_missing_file_stops_extraction_before_any_other_is_read(tmp_path):
    (tmp_path / "news.txt").write_text(NEWS)
    figures = extract_figures([tmp_path / "news.txt", tmp_path / "gone.txt"], None, [])
    with pytest.raises(UsageError, match=r"gone\.txt is no file\. Check the path\."):
        next(figures)


def test_outline_of_a_file_is_json_lines(tmp_path):
    run = quality_warehouse("outline", *sorted(SAMPLE_DOCUMENTS.glob("*outline*")), home=tmp_path / "home")
    items = json_lines(run.output)
    assert (run.status, run.errors) == (0, "")
    assert all(set(OUTLINE_ITEM.split()) <= set(item) for item in items)
    numbers = {item["number"] for item in items}
    assert {item["parent"] for item in items} - {None} <= numbers
    assert {item["level"] for item in items} == {1, 2}


def test_objectives_of_a_document_are_json_lines(tmp_path):
    text = "1. Goals\nBy 2030, food sampling shall reach every county.\n2. Means\nMoney is there.\n"
    line = given(doc_id="plan", text=text, title="Plan for food", published="2024-02-21")
    run = installed_quality_warehouse("objectives", "--documents", "-", home=tmp_path / "home", given=line)
    [objective] = json_lines(run.output)
    assert (run.status, run.errors) == (0, "")
    assert set(OBJECTIVE.split()) <= set(objective)
    assert text[objective["start"] : objective["end"]] == objective["quote"]
    assert (objective["deadline"], objective["outline_start"]) == ("2030-12-31", 0)
    assert objective["indicators"] == ["food_sampling_pass_rate"]


@pytest.mark.parametrize("options", [[], ["--explain"]])
def test_reader_that_stops_reading_is_no_error(tmp_path, options):
    documents = sorted(SAMPLE_DOCUMENTS.glob("*.html"))
    process = subprocess.Popen(
        [COMMAND, "extract", *options, *documents],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    errors = process.stderr.read()
    assert (process.wait(), errors) == (0, b"")


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


def test_explanation_fits_a_terminal_that_has_no_chinese(tmp_path):
    (tmp_path / "news.txt").write_text("2023年办结案件5.67万件。\n", encoding="utf-8")
    done = subprocess.run(
        [COMMAND, "extract", "--explain", tmp_path / "news.txt"],
        env={**environment(tmp_path / "home"), "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "?5.67??" in done.stdout.decode("latin-1")


def test_status_follows_a_document_on_its_way(tmp_path, use_home, capsys):
    def status() -> dict[str, str]:
        print_status(Settings())
        summary, _, _tables = capsys.readouterr().out.partition("\n\n")
        rows = (line.split(maxsplit=1) for line in summary.splitlines())
        return {name: value.strip() for name, value in rows}

    use_home(tmp_path / "home")
    nothing = status()
    assert (nothing["Landed"], nothing["Published"]) == ("0 documents", "nothing yet")
    assert not (tmp_path / "home").exists()
    (tmp_path / "news.txt").write_text(NEWS)
    land_documents.fn([str(tmp_path / "news.txt")])
    landed = status()
    assert (landed["Landed"], landed["Pending"]) == ("1 documents", "1 documents")
    assert landed["Loaded"].startswith("0 documents")
    ingest_documents.fn()
    ingested = status()
    assert (ingested["Landed"], ingested["Pending"]) == ("1 documents", "0 documents")
    assert ingested["Loaded"].startswith("1 documents, 2 figures")
    assert ingested["Published"] == "nothing yet"
