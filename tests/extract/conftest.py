"""The reference data, compiled once, and readers for sentences that tests make up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from flows.extract.figures.extractor import Extractor
from flows.extract.languages.english.numbers import find_numbers, read_grammar
from flows.extract.languages.english.reader import EnglishReader
from flows.extract.languages.mentions import Mention, Number
from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.model import Document, Figure
from flows.extract.text.sentences import Sentence, split_sentences
from flows.extract.vocabulary.entries import Language, Vocabulary
from flows.extract.vocabulary.indicator_patterns import IndicatorPattern, IndicatorPatterns
from flows.extract.vocabulary.read import read_vocabulary
from flows.io.seeds.tables import read_seed_tables
from flows.io.seeds.word_frequencies import WordFrequencies
from flows.paths import SEEDS

PUBLISHED = date(2024, 2, 21)
Read = Callable[..., list[Figure]]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary of the seeds."""
    return read_vocabulary({name: table.to_dicts() for name, table in read_seed_tables(SEEDS).items()})


@pytest.fixture(scope="session")
def extractor(vocabulary: Vocabulary) -> Extractor:
    """One extractor for all tests, since compiling it costs more than reading most texts."""
    return Extractor(vocabulary)


@pytest.fixture(scope="session")
def word_frequencies() -> Mapping[str, float]:
    """The frequency of English words."""
    return WordFrequencies()


@pytest.fixture(scope="session")
def english(vocabulary: Vocabulary) -> Language:
    """The English part of the vocabulary."""
    return vocabulary.languages["en"]


@pytest.fixture(scope="session")
def sentences_of(english: Language) -> Callable[[str], list[Sentence]]:
    """`sentences_of(text)`: the sentences of a text."""
    return lambda text: split_sentences(text, english.cues["no_sentence_end"])


@pytest.fixture(scope="session")
def numbers_of(english: Language) -> Callable[[str], list[Number]]:
    """`numbers_of(text)`: the numbers of a text."""
    grammar = read_grammar(english.number_words)
    return lambda text: find_numbers(text, grammar)


@pytest.fixture(scope="session")
def english_reader(english: Language, vocabulary: Vocabulary) -> EnglishReader:
    """The reader of English sentences."""
    return EnglishReader(english, vocabulary)


@pytest.fixture(scope="session")
def time_phrases(english_reader: EnglishReader) -> Callable[[str, date | None], list[TimePhrase]]:
    """`time_phrases(sentence, anchor)`: the time phrases of a sentence."""
    return english_reader.find_time_phrases


@pytest.fixture(scope="session")
def mentions(english_reader: EnglishReader, time_phrases) -> Callable[[str], list[Mention]]:
    """`mentions(sentence)`: the quantities that a sentence mentions."""
    return lambda sentence: english_reader.read_mentions(sentence, time_phrases(sentence, None), 0)


@pytest.fixture(scope="session")
def read(extractor: Extractor) -> Read:
    """`read(text, published=…, title=…, …)`: the figures of a text, published on 21 February 2024 unless stated."""

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


@pytest.fixture(scope="session")
def rows_without_example(vocabulary: Vocabulary) -> Callable[[str, Sequence[Mapping[str, str]]], list[str]]:
    """`rows_without_example(language, examples)`: rows of indicator patterns that no text exercises.

    Each row is tried alone on the texts of its indicator.
    """

    def find(code: str, examples: Sequence[Mapping[str, str]]) -> list[str]:
        language = vocabulary.languages[code]
        return [
            f"{row.indicator}: {(row.context or row.counted).pattern}"
            for row in language.indicator_patterns
            if not _shows(
                row, code, [each["text"] for each in examples if each["indicator"] == row.indicator]
            )
        ]

    def _shows(row: IndicatorPattern, code: str, texts: Sequence[str]) -> bool:
        alone = replace(vocabulary.languages[code], indicator_patterns=IndicatorPatterns([row]))
        extractor = Extractor(replace(vocabulary, languages={**vocabulary.languages, code: alone}))
        figures = (f for text in texts for f in extractor.extract(Document("test", text, language=code)))
        return any(figure.indicator == row.indicator for figure in figures)

    return find
