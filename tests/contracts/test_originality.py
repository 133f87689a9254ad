"""The project repeats no wording of the documents that measure the extractor.

They are beside the project (`../shared`) and belong to their publishers and annotators. Facts and figures may be
taken from them, sentences may not: eight consecutive words in both are a copy, and so are sixteen Chinese
characters, which are about eight words. The official name of a body, which nobody can reword, is one word.
"""

import html
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
import yaml

from flows.extract.parse.document import parse
from flows.paths import PROJECT_ROOT

SHARED = PROJECT_ROOT.parent / "shared"
DOCUMENTS, ANNOTATED = SHARED / "documents", SHARED / "evaluation" / "dev"
RUN = 8
CHINESE_RUN = 16
OFFICIAL_NAMES = (
    "General Administration of Quality Supervision, Inspection and Quarantine",
    "CPC Central Committee and the State Council",
)
needs_shared = pytest.mark.skipif(
    not (DOCUMENTS.is_dir() and ANNOTATED.is_dir()),
    reason=f"No documents to compare with: {DOCUMENTS} and {ANNOTATED} are not there.",
)
needs_git = pytest.mark.skipif(
    not (PROJECT_ROOT / ".git").exists(), reason=f"{PROJECT_ROOT} is no git repository that lists its files."
)


def words_of(text: str) -> list[str]:
    """Return the words in lower case with numbers whole; an official name is one word."""
    words = " ".join(re.findall(r"\w+(?:[.,'’]\w+)*", text.lower()))
    for name in OFFICIAL_NAMES:
        words = words.replace(name.lower().replace(",", ""), "official-name")
    return words.split()


def runs_of(text: str) -> set[str]:
    words, characters = words_of(text), "".join(re.findall(r"[\u3400-\u9fff]", text))
    in_words = {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    return in_words | {characters[i : i + CHINESE_RUN] for i in range(len(characters) - CHINESE_RUN + 1)}


def foreign_texts() -> list[str]:
    raw = [file.read_bytes().decode("utf-8", "replace") for file in sorted(DOCUMENTS.glob("*.txt"))]
    annotated = sorted(ANNOTATED.glob("*.json"))
    return raw + [json.loads(file.read_text(encoding="utf-8"))["text"] for file in annotated]


def readable_text(file: Path) -> str:
    """Return what a person reads in a file, without tags and the escapes of strings in Python or YAML."""
    content = file.read_bytes()
    if file.suffix in (".pdf", ".docx"):
        return parse(content, doc_id=file.stem, file_name=file.name).text
    text = content.decode("utf-8", "replace").replace("\\n", " ")
    if file.suffix == ".yaml":
        text = text.replace("''", "'")
    return html.unescape(re.sub(r"<[^<>]+>", " ", text)) if file.suffix == ".html" else text


def project_files() -> Iterator[Path]:
    """Yield every file that is or would be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=True)
    return (PROJECT_ROOT / name for name in listed.stdout.splitlines() if (PROJECT_ROOT / name).is_file())


@pytest.fixture(scope="module")
def foreign_runs() -> set[str]:
    return set().union(*map(runs_of, foreign_texts()))


@needs_shared
@needs_git
def test_no_file_of_the_project_repeats_the_wording_of_a_document(foreign_runs):
    copied = {
        str(file.relative_to(PROJECT_ROOT)): sorted(runs)
        for file in project_files()
        if (runs := runs_of(readable_text(file)) & foreign_runs)
    }
    assert copied == {}


def write_text(file: Path, sentence: str) -> None:
    file.write_text(f"Before it.\n\n{sentence}\n\nAfter it.\n", encoding="utf-8")


def write_docx(file: Path, sentence: str) -> None:
    document = docx.Document()
    document.add_paragraph(f"Before it. {sentence} After it.")
    document.save(file)


def write_examples(file: Path, sentence: str) -> None:
    table = {"what_a_sentence_says": [{"text": f"Before it. {sentence} After it.", "value": 1}]}
    file.write_text(yaml.safe_dump(table, allow_unicode=True), encoding="utf-8")


@needs_shared
@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("notes.md", write_text),
        ("page.html", write_text),
        ("notice.docx", write_docx),
        ("examples.yaml", write_examples),
    ],
)
def test_a_copied_sentence_is_found_in_every_kind_of_file(tmp_path, foreign_runs, name, write):
    for text in foreign_texts():
        longest = max(re.split(r"\.\s|[。\n]", text), key=len)
        write(tmp_path / name, longest)
        assert runs_of(readable_text(tmp_path / name)) & foreign_runs


def test_a_run_is_found_across_line_breaks_and_case_and_shorter_ones_are_not_counted():
    sentence = "Inspectors of the north\nchecked 1,200 helmets in 30 Shops."
    assert runs_of("INSPECTORS of the north checked 1,200 helmets in 40") & runs_of(sentence)
    assert not runs_of("the north checked 1,200 helmets in 30") & runs_of(sentence)


def test_an_official_name_alone_is_no_copy():
    name = "the General Administration of Quality Supervision, Inspection and Quarantine"
    assert not runs_of(f"Officers of {name} met") & runs_of(f"Rules for {name} came")
