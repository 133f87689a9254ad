"""The number of a heading as a path of integers.

"III", "Three", "3", "三" and "Ⅲ" are (3,), "2.1" is (2, 1), "C" is (3,) where letters count. Headings are counted
by their paths, which tells a chapter from a list that starts at 7 or from a "V." that is somebody's initial.
"""

import re
import unicodedata
from itertools import pairwise

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Only the usual way of writing, so that neither "IIX" nor "CIVIL" counts.
_ROMAN_NUMBER = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_VALUES = {word: value for words in (_WORDS, _ORDINALS) for value, word in enumerate(words, 1)}
_CHINESE_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_CHINESE_SCALES = {"十": 10, "百": 100}
_MARKS = re.compile(r"[\s()（）.．]+")


def read_heading_number(written: str, numbering: str) -> tuple[int, ...] | None:
    """Return the path of a number, or None if it is not one of that numbering (`heading_marks.csv`)."""
    plain = unicodedata.normalize("NFKC", written)
    if numbering == "decimal" or re.fullmatch(r"\d+(?:\.\d+)+", plain):
        return tuple(int(part) for part in plain.split("."))
    plain = _MARKS.sub("", plain)
    if numbering == "letter":
        return (ord(plain.casefold()) - ord("a") + 1,) if re.fullmatch(r"[A-Za-z]", plain) else None
    value = _read_value(plain)
    return (value,) if value else None


def _read_value(plain: str) -> int | None:
    if plain.isdecimal():
        return int(plain)
    if plain and _ROMAN_NUMBER.fullmatch(plain.upper()) and (plain.isupper() or plain.islower()):
        return _read_roman(plain.upper())
    return _VALUES.get(plain.casefold()) or _read_chinese(plain)


def _read_roman(plain: str) -> int:
    values = [_ROMAN[letter] for letter in plain]
    return sum(-value if value < following else value for value, following in pairwise([*values, 0]))


def _read_chinese(plain: str) -> int | None:
    """Read "二十三" as 23, "一百零二" as 102 and "二〇", which is written digit by digit, as 20."""
    if not plain or set(plain) - set(_CHINESE_DIGITS) - set(_CHINESE_SCALES):
        return None
    if not set(plain) & set(_CHINESE_SCALES):
        return int("".join(str(_CHINESE_DIGITS[character]) for character in plain))
    total, digit = 0, 0
    for character in plain:
        if scale := _CHINESE_SCALES.get(character):
            total += (digit or 1) * scale
            digit = 0
        else:
            digit = _CHINESE_DIGITS[character]
    return total + digit
