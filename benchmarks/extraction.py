"""Speed of the extractor in megabytes and documents a second, beside a plain regex and quantulum3.

Times are processor time on one warm core, so neither other processes nor compiling the vocabulary count. A
megabyte is a million bytes of UTF-8.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

from benchmarks.peers import quantulum3_parser, read_plain_numbers
from benchmarks.row import Group, Row, more_than
from benchmarks.texts import read_texts, repeat, size
from flows.extract.model import Document
from flows.ingestion.reader import read_document_reader
from schemas.inputs.json_lines_document import GivenDocument

MEGABYTES = 5.0
QUANTULUM_MEGABYTES = 0.02  # which takes it some seconds
GOAL_OVER_QUANTULUM = 50
GOAL_OVER_REGEX = 1 / 15


@dataclass(frozen=True)
class Pass:
    """One pass over a number of documents, with their total size in megabytes."""

    megabytes: float
    documents: int
    seconds: float

    def __add__(self, other: "Pass") -> "Pass":
        """Return both passes as one."""
        return Pass(
            self.megabytes + other.megabytes, self.documents + other.documents, self.seconds + other.seconds
        )

    @property
    def speed(self) -> float:
        """Return megabytes a second."""
        return self.megabytes / self.seconds

    def row(self, name: str) -> Row:
        """Return the row of the table."""
        return Row(name, f"{self.speed:,.3g} MB/s, {self.documents / self.seconds:,.0f} documents/s")


def measure_extraction(
    megabytes: float = MEGABYTES, quantulum_megabytes: float = QUANTULUM_MEGABYTES
) -> Group:
    """Measure the extractor by language and on the whole mix, then its peers and how many times faster it is."""
    reader = read_document_reader()
    texts = read_texts(reader)
    given = repeat(texts.documents, megabytes)
    mix = [reader.document_of_text(document) for document in given]
    english, chinese = ([d for d in mix if d.language == language] for language in ("en", "zh"))
    in_english, in_chinese = (
        time_pass(reader.extractor.extract, documents) for documents in (english, chinese)
    )
    ours = in_english + in_chinese
    regex = time_pass(lambda document: read_plain_numbers(document.text), [*english, *chinese])
    rows = [
        in_english.row("extract, English"),
        in_chinese.row("extract, Chinese"),
        ours.row("extract, both"),
        time_pass(reader.document_of_text, given).row("find title, dates and language, both"),
        regex.row("plain number regex, both"),
        more_than("extract / plain number regex", ours.speed / regex.speed, GOAL_OVER_REGEX),
        *quantulum_rows(in_english, english, quantulum_megabytes),
    ]
    return Group(f"Extraction on one core, warm: {texts.source}, repeated to {megabytes:g} MB", rows)


def quantulum_rows(ours: Pass, documents: Sequence[Document], megabytes: float) -> list[Row]:
    """Measure quantulum3, which reads English, on as many documents as it reads in some seconds."""
    parse = quantulum3_parser()
    if parse is None:
        return [Row("quantulum3", "not installed: `make bench` installs it")]
    theirs = time_pass(lambda document: parse(document.text), repeat(documents, megabytes))
    return [
        theirs.row(f"quantulum3, English, {megabytes:g} MB"),
        more_than("extract / quantulum3, English", ours.speed / theirs.speed, GOAL_OVER_QUANTULUM),
    ]


def time_pass(read: Callable[[Any], object], documents: Sequence[GivenDocument | Document]) -> Pass:
    """Time how long `read` takes for the documents, after a first one that warms it up."""
    read(documents[0])
    begun = process_time()
    for document in documents:
        read(document)
    return Pass(sum(size(document.text) for document in documents), len(documents), process_time() - begun)
