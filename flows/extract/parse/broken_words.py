"""Repair of words that a site broke with a stray blank: "Brea k the bottleneck" becomes "Break the bottleneck".

The rule needs to know how common words are, so it takes their frequencies as an argument: any mapping from
lowercase English words to counts. Without one nothing is repaired.

Two or three pieces separated by single blanks are joined when the joined word is known and at least one piece is
much rarer as a word than the joined word. So "Ma ke" is joined (nobody writes "ke"), while "in to", "a part" and
"to get her" stay, because all their pieces are words. The pieces after the first must be lowercase, and a single
capital is a piece only at the very start, so "Wang Yi" and "Plan B eating" stay.
"""

import re
from collections.abc import Mapping, Sequence

_LONGEST_BREAK = 3
# "cent", a word, is 4 times rarer than "percent"; "k", which is not, is 7_000 times rarer than "break".
_FRAGMENT_RATIO = 20
# Brackets and quotation marks may surround the pieces: `("Brea k)`.
_PIECES = re.compile(r"[(\[\"'“‘]*([A-Za-z][a-z]*(?: [a-z]+)+)[)\]\"'”’,.;:!?]*")


def repair_title(raw: str, word_frequencies: Mapping[str, float] | None = None) -> str:
    """Return `raw` with broken words joined; `word_frequencies` maps lowercase words to counts."""
    if not word_frequencies:
        return raw
    words = raw.split(" ")
    repaired: list[str] = []
    while words:
        at_start = not any(word.isalpha() for word in repaired)
        # Take the shortest join that makes a word: "Brea k up" is "Break up", not "Breakup".
        sizes = range(2, min(_LONGEST_BREAK, len(words)) + 1)
        size = next((size for size in sizes if _is_broken(words[:size], word_frequencies, at_start)), 1)
        repaired.append("".join(words[:size]))
        words = words[size:]
    return " ".join(repaired)


def _is_broken(words: Sequence[str], word_frequencies: Mapping[str, float], at_start: bool) -> bool:
    match = _PIECES.fullmatch(" ".join(words))
    if match is None:
        return False
    pieces = match[1].split(" ")
    if len(pieces[0]) == 1 and pieces[0].isupper() and not at_start:
        return False
    joined = word_frequencies.get("".join(pieces).lower(), 0)
    rarest = min(word_frequencies.get(piece.lower(), 0) for piece in pieces)
    return joined > 0 and rarest * _FRAGMENT_RATIO <= joined
