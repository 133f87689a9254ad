"""The names of policies in a text: "the Outline for Building a Quality Powerhouse", 《质量强国建设纲要》.

Translators differ in articles and prepositions, and lists of names in hyphens and brackets. So a text and a name are
compared word by word (in Chinese character by character) without small words and punctuation. A capital letter of the
name must be one in the text: a "food safety law" need not be the Food Safety Law.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.patterns.spans import SpanMask
from flows.extract.patterns.table import longest_of
from flows.extract.vocabulary.entries import Policy

_WORD = re.compile(r"[A-Za-z0-9]+|[\u3400-\u9fff]")
_WITHIN_NAMES = re.compile(r"[\s\-–—'’‘\"“”(),（）、·/&《》〈〉]*")  # any other punctuation separates names
_PARAGRAPH = re.compile(r"\n\s*\n")
_YEARS_IN_BRACKETS = re.compile(r"[（(](\d{4})年?[-—](\d{4})年?[）)]$")
_SPELLINGS = (("isation", "ization"), ("programme", "program"), ("licence", "license"))
_FIRST_LETTERS = 4

Span = tuple[int, int]


@dataclass(frozen=True)
class Word:
    """A word, or a Chinese character; `is_apart`: punctuation before it separates names."""

    text: str
    start: int
    end: int
    is_apart: bool

    @property
    def key(self) -> str:
        """The form in which words are compared."""
        key = self.text.lower()
        for spelling, other in _SPELLINGS:
            key = key.replace(spelling, other)
        return key

    def is_written_as(self, other: "Word") -> bool:
        """Return whether it has the capital letters of `other`, a word of a name."""
        if len(other.text) > 1 and other.text.isupper():
            return self.text.isupper()
        return self.text[0].isupper() or not other.text[0].isupper()


@dataclass(frozen=True)
class NameSpan:
    """A span of a text that is the name of `policies`."""

    start: int
    end: int
    policies: tuple[str, ...]


class PolicyNames:
    """Finds the names of all policies in any language; of overlapping names the first and longest wins."""

    def __init__(self, policies: Iterable[Policy], small_words: LazyPattern) -> None:
        """Take the policies, and in `small_words` a pattern of the words that a name may omit."""
        self._small_words = small_words
        self._names: dict[tuple[str, ...], list[tuple[Sequence[Word], str]]] = defaultdict(list)
        for policy in policies:
            for name in policy.names:
                words = tuple(self._words(_YEARS_IN_BRACKETS.sub("", name), 0, ()))
                self._names[tuple(word.key for word in words)].append((words, policy.policy))
        self._beginnings = {key[:length] for key in self._names for length in range(1, len(key) + 1)}
        first = longest_of({_first_signs(key) for key in self._names})
        self._first_signs = re.compile(rf"(?<![A-Za-z0-9])(?:{first})", re.IGNORECASE)

    def find(self, text: str, passed_over: Iterable[Span]) -> list[NameSpan]:
        """Return all names, in order; the spans in `passed_over` (their issuers) may be inside names."""
        found = list(self._find(text, ()))
        taken = SpanMask(text, ((named.start, named.end) for named in found))
        more = (
            named for named in self._find(text, sorted(passed_over)) if taken.is_free(named.start, named.end)
        )
        return sorted((*found, *more), key=lambda named: named.start)

    def _find(self, text: str, passed_over: Sequence[Span]) -> Iterator[NameSpan]:
        end = 0
        for first in self._first_signs.finditer(text):
            named = self._longest_from(text, first.start(), passed_over) if first.start() >= end else None
            if named:
                end = named.end
                yield named

    def _longest_from(self, text: str, start: int, passed_over: Sequence[Span]) -> NameSpan | None:
        """Return the longest name that begins at `start`."""
        found: NameSpan | None = None
        words: list[Word] = []
        key: tuple[str, ...] = ()
        for word in self._words(text, start, passed_over):
            key = (*key, word.key)
            if key not in self._beginnings or (word.is_apart if words else word.start > start):
                break
            words.append(word)
            if policies := self._bearers(key, words):
                found = NameSpan(start, word.end, policies)
        return found

    def _bearers(self, key: tuple[str, ...], words: Sequence[Word]) -> tuple[str, ...]:
        """Return the policies with a name whose capital letters agree with `words`."""
        bearers = (
            policy
            for name, policy in self._names.get(key, ())
            if all(word.is_written_as(own) for word, own in zip(words, name, strict=True))
        )
        return tuple(dict.fromkeys(bearers))

    def _words(self, text: str, start: int, passed_over: Sequence[Span]) -> Iterator[Word]:
        """Yield the words from `start` on, without small words and the spans in `passed_over`."""
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
    """Return the beginning of a name by which it is found quickly: a few letters, or two Chinese characters."""
    return key[0][:_FIRST_LETTERS] if key[0].isascii() else "".join(key[:2])


def _lies_in(offset: int, spans: Sequence[Span]) -> bool:
    """Return whether one of `spans`, which are in order, contains an offset."""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]


def years_of(names: Iterable[str]) -> tuple[int, int] | None:
    """Return the years in brackets after a name: "(2011-2020)"."""
    for name in names:
        if match := _YEARS_IN_BRACKETS.search(name):
            return int(match[1]), int(match[2])
    return None
