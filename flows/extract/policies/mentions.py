"""The mentions of policies in a text: in 《》 or quotation marks, by a listed name, with its years.

Any other words in a title make it another policy: 《计量法实施细则》 is not the Metrology Law. Only the issuer, the
area and the years may accompany the name.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.patterns.spans import SpanMask
from flows.extract.policies.names import NameSpan, PolicyNames, Span
from flows.extract.vocabulary.entries import Language, Vocabulary

YEAR = r"((?:19|20)\d\d)年?"
YEARS = re.compile(rf"{YEAR}\s*(?:[-‐–—―~～至到]+|to)\s*{YEAR}|{YEAR}")
REACH = 160
"""How many characters before and after a name are looked at."""

_TITLE = re.compile(r"《([^《》\n]{2,150})》|〈([^〈〉\n]{2,150})〉|“([^“”\n]{4,200})”|\"([^\"\n]{4,200})\"")
_TITLE_WITH_TITLE = re.compile(r"《((?:[^《》\n]|《[^《》\n]{0,150}》){2,200})》")
_BRACKETED_YEARS = re.compile(rf"\s?[（(]\s*(?:{YEARS.pattern})\s*[）)]")
_RANGE_IN_BRACKETS = re.compile(rf"\s?[（(]\s*{YEAR}\s*(?:[-‐–—―~～至到]+|to)\s*{YEAR}\s*[）)]")


@dataclass(frozen=True)
class PolicyMention:
    """The name of a policy in a text, years included, and the listed policies that have it, if any.

    `core` is the span of the listed name in it. `is_short`: a noun is used instead of a name ("the Outline").
    """

    start: int
    end: int
    policies: tuple[str, ...] = ()
    core: Span = (0, 0)
    is_short: bool = False


@dataclass(frozen=True)
class AreaMention:
    """An area, or an agency with its area, at its place in a text."""

    start: int
    end: int
    ref_area: str | None
    agency: str | None = None


class AreaMentions:
    """The areas and agencies that a text names, in order."""

    def __init__(self, mentions: Iterable[AreaMention]) -> None:
        """Sort the mentions, so that those of a span can be looked up."""
        self._mentions = sorted(mentions, key=lambda mention: mention.start)

    def __iter__(self) -> Iterator[AreaMention]:
        """Iterate over all mentions."""
        return iter(self._mentions)

    def between(self, start: int, end: int) -> Sequence[AreaMention]:
        """Return the mentions that begin in a span."""
        first, last = (
            bisect_left(self._mentions, at, key=lambda mention: mention.start) for at in (start, end)
        )
        return self._mentions[first:last]

    def codes(self, start: int = 0, end: int | None = None) -> frozenset[str]:
        """Return the codes of the areas that are named in a span."""
        found = self._mentions if end is None else self.between(start, end)
        return frozenset(mention.ref_area for mention in found if mention.ref_area)


def find_area_mentions(text: str, language: Language, vocabulary: Vocabulary) -> AreaMentions:
    """Find the areas and agencies that a text names."""
    areas = (AreaMention(start, end, area) for start, end, area in language.area_names.find(text))
    offices = (
        AreaMention(start, end, vocabulary.agencies[agency].ref_area, agency)
        for start, end, agency in language.agency_names.find(text)
    )
    return AreaMentions((*areas, *offices))


class PolicyMentionFinder:
    """Finds mentions in one language."""

    def __init__(self, vocabulary: Vocabulary, patterns: Mapping[str, LazyPattern]) -> None:
        """Take the vocabulary, and the patterns of the language by role (`schemas.seeds.roles.CITATION_ROLES`)."""
        self._patterns = patterns
        self._names = PolicyNames(vocabulary.policies.values(), patterns["small_word"])

    def find(self, text: str, areas: AreaMentions) -> list[PolicyMention]:
        """Return the mentions of policies in a text, in order; no two begin at the same offset."""
        named = [name for name in self._named(text, areas) if not self._is_another(name, text)]
        titles = list(self._titles(text, named, areas))
        listed = SpanMask(text, ((title.start, title.end) for title in titles if title.policies))
        starts = {title.start for title in titles}
        running = [_running(name, text) for name in named if listed.is_free(name.start, name.end)]
        found = [*titles, *(mention for mention in running if mention.start not in starts)]
        taken = SpanMask(text, ((mention.start, mention.end) for mention in found))
        others = (*self._dated_titles(text), *self._nouns(text))
        found += (other for other in others if taken.is_free(other.start, other.end))
        return sorted(found, key=lambda mention: mention.start)

    def find_title(self, title: str, areas: AreaMentions) -> PolicyMention | None:
        """Return the policy whose name is the whole title; `areas` are those of the title."""
        mentions = (_quoted_name(0, len(title), named) for named in self._named(title, areas))
        return next((mention for mention in mentions if self._is_whole(mention, title, areas)), None)

    def _named(self, text: str, areas: AreaMentions) -> list[NameSpan]:
        """Find the listed names, which may have their issuer within."""
        fillers = [match.span() for match in self._patterns["name_filler"].finditer(text)]
        offices = [(area.start, area.end) for area in areas if area.agency]
        return self._names.find(text, [*fillers, *offices])

    def _is_another(self, named: NameSpan, text: str) -> bool:
        """Return whether the words after a name change its meaning: "Food Safety Law enforcement", 标准化法律."""
        return bool(self._patterns["not_a_name"].match(text, named.end))

    def _titles(self, text: str, named: Sequence[NameSpan], areas: AreaMentions) -> Iterator[PolicyMention]:
        """Find the quoted names of policies, listed or not."""
        for start, end in _quoted(text):
            first, last = (bisect_left(named, at, key=lambda name: name.start) for at in (start, end))
            within = [name for name in named[first:last] if name.end <= end]
            # In 上海市《…方案》 the whole is a listed name, too, and hides the name in the quotation marks.
            within = within or [_shifted(name, start) for name in self._names.find(text[start:end], ())]
            mentions = (_quoted_name(start, end, name) for name in within)
            listed = next((mention for mention in mentions if self._is_whole(mention, text, areas)), None)
            if listed:
                yield listed
            elif self._is_policy_title(text[start:end]):
                yield PolicyMention(start, end)

    def _is_policy_title(self, title: str) -> bool:
        content = _BRACKETED_YEARS.sub("", title).strip(" ,.，。")
        is_noun = self._patterns["short_name"].fullmatch(f"《{content}》")
        return not is_noun and bool(self._patterns["policy_title"].fullmatch(content))

    def _is_whole(self, mention: PolicyMention, text: str, areas: AreaMentions) -> bool:
        """Return whether a title has only the name, its issuer, its area and its years."""
        before = self._rest(mention.start, mention.core[0], text, areas)
        after = self._rest(mention.core[1], mention.end, text, areas)
        opening, closing = self._patterns["title_opening"], self._patterns["title_closing"]
        return bool(opening.fullmatch(before) and closing.fullmatch(after))

    def _rest(self, start: int, end: int, text: str, areas: AreaMentions) -> str:
        """Return the words of a span without areas, agencies, years and punctuation."""
        rest, position = [], start
        for area in areas.between(start, end):
            if area.end <= end:
                rest.append(text[position : max(position, area.start)])
                position = max(position, area.end)
        rest.append(text[position:end])
        words = self._patterns["name_filler"].sub(" ", YEARS.sub(" ", " ".join(rest)))
        return re.sub(r"[\W_]+", " ", words)

    def _dated_titles(self, text: str) -> Iterator[PolicyMention]:
        """Find unlisted, unquoted names with years: "National Drug Safety Plan (2011-2015)"."""
        for years in _RANGE_IN_BRACKETS.finditer(text):
            first = max(0, years.start() - REACH)
            if match := self._patterns["title_before_years"].search(text[first : years.start()]):
                yield PolicyMention(first + match.start(), years.end())

    def _nouns(self, text: str) -> Iterator[PolicyMention]:
        for match in self._patterns["short_name"].finditer(text):
            yield PolicyMention(*match.span("noun"), is_short=True)


def _quoted(text: str) -> list[Span]:
    """Return the spans within quotation marks, and those of titles that contain a title, without the marks."""
    spans = {match.span(match.lastindex or 0) for match in _TITLE.finditer(text)}
    return sorted(spans | {match.span(1) for match in _TITLE_WITH_TITLE.finditer(text)})


def _quoted_name(start: int, end: int, named: NameSpan) -> PolicyMention:
    return PolicyMention(start, end, named.policies, (named.start, named.end))


def _shifted(named: NameSpan, by: int) -> NameSpan:
    return replace(named, start=named.start + by, end=named.end + by)


def _running(named: NameSpan, text: str) -> PolicyMention:
    """Make a mention of a name without quotation marks; years in brackets after it belong to it."""
    years = _BRACKETED_YEARS.match(text, named.end)
    opens_before = text.startswith("“", named.start - 1) and "”" in text[named.start : named.end]
    start = named.start - opens_before  # “十四五”规划
    end = years.end() if years else named.end
    return PolicyMention(start, end, named.policies, (named.start, named.end))
