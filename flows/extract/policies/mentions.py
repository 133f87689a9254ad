"""A text in, the places out where it names policies: in 《》 or quotation marks, by a listed name, with its years.

What a title says beside a listed name makes it another policy: 《计量法实施细则》 is not the Metrology Law. Only who
issued it, for which place and when may stand beside the name.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.extract.patterns.spans import SpanMask
from flows.extract.policies.names import Named, PolicyNames, Span
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
    """A place where a text names a policy: the name, years included, and the policies that bear it (none known: ()).

    `core` is the listed name in it. `is_short` where a noun stands for a name ("the Outline").
    """

    start: int
    end: int
    policies: tuple[str, ...] = ()
    core: Span = (0, 0)
    is_short: bool = False


@dataclass(frozen=True)
class Place:
    """An area, or an agency with the area that it answers for, where a text names it."""

    start: int
    end: int
    ref_area: str | None
    agency: str | None = None


class Places:
    """The places of a text, in order."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Sort them, so that those of a stretch are found at once."""
        self._places = sorted(places, key=lambda place: place.start)

    def __iter__(self) -> Iterator[Place]:
        """All of them."""
        return iter(self._places)

    def between(self, start: int, end: int) -> Sequence[Place]:
        """Those that begin in a stretch."""
        first, last = (bisect_left(self._places, at, key=lambda place: place.start) for at in (start, end))
        return self._places[first:last]

    def areas(self, start: int = 0, end: int | None = None) -> frozenset[str]:
        """The areas that are named in a stretch."""
        found = self._places if end is None else self.between(start, end)
        return frozenset(place.ref_area for place in found if place.ref_area)


def find_places(text: str, language: Language, vocabulary: Vocabulary) -> Places:
    """The areas and agencies that a text names."""
    areas = (Place(start, end, area) for start, end, area in language.area_names.find(text))
    offices = (
        Place(start, end, vocabulary.agencies[agency].ref_area, agency)
        for start, end, agency in language.agency_names.find(text)
    )
    return Places((*areas, *offices))


class PolicyMentionFinder:
    """Finds mentions in one language."""

    def __init__(self, vocabulary: Vocabulary, patterns: Mapping[str, re.Pattern[str]]) -> None:
        """`patterns` are those of the language, by role (`schemas.seeds.cues.CITATION_ROLES`)."""
        self._patterns = patterns
        self._names = PolicyNames(vocabulary.policies.values(), patterns["small_word"])

    def find(self, text: str, places: Places) -> list[PolicyMention]:
        """The names of policies in a text, in order; none begins where another does."""
        named = [name for name in self._named(text, places) if not self._is_another(name, text)]
        titles = list(self._titles(text, named, places))
        listed = SpanMask(text, ((title.start, title.end) for title in titles if title.policies))
        starts = {title.start for title in titles}
        running = [_running(name, text) for name in named if listed.is_free(name.start, name.end)]
        found = [*titles, *(mention for mention in running if mention.start not in starts)]
        taken = SpanMask(text, ((mention.start, mention.end) for mention in found))
        others = (*self._dated_titles(text), *self._nouns(text))
        found += (other for other in others if taken.is_free(other.start, other.end))
        return sorted(found, key=lambda mention: mention.start)

    def find_title(self, title: str, places: Places) -> PolicyMention | None:
        """The policy that a title names, if it says nothing else; `places` are those of the title."""
        mentions = (_quoted_name(0, len(title), named) for named in self._named(title, places))
        return next((mention for mention in mentions if self._is_whole(mention, title, places)), None)

    def _named(self, text: str, places: Places) -> list[Named]:
        """The listed names; who issued them may stand within."""
        fillers = [match.span() for match in self._patterns["name_filler"].finditer(text)]
        offices = [(place.start, place.end) for place in places if place.agency]
        return self._names.find(text, [*fillers, *offices])

    def _is_another(self, named: Named, text: str) -> bool:
        """Whether what follows makes another thing of a name: "Food Safety Law enforcement", 标准化法律."""
        return bool(self._patterns["not_a_name"].match(text, named.end))

    def _titles(self, text: str, named: Sequence[Named], places: Places) -> Iterator[PolicyMention]:
        """What stands in quotation marks and is the name of a policy, listed or not."""
        for start, end in _quoted(text):
            first, last = (bisect_left(named, at, key=lambda name: name.start) for at in (start, end))
            within = [name for name in named[first:last] if name.end <= end]
            # 上海市《…方案》 is a name too, and that of the title is hidden in it.
            within = within or [_shifted(name, start) for name in self._names.find(text[start:end], ())]
            mentions = (_quoted_name(start, end, name) for name in within)
            listed = next((mention for mention in mentions if self._is_whole(mention, text, places)), None)
            if listed:
                yield listed
            elif self._is_policy_title(text[start:end]):
                yield PolicyMention(start, end)

    def _is_policy_title(self, title: str) -> bool:
        content = _BRACKETED_YEARS.sub("", title).strip(" ,.，。")
        is_noun = self._patterns["short_name"].fullmatch(f"《{content}》")
        return not is_noun and bool(self._patterns["policy_title"].fullmatch(content))

    def _is_whole(self, mention: PolicyMention, text: str, places: Places) -> bool:
        """Whether a title says nothing but the name, who issued it, where, and when."""
        before = self._rest(mention.start, mention.core[0], text, places)
        after = self._rest(mention.core[1], mention.end, text, places)
        opening, closing = self._patterns["title_opening"], self._patterns["title_closing"]
        return bool(opening.fullmatch(before) and closing.fullmatch(after))

    def _rest(self, start: int, end: int, text: str, places: Places) -> str:
        """What a stretch says beside places, agencies, years and marks."""
        rest, position = [], start
        for place in places.between(start, end):
            if place.end <= end:
                rest.append(text[position : max(position, place.start)])
                position = max(position, place.end)
        rest.append(text[position:end])
        words = self._patterns["name_filler"].sub(" ", YEARS.sub(" ", " ".join(rest)))
        return re.sub(r"[\W_]+", " ", words)

    def _dated_titles(self, text: str) -> Iterator[PolicyMention]:
        """Unlisted names without quotation marks, but with years: "National Drug Safety Plan (2011-2015)"."""
        for years in _RANGE_IN_BRACKETS.finditer(text):
            first = max(0, years.start() - REACH)
            if match := self._patterns["title_before_years"].search(text[first : years.start()]):
                yield PolicyMention(first + match.start(), years.end())

    def _nouns(self, text: str) -> Iterator[PolicyMention]:
        for match in self._patterns["short_name"].finditer(text):
            yield PolicyMention(*match.span("noun"), is_short=True)


def _quoted(text: str) -> list[Span]:
    """What stands in quotation marks, and titles with a title in them; the marks are left out."""
    spans = {match.span(match.lastindex) for match in _TITLE.finditer(text)}
    return sorted(spans | {match.span(1) for match in _TITLE_WITH_TITLE.finditer(text)})


def _quoted_name(start: int, end: int, named: Named) -> PolicyMention:
    return PolicyMention(start, end, named.policies, (named.start, named.end))


def _shifted(named: Named, by: int) -> Named:
    return replace(named, start=named.start + by, end=named.end + by)


def _running(named: Named, text: str) -> PolicyMention:
    """A name without quotation marks around it; years in brackets behind it belong to it."""
    years = _BRACKETED_YEARS.match(text, named.end)
    opens_before = text.startswith("“", named.start - 1) and "”" in text[named.start : named.end]
    start = named.start - opens_before  # “十四五”规划
    end = years.end() if years else named.end
    return PolicyMention(start, end, named.policies, (named.start, named.end))
