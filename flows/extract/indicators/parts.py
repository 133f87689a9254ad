"""The clause of a figure in, the part of a whole that it speaks of out: toys, imports, one maker's vehicles.

A figure about a part must never pass for the total. What a part looks like is grammar, not vocabulary: a
modifier of the counted noun or of the rate, a phrase behind it ("of toys"), a topic before it ("For toys, ...").
So every such place is looked at, and what stands there is a part unless it is known to leave the whole as it is:
a place, an agency, a word like "total" or "national" (cue `whole_word`), or what the measure itself is made of
(`whole` of its pattern).

In a clause the figure is written `<over # toys>`, every other figure `~`, so that patterns can say where they are.
"""

import re
from collections.abc import Iterator, Sequence

from flows.extract.vocabulary.entries import Language
from flows.extract.vocabulary.indicator_patterns import IndicatorPattern

RATES = ("percent", "score", "index", "ratio")
_WORD = re.compile(r"[^\W_]")
_EDGES = " ~,，、的-–—“”\"'‘’·"


def find_part(pattern: IndicatorPattern, counted: str, clause: str, language: Language) -> str | None:
    """The part that a phrase at the measure of `pattern` narrows it down to, as written; none if it is the whole."""
    for phrase in _restrictions(pattern, counted, clause, language):
        if _narrows(phrase, pattern, language):
            return _trimmed(phrase, language)
    return None


def find_topic(pattern: IndicatorPattern, topics: Sequence[str], language: Language) -> str | None:
    """The part among the topics of a sentence; its later clauses go on about it."""
    return next((_trimmed(topic, language) for topic in topics if _narrows(topic, pattern, language)), None)


def _restrictions(pattern: IndicatorPattern, counted: str, clause: str, language: Language) -> Iterator[str]:
    """Every phrase that stands where a part of the counted noun or of the rate would stand."""
    if pattern.counted and (head := pattern.counted.search(counted)):
        yield f"{counted[: head.start()]} {counted[head.end() :]}".strip()
        if written := pattern.counted.search(clause):
            before = language.cues["part_before_noun"].search(clause, 0, written.start())
            yield _caught(before) if before else ""
    behind = "part_of_rate" if pattern.unit in RATES else "part_of_count"
    yield from map(_caught, language.cues[behind].finditer(clause))


def _caught(match: re.Match[str]) -> str:
    return match[match.lastindex or 0]


def _narrows(phrase: str, pattern: IndicatorPattern, language: Language) -> bool:
    """Whether anything is left of a phrase without what leaves the whole whole and names of places and agencies."""
    phrase = pattern.counted.sub(" ", phrase) if pattern.counted else phrase
    if not _WORD.search(pattern.whole.sub(" ", phrase)):
        return False
    for names in (language.agency_names, language.area_names):
        for start, end, _ in reversed(names.find(phrase)):
            phrase = f"{phrase[:start]} {phrase[end:]}"
    return bool(_WORD.search(pattern.whole.sub(" ", phrase)))


def _trimmed(phrase: str, language: Language) -> str:
    return language.cues["determiner"].sub("", phrase.strip(_EDGES)).strip(_EDGES)
