"""The languages that the engine reads, and what it asks of each.

A language is rows of `seeds/` (its words and patterns) and a package here (how its numbers, time phrases and
noun phrases are put together). Everything else is the same for all.
"""

from collections.abc import Callable
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
        """`text` in the form that the patterns know, character for character, so that offsets hold."""

    def prepare(self, sentence: Sentence) -> Sentence:
        """The sentence as the patterns want it, which may leave out blanks."""

    def find_time_phrases(self, text: str, anchor: date | None) -> list[TimePhrase]:
        """The time phrases of a sentence, in order, resolved against the document's date."""

    def read_mentions(self, text: str, phrases: list[TimePhrase], lead: int) -> list[Mention]:
        """The quantities of a sentence, in order; the first `lead` characters are heads of a table."""


LANGUAGE_READERS: dict[str, type[LanguageReader]] = {"en": EnglishReader, "zh": ChineseReader}
READ_LANGUAGES = tuple(LANGUAGE_READERS)
"""A document in another language is quarantined, not read wrongly."""
_DEFAULT_LANGUAGE = "en"  # of a text too short to tell


def by_language(make: Callable[[str], Worker]) -> Callable[[Document], Worker]:
    """Return a function that gives a document the worker that `make` makes for its language.

    A worker is made with the first document of its language and kept, since compiling a language takes longer
    than reading a document.
    """
    workers = cache(make)

    def worker_for(document: Document) -> Worker:
        return workers(document.language if document.language in LANGUAGE_READERS else _DEFAULT_LANGUAGE)

    return worker_for
