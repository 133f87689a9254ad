"""Reads the quantities that English sentences mention: number, unit, bound, counted noun and quote.

Here a number becomes a candidate figure or is passed over: years, list marks, names of plans and standards, hotlines
and the like are not figures (`excluded_patterns.csv`), nor is a bare number whose meaning nothing tells.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flows.extract.languages.english.noun_phrases import (
    find_subject,
    read_noun_phrase_after,
    read_noun_phrase_before,
)
from flows.extract.languages.english.numbers import Grammar, find_numbers, read_grammar
from flows.extract.languages.mentions import Mention, Number, scaled
from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.patterns.spans import SpanMask
from flows.extract.patterns.table import longest_of
from flows.extract.vocabulary.entries import Language, UnitAlias, Vocabulary, normalised

_LIST_MARK = re.compile(r"\W*\(?(?:\d{1,3}|[IVXLC]{1,5})(?:\.\d+)*[.)、:]\s|\W*\d{1,2}(?:\.\d+)+\s(?=[A-Z])")
_QUOTED_NAME = re.compile(r"[\"“‘'][\w+&-]++(?: [\w+&-]++){0,3} ?[\"”’']")
_LISTED = re.compile(r"(?:,|\band|\bwith|\bor)\s+$")  # "two accidents, with one death": no article
_PRONOUN = re.compile(r"\b(?:it|this) (?:is|was|will|shall|should|has|had|rose|fell|stood|came|reached)\b")
_CAPITALISED = re.compile(r"\b[A-Z][\w-]*\s$")
_ELIDED = re.compile(r"[^,;.:()\d]*, (?:and )?[a-z][\w'’ -]{2,40} ")
_PREPOSITION = re.compile(r"\b(?:in|of|for|across|among|at)\s$")
_COPULA = re.compile(
    r"\s(?:(?:should|shall|will|must|is to|are to|has|have|had) )?"
    r"(?:be|been|is|was|reach(?:ed)?|averaged?|stood at|stand at|came to|exceed(?:ed)?|hit)\s"
    r"(?:(?:at least|over|above|about|around|nearly|more than|no less than) )?"
)
_NEXT_IN_LIST = re.compile(r"[\s,]*(?:(?:by|in) \d{4},?\s*)?(?:and|or|to|from|/)?\s*[(]?[≤≥<>]?\s*")
_OF_THEM = re.compile(r"\s+(?:of them|(?:more|fewer) than)\b")
_PERCENTS = ("percent", "percentage_points")
_SHORT_FORM = 2
_LONGEST_PHRASE = 60


class MentionReader:
    """Reads the mentions of English sentences with one vocabulary."""

    def __init__(self, language: Language, vocabulary: Vocabulary) -> None:
        """Compile the tables once."""
        self._language = language
        self._cues = language.cues
        self._quantities = {unit.unit: unit.quantity for unit in vocabulary.units.values()}
        self._grammar: Grammar = read_grammar(language.number_words)
        self._units_after = _alias_pattern(list(language.units_after), r"\s*-?\s*({})(?![\w/])")
        self._units_before = _alias_pattern(list(language.units_before), r"(?<![\w])({})\s?$")
        self._bound_before = re.compile(
            rf"(?<![\w])({_words(language.bounds_before)})\s*(?:a total of\s+)?$", re.IGNORECASE
        )
        self._bound_after = _alias_pattern(list(language.bounds_after), r"[\s-]+({})(?![\w])")

    def read(self, sentence: str, phrases: Sequence[TimePhrase], lead: int = 0) -> list[Mention]:
        """Return all mentions of a sentence, in order; `phrases` are its time phrases, whose numbers are dates.

        The first `lead` characters of a table's cell are heads: they state no quantity, but may scale one
        ("$ millions").
        """
        scale = self._cues["scale_in_head"].search(sentence, 0, lead)
        factor = self._grammar.scales[scale["scale"].casefold()] if scale else 1
        dates = [(phrase.start, phrase.end) for phrase in phrases]
        taken = SpanMask(sentence, dates)
        numbers = [n for n in find_numbers(sentence, self._grammar) if taken.is_free(n.start, n.end)]
        for start, end in self._excluded(sentence) if numbers else ():
            taken.take(start, end)
        mentions: list[Mention] = []
        for number in numbers:
            if taken.is_free(number.start, number.end):
                mention = self._read_mention(sentence, number, mentions)
                if mention and mention.start >= lead:
                    mentions.append(_rescaled(mention, factor))
        return mentions

    def _excluded(self, sentence: str) -> list[tuple[int, int]]:
        rows = self._language.excluded_patterns.candidates(sentence)
        spans = [match.span() for row in rows for match in row.pattern.finditer(sentence)]
        spans += [m.span() for m in _QUOTED_NAME.finditer(sentence)]
        mark = _LIST_MARK.match(sentence)
        return spans + ([mark.span()] if mark else [])

    def _read_mention(self, sentence: str, number: Number, earlier: Sequence[Mention]) -> Mention | None:
        before, currency = self._currency_before(sentence, number)
        if self._is_glued(sentence, number, currency):
            return None
        unit_end, unit = self._unit(sentence, number, currency)
        inner = self._bound_after.match(sentence, unit_end)  # "3 million plus reports"
        unit_end = inner.end(1) if inner else unit_end
        counted, phrase_end = None, unit_end
        if unit is None or unit.unit == "count":
            counted, phrase_end = self._counted(sentence, number, unit_end, earlier)
            unit = unit or self._contextual_unit(sentence, number, counted, earlier)
        is_points = unit is not None and unit.unit == "score" and unit_end > number.end
        if is_points and earlier and earlier[-1].unit in _PERCENTS:
            unit = UnitAlias("percentage_points")  # "It was 69%, 3 points down on the year before"
        if unit is None or not self._is_stated(sentence, number, unit, unit_end, earlier):
            return None
        start, end, bound = self._bound(sentence, before, phrase_end, inner)
        return Mention(
            number,
            start,
            end,
            scaled(number.value, unit.factor),
            scaled(number.value_max, unit.factor),
            unit.unit,
            bound,
            counted,
            phrase_end > unit_end,
        )

    def _currency_before(self, sentence: str, number: Number) -> tuple[int, UnitAlias | None]:
        match = self._units_before.search(sentence, _near(number.start), number.start)
        if not match:
            return number.start, None
        return match.start(), _unit_of(self._language.units_before, match.group(1))

    def _is_glued(self, sentence: str, number: Number, currency: UnitAlias | None) -> bool:
        """Return whether the number is part of a longer token: "V6390", "3C", "4th", "2015/004"."""
        left = sentence[max(0, number.start - 2) : number.start]
        if (
            currency is None
            and left
            and (left[-1].isalnum() or (left[-1] in "/-._#" and left[:1].isalnum() and len(left) == 2))
        ):
            return True
        right = sentence[number.end : number.end + 2]
        if number.form != "digits" or not right:
            return False
        if right[0].isalpha():
            return not self._units_after.match(sentence, number.end)
        return right[0] in "/-" and right[1:].isdigit()

    def _unit(
        self, sentence: str, number: Number, currency: UnitAlias | None
    ) -> tuple[int, UnitAlias | None]:
        if number.percent:
            return number.end, UnitAlias(number.percent)
        if currency:
            return number.end, currency
        match = self._units_after.match(sentence, number.end)
        if match:
            return match.end(), _unit_of(self._language.units_after, match.group(1))
        if number.form == "ordinal":
            return self._rank(sentence, number)
        if self._cues["per_so_many"].match(sentence, number.end):
            return number.end, UnitAlias("ratio")
        return number.end, None

    def _rank(self, sentence: str, number: Number) -> tuple[int, UnitAlias | None]:
        place = self._cues["rank_after"].match(sentence, number.end)
        if place or self._cues["rank_before"].search(sentence, _near(number.start), number.start):
            return place.end() if place else number.end, UnitAlias("rank")
        return number.end, None

    def _counted(
        self, sentence: str, number: Number, unit_end: int, earlier: Sequence[Mention]
    ) -> tuple[str | None, int]:
        if number.form == "ordinal":
            return None, unit_end
        after = read_noun_phrase_after(sentence, unit_end)
        if after:
            return _squeezed(sentence[slice(*after)]), after[1]
        if number.form == "words":
            is_same = _OF_THEM.match(sentence, unit_end) or self._is_compared(sentence, number)
            return (earlier[-1].counted_text if earlier and is_same else None), unit_end
        before = read_noun_phrase_before(sentence, number.start) or find_subject(sentence, number.start)
        # "issued by eight bodies, it is to be 40 by 2025": the pronoun does not refer to the bodies.
        own = _PRONOUN.search(sentence, earlier[-1].end if earlier else 0, number.start)
        named = (m.counted_text for m in reversed(earlier) if m.unit == "count" and m.counted_text)
        is_new = own or (earlier and _clause_start(sentence, number, earlier) != earlier[-1].end)
        shared = None if is_new else next(named, None)
        if before and (not earlier or before[0] >= earlier[-1].end):
            return _squeezed(sentence[slice(*before)]), unit_end
        return shared or (_squeezed(sentence[slice(*before)]) if before else None), unit_end

    def _is_compared(self, sentence: str, number: Number) -> bool:
        """Return whether the number is the base of a comparison: "up from two in 2021"."""
        return self._cues["compared_before"].search(sentence, 0, number.start) is not None

    def _contextual_unit(
        self, sentence: str, number: Number, counted: str | None, earlier: Sequence[Mention]
    ) -> UnitAlias | None:
        """Read a bare number as a score, an index or a ratio if its clause says so, else as a count."""
        is_article = number.value == 1 and not (earlier and _LISTED.search(sentence[: number.start]))
        if number.form == "ordinal" or (number.form == "words" and (counted is None or is_article)):
            return None
        if number.value == int(number.value) and read_noun_phrase_after(sentence, number.end):
            return UnitAlias("count")
        clause = sentence[_clause_start(sentence, number, earlier) : number.start]
        found = [
            (m.start(), row.unit)
            for row in self._language.unit_contexts
            for m in row.pattern.finditer(clause)
        ]
        if found:
            return UnitAlias(max(found)[1])
        is_same = bool(earlier) and self._is_of_same_unit(sentence, number, clause, earlier[-1])
        return UnitAlias(earlier[-1].unit if is_same else "count")

    def _is_of_same_unit(self, sentence: str, number: Number, clause: str, previous: Mention) -> bool:
        """Return whether a number shares the unit of the one before.

        "1.9 days, down from 3.1", "it took 11.8 minutes; downtown it was 10", "scores of 81.2 and 79.8".
        """
        if previous.value == previous.number.value and self._is_compared(sentence, number):
            return True
        is_next = previous.unit in ("score", "index", "ratio") and _NEXT_IN_LIST.fullmatch(clause)
        return bool(is_next or _PRONOUN.search(clause))

    def _is_stated(
        self, sentence: str, number: Number, unit: UnitAlias, unit_end: int, earlier: Sequence[Mention]
    ) -> bool:
        if self._quantities.get(unit.unit) == "time":
            before, plain = sentence[: number.start], number.value == int(number.value)
            return bool(
                not plain
                or unit_end == number.end  # it has the unit of a duration stated before
                or self._cues["measured_duration_before"].search(before)
                or self._cues["measured_duration_after"].match(sentence, unit_end)
            )
        if unit.unit != "count" or read_noun_phrase_after(sentence, number.end):
            return True
        written, near = sentence[number.start : number.end], (_near(number.start), number.start)
        if (
            re.search(r"[,.]\d| ?[a-z]", written)
            or self._bound_before.search(sentence, *near)  # "to some 600"
            or self._cues["states_a_number"].search(sentence, *near)
            or _is_elided(sentence, earlier, number)
        ):
            return True
        is_named = _CAPITALISED.search(sentence, _near(number.start), number.start)  # "Windows 10 was"
        return not is_named and bool(self._cues["number_states"].match(sentence, number.end))

    def _bound(
        self, sentence: str, start: int, end: int, inner: re.Match[str] | None
    ) -> tuple[int, int, str]:
        """Return the span of the quote and its bound; `inner` is a bound between the number and its noun."""
        before = self._bound_before.search(sentence, _near(start), start)
        # "handed over 3,300 files" does not mean more than 3,300
        if before and not self._cues["verb_with_particle"].search(sentence, _near(start), before.end(1)):
            bound = self._language.bounds_before[normalised(before.group(1))]
            if inner and bound == "about":  # "some 300-plus firms"
                bound = self._language.bounds_after[normalised(inner.group(1))]
            return before.start(1), end, bound
        after = inner or self._bound_after.match(sentence, end)
        if after:
            return start, max(end, after.end(1)), self._language.bounds_after[normalised(after.group(1))]
        return start, end, "exact"


def _clause_start(sentence: str, number: Number, earlier: Sequence[Mention]) -> int:
    """Return where the words begin that tell what a number measures: behind the mention before it.

    A mention that only narrows the subject down is skipped: "The score in ten areas should be 82".
    """
    previous = next(reversed(earlier), None)
    if previous is None:
        return 0
    is_inner = previous.unit == "count" and _PREPOSITION.search(sentence, 0, previous.start)
    if is_inner and _COPULA.fullmatch(sentence, previous.end, number.start):
        return earlier[-2].end if len(earlier) > 1 else 0
    return previous.end


def _is_elided(sentence: str, earlier: Sequence[Mention], number: Number) -> bool:
    """Return whether the verb is left out: "Shops drew 1,204 of the complaints, restaurants 977"."""
    if not earlier or earlier[-1].unit != "count":
        return False
    is_gap = _ELIDED.fullmatch(sentence, earlier[-1].end, number.start)
    return bool(is_gap) and sentence[number.end : number.end + 1] in ("", ",", ".", ";")


def _near(position: int) -> int:
    """Return where to begin looking for a phrase right before `position`; no such phrase is longer."""
    return max(0, position - _LONGEST_PHRASE)


def _rescaled(mention: Mention, factor: float) -> Mention:
    if factor == 1 or mention.unit in ("percent", "percentage_points"):
        return mention
    return replace(mention, value=scaled(mention.value, factor), value_max=scaled(mention.value_max, factor))


def _alias_pattern(aliases: Sequence[str], template: str) -> re.Pattern[str]:
    """Return a pattern of units: case counts in short forms ("5G" is not a weight), not in longer ones ("Tons")."""
    long = _words(alias.lower() for alias in aliases if len(alias) > _SHORT_FORM)
    short = _words(alias for alias in aliases if len(alias) <= _SHORT_FORM)
    return re.compile(template.format(f"(?i:{long})|{short}"))


def _unit_of(units: Mapping[str, UnitAlias], written: str) -> UnitAlias:
    exact = units.get(_squeezed(written))
    return exact or next(unit for alias, unit in units.items() if normalised(alias) == normalised(written))


def _words(phrases: Iterable[str]) -> str:
    """Return a pattern of the longest of some phrases, whose words are separated by spaces or hyphens."""
    return longest_of(phrase.replace("-", " ") for phrase in phrases).replace(r"\ ", r"[\s-]+")


def _squeezed(text: str) -> str:
    return " ".join(text.split())
