"""The noun phrases around a Chinese quantity: behind its classifier, or before its number.

Chinese marks neither words nor plurals, so a noun phrase is the rest once everything is removed that cannot belong to
one: "去年全国共查处 | 案件 | 1.2万件", "共有 | 6个 | 行业 | 的合格率上升". The words that bound it are data
(`noun_cues.csv`).
"""

from flows.extract.patterns.lazy_pattern import Cues, LazyPattern

Span = tuple[int, int]
_LONGEST = 24
_SHORTEST = 2  # a single character is seldom a noun by itself
_LONGEST_MEMBER = 8
_LONGEST_ENDING = 14
_NEAR = 40


def read_noun_after(text: str, begin: int, cues: Cues) -> Span | None:
    """Return the span of the noun phrase that begins right at `begin`, or None."""
    end = _phrase_end(text, begin, cues)
    while end > begin and (link := cues["noun_link"].match(text, end)):
        more = _phrase_end(text, link.end(), cues)
        if not _SHORTEST <= more - link.end() <= _LONGEST_MEMBER or text[more : more + 1].isdigit():
            break
        end = more
    return (begin, end) if end > begin else None


def read_noun_before(text: str, begin: int, end: int, cues: Cues, is_event: bool) -> Span | None:
    """Return the span of the noun phrase before `end`, without adverbs and verbs (产品共抽查 | 176种), or None.

    `begin` is where the mention before ends. `is_event`: an action is counted (召回 | 204次), so that a verb may be
    the noun phrase.
    """
    begin = max(begin, end - _NEAR)
    stop = _without_ending(text, begin, end, cues["before_number"])
    if not is_event:
        stop = _without_ending(text, begin, stop, cues["verb_before_number"])
        stop = _without_ending(text, begin, stop, cues["before_number"])
    return _phrase_up_to(text, begin, stop, cues)


def _phrase_up_to(text: str, begin: int, stop: int, cues: Cues) -> Span | None:
    start = max((match.end() for match in cues["noun_break"].finditer(text, begin, stop)), default=begin)
    while start < stop and (opening := cues["noun_opening"].match(text, start, stop)):
        start = opening.end()
    return (start, stop) if _SHORTEST <= stop - start <= _LONGEST else None


def _without_ending(text: str, begin: int, end: int, ending: LazyPattern) -> int:
    while end > begin and (match := ending.search(text, max(begin, end - _LONGEST_ENDING), end)):
        end = match.start()
    return end


def _phrase_end(text: str, begin: int, cues: Cues) -> int:
    stop = cues["noun_end"].search(text, begin, begin + _LONGEST)
    return stop.start() if stop else min(len(text), begin + _LONGEST)
