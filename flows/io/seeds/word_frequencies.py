"""How common English words are, to mend the broken ones of titles."""

from collections.abc import Iterator, Mapping
from functools import cached_property


class WordFrequencies(Mapping[str, float]):
    """How often each English word occurs, by the word in small letters; from the dictionary of pyspellchecker.

    It is read when the first word is looked up, for that takes longer than to read a document and most
    documents have no title to mend.
    """

    @cached_property
    def _counts(self) -> Mapping[str, float]:
        from spellchecker import SpellChecker  # noqa: PLC0415 (needed as seldom as its dictionary)

        return SpellChecker(language="en").word_frequency.dictionary

    def __getitem__(self, word: str) -> float:
        """How often a word occurs; KeyError for one that is unknown."""
        return self._counts[word]

    def __iter__(self) -> Iterator[str]:
        """All words."""
        return iter(self._counts)

    def __len__(self) -> int:
        """How many words are known."""
        return len(self._counts)
