"""The reader of documents with the reference data of this installation.

`quality-warehouse extract` needs only this, so it imports neither pandera nor polars nor DuckDB, which start slowly.
"""

from flows.extract.reader import DocumentReader
from flows.extract.vocabulary.read import read_vocabulary
from flows.io.seeds.cached_rows import read_seed_rows
from flows.io.seeds.word_frequencies import WordFrequencies
from flows.paths import SEEDS


def read_document_reader() -> DocumentReader:
    """Read the reference data, which must be valid before the first document is touched."""
    return DocumentReader(read_vocabulary(read_seed_rows(SEEDS)), WordFrequencies())
