"""Reads the quantities that Chinese sentences mention: number, unit, bound, counted noun and quote.

Here a number becomes a candidate figure or is passed over: dates, list marks, names of documents and slogans,
hotlines and the like are not figures (`excluded_patterns.csv`), nor is a bare number whose meaning nothing
tells.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from flows.extract.languages.chinese.counted import Counted, CountedSite, align_nouns, find_counted
from flows.extract.languages.chinese.quantities import Quantity, QuantityFinder
from flows.extract.languages.mentions import Mention, scaled
from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.patterns.table import longest_of
from flows.extract.vocabulary.entries import Language, UnitAlias, Vocabulary

_NEAR = 20  # characters in which a cue stands right beside a number
_CLAUSE = 60
# 一家企业 is "a firm"; 二次 and 二类 are "the second", since two is 两 before a classifier.
_ARTICLES = {"一", "二"}
_ORDINAL_MARKS = {"第": "exact", "前": "at_most"}


class MentionReader:
    """Reads the mentions of Chinese sentences with one vocabulary."""

    def __init__(self, language: Language, vocabulary: Vocabulary) -> None:
        """Compile the tables once."""
        self._language = language
        self._cues = language.cues
        self._finder = QuantityFinder(language)
        self._measures = {unit.unit: unit.quantity for unit in vocabulary.units.values()}
        self._unit_before = re.compile(rf"(?:{longest_of(language.units_before)}) ?$")
        filler = language.cues["between_bound_and_number"].pattern
        self._bound_before = re.compile(rf"({longest_of(language.bounds_before)})(?:{filler})?$")
        self._bound_after = re.compile(
            longest_of(phrase for phrase in language.bounds_after if len(phrase) > 1)
        )

    def read(self, sentence: str, phrases: Sequence[TimePhrase], lead: int = 0) -> list[Mention]:
        """Return all mentions of a sentence, in order; `phrases` are its time phrases, whose numbers are dates.

        The first `lead` characters of a table's cell are heads: they state no quantity, but may name the unit of the
        cell ("单位：万台").
        """
        taken = [(phrase.start, phrase.end) for phrase in phrases] + self._excluded(sentence)
        quantities = self._finder.find(sentence, [*taken, (0, lead)])
        if lead:
            quantities = [self._as_headed(sentence[:lead], quantity) for quantity in quantities]
        read: list[tuple[Quantity, Mention]] = []
        for at, quantity in enumerate(quantities):
            donor = next(quantities[i] for i in range(at, len(quantities)) if not quantities[i].is_shared)
            begin = read[-1][1].end if read else 0
            aside = sorted(span for span in taken if begin <= span[0] and span[1] <= quantity.number.start)
            twin = _twin(quantities, at)
            mention = self._read_mention(
                CountedSite(sentence, quantity, donor, twin, begin, aside, read, lead > 0)
            )
            read += [(quantity, mention)] if mention else []
        return [mention for _, mention in align_nouns(sentence, read, self._cues)]

    def _excluded(self, sentence: str) -> list[tuple[int, int]]:
        rows = self._language.excluded_patterns.candidates(sentence)
        return [match.span() for row in rows for match in row.pattern.finditer(sentence)]

    def _as_headed(self, heads: str, quantity: Quantity) -> Quantity:
        """Give a bare number in a table the unit that the nearest head names."""
        if quantity.unit or quantity.classifier:
            return quantity
        for match in reversed(list(self._cues["unit_in_head"].finditer(heads))):
            one = self._finder.read_unit(match["unit"])
            if one:
                value = scaled(quantity.number.value, one.number.value)
                number = replace(quantity.number, value=value, value_max=None)
                return replace(quantity, number=number, unit=one.unit, classifier=one.classifier)
        return quantity

    def _read_mention(self, site: CountedSite) -> Mention | None:
        quantity, sentence = site.quantity, site.sentence
        if quantity.number.form == "ordinal":
            return self._read_rank(site)
        start, currency = self._currency_before(site)
        if self._is_glued(sentence, quantity, currency):
            return None
        unit = self._unit(quantity.unit, currency)
        counted = Counted() if unit else self._counted(site, start)
        unit = unit or self._unit_of_count(site, counted)
        if unit is None or not self._is_stated(site, unit, counted):
            return None
        counted = counted if unit.unit == "count" else Counted()
        start, end, bound = self._bound(site, start, counted.end)
        number = quantity.number
        value, value_max = scaled(number.value, unit.factor), scaled(number.value_max, unit.factor)
        return Mention(
            number, start, end, value, value_max, unit.unit, bound, counted.noun, counted.is_stated
        )

    def _unit(self, behind: UnitAlias | None, currency: UnitAlias | None) -> UnitAlias | None:
        """Prefer the currency before the number (人民币5万元) to what 元 means in the country of the text."""
        is_money = behind is not None and self._measures.get(behind.unit) == "currency"
        return currency if currency and is_money else behind or currency

    def _read_rank(self, site: CountedSite) -> Mention | None:
        """Read a rank: 居全国第二位 is one, 前三 is one at most; 第二届 and 第三条 are names."""
        sentence, number = site.sentence, site.quantity.number
        mark = sentence[number.start - 1 : number.start]
        start = number.start - (mark in _ORDINAL_MARKS)
        after = self._cues["rank_after"].match(sentence, number.end)
        before = self._cues["rank_before"].search(sentence, max(0, start - _NEAR), start)
        if not (after and before):
            return None
        bound = _ORDINAL_MARKS.get(mark, "exact")
        return Mention(number, start, after.end(), number.value, None, "rank", bound, None, False)

    def _currency_before(self, site: CountedSite) -> tuple[int, UnitAlias | None]:
        at = site.quantity.number.start
        match = self._unit_before.search(site.sentence, max(0, at - _NEAR), at)
        if not match:
            return at, None
        return match.start(), self._language.units_before[match.group().strip()]

    def _is_glued(self, sentence: str, quantity: Quantity, currency: UnitAlias | None) -> bool:
        """Return whether the number is part of a longer token: "V6390", "5G", "GB-12", "2015/004"."""
        number = quantity.number
        left = sentence[max(0, number.start - 2) : number.start]
        right = sentence[quantity.end : quantity.end + 2]
        if currency is None and re.search(r"[A-Za-z_#.]$|[A-Za-z0-9][/-]$", left):
            return True
        is_bare = quantity.unit is None and quantity.classifier is None
        is_bare = is_bare and not self._cues["per_so_many_after"].match(sentence, quantity.end)
        return is_bare and bool(re.match(r"[A-Za-z]|[/-][0-9]", right))

    def _unit_of_count(self, site: CountedSite, counted: Counted) -> UnitAlias | None:
        """Return the unit of a number that has none: a ratio, a score, an index, else a count of something."""
        sentence, number = site.sentence, site.quantity.number
        before = self._cues["per_so_many"].search(sentence, max(0, number.start - _CLAUSE), number.start)
        if before or self._cues["per_so_many_after"].match(sentence, site.quantity.end):
            return UnitAlias("ratio")
        if site.quantity.classifier:
            return UnitAlias("count")
        if not site.is_cell and not self._cues["states_a_number"].search(
            sentence, max(0, number.start - _NEAR), number.start
        ):
            return None
        begin = max(sentence.rfind(mark, 0, number.start) for mark in "；;。") + 1
        found = [
            (match.start(), row.unit)
            for row in self._language.unit_contexts
            for match in row.pattern.finditer(sentence, max(begin, number.start - _CLAUSE), number.start)
        ]
        return UnitAlias(max(found)[1]) if found else UnitAlias("count")

    def _is_stated(self, site: CountedSite, unit: UnitAlias, counted: Counted) -> bool:
        sentence, quantity = site.sentence, site.quantity
        written = sentence[quantity.number.start : quantity.number.end]
        if self._measures.get(unit.unit) == "time":
            return self._is_measured(site)
        if written in _ARTICLES and unit.unit not in ("percentage_points", "ratio"):
            return False
        if quantity.classifier:
            return quantity.number.form == "digits" or quantity.classifier.takes_words
        if unit.unit != "count" or site.is_cell:
            return True
        is_large = bool(re.search(r"[万亿多余]|,[0-9]", written)) or quantity.more is not None
        return is_large and counted.is_stated

    def _is_measured(self, site: CountedSite) -> bool:
        """Return whether a duration is measured: 压缩至4个工作日 is, 三天 and 五年来 only say when."""
        sentence, number = site.sentence, site.quantity.number
        return bool(
            number.value != int(number.value)
            or self._cues["measured_duration_before"].search(
                sentence, max(0, number.start - _CLAUSE), number.start
            )
            or self._cues["measured_duration_after"].match(sentence, site.donor.end)
        )

    def _counted(self, site: CountedSite, start: int) -> Counted:
        before, _, _ = self._bound(site, start, None)
        inner = self._bound_after.match(site.sentence, site.donor.end)  # 50项以上指标
        behind = inner.end() if inner else site.donor.end
        return find_counted(site, before, behind, self._cues)

    def _bound(self, site: CountedSite, start: int, noun_end: int | None) -> tuple[int, int, str]:
        """Return the span of the quote and its bound."""
        sentence, quantity = site.sentence, site.quantity
        end = max(quantity.end, noun_end or 0)
        before = self._bound_before.search(sentence, max(site.begin, start - _NEAR), start)
        after = self._bound_after.match(sentence, quantity.end) or self._bound_after.match(sentence, end)
        if not after and quantity.unit:
            after = self._cues["more_after_unit"].match(sentence, quantity.end)
        end = max(end, after.end()) if after else end
        if before:
            return before.start(1), end, self._language.bounds_before[before[1]]
        if start > site.begin and self._cues["past_round_number"].match(sentence, start - 1):
            return start - 1, end, "more_than"
        if after and quantity.number.value_max is None:  # 1万元以上5万元以下 names both ends
            return start, end, self._language.bounds_after[after.group()]
        return start, end, quantity.more or "exact"


def _twin(quantities: Sequence[Quantity], at: int) -> int | None:
    """Return where the next quantity ends if it has a classifier and follows without a word between."""
    following = quantities[at + 1] if at + 1 < len(quantities) else None
    if following is None or following.classifier is None or following.number.start != quantities[at].end:
        return None
    return following.end
