"""Time for a megabyte of one thing: no pattern may backtrack over what it has read.

Broken converters and attackers write such texts. A time far above the goal means that a pattern backtracks.
"""

from time import process_time

from benchmarks.row import Group, less_than
from flows.extract.languages.readers import READ_LANGUAGES
from flows.extract.model import Document
from flows.extract.reader import DocumentReader
from flows.ingestion.reader import read_document_reader

CHARACTERS = 1_000_000
GOAL_SECONDS = 2
PIECES = {
    "digits": "7", "brackets": "(", "Chinese brackets": "（", "万": "万", "二": "二", "。": "。", "commas": ",",
    "blanks": " ", "line breaks": "\n", "bars": "|", "hyphens": "-", "a and a blank": "a ",
    "years": "2023年", "bound words": "about ",
}  # fmt: skip


def measure_linear_time(characters: int = CHARACTERS) -> Group:
    """Measure each repeated piece; of the languages that read it the slowest counts."""
    reader = read_document_reader()
    rows = [
        less_than(name, _slowest(piece * (characters // len(piece)), reader), GOAL_SECONDS)
        for name, piece in PIECES.items()
    ]
    return Group(f"Linear time: {characters:,} characters of one thing, on one core", rows)


def _slowest(text: str, reader: DocumentReader) -> float:
    return max(_seconds(Document("bench", text, language=language), reader) for language in READ_LANGUAGES)


def _seconds(document: Document, reader: DocumentReader) -> float:
    begun = process_time()
    reader.extractor.extract(document)
    return process_time() - begun
