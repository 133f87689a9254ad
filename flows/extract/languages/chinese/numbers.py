"""Finds the numbers of Chinese sentences: digits with 万 and 亿, Chinese numerals, fractions, ratios, ordinals.

Only numbers are read here. `quantities` reads what follows a number (a unit, a classifier, 多), and `mentions`
decides whether it is a figure.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from flows.extract.languages.mentions import Number
from flows.extract.patterns.lazy_pattern import Cues
from flows.extract.patterns.spans import SpanMask
from flows.extract.patterns.table import longest_of
from flows.extract.vocabulary.entries import NumberWord

# 93.65, 1,366, 5，600 (typeset in full width), 3 412 (the reader keeps blanks between digits for this)
_THOUSANDS = "|".join(
    rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?" for mark in (",", "，", "[ ]")
)
_DIGITS = rf"(?:{_THOUSANDS}|[0-9]+(?:\.[0-9]+)?)"
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")  # as most numbers are written
_TOKEN = re.compile(rf"{_DIGITS}|.")
_LONGEST_NUMERAL = 20
_LONGEST_MIDDLE = 10  # characters between 每10批 and 有3批
_NEAR = 4  # characters in which a bound stands before a number
_TEN = 10
_MYRIAD = 10_000
_LARGEST = 1e18  # a longer row of digits is a code, not a statistic


@dataclass(frozen=True)
class Grammar:
    """The number words of Chinese, compiled; `cues` are those of the language."""

    number: re.Pattern[str]
    ones: Mapping[str, float]
    scales: Mapping[str, float]
    ordinals: Mapping[str, float]
    cues: Cues


def read_grammar(words: Mapping[str, tuple[NumberWord, ...]], units: Iterable[str], cues: Cues) -> Grammar:
    """Compile the number words of `number_words.csv` into one pattern.

    `units` are the written forms of units: 千克 and 千瓦 begin with a character of a scale word but have no scale.
    """

    def with_role(role: str) -> dict[str, float]:
        return {word: e.value for word, entries in words.items() for e in entries if e.role == role}

    ones, scales, ordinals = with_role("unit"), with_role("scale"), with_role("ordinal")
    no_scale = longest_of(unit for unit in units if unit[0] in scales)
    scale = rf"(?:(?!{no_scale})[{''.join(scales)}]){{1,3}}"
    more = rf"(?:(?:{cues['inner_more'].pattern}){scale})?"
    digits = rf"{_DIGITS}(?:{scale}(?:{_DIGITS}{scale})*)?{more}"
    numeral = rf"(?:(?!{no_scale})[{''.join(ones | scales)}]){{1,{_LONGEST_NUMERAL}}}"
    decimals = rf"(?:点[{''.join(ones)}]+)?"
    any_number = f"(?:{digits}|{numeral}{decimals})"
    pattern = rf"""
        (?P<each>每(?P<of_so_many>{any_number})(?P<measure>[\u4e00-\u9fff]{{1,2}})
         [^，,。；;：:、\d]{{0,{_LONGEST_MIDDLE}}}?{cues["so_many_of_each"].pattern}(?P<so_many>{any_number})(?P=measure))
      | (?P<whole>{numeral}|[0-9]+)分之(?P<part>{digits}|{numeral}{decimals})
      | (?P<antecedent>{_DIGITS})[:：∶比]1(?![0-9.:：∶年月日]|{scale})
      | (?:第|{cues["top_before"].pattern})(?P<ordinal>{digits}|{numeral})
      | (?P<first>{longest_of(ordinals)})
      | (?P<half>{longest_of(with_role("denominator"))})
      | (?P<digits>{digits})
      | (?P<words>{numeral}{decimals}{more})
    """
    return Grammar(re.compile(pattern, re.VERBOSE), ones, scales, ordinals, cues)


def find_numbers(text: str, grammar: Grammar, taken: Iterable[tuple[int, int]] = ()) -> list[Number]:
    """Find the numbers of a sentence in order; spans are offsets into `text` and do not overlap.

    The span of an ordinal leaves out 第 and 前. Words that only look like numbers (三五, 数百, 百 in 百姓) are left
    out, and so are numbers inside the spans `taken`.
    """
    free = SpanMask(text, taken).is_free
    matches = (match for match in grammar.number.finditer(text) if free(*match.span(match.lastindex or 0)))
    numbers = (_read_number(match, grammar) for match in matches)
    return [n for n in numbers if n and n.value <= _LARGEST and free(n.start, n.end)]


def scale_at_end(written: str, grammar: Grammar) -> float:
    """Return the factor of the scale words at the end of a number: 10,000 for "5万", 1 for "5"."""
    ending = re.search(f"[{''.join(grammar.scales)}]*$", written)
    return prod(grammar.scales[character] for character in ending.group()) if ending else 1


def _read_number(match: re.Match[str], grammar: Grammar) -> Number | None:
    """Read a match by the alternative of the pattern that matched."""
    read = _READERS.get(match.lastgroup or "")
    return read(match, grammar) if read else None


def _read_ratio(match: re.Match[str], grammar: Grammar) -> Number:
    return Number(match.start(), match.end(), float(_exact(match["antecedent"], grammar)), "ratio")


def _read_ordinal(match: re.Match[str], grammar: Grammar) -> Number | None:
    rank = _value_of(match["ordinal"], grammar)
    return Number(match.start("ordinal"), match.end(), rank, "ordinal") if rank else None


def _read_first(match: re.Match[str], grammar: Grammar) -> Number:
    return Number(match.start(), match.end(), grammar.ordinals[match["first"]], "ordinal")


def _read_half(match: re.Match[str], grammar: Grammar) -> Number | None:
    """Read 一半 and 半数 as 50 percent, and 半 alone only in 过半 or 近半."""
    is_said = len(match["half"]) > 1 or _is_beside_bound(match, grammar)
    return Number(match.start(), match.end(), 50, "fraction", "percent") if is_said else None


def _read_plain(match: re.Match[str], grammar: Grammar) -> Number | None:
    value = _value_of(match["digits"] or match["words"], grammar)
    if value is None or (match["words"] and not _is_definite(match, grammar)):
        return None
    return Number(match.start(), match.end(), value, "digits" if match["digits"] else "words")


def _read_part(match: re.Match[str], grammar: Grammar) -> Number | None:
    """Read 三分之二 as 66.67 percent; 百分之五 is a percentage like 5%, not a fraction."""
    whole, part = _value_of(match["whole"], grammar), _value_of(match["part"], grammar)
    if not whole or part is None:
        return None
    is_sign = match["whole"][0] in grammar.scales and whole > _TEN  # 百分之, 千分之, 万分之
    value = round(100 * part / whole, 6 if is_sign else 2)
    return Number(match.start(), match.end(), value, "words" if is_sign else "fraction", "percent")


def _read_each(match: re.Match[str], grammar: Grammar) -> Number | None:
    """Read 每10批里就有近3批 as 30 percent, since both numbers count the same."""
    whole, part = _value_of(match["of_so_many"], grammar), _value_of(match["so_many"], grammar)
    if not whole or part is None or part > whole:
        return None
    return Number(match.start(), match.end(), round(100 * part / whole, 2), "fraction", "percent")


_READERS = {
    "each": _read_each,
    "part": _read_part,
    "antecedent": _read_ratio,
    "ordinal": _read_ordinal,
    "first": _read_first,
    "half": _read_half,
    "digits": _read_plain,
    "words": _read_plain,
}


def _is_definite(match: re.Match[str], grammar: Grammar) -> bool:
    """Return whether numerals state a number: 十 and 三百 do, 百 alone only in 超百 or 百余, 数百 does not."""
    text, first = match.string, match["words"][0]
    if first not in grammar.scales:
        return True
    if grammar.cues["vague_before"].search(text, max(0, match.start() - _NEAR), match.start()):
        return False
    is_bare = grammar.scales[first] > _TEN
    return not is_bare or _is_beside_bound(match, grammar)


def _is_beside_bound(match: re.Match[str], grammar: Grammar) -> bool:
    text = match.string
    before = grammar.cues["bare_scale_before"].search(text, max(0, match.start() - _NEAR), match.start())
    return bool(before or grammar.cues["bare_scale_after"].match(text, match.end()))


def _value_of(written: str, grammar: Grammar) -> float | None:
    """Read "1亿2000万", "4000多万", "两千零五", "九十三点六"; None for other words (三五, 二〇二三)."""
    if _PLAIN.fullmatch(written):
        return float(written)
    whole, _, decimals = grammar.cues["inner_more"].sub("", written).partition("点")
    value = _value_of_whole(_TOKEN.findall(whole), grammar)
    if value is None or not decimals:
        return None if value is None else float(value)
    return float(f"{value:.0f}." + "".join(f"{grammar.ones[digit]:.0f}" for digit in decimals))


def _value_of_whole(tokens: list[str], grammar: Grammar) -> Decimal | None:
    """Multiply the digit before a scale by it, and all that stands before 万 and 亿 by these.

    The result is a Decimal because 5278.86亿 in binary fractions is not 527886000000.
    """
    total = section = Decimal(0)
    digit: Decimal | None = None
    for token in tokens:
        scale = int(grammar.scales.get(token, 0))
        if not scale:
            if digit:
                return None  # 三五: about four, or a year
            digit = _exact(token, grammar)
        elif scale < _MYRIAD:
            section += (digit or Decimal(1)) * scale
            digit = None
        else:
            section += digit or Decimal(0)
            total = (total + section or Decimal(1)) * scale if total < scale else total + section * scale
            section, digit = Decimal(0), None
    is_all_zeros = digit == 0 and len(tokens) == 1 and tokens[0] in grammar.ones  # 零 alone counts nothing
    return None if is_all_zeros else total + section + _last_digit(tokens, digit, grammar)


def _last_digit(tokens: list[str], digit: Decimal | None, grammar: Grammar) -> Decimal:
    """Read the 五 of 三万五 (35,000): after 百 or more a bare last digit is in the next smaller scale."""
    scale = grammar.scales.get(tokens[-2], 0) if len(tokens) > 1 else 0
    is_short = scale > _TEN and tokens[-1] in grammar.ones
    return (digit or Decimal(0)) * (int(scale) // 10 if is_short else 1)


def _exact(token: str, grammar: Grammar) -> Decimal:
    """Return the value of a numeral, or of digits with their separators."""
    one = grammar.ones.get(token)
    return Decimal(re.sub(r"[,，\s]", "", token)) if one is None else Decimal(int(one))
