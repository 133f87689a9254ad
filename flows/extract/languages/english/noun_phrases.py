"""The noun phrases around an English number, which tell what it counts.

No tagger is needed: a noun phrase after a number runs to its first plural noun ("6.728 million defective vehicles |
were recalled") and continues over "of" after a classifier ("2,186 kinds of quality foods") and over "and" between
nouns ("178 countries and regions"). Words that cannot be part of a noun phrase end it.
"""

import re

_STOP_WORDS = frozenset(
    """a an the this that these those which who whose whom what it its they their them he his she her we our you your
    i is are was were be been being am has have had having do does did will would shall should may might can could must
    in on at by with for from to as than over under after before during since through across against per into onto
    between among within without about above below until till upon via around near off out up down toward towards
    and or but nor while whereas although though because if when where then so yet not no plus
    hope hopes today also only still already now alone respectively together altogether each every both all either
    came come comes go goes went hold holds held make makes made take takes took give gives gave got get gets
    rose fell grew stood stands stand remain remains remained include includes including concern concerns
    worldwide nationwide overall more less fewer higher lower most least compared according due thanks based""".split()
)
_CLASSIFIERS = frozenset(
    """kinds kind types type categories category varieties variety species classes sorts pieces piece sets set units
    unit batches batch cases case items item copies samples pairs rounds agreements counts groups families clusters
    instances incidents forms series lots reports occurrences""".split()
)
_IRREGULAR_PLURALS = frozenset(
    "people children men women staff personnel cattle police data criteria media equipment".split()
)
_NOT_PLURAL = frozenset(
    "series plus whereas previous various numerous business process access class ss gas".split()
)
_WORD = re.compile(r"[\"“”'‘’]?[A-Za-z](?:[\w’'./&-]*\w)?[\"”]?")
_CLAUSE_OPENING = re.compile(
    r"\bnumber of (?:(?:the|various|all|its|their) )*"
    r"|(?:^|[,.;:(]|\bthat\b|\band\b|\bwhile\b)\s*(?:(?:as for|the|total|other|various|all|its|their)\s+)*",
    re.IGNORECASE,
)
_AFTER_NUMBER = re.compile(r"[\s-]+")
_DETERMINED = re.compile(
    r"of (?:the |these |those |its |their |our |his |her |all |such )+|of them\b", re.IGNORECASE
)
_BLANKS = re.compile(r"\s+")
_OF = re.compile(r"\s+of\s+(?=[a-z])")
_AND = re.compile(
    r"\s+(?:and|or)\s+(?!sets\b)(?!(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)(?=[a-z])"
)
# "16 departments and lays out", "standards and hosts 88 secretariats": the word in -s is a verb there.
_OBJECT = re.compile(r"\s+(?:[\dA-Z$€£]|(?:a|an|the|its|their|out|up|over|about|nearly|some)\b)")
_MAXIMUM_WORDS = 8


def read_noun_phrase_after(text: str, position: int) -> tuple[int, int] | None:
    """Return the span of the noun phrase that begins at `position` (blanks skipped), or None."""
    gap = _AFTER_NUMBER.match(text, position)
    if not gap:
        return None
    determined = _DETERMINED.match(text, gap.end())
    if determined:  # "6 of the enterprises" counts enterprises, "6 of them" something named before
        return _noun_phrase(text, determined.end()) if not determined.group().endswith("them") else None
    return _noun_phrase(text, gap.end())


def read_noun_phrase_before(text: str, position: int) -> tuple[int, int] | None:
    """Return the span of the noun phrase that ends right before `position`: "boilers (319,600)"."""
    words = list(_WORD.finditer(text, 0, position))
    if not words or text[words[-1].end() : position].strip(" (:–-"):
        return None
    first = end = len(words) - 1
    while first > 0 and end - first < 3 and _continues(text, words, first):
        first -= 1
    if not _is_plural(words[end].group()) or words[end].group().casefold() in _STOP_WORDS:
        return None
    return words[first].start(), words[end].end()


def find_subject(text: str, position: int) -> tuple[int, int] | None:
    """Return the span of the noun phrase that begins the clause: "Complaints numbered | 20.366 million"."""
    lead = len(text[:position].rstrip(" :("))  # "Vehicles recalled: 6,728,000", "boilers (319,600)"
    begin = max(0, *(text.rfind(mark, 0, lead) for mark in ";:("))
    for match in reversed(list(_CLAUSE_OPENING.finditer(text, begin, position))):
        span = _noun_phrase(text, match.end())
        if span and span[1] <= position and _is_plural(_last_word(text[slice(*span)])):
            return span
    return None


def _noun_phrase(text: str, begin: int) -> tuple[int, int] | None:
    end, plural = begin, False
    for count, word in enumerate(_adjacent_words(text, begin)):
        lowered = word.group().casefold().strip("\"“”'‘’")
        if count >= _MAXIMUM_WORDS or lowered in _STOP_WORDS or (count and _is_verb(lowered, plural)):
            break
        if plural and not _is_plural(lowered):
            break
        end, plural = word.end(), plural or _is_plural(lowered)
    # "11.37 million signed up" counts something named before: a participle alone is a verb.
    if end == begin or (not plural and text[begin:end].endswith("ed")):
        return None
    return begin, _extended(text, begin, end)


def _adjacent_words(text: str, begin: int) -> list[re.Match[str]]:
    """Return the words from `begin` that are separated by spaces alone."""
    words, at = [], begin
    while word := _WORD.match(text, at):
        words.append(word)
        blank = _BLANKS.match(text, word.end())
        if not blank:
            break
        at = blank.end()
    return words


def _extended(text: str, begin: int, end: int) -> int:
    """Extend a phrase over "of ..." after a classifier, and over "and ..." or "or ..." to a plural noun.

    "countries and regions" and "calibration and measurement capabilities" are counted as one thing each.
    """
    head = _last_word(text[begin:end]).casefold()
    link = _OF.match(text, end) if head in _CLASSIFIERS else None
    if link:
        more = _noun_phrase(text, link.end())
        return more[1] if more else end
    link = _AND.match(text, end)
    if link:
        more = _noun_phrase(text, link.end())
        if more and _is_joined(text, *more):
            return more[1]
    return end


def _is_joined(text: str, begin: int, end: int) -> bool:
    """Return whether a phrase after "and" is another plural noun, not a verb with its object."""
    words = text[begin:end].split()
    is_verb = len(words) == 1 and bool(_OBJECT.match(text, end))
    return len(words) <= 3 and _is_plural(words[-1]) and not is_verb


def _continues(text: str, words: list[re.Match[str]], first: int) -> bool:
    previous, current = words[first - 1], words[first]
    lowered = previous.group().casefold()
    return (
        text[previous.end() : current.start()] == " "
        and lowered not in _STOP_WORDS
        and not lowered.endswith(("ed", "ly"))
        and not lowered[0].isdigit()
    )


def _is_verb(word: str, after_plural: bool) -> bool:
    return after_plural and (word.endswith(("ed", "ing")) or not _is_plural(word))


def _is_plural(word: str) -> bool:
    word = word.casefold().strip("\"“”'‘’.,")
    if word in _IRREGULAR_PLURALS:
        return True
    return (
        len(word) > 2
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s", "’s"))
        and word not in _NOT_PLURAL
    )


def _last_word(phrase: str) -> str:
    return phrase.rsplit(maxsplit=1)[-1] if phrase.split() else ""
