"""The languages that the extractor reads, and the interface that each implements.

A language consists of rows of `seeds/` (its words and patterns) and a package here (how its numbers, time phrases
and noun phrases are built). Everything else is common to all languages.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Protocol, TypeVar

from flows.extract.languages.chinese.reader import ChineseReader
from flows.extract.languages.english.reader import EnglishReader
from flows.extract.languages.mentions import Mention
from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.model import Document
from flows.extract.text.sentences import Sentence
from flows.extract.vocabulary.entries import Language, Vocabulary

Worker = TypeVar("Worker")


class LanguageReader(Protocol):
    """Reads the sentences of one language with one vocabulary."""

    def __init__(self, language: Language, vocabulary: Vocabulary) -> None:
        """Compile the tables once."""

    def plain(self, text: str) -> str:
        """Return `text` in the form that the patterns know, character for character, so that offsets hold."""

    def prepare(self, sentence: Sentence) -> Sentence:
        """Return the sentence in the form that the patterns expect, which may leave out blanks."""

    def find_time_phrases(self, text: str, anchor: date | None) -> list[TimePhrase]:
        """Return the time phrases of a sentence, in order, resolved against the document's date."""

    def read_mentions(self, text: str, phrases: Sequence[TimePhrase], lead: int) -> list[Mention]:
        """Return the quantities of a sentence, in order; its first `lead` characters are heads of a table."""


LANGUAGE_READERS: dict[str, type[LanguageReader]] = {"en": EnglishReader, "zh": ChineseReader}
READ_LANGUAGES = tuple(LANGUAGE_READERS)
"""Documents in other languages are quarantined instead of being misread."""
_DEFAULT_LANGUAGE = "en"  # of a text too short to tell


def by_language(make: Callable[[str], Worker]) -> Callable[[Document], Worker]:
    """Return a function from a document to the worker that `make` makes for its language.

    A worker is made for the first document of its language and kept: compiling a language takes longer than reading
    a document.
    """
    workers = cache(make)

    def worker_for(document: Document) -> Worker:
        return workers(document.language if document.language in LANGUAGE_READERS else _DEFAULT_LANGUAGE)

    return worker_for
