"""The reference data, compiled once, and readers for sentences of the tests' own making."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from flows.extract.engine import Extractor
from flows.extract.model import Document, Figure
from flows.extract.vocabulary import Vocabulary, read_vocabulary
from flows.io.reference import read_reference_tables, read_word_frequencies
from flows.settings import SEEDS

PUBLISHED = date(2024, 2, 21)
Read = Callable[..., list[Figure]]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary of the seeds."""
    return read_vocabulary({name: table.to_dicts() for name, table in read_reference_tables(SEEDS).items()})


@pytest.fixture(scope="session")
def extractor(vocabulary: Vocabulary) -> Extractor:
    """One extractor for all tests: compiling it costs more than most texts do."""
    return Extractor(vocabulary)


@pytest.fixture(scope="session")
def word_frequencies() -> Mapping[str, float]:
    """How often English words occur."""
    return read_word_frequencies()


@pytest.fixture(scope="session")
def read(extractor: Extractor) -> Read:
    """`read(text, published=…, title=…, …)`: the figures of a text, which came out on 21 February 2024."""

    def read_text(text: str, **fields) -> list[Figure]:
        return extractor.extract(Document("test", text, **({"published": PUBLISHED} | fields)))

    return read_text


@pytest.fixture(scope="session")
def read_one(read: Read) -> Callable[..., Figure]:
    """The same for a text that states exactly one figure."""

    def read_text(text: str, **fields) -> Figure:
        [figure] = read(text, **fields)
        return figure

    return read_text
