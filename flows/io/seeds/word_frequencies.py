"""How common English words are, for mending broken words in titles."""

from collections.abc import Iterator, Mapping
from functools import cached_property


class WordFrequencies(Mapping[str, float]):
    """How often each English word occurs, by the word in lower case; from the dictionary of pyspellchecker.

    The dictionary is read at the first look-up: that takes longer than reading a document, and most documents have no
    title to mend.
    """

    @cached_property
    def _counts(self) -> Mapping[str, float]:
        from spellchecker import SpellChecker  # noqa: PLC0415 (slow, and seldom needed)

        return SpellChecker(language="en").word_frequency.dictionary

    def __getitem__(self, word: str) -> float:
        """Return how often a word occurs; KeyError for an unknown one."""
        return self._counts[word]

    def __iter__(self) -> Iterator[str]:
        """Iterate over all words."""
        return iter(self._counts)

    def __len__(self) -> int:
        """Return the number of known words."""
        return len(self._counts)
