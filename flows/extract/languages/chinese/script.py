"""Chinese in the form that the patterns know: simplified characters, plain digits, no blanks.

Simplifying keeps every offset; a sentence without blanks keeps the offset of each character.
"""

import re
from dataclasses import replace
from functools import cache

from opencc import OpenCC

from flows.extract.text.sentences import Sentence

_FULL_WIDTH = "０１２３４５６７８９％．＋－～／＜＞＝ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
_TO_PLAIN = {ord(character): chr(ord(character) - 0xFEE0) for character in _FULL_WIDTH}
# A blank between Latin words or digits has a meaning; beside a Chinese character it is layout.
_LAYOUT_BLANK = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def _simple(character: str) -> str:
    simple = _simplifier().convert(character)
    return simple if len(simple) == 1 else character


def simplified(text: str) -> str:
    """Return `text` in simplified characters with half-width digits, one character for one."""
    return text.translate(_TO_PLAIN | {ord(c): _simple(c) for c in set(text) if "\u3400" <= c <= "\u9fff"})


def without_blanks(sentence: Sentence) -> Sentence:
    """Return the sentence without blanks that are only layout ("2024 年", a line break inside a word)."""
    kept: list[int] = []
    at = 0
    for blank in _LAYOUT_BLANK.finditer(sentence.text, sentence.lead):
        kept += range(at, blank.start())
        at = blank.end()
    if not at:
        return sentence
    kept += range(at, len(sentence.text))
    text = "".join(sentence.text[i] for i in kept)
    return replace(sentence, text=text, offsets=tuple(sentence.origin + i for i in kept))
