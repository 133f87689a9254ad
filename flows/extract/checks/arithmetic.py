"""Shares, changes and totals in a sentence that cannot be right.

"12 of 150 samples failed, 10 percent" is 8 percent; "from 45 to 17, down 50 percent" is down 62; 90 and 80 cannot be
parts of 150 complaints. "About", "more than" and rounding leave room, and only what is wrong for every number in that
room is a fault. The patterns of `seeds/reading/checks/check_patterns.csv` tell which numbers belong together, and they
match only where grammar leaves no choice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isclose

from flows.extract.languages.mentions import Mention
from flows.extract.vocabulary.check_patterns import FIRST_SIGN, CheckPatterns

SHARE_RULE, CHANGE_RULE, PARTS_RULE = "share_of_whole", "change_between_levels", "parts_exceed_total"
_ROUGH = 0.1  # "about 100" is anything from 90 to 110
_MOST_NUMBERS = 200
_DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_ROUND_ZEROS = 3  # a count that ends with so many may be a round number
_VAGUE = ("more_than", "at_least", "less_than", "at_most")

Interval = tuple[float, float]


@dataclass(frozen=True)
class SumFault:
    """A sum `stated` in a sentence that is really `found`; offsets into the sentence."""

    rule: str
    start: int
    end: int
    stated: float
    found: float
    explanation: str


@dataclass(frozen=True)
class _Term:
    """A quantity with its number as written."""

    mention: Mention
    written: str

    @property
    def value(self) -> float:
        return self.mention.value

    @property
    def unit(self) -> str:
        return self.mention.unit

    @property
    def is_vague(self) -> bool:
        """Whether its range is open at one end, so that hardly anything contradicts it."""
        return self.mention.bound in _VAGUE

    @property
    def scale(self) -> str:
        """The words and signs of the number: million, 万, %."""
        return re.sub(r"[\d.,\s]", "", self.written)

    @property
    def interval(self) -> Interval:
        """The range of the number, by its bound and its last digit."""
        mention, room = self.mention, _ROUGH * self.value
        low, high = self.value - self.step / 2, (mention.value_max or self.value) + self.step
        if mention.bound in ("more_than", "at_least"):
            return low, inf
        if mention.bound in ("less_than", "at_most"):
            return 0, high
        return (
            low - room * (mention.bound in ("about", "nearly")),
            high + room * (mention.bound == "about"),
        )

    @property
    def step(self) -> float:
        """The value of the last significant digit, where the number may be cut off or rounded; 0 for a full count."""
        digits = _DIGITS.search(self.written)
        if digits is None or self.mention.number.form != "digits":
            return 0
        plain = digits.group().replace(",", "")
        factor = self.value / float(plain) if float(plain) else 1
        if digits[1]:
            last_decimal: float = factor / 10 ** len(digits[1])
            return last_decimal
        if self.unit == "percent":
            return factor
        if factor > 1:
            return factor
        zeros = len(plain) - len(plain.rstrip("0"))
        return min(10**zeros, _ROUGH * self.value) if zeros >= _ROUND_ZEROS else 0


@dataclass(frozen=True)
class _Numbers:
    """A sentence in which each number is replaced by one character (`signs`), and the terms of these characters."""

    signs: str
    terms: Sequence[_Term]

    def named(self, match: re.Match[str], name: str) -> _Term:
        return self.terms[ord(match[name]) - ord(FIRST_SIGN)]

    def before(self, term: _Term) -> Sequence[_Term]:
        return self.terms[: self.terms.index(term)]


class SumChecker:
    """Checks the sums in sentences of one language."""

    def __init__(self, patterns: CheckPatterns) -> None:
        """Take the patterns by role."""
        self._patterns = patterns

    def check(self, text: str, mentions: Sequence[Mention]) -> list[SumFault]:
        """Return the sums of a sentence that cannot be right; `mentions` are its quantities, in order."""
        if not 2 <= len(mentions) <= _MOST_NUMBERS:
            return []
        terms = [_Term(m, " ".join(text[m.number.start : m.number.end].split())) for m in mentions]
        numbers = _Numbers(_with_signs(text, mentions), terms)
        checks = (("change", _check_change), ("share", _check_share), ("parts", self._check_parts))
        found = (
            check(match, numbers)
            for role, check in checks
            for pattern in self._patterns[role]
            for match in pattern.finditer(numbers.signs)
        )
        return list(dict.fromkeys(fault for fault in found if fault))

    def _check_parts(self, match: re.Match[str], numbers: _Numbers) -> SumFault | None:
        """Check whether a part, or several parts together, exceed the total."""
        whole, first = numbers.named(match, "whole"), numbers.named(match, "part")
        if whole.unit != first.unit or whole.unit == "percent" or whole.is_vague:
            return None
        parts = [first, *self._further_parts(match, numbers)]
        lowest = sum(part.interval[0] for part in parts)
        # "150 standards in 2 fields, of which 90 ...": the nearest number need not be the total.
        totals = [term for term in numbers.before(whole) if term.unit == whole.unit]
        if any(lowest <= total.interval[1] for total in (*totals, whole)):
            return None
        found = sum(part.value for part in parts)
        added = " + ".join(part.written for part in parts)
        total = f"{added} is {_shown(found)}, which is" if len(parts) > 1 else f"{added} is"
        explanation = f"{total} more than the total of {whole.written}."
        return _fault(PARTS_RULE, whole.value, found, explanation, whole, *parts)

    def _further_parts(self, match: re.Match[str], numbers: _Numbers) -> list[_Term]:
        """Return the other parts in the list that the first part opens; none if one is of another kind.

        "90 concerned shoes and 80 concerned hats" divides the total once, "90 concerned shoes and 80 were solved" in
        two ways.
        """
        first, parts = numbers.named(match, "part"), []
        counter, position, is_ended = match.groupdict().get("counter") or "", match.end(), False
        [step], [stop] = self._patterns["next_part"], self._patterns["part_break"]
        while following := step.match(numbers.signs, position):
            part, end = numbers.named(following, "part"), following.end() + len(counter)
            is_counted_alike = part.unit == first.unit and numbers.signs[following.end() : end] == counter
            if stop.search(following.group()) or not is_counted_alike or not self._is_alike(match, following):
                return []
            parts.append(part)
            position, is_ended = end, bool(counter) or following["last"].strip() != ","
        return parts if is_ended else []

    def _is_alike(self, first: re.Match[str], part: re.Match[str]) -> bool:
        """Return whether both parts have the same verb, or the second one has none."""
        [copula] = self._patterns["copula"]
        labels = first.groupdict()
        return bool(labels["label"]) and (
            part["label"] in (labels["label"], labels.get("inner")) or bool(copula.fullmatch(labels["label"]))
        )


def _with_signs(text: str, mentions: Sequence[Mention]) -> str:
    pieces, position = [], 0
    for at, mention in enumerate(mentions):
        pieces += [text[position : mention.number.start], chr(ord(FIRST_SIGN) + at)]
        position = mention.number.end
    return "".join([*pieces, text[position:]])


def _check_change(match: re.Match[str], numbers: _Numbers) -> SumFault | None:
    old, new, change = (numbers.named(match, name) for name in ("old", "new", "change"))
    if old.unit != new.unit or old.is_vague or new.is_vague or min(old.interval[0], new.interval[0]) <= 0:
        return None
    (old_low, old_high), (new_low, new_high) = old.interval, new.interval
    difference = (new_low - old_high, new_high - old_low)
    growth = ((new_low / old_high - 1) * 100, (new_high / old_low - 1) * 100)
    if change.unit == "percent" and change.mention.number.form == "digits":
        if (
            old.scale != new.scale
        ):  # in "from 3 to 4 million" the first number takes its scale from the second
            return None
        right = [growth, difference] if old.unit == "percent" else [growth]
        found = (new.value / old.value - 1) * 100
    elif change.unit in (old.unit, "percentage_points"):
        right, found = [difference], new.value - old.value
    else:
        return None
    is_down = bool(match["down"])
    said = _negative(change.interval) if is_down else change.interval
    if any(_meet(said, interval) for interval in right):
        return None
    stated = -change.value if is_down else change.value
    unit = " percent" if change.unit == "percent" else ""
    explanation = (
        f"From {old.written} to {new.written} is a change of {_shown(found, '+')}{unit}, "
        f"not {_shown(stated, '+')}."
    )
    return _fault(CHANGE_RULE, stated, found, explanation, old, new, change)


def _check_share(match: re.Match[str], numbers: _Numbers) -> SumFault | None:
    part, whole, share = (numbers.named(match, name) for name in ("part", "whole", "share"))
    is_share = share.unit == "percent" and share.mention.number.form == "digits"  # "a tenth" is rough
    if not is_share or part.unit != whole.unit or part.unit == "percent":
        return None
    if not 0 < part.value <= whole.value or part.is_vague or whole.is_vague or whole.interval[0] <= 0:
        return None
    right = (part.interval[0] / whole.interval[1] * 100, part.interval[1] / whole.interval[0] * 100)
    others = (100 - right[1], 100 - right[0])  # "12 of 150 failed, a pass rate of 92 percent"
    if _meet(share.interval, right) or _meet(share.interval, others):
        return None
    found = part.value / whole.value * 100
    explanation = f"{part.written} of {whole.written} is {_shown(found)} percent, not {_shown(share.value)}."
    return _fault(SHARE_RULE, share.value, found, explanation, part, whole, share)


def _fault(rule: str, stated: float, found: float, explanation: str, *terms: _Term) -> SumFault:
    spans = [term.mention.number for term in terms]
    return SumFault(
        rule,
        min(span.start for span in spans),
        max(span.end for span in spans),
        stated,
        round(found, 2),
        explanation,
    )


def _shown(number: float, sign: str = "") -> str:
    return f"{round(number, 2):{sign},.15g}"


def _meet(one: Interval, other: Interval) -> bool:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return low <= high or isclose(low, high, rel_tol=1e-9)


def _negative(interval: Interval) -> Interval:
    return -interval[1], -interval[0]
