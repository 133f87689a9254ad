"""The reader of English."""

from collections.abc import Sequence
from datetime import date

from flows.extract.languages.english.mentions import MentionReader
from flows.extract.languages.english.time_phrases import PHRASE_READERS
from flows.extract.languages.mentions import Mention
from flows.extract.languages.time_phrases import TimePhrase, find_time_phrases
from flows.extract.text.sentences import Sentence
from flows.extract.vocabulary.entries import Language, Vocabulary


class EnglishReader:
    """Reads English sentences with one vocabulary; see `flows.extract.languages.readers.LanguageReader`."""

    def __init__(self, language: Language, vocabulary: Vocabulary) -> None:
        """Compile the tables once."""
        self._time_patterns = language.time_patterns
        self._mentions = MentionReader(language, vocabulary)

    def plain(self, text: str) -> str:
        """Return `text`: English is read as it is written."""
        return text

    def prepare(self, sentence: Sentence) -> Sentence:
        """Return `sentence`: its spaces separate words, so they stay."""
        return sentence

    def find_time_phrases(self, text: str, anchor: date | None) -> list[TimePhrase]:
        """Return the time phrases of a sentence, in order, resolved against the document's date."""
        return find_time_phrases(text, anchor, self._time_patterns, PHRASE_READERS)

    def read_mentions(self, text: str, phrases: Sequence[TimePhrase], lead: int) -> list[Mention]:
        """Return the quantities of a sentence, in order; its first `lead` characters are heads of a table."""
        return self._mentions.read(text, phrases, lead)
