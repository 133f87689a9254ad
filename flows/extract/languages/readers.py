"""The languages that the engine reads, and what it asks of each.

A language is rows of `seeds/` (its words and patterns) and a package here (how its numbers, time phrases and
noun phrases are put together). Everything else is the same for all.
"""

from datetime import date
from typing import Protocol

from flows.extract.languages.chinese.reader import ChineseReader
from flows.extract.languages.english.reader import EnglishReader
from flows.extract.languages.mentions import Mention
from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.text.sentences import Sentence
from flows.extract.vocabulary.entries import Language, Vocabulary


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
