"""A Chinese sentence in, the quantities it mentions out: number, unit, bound, what is counted, and the quote."""

from collections.abc import Sequence

from flows.extract.mentions import Mention
from flows.extract.time_phrases import TimePhrase
from flows.extract.vocabulary import Language, Vocabulary


class MentionReader:
    """Reads the mentions of Chinese sentences with one vocabulary."""

    def __init__(self, language: Language, vocabulary: Vocabulary) -> None:
        """Compile the tables once."""
        self._language = language

    def read(self, sentence: str, phrases: Sequence[TimePhrase], lead: int = 0) -> list[Mention]:
        """All mentions of a sentence, in order; `phrases` are its time phrases, whose numbers are dates."""
        return []
