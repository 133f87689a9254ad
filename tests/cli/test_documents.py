"""Commands that only read documents: given texts, files, JSON Lines, explanations."""

import codecs
import json
import re
import subprocess

import pytest
from bad_documents import NEWS, PAGE
from command_line import COMMAND, environment, installed_quality_warehouse, quality_warehouse

from flows.errors import UsageError
from flows.ingestion.offline import extract_figures
from flows.paths import SAMPLE_DOCUMENTS

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
# Characters of one, two, three and four bytes, and blanks and line ends that an HTML parser would tidy.
GIVEN_TEXT = "Café  “質量” \U0001f4c8\r\n\r\n\tIn 2023, 1,250 batches of kettles were checked.\r\n"


def json_lines(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


def given(**document: str) -> str:
    return json.dumps(document) + "\n"


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
    with pytest.raises(UsageError, match=re.escape(f"Line 2 of {file} is not a document: {fault}")):
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
    with pytest.raises(UsageError, match=r"gone\.txt is not a file\. Check the path\."):
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
