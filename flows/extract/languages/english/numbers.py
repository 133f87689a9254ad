"""Finds the numbers of English sentences: digits, scale words, number words, percent, fractions, ranges.

Only numbers are read here. `mentions` decides whether a number is a figure, what it counts and what it means.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flows.extract.languages.mentions import Number
from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.patterns.spans import SpanMask
from flows.extract.patterns.table import PatternTable, longest_of
from flows.extract.vocabulary.entries import NumberWord

PERCENT = r"%|‰|(?:of (?:a|one) )?percentage[ -]points?|per[ ]?cent(?:age points?)?|pct|p\.p\."
# 93.65, 1,366, 12,34,567 (India), 3 412 and 3'412 (international bodies), after their first digit
_MORE_DIGITS = (
    r"(?:\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d{0,2}(?:[ '’]\d{3})+(?![\d,])(?:\.\d+)?|\d*(?:\.\d+)?)"
)
_MOVED = re.compile(
    r"\b(?:rose|grew|fell|dropped|climbed|increased|decreased|declined|up|down)(?: by)? [$€£]?$"
)
_FROM = re.compile(r"\bfrom (?:[a-z]{0,3}[$€£])?$")
_RANGES = re.compile(r"\b(?:rang\w+|var(?:y|ied|ies|ying)|differ\w*|anywhere|anything) from [^\s]{0,4}$")
_IN_PERCENT = re.compile(rf"\s?(?:{PERCENT})")
_NEAR = 40  # characters
_SEPARATORS = re.compile(r"[,\s'’]")
_SPELT_OUT = 1000
_LARGEST = 1e18  # a longer row of digits is a code, not a statistic


@dataclass(frozen=True)
class NumberPattern:
    """A way to write numbers and the function that reads a match."""

    pattern: LazyPattern
    read: Callable[[re.Match[str], "Grammar"], Number | None]


@dataclass(frozen=True)
class Grammar:
    """The number words of a language, compiled; where two of `patterns` overlap, the earlier one wins."""

    patterns: PatternTable[NumberPattern]
    scales: Mapping[str, float]
    words: Mapping[str, tuple[NumberWord, ...]]


def read_grammar(words: Mapping[str, tuple[NumberWord, ...]]) -> Grammar:
    """Compile the number words of a language into patterns."""

    def with_role(*roles: str) -> dict[str, float]:
        return {
            word: entry.value for word, entries in words.items() for entry in entries if entry.role in roles
        }

    scales, short = with_role("scale"), with_role("abbreviated_scale")
    counts, denominators = with_role("unit", "tens"), with_role("denominator")
    ordinals = with_role("ordinal")
    scale = rf"[ -]?\s*(?:{longest_of(scales)})s?\b|(?:{longest_of(short)})\b"
    hundred_and = rf"(?<=hundred)[ ]and[ ](?:{longest_of(counts)})\b"
    word = rf"(?:{longest_of(counts)})(?:[ -](?:{longest_of(counts | scales)})\b|{hundred_and})*"
    percent = rf"\s?(?:{PERCENT})"
    wholes = "5|10|20|100|three|four|five|six|seven|eight|ten|twenty"
    odds = rf"(?<![\d.,])\b(?:\d\d?|{longest_of(counts)}) (?:in|out of)(?: every)? (?:{wholes})\b(?!\s?%)"
    through = r"(?:\s?[-–—~]\s?|[ ]to[ ])(?P<coin>[a-z]{0,3}[$€£])?"
    # A pattern that begins with a digit is fast, since the search leaps from one digit to the next.
    between = rf"""
        (?P<least>\d(?:(?<=between[ ]\d)|(?<=between[ ][$€£]\d)){_MORE_DIGITS})(?P<least_scale>{scale})?(?:{percent})?
        [ ]and[ ][$€£]?(?P<most>\d{_MORE_DIGITS})(?P<between_scale>{scale})?(?P<between_percent>{percent})?
    """
    ranges = rf"""
        (?P<low>\d(?<![\d.,]\d){_MORE_DIGITS})(?P<low_scale>{scale})?(?:{percent})?{through}
        (?P<high>\d{_MORE_DIGITS})
        (?P<range_scale>{scale})?(?P<range_percent>{percent})?(?(coin)|(?=\s?[a-z%]|(?<=[%a-z])))
    """
    digits = rf"(?P<digits>\d{_MORE_DIGITS})(?:(?P<scale>{scale}))?(?P<percent>{percent})?"
    small = longest_of(counts)
    few = rf"(?<!from )\b(?P<few>{small}) to (?P<many>{small})\b(?![ -](?:{longest_of(scales)}))"
    words_only = rf"""
        \b(?P<fraction>(?:(?P<numerator>{longest_of(counts)}|a)[ -])?(?P<denominator>{longest_of(denominators)}))\b
      | \b(?P<ordinal>{longest_of(ordinals)})\b
      | \b(?P<words>{word})\b(?P<word_percent>{percent})?
    """
    patterns = (
        NumberPattern(LazyPattern(odds), _read_odds),
        NumberPattern(LazyPattern(between, re.VERBOSE), _read_between),
        NumberPattern(LazyPattern(ranges, re.VERBOSE), _read_range),
        NumberPattern(LazyPattern(digits), _read_digits),
        NumberPattern(LazyPattern(few), _read_few),
        NumberPattern(LazyPattern(words_only, re.VERBOSE), _read_words_only),
    )
    return Grammar(PatternTable(patterns, lambda row: row.pattern), scales | short, words)


def find_numbers(text: str, grammar: Grammar) -> list[Number]:
    """Find the numbers of a sentence in order; spans are offsets into `text` and do not overlap."""
    numbers: list[Number] = []
    taken = SpanMask(text)
    lowered = in_lower_case(text)
    for row in grammar.patterns.candidates(lowered):
        for match in row.pattern.finditer(lowered):
            number = row.read(match, grammar) if taken.is_free(*match.span()) else None
            if number:
                taken.take(number.start, number.end)
                numbers.append(number)
    plausible = (number for number in numbers if max(number.value, number.value_max or 0) <= _LARGEST)
    return sorted(plausible, key=lambda number: number.start)


def in_lower_case(text: str) -> str:
    """Return `text` in lower case, character for character: patterns that respect case are several times as fast."""
    lowered = text.lower()
    return (
        lowered
        if len(lowered) == len(text)
        else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    )


def _read_words_only(match: re.Match[str], grammar: Grammar) -> Number | None:
    """Read a match by the alternative of the pattern that matched."""
    readers = {"fraction": _read_fraction, "ordinal": _read_ordinal, "words": _read_words}
    return next(read(match, grammar) for group, read in readers.items() if match[group])


def _read_odds(match: re.Match[str], grammar: Grammar) -> Number | None:
    """Read "9 in 10" as 90 percent; "12 in 10 towns" states no share."""
    parts = re.split(r" (?:in|out of)(?: every)? ", match.group(), flags=re.IGNORECASE)
    part, whole = (_value_of(piece, grammar) for piece in parts)
    if not 0 < part < whole:
        return None
    return Number(match.start(), match.end(), round(100 * part / whole, 2), "fraction", "percent")


def _read_few(match: re.Match[str], grammar: Grammar) -> Number | None:
    """Read "five to seven days"."""
    least, most = _value_of_words(match["few"], grammar), _value_of_words(match["many"], grammar)
    return Number(match.start(), match.end(), least, "words", None, most) if least < most else None


def _read_words(match: re.Match[str], grammar: Grammar) -> Number:
    value = _value_of_words(match["words"], grammar)
    return Number(match.start(), match.end(), value, "words", _percent_kind(match["word_percent"]))


def _read_range(match: re.Match[str], grammar: Grammar) -> Number | None:
    """Read "3 to 5 percent" and "10-15 million".

    Falling numbers ("45 to 17", "3-1") and movements ("rose 6 million to 121 million") are not ranges.
    """
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    if " to " in match.group() and _FROM.search(before) and not _RANGES.search(before):
        return None
    is_movement = match["low_scale"] and _MOVED.search(before)
    is_mixed = not match["range_percent"] and _IN_PERCENT.match(match.string, match.end("low"))
    if is_movement or is_mixed:  # "grew 11% to 358 billion"
        return None
    return _ascending(match, ("low", "high", "range"), grammar)


def _read_between(match: re.Match[str], grammar: Grammar) -> Number | None:
    """Read "between 3 and 5 percent"."""
    return _ascending(match, ("least", "most", "between"), grammar)


def _ascending(match: re.Match[str], groups: tuple[str, str, str], grammar: Grammar) -> Number | None:
    low, high, group = groups
    factor = _scale(match[f"{group}_scale"], grammar)
    most, least = _exact(match[high], factor), _exact(match[low], _scale(match[f"{low}_scale"], grammar))
    if not match[f"{low}_scale"] and least < _SPELT_OUT:  # "10-15 million", but "50,000 to 2 million"
        least = _exact(match[low], factor)
    if least >= most:
        return None
    percent = _percent_kind(match[f"{group}_percent"])
    return Number(match.start(), match.end(), least, "digits", percent, most)


def _read_digits(match: re.Match[str], grammar: Grammar) -> Number:
    per_mille = 0.1 if "‰" in (match["percent"] or "") else 1
    value = _exact(match["digits"], _scale(match["scale"], grammar) * per_mille)
    return Number(match.start(), match.end(), value, "digits", _percent_kind(match["percent"]))


def _read_fraction(match: re.Match[str], grammar: Grammar) -> Number | None:
    numerator = (match["numerator"] or "").casefold()
    denominator = _role_value(grammar, match["denominator"], "denominator")
    if not numerator and match["denominator"].casefold() != "half":
        # "third in the world" is a rank, "the fourth conference" only an ordinal; `mentions` tells them apart.
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
    """Apply a scale and round off the error of binary fractions: 6.728 million is 6728000, not 6727999.999."""
    return round(float(_SEPARATORS.sub("", digits)) * factor, 6)


def _value_of(piece: str, grammar: Grammar) -> float:
    return _exact(piece, 1) if piece[0].isdigit() else _value_of_words(piece, grammar)


def _value_of_words(phrase: str, grammar: Grammar) -> float:
    """Read "two hundred and thirty-one thousand": a scale multiplies all that stands before it."""
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
