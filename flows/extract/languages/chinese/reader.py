"""The reader of Chinese."""

from collections.abc import Sequence
from datetime import date

from flows.extract.languages.chinese.mentions import MentionReader
from flows.extract.languages.chinese.script import simplified, without_blanks
from flows.extract.languages.chinese.time_phrases import PHRASE_READERS, since_event
from flows.extract.languages.mentions import Mention
from flows.extract.languages.time_phrases import TimePhrase, find_time_phrases
from flows.extract.text.sentences import Sentence
from flows.extract.vocabulary.entries import Language, Vocabulary


class ChineseReader:
    """Reads Chinese sentences with one vocabulary; see `flows.extract.languages.readers.LanguageReader`."""

    def __init__(self, language: Language, vocabulary: Vocabulary) -> None:
        """Compile the tables once."""
        self._time_patterns = language.time_patterns
        self._phrase_readers = PHRASE_READERS | {"since_event": since_event(language.event_days)}
        self._mentions = MentionReader(language, vocabulary)

    def plain(self, text: str) -> str:
        """Return `text` in simplified characters with half-width digits."""
        return simplified(text)

    def prepare(self, sentence: Sentence) -> Sentence:
        """Return the sentence without spaces, which do not separate words in Chinese."""
        return without_blanks(sentence)

    def find_time_phrases(self, text: str, anchor: date | None) -> list[TimePhrase]:
        """Return the time phrases of a sentence, in order, resolved against the document's date."""
        return find_time_phrases(text, anchor, self._time_patterns, self._phrase_readers)

    def read_mentions(self, text: str, phrases: Sequence[TimePhrase], lead: int) -> list[Mention]:
        """Return the quantities of a sentence, in order; its first `lead` characters are heads of a table."""
        return self._mentions.read(text, phrases, lead)
