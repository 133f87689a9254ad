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
_LARGEST = 1e18  # a longer row of digits is a code, not a statistic


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

    odds: re.Pattern[str]
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
    odds = rf"\b(?:\d\d?|{either(counts)}) (?:in|out of)(?: every)? (?:5|10|20|100|five|ten|twenty)\b(?!\s?%)"
    pattern = rf"""
        (?P<range>(?<!from[ ])(?P<low>{_DIGITS})(?:{percent})?(?:\s?[-–—~]\s?|[ ]to[ ])(?P<high>{_DIGITS})
          (?P<range_scale>{scale})?(?P<range_percent>{percent}))
      | (?P<between>(?<=between[ ])(?P<least>{_DIGITS})(?:{percent})?[ ]and[ ](?P<most>{_DIGITS})
          (?P<between_scale>{scale})?(?P<between_percent>{percent})?)
      | (?P<digits>{_DIGITS})(?:(?P<scale>{scale}))?(?P<percent>{percent})?
      | \b(?P<fraction>(?:(?P<numerator>{either(counts)}|a)[ -])?(?P<denominator>{either(denominators)}))\b
      | \b(?P<ordinal>{either(ordinals)})\b
      | \b(?P<words>{word})\b(?P<word_percent>{percent})?
    """
    return Grammar(
        re.compile(odds, re.IGNORECASE),
        re.compile(pattern, re.IGNORECASE | re.VERBOSE),
        scales | short,
        words,
    )


def find_numbers(text: str, grammar: Grammar) -> list[Number]:
    """Find the numbers of a sentence in order; spans are offsets into `text` and do not overlap."""
    odds = [number for match in grammar.odds.finditer(text) if (number := _read_odds(match, grammar))]
    numbers = (_read_number(match, grammar) for match in grammar.number.finditer(text))
    numbers = (n for n in numbers if n and max(n.value, n.value_max or 0) <= _LARGEST)
    others = [n for n in numbers if not any(n.start < o.end and o.start < n.end for o in odds)]
    return sorted([*odds, *others], key=lambda number: number.start)


def _read_number(match: re.Match[str], grammar: Grammar) -> Number | None:
    """Read a match by the alternative of the pattern that it is."""
    readers = {
        "range": _read_range,
        "between": _read_between,
        "digits": _read_digits,
        "fraction": _read_fraction,
        "ordinal": _read_ordinal,
        "words": _read_words,
    }
    return next(read(match, grammar) for group, read in readers.items() if match[group])


def _read_odds(match: re.Match[str], grammar: Grammar) -> Number | None:
    """ "9 in 10" is 90 percent; "12 in 10 towns" is not."""
    parts = re.split(r" (?:in|out of)(?: every)? ", match.group(), flags=re.IGNORECASE)
    part, whole = (_value_of(piece, grammar) for piece in parts)
    if not 0 < part < whole:
        return None
    return Number(match.start(), match.end(), round(100 * part / whole, 2), "fraction", "percent")


def _read_range(match: re.Match[str], grammar: Grammar) -> Number:
    return _read_ends(match, grammar, ("low", "high"), "range")


def _read_between(match: re.Match[str], grammar: Grammar) -> Number:
    return _read_ends(match, grammar, ("least", "most"), "between")


def _read_words(match: re.Match[str], grammar: Grammar) -> Number:
    value = _value_of_words(match["words"], grammar)
    return Number(match.start(), match.end(), value, "words", _percent_kind(match["word_percent"]))


def _read_ends(match: re.Match[str], grammar: Grammar, ends: tuple[str, str], group: str) -> Number:
    """`ends` name the two ends; `<group>_scale` and `<group>_percent` hold for both."""
    factor = _scale(match[f"{group}_scale"], grammar)
    least, most = (_exact(match[end], factor) for end in ends)
    percent = _percent_kind(match[f"{group}_percent"])
    if least > most:
        return Number(match.start(ends[1]), match.end(), most, "digits", percent)
    return Number(match.start(), match.end(), least, "digits", percent, most)


def _read_digits(match: re.Match[str], grammar: Grammar) -> Number:
    per_mille = 0.1 if "‰" in (match["percent"] or "") else 1
    value = _exact(match["digits"], _scale(match["scale"], grammar) * per_mille)
    return Number(match.start(), match.end(), value, "digits", _percent_kind(match["percent"]))


def _read_fraction(match: re.Match[str], grammar: Grammar) -> Number | None:
    numerator = (match["numerator"] or "").casefold()
    denominator = _role_value(grammar, match["denominator"], "denominator")
    if not numerator and match["denominator"].casefold() != "half":
        # "third in the world" is a rank and "the fourth conference" an ordinal, for later modules to judge.
        return _ordinal(match, match["denominator"], grammar)
    part = 1 if numerator in ("", "a") else _role_value(grammar, numerator, "unit")
    return Number(match.start(), match.end(), round(100 * part / denominator, 2), "fraction", "percent")


def _read_ordinal(match: re.Match[str], grammar: Grammar) -> Number | None:
    return _ordinal(match, match["ordinal"], grammar)


def _ordinal(match: re.Match[str], word: str, grammar: Grammar) -> Number | None:
    rank = _role_value(grammar, word, "ordinal")
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
