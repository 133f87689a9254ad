"""Finds the quantities of Chinese sentences: numbers with 多 or 余 and a unit or classifier.

Two numbers become a range here (3至5家, 20%—30%), and the members of a list take the unit that only the last one bears
(0.8、0.6和0.4个百分点). An amount that is repeated in another currency is a second quantity, since both are stated.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.extract.languages.chinese.numbers import Grammar, find_numbers, read_grammar, scale_at_end
from flows.extract.languages.mentions import Number, scaled
from flows.extract.patterns.table import longest_of
from flows.extract.vocabulary.entries import Classifier, Language, UnitAlias

_SHARED_SCALE = 1000  # "3至5万" is 30,000 to 50,000, but "5000至2万" begins at 5,000
_NEAR = 10
_CHANGE_MARKS = ("到", "至")  # 从3到5 is a change from 3 to 5
_SIGNS = ("%", "‰")
_WORD_END = "(?![A-Za-z])"


@dataclass(frozen=True)
class Quantity:
    """A number with the unit or classifier right behind it, up to `end`.

    It has a `unit`, a `classifier` or neither; `more` is the bound that 多 or 余 between number and unit sets.
    `is_shared`: the unit or classifier is written only at a later member of the list.
    """

    number: Number
    end: int
    unit: UnitAlias | None = None
    classifier: Classifier | None = None
    more: str | None = None
    is_shared: bool = False


class QuantityFinder:
    """Finds the quantities of Chinese sentences with one vocabulary."""

    def __init__(self, language: Language) -> None:
        """Compile the tables once."""
        self._cues = language.cues
        self._units = language.units_after
        self._classifiers = language.classifiers
        self._bounds_before = language.bounds_before
        after = language.bounds_after
        self._bounds_inside = {phrase: bound for phrase, bound in after.items() if len(phrase) == 1}
        self._grammar: Grammar = read_grammar(language.number_words, self._units, language.cues)
        self._behind = _behind_number(self._units, self._classifiers, self._bounds_inside)

    def find(self, sentence: str, taken: Sequence[tuple[int, int]]) -> list[Quantity]:
        """Return the quantities of a sentence, in order, except numbers inside the spans `taken`."""
        numbers = find_numbers(sentence, self._grammar, taken)
        found = [self._read(sentence, number) for number in numbers]
        return self._shared(sentence, self._merged(sentence, found))

    def read_unit(self, text: str) -> Quantity | None:
        """Return one of the unit in the head of a table: 10,000 台 for "万台"; None if `text` is not a unit."""
        scale = re.match(f"[{''.join(self._grammar.scales)}]*", text)
        factor = scale_at_end(scale.group(), self._grammar) if scale else 1
        one = self._read(text, Number(0, scale.end() if scale else 0, factor, "words"))
        return one if one.end == len(text) else None

    def _read(self, sentence: str, number: Number) -> Quantity:
        if number.percent or number.form in ("ordinal", "ratio"):
            units = {"ordinal": None, "ratio": UnitAlias("ratio")}
            unit = units.get(number.form, UnitAlias("percent"))
            return Quantity(number, number.end, unit, more=self._bound_of_part(sentence, number))
        match = self._behind.match(sentence, number.end)
        if not match or self._cues["no_unit"].match(sentence, match.start("unit")):
            return self._read_without_unit(sentence, number)
        more = self._bounds_inside.get(match["more"] or "") or self._bound_within(sentence, number)
        classifier = self._classifiers.get(match["unit"])
        if classifier:
            return Quantity(number, match.end(), None, classifier, more)
        unit = self._units[match["unit"]]
        end = match.end("unit")
        if unit.unit == "percent":
            number = _as_percentage(self._with_tenths(sentence, number, end), end, match["unit"])
        return Quantity(number, max(number.end, end), unit, None, more)

    def _with_tenths(self, sentence: str, number: Number, end: int) -> Number:
        """Read 八成六 as 86 percent, unless the numeral behind 成 begins another quantity (八成三个月内)."""
        tenths = self._grammar.ones.get(sentence[end : end + 1])
        if number.form != "words" or not tenths or self._begins_quantity(sentence, end):
            return number
        return replace(number, end=end + 1, value=scaled(number.value + tenths / 10, 1))

    def _begins_quantity(self, sentence: str, at: int) -> bool:
        following = sentence[at + 1 : at + 2]
        return following in self._grammar.scales or self._behind.match(sentence, at + 1) is not None

    def _read_without_unit(self, sentence: str, number: Number) -> Quantity:
        more = self._cues["inner_more"].match(sentence, number.end)
        if more:
            return Quantity(number, more.end(), more=self._bounds_inside.get(more.group()))
        return Quantity(number, number.end, more=self._bound_within(sentence, number))

    def _bound_within(self, sentence: str, number: Number) -> str | None:
        """Return the bound inside a number: 4000多万 is more than 40 million."""
        more = self._cues["inner_more"].search(sentence, number.start, number.end)
        return self._bounds_inside.get(more.group()) if more else None

    def _bound_of_part(self, sentence: str, number: Number) -> str | None:
        """Return the bound of a share: 每10批里就有近3批 is nearly 30 percent."""
        if not sentence.startswith("每", number.start):
            return None
        part = self._cues["so_many_of_each"].search(sentence, number.start, number.end)
        return self._bounds_before.get(part["about"] or part["bound"] or "") if part else None

    def _merged(self, sentence: str, found: Sequence[Quantity]) -> list[Quantity]:
        merged: list[Quantity] = []
        for quantity in found:
            whole = self._range(sentence, merged[-1], quantity) if merged else None
            if whole:
                merged.pop()
            merged.append(whole or quantity)
        return merged

    def _range(self, sentence: str, low: Quantity, high: Quantity) -> Quantity | None:
        """Read "3至5家", "20%—30%", "1万元以上5万元以下"; numbers that fall or change are not a range."""
        between = sentence[low.end : high.number.start]
        if not _may_be_ends(low, high) or not self._cues["range_mark"].fullmatch(between):
            return None
        is_change = self._cues["from_before"].search(
            sentence, max(0, low.number.start - _NEAR), low.number.start
        )
        if is_change and between in _CHANGE_MARKS and not self._cues["range_end"].match(sentence, high.end):
            return None
        least = self._scaled_as(sentence, low, high) if _is_bare(low) else low.number.value
        if least >= high.number.value:
            return None
        number = replace(high.number, start=low.number.start, value=least, value_max=high.number.value)
        return replace(high, number=number)

    def _shared(self, sentence: str, found: Sequence[Quantity]) -> list[Quantity]:
        """Give the members of a list the scale, unit or classifier of the last one ("12、15和18万家")."""
        shared = list(found)
        if not shared:
            return []
        donor = shared[-1]
        for at in reversed(range(len(shared) - 1)):
            one, following = shared[at], shared[at + 1]
            between = sentence[one.end : following.number.start]
            are_digits = one.number.form == following.number.form == "digits"
            is_cut_short = self._is_cut_short(sentence, one, donor)
            if are_digits and (_is_bare(one) or is_cut_short) and self._cues["list_link"].fullmatch(between):
                value = self._scaled_as(sentence, one, donor)
                shared[at] = replace(
                    donor, number=replace(one.number, value=value), end=one.end, is_shared=True
                )
            else:
                donor = one
        return shared

    def _is_cut_short(self, sentence: str, one: Quantity, donor: Quantity) -> bool:
        """Return whether a unit is cut short: in 1.1个和0.6个百分点 the first has only its beginning."""
        if one.classifier is None or donor.unit is None or one.more:
            return False
        unit = sentence[donor.number.end : donor.end]
        return unit.startswith(sentence[one.number.end : one.end])

    def _scaled_as(self, sentence: str, quantity: Quantity, donor: Quantity) -> float:
        """Return the value in the scale that only the last number of a list or a range bears."""
        value = quantity.number.value
        if value >= _SHARED_SCALE or self._scale_of(sentence, quantity) > 1:
            return value
        return scaled(value, self._scale_of(sentence, donor))

    def _scale_of(self, sentence: str, quantity: Quantity) -> float:
        return scale_at_end(sentence[quantity.number.start : quantity.number.end], self._grammar)


def _is_bare(quantity: Quantity) -> bool:
    return quantity.unit is None and quantity.classifier is None


def _may_be_ends(low: Quantity, high: Quantity) -> bool:
    """Return whether both quantities bear the same unit, or only the second one bears a unit."""
    if {low.number.form, high.number.form} & {"ordinal", "ratio"} or low.number.value_max is not None:
        return False
    return _is_bare(low) or (low.unit, low.classifier) == (high.unit, high.classifier)


def _as_percentage(number: Number, end: int, sign: str) -> Number:
    """Make a number a percentage; 八成 states a part of a whole as 五分之四 does, 80% need not."""
    form = number.form if sign in _SIGNS else "fraction"
    return replace(number, end=max(number.end, end), percent="percent", form=form)


def _behind_number(
    units: Mapping[str, UnitAlias], classifiers: Mapping[str, Classifier], more: Iterable[str]
) -> re.Pattern[str]:
    """Return a pattern of what may follow a number: 多, then the longest unit or classifier (个 or 个百分点).

    A classifier may have a second one behind it: 台（套）, 件/次.
    """
    words = sorted([*units, *classifiers], key=len, reverse=True)
    forms = "|".join(re.escape(word) + _WORD_END * word[-1].isascii() for word in words)
    second = longest_of(classifiers)
    second = f"(?:（(?:{second})）|[(](?:{second})[)]|/(?:{second}))?"
    return re.compile(f"(?P<more>{'|'.join(more)})?(?P<unit>{forms}){second}")
