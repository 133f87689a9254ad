"""The language of a text, by its script and, for Latin letters, by its most common words."""

import re

# A few words that occur in nearly every sentence of their language and in few sentences of the others.
_STOP_WORDS = {
    "en": {"the", "of", "and", "to", "in", "for", "that", "with", "was", "were", "is", "are", "by"},
    "fr": {"le", "la", "les", "des", "et", "du", "une", "dans", "pour", "est", "aux", "sur", "par"},
    "de": {"der", "die", "das", "und", "ist", "den", "von", "mit", "für", "ein", "eine", "auf", "wurden"},
    "es": {"el", "los", "las", "del", "y", "una", "que", "para", "con", "por", "se", "es", "fue"},
    "it": {"il", "della", "che", "di", "gli", "per", "sono", "nel", "con", "una", "delle", "è", "dei"},
    "pt": {"o", "os", "da", "do", "dos", "das", "uma", "que", "para", "com", "em", "não", "foram"},
}
_SCRIPTS = {
    "zh": re.compile(r"[\u3400-\u9fff]"),
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE_CHARACTERS = 20_000


def read_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, or None when it cannot be told."""
    sample = text[:_SAMPLE_CHARACTERS]
    letters = sum(character.isalpha() for character in sample)
    shares = {code: len(script.findall(sample)) / max(letters, 1) for code, script in _SCRIPTS.items()}
    if shares["ja"] > 0.05:  # Japanese mixes Chinese characters with its own
        return "ja"
    code, share = max(shares.items(), key=lambda item: item[1])
    # A Chinese character carries as much as five Latin letters, so a fifth of the letters is most of the text.
    return code if share > 0.2 else _read_latin_language(sample)


def _read_latin_language(sample: str) -> str | None:
    words = [word.lower() for word in _WORD.findall(sample)]
    counts = {code: sum(word in stop_words for word in words) for code, stop_words in _STOP_WORDS.items()}
    first, second = sorted(counts.values(), reverse=True)[:2]
    if first == second or first < 0.04 * len(words):
        return None
    return max(counts, key=counts.__getitem__)
