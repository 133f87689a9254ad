"""Broken words in titles: mended when a piece is no word, left when all pieces are."""

from examples import each_example

from flows.extract.parse.broken_words import repair_title

# Counts as in a large corpus of English.
FREQUENCIES = {
    "the": 76_000_000, "in": 23_000_000,
    "to": 56_000_000, "into": 2_100_000, "a": 48_000_000, "part": 520_000,
    "apart": 63_000, "get": 9_500_000, "her": 4_900_000, "together": 330_000, "k": 50, "break": 350_000,
    "ma": 14_000, "make": 3_100_000, "per": 65_000, "cent": 9_000, "percent": 41_000, "improve": 17_000,
    "for": 16_000_000, "information": 200_000, "quality": 30_000, "plan": 300_000, "b": 50, "eating": 70_000,
    "beating": 30_000, "standardization": 50, "he": 9_000_000, "li": 2_400, "on": 12_000_000, "line": 220_000,
    "online": 23_000, "strengthen": 5_000,
}  # fmt: skip


@each_example("parse", "broken_words", "en")
def test_broken_words_are_mended(raw, title):
    assert repair_title(raw, FREQUENCIES) == title


@each_example("parse", "broken_words", "en")
def test_word_pairs_names_and_anything_unknown_stay(title):
    assert repair_title(title, FREQUENCIES) == title


def test_without_frequencies_nothing_is_touched():
    assert repair_title("Brea k") == "Brea k"
