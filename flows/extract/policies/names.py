"""The names of policies in a text: "the Outline for Building a Quality Powerhouse", 《质量强国建设纲要》.

Translators differ in articles and prepositions, and lists of names in hyphens and brackets. So a text and a name
are compared word by word (in Chinese sign by sign) without small words and marks. A capital letter of a name must
be one in the text: a "food safety law" need not be the Food Safety Law.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flows.extract.patterns.spans import SpanMask
from flows.extract.patterns.table import longest_of
from flows.extract.vocabulary.entries import Policy

_WORD = re.compile(r"[A-Za-z0-9]+|[\u3400-\u9fff]")
_WITHIN_NAMES = re.compile(r"[\s\-–—'’‘\"“”(),（）、·/&《》〈〉]*")  # any other mark parts names
_PARAGRAPH = re.compile(r"\n\s*\n")
_YEARS_IN_BRACKETS = re.compile(r"[（(](\d{4})年?[-—](\d{4})年?[）)]$")
_SPELLINGS = (("isation", "ization"), ("programme", "program"), ("licence", "license"))
_FIRST_LETTERS = 4

Span = tuple[int, int]


@dataclass(frozen=True)
class Word:
    """A word, or a Chinese sign; `is_apart` if something between it and the word before parts names."""

    text: str
    start: int
    end: int
    is_apart: bool

    @property
    def key(self) -> str:
        """What it is compared by."""
        key = self.text.lower()
        for spelling, other in _SPELLINGS:
            key = key.replace(spelling, other)
        return key

    def is_written_as(self, other: "Word") -> bool:
        """Whether it has the capital letters that `other`, the word of a name, has."""
        if len(other.text) > 1 and other.text.isupper():
            return self.text.isupper()
        return self.text[0].isupper() or not other.text[0].isupper()


@dataclass(frozen=True)
class Named:
    """A stretch of a text that is the name of `policies`."""

    start: int
    end: int
    policies: tuple[str, ...]


class PolicyNames:
    """Finds the names of all policies in any language; where they overlap the first and longest wins."""

    def __init__(self, policies: Iterable[Policy], small_words: re.Pattern[str]) -> None:
        """`small_words` match the words that a name may have or not."""
        self._small_words = small_words
        self._names: dict[tuple[str, ...], list[tuple[Sequence[Word], str]]] = defaultdict(list)
        for policy in policies:
            for name in policy.names:
                words = tuple(self._words(_YEARS_IN_BRACKETS.sub("", name), 0, ()))
                self._names[tuple(word.key for word in words)].append((words, policy.policy))
        self._beginnings = {key[:length] for key in self._names for length in range(1, len(key) + 1)}
        first = longest_of({_first_signs(key) for key in self._names})
        self._first_signs = re.compile(rf"(?<![A-Za-z0-9])(?:{first})", re.IGNORECASE)

    def find(self, text: str, passed_over: Iterable[Span]) -> list[Named]:
        """All names, in order; the stretches `passed_over` may stand within names (who issued them)."""
        found = list(self._find(text, ()))
        taken = SpanMask(text, ((named.start, named.end) for named in found))
        more = (
            named for named in self._find(text, sorted(passed_over)) if taken.is_free(named.start, named.end)
        )
        return sorted((*found, *more), key=lambda named: named.start)

    def _find(self, text: str, passed_over: Sequence[Span]) -> Iterator[Named]:
        end = 0
        for first in self._first_signs.finditer(text):
            named = self._longest_from(text, first.start(), passed_over) if first.start() >= end else None
            if named:
                end = named.end
                yield named

    def _longest_from(self, text: str, start: int, passed_over: Sequence[Span]) -> Named | None:
        """The longest name that begins at `start`."""
        found: Named | None = None
        words: list[Word] = []
        key: tuple[str, ...] = ()
        for word in self._words(text, start, passed_over):
            key = (*key, word.key)
            if key not in self._beginnings or (word.is_apart if words else word.start > start):
                break
            words.append(word)
            if policies := self._bearers(key, words):
                found = Named(start, word.end, policies)
        return found

    def _bearers(self, key: tuple[str, ...], words: Sequence[Word]) -> tuple[str, ...]:
        """The policies of a name that is written as it should be."""
        bearers = (
            policy
            for name, policy in self._names.get(key, ())
            if all(word.is_written_as(own) for word, own in zip(words, name, strict=True))
        )
        return tuple(dict.fromkeys(bearers))

    def _words(self, text: str, start: int, passed_over: Sequence[Span]) -> Iterator[Word]:
        """The words from `start` on, but for small ones and what is passed over."""
        end = start
        is_apart = False
        for match in _WORD.finditer(text, start):
            between = text[end : match.start()]
            is_apart |= not _WITHIN_NAMES.fullmatch(between) or bool(_PARAGRAPH.search(between))
            end = match.end()
            if not _lies_in(match.start(), passed_over) and not self._small_words.fullmatch(match.group()):
                yield Word(match.group(), match.start(), end, is_apart)
                is_apart = False


def _first_signs(key: Sequence[str]) -> str:
    """By what the beginning of a name is found quickly: a few letters, or two Chinese signs."""
    return key[0][:_FIRST_LETTERS] if key[0].isascii() else "".join(key[:2])


def _lies_in(offset: int, spans: Sequence[Span]) -> bool:
    """Whether one of the spans, which are in order, holds an offset."""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]


def years_of(names: Iterable[str]) -> tuple[int, int] | None:
    """The years that stand behind a name in brackets: "(2011-2020)"."""
    for name in names:
        if match := _YEARS_IN_BRACKETS.search(name):
            return int(match[1]), int(match[2])
    return None
