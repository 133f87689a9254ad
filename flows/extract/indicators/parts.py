"""The part of a whole that a figure is about: toys, imports, the vehicles of one maker.

A figure about a part must never pass for the total. Parts are recognised by grammar, not by vocabulary: a modifier of
the counted noun or of the rate, a phrase after it ("of toys"), a topic before it ("For toys, ..."). Any phrase in
such a position is a part unless it is known to leave the whole unchanged: a place, an agency, a word like "total" or
"national" (cue `whole_word`), or a word that the measure itself consists of (`whole` of its pattern).

In a clause the figure is written `<over # toys>` and every other number `~`, so that patterns can refer to their
positions.
"""

import re
from collections.abc import Iterator, Sequence

from flows.extract.vocabulary.entries import Language
from flows.extract.vocabulary.indicator_patterns import IndicatorPattern

RATES = ("percent", "score", "index", "ratio")
_WORD = re.compile(r"[^\W_]")
_EDGES = " ~,，、的-–—“”\"'‘’·"


def find_part(pattern: IndicatorPattern, counted: str, clause: str, language: Language) -> str | None:
    """Return the phrase that narrows the measure of `pattern` down to a part, as written; None for the whole."""
    for phrase in _restrictions(pattern, counted, clause, language):
        if _narrows(phrase, pattern, language):
            return _trimmed(phrase, language)
    return None


def find_topic(pattern: IndicatorPattern, topics: Sequence[str], language: Language) -> str | None:
    """Return the part among the topics of a sentence, which hold for its later clauses too."""
    return next((_trimmed(topic, language) for topic in topics if _narrows(topic, pattern, language)), None)


def _restrictions(pattern: IndicatorPattern, counted: str, clause: str, language: Language) -> Iterator[str]:
    """Yield every phrase in a position where a part of the counted noun or of the rate would be named."""
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
    """Return whether anything is left of a phrase without the measure's own words and names of places and agencies."""
    phrase = pattern.counted.sub(" ", phrase) if pattern.counted else phrase
    if not _WORD.search(pattern.whole.sub(" ", phrase)):
        return False
    for names in (language.agency_names, language.area_names):
        for start, end, _ in reversed(names.find(phrase)):
            phrase = f"{phrase[:start]} {phrase[end:]}"
    return bool(_WORD.search(pattern.whole.sub(" ", phrase)))


def _trimmed(phrase: str, language: Language) -> str:
    return language.cues["determiner"].sub("", phrase.strip(_EDGES)).strip(_EDGES)
