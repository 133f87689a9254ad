"""A sentence in, the numbers in it out: digits, scale words, number words, percent, fractions, ranges.

Only the reading of numbers happens here. Whether a number is a figure, what it counts and what it means is
decided by the modules that follow.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flows.extract.vocabulary import NumberWord

PERCENT = r"%|‰|percentage[ -]points?|per[ ]?cent(?:age points?)?|pct|p\.p\."
_DIGITS = r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?"


@dataclass(frozen=True)
class Number:
    """A number as written; `text[start:end]` holds its scale word and percent sign.

    `value` has the scale applied. `form` is `digits`, `words`, `fraction` or `ordinal`. `percent` is null,
    `percent` or `percentage_points`. `value_max` is the upper end of a range.
    """

    start: int
    end: int
    value: float
    form: str
    percent: str | None = None
    value_max: float | None = None


@dataclass(frozen=True)
class Grammar:
    """The number words of a language, compiled."""

    number: re.Pattern[str]
    scales: Mapping[str, float]
    words: Mapping[str, tuple[NumberWord, ...]]


def read_grammar(words: Mapping[str, tuple[NumberWord, ...]]) -> Grammar:
    """Compile the number words of a language into one pattern."""

    def with_role(*roles: str) -> dict[str, float]:
        return {
            word: entry.value for word, entries in words.items() for entry in entries if entry.role in roles
        }

    def either(table: Mapping[str, float]) -> str:
        return "|".join(sorted(map(re.escape, table), key=len, reverse=True))

    scales, short = with_role("scale"), with_role("abbreviated_scale")
    counts, denominators = with_role("unit", "tens"), with_role("denominator")
    ordinals = with_role("ordinal")
    scale = rf"[ -]?\s*(?:{either(scales)})s?\b|(?:{either(short)})\b"
    hundred_and = rf"(?<=hundred)[ ]and[ ](?:{either(counts)})\b"
    word = rf"(?:{either(counts)})(?:[ -](?:{either(counts | scales)})\b|{hundred_and})*"
    percent = rf"\s?(?:{PERCENT})"
    small = rf"(?:{_DIGITS}|{either(counts)})"
    pattern = rf"""
        (?P<odds>\b{small}[ ](?:in|out[ ]of)(?:[ ]every)?[ ]{small}\b(?!\s?%))
      | (?P<range>(?P<low>{_DIGITS})(?:{percent})?(?:\s?[-–—~]\s?|[ ]to[ ])(?P<high>{_DIGITS})
          (?P<range_scale>{scale})?(?P<range_percent>{percent}))
      | (?P<digits>{_DIGITS})(?:(?P<scale>{scale}))?(?P<percent>{percent})?
      | \b(?P<fraction>(?:(?P<numerator>{either(counts)}|a)[ -])?(?P<denominator>{either(denominators)}))\b
      | \b(?P<ordinal>{either(ordinals)})\b
      | \b(?P<words>{word})\b(?P<word_percent>{percent})?
    """
    return Grammar(re.compile(pattern, re.IGNORECASE | re.VERBOSE), scales | short, words)


def find_numbers(text: str, grammar: Grammar) -> list[Number]:
    """Find the numbers of a sentence in order; spans are offsets into `text` and do not overlap."""
    numbers = (_read_number(match, grammar) for match in grammar.number.finditer(text))
    return [number for number in numbers if number]


def _read_number(match: re.Match[str], grammar: Grammar) -> Number | None:
    if match["odds"]:
        return _read_odds(match, grammar)
    if match["range"]:
        return _read_range(match, grammar)
    if match["digits"]:
        return _read_digits(match, grammar)
    if match["fraction"]:
        return _read_fraction(match, grammar)
    if match["ordinal"]:
        return _read_ordinal(match, "ordinal", grammar)
    value = _value_of_words(match["words"], grammar)
    return Number(match.start(), match.end(), value, "words", _percent_kind(match["word_percent"]))


def _read_odds(match: re.Match[str], grammar: Grammar) -> Number | None:
    parts = re.split(r" (?:in|out of)(?: every)? ", match["odds"], flags=re.IGNORECASE)
    part, whole = (_value_of(piece, grammar) for piece in parts)
    if not 0 < part < whole <= 100 or whole not in (5, 10, 20, 100):
        # "41 in 2016" is a number and a year; only round wholes make odds.
        first = re.match(_DIGITS, match["odds"])
        return Number(match.start(), match.start() + first.end(), part, "digits") if first else None
    return Number(match.start(), match.end(), round(100 * part / whole, 2), "fraction", "percent")


def _read_range(match: re.Match[str], grammar: Grammar) -> Number:
    factor = _scale(match["range_scale"], grammar)
    low, high = (_exact(match[end], factor) for end in ("low", "high"))
    percent = _percent_kind(match["range_percent"])
    if low > high:
        return Number(match.start("high"), match.end(), high, "digits", percent)
    return Number(match.start(), match.end(), low, "digits", percent, high)


def _read_digits(match: re.Match[str], grammar: Grammar) -> Number:
    value = _exact(match["digits"], _scale(match["scale"], grammar))
    return Number(match.start(), match.end(), value, "digits", _percent_kind(match["percent"]))


def _read_fraction(match: re.Match[str], grammar: Grammar) -> Number | None:
    numerator = (match["numerator"] or "").casefold()
    denominator = _role_value(grammar, match["denominator"], "denominator")
    if not numerator and match["denominator"].casefold() != "half":
        # "third in the world" is a rank and "the fourth conference" an ordinal, for later modules to judge.
        return _read_ordinal(match, "denominator", grammar)
    part = 1 if numerator in ("", "a") else _role_value(grammar, numerator, "unit")
    return Number(match.start(), match.end(), round(100 * part / denominator, 2), "fraction", "percent")


def _read_ordinal(match: re.Match[str], group: str, grammar: Grammar) -> Number | None:
    rank = _role_value(grammar, match[group], "ordinal")
    return Number(match.start(), match.end(), rank, "ordinal") if rank else None


def _percent_kind(sign: str | None) -> str | None:
    if not sign:
        return None
    return "percentage_points" if "point" in sign.casefold() or "p.p" in sign else "percent"


def _scale(word: str | None, grammar: Grammar) -> float:
    return grammar.scales[word.strip(" -\n\t").casefold().removesuffix("s")] if word else 1


def _exact(digits: str, factor: float) -> float:
    """Apply a scale without the dust of binary fractions: 6.728 million is 6728000, not 6727999.999."""
    return round(float(digits.replace(",", "")) * factor, 6)


def _value_of(piece: str, grammar: Grammar) -> float:
    return _exact(piece, 1) if piece[0].isdigit() else _value_of_words(piece, grammar)


def _value_of_words(phrase: str, grammar: Grammar) -> float:
    """Read "two hundred and thirty-one thousand": a scale closes what stands before it."""
    total = current = 0.0
    for word in re.split(r"[ -]", phrase.casefold()):
        if word == "and":
            continue
        scale = grammar.scales.get(word)
        if scale is None:
            current += _role_value(grammar, word, "unit") or _role_value(grammar, word, "tens")
        elif scale == 100:
            current = max(current, 1) * scale
        else:
            total, current = total + max(current, 1) * scale, 0.0
    return total + current


def _role_value(grammar: Grammar, word: str, role: str) -> float:
    return next((entry.value for entry in grammar.words.get(word.casefold(), ()) if entry.role == role), 0.0)
