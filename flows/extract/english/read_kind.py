"""A mention in its sentence in, its kind out: level, change, growth_rate, share, cumulative or rank.

Guideline: growth rates are percentages of change, changes are differences in the unit itself (percentage
points, days, a number more), shares are parts of a whole; pass, failure and adoption rates are levels.
"""

import re

from flows.extract.english.read_mentions import Mention

_GROWTH_BEFORE = re.compile(
    r"(?<!make )(?<!made )(?<!makes )(?<!making )\b(?:up|down|rose|rise|rises|rising|risen|grew|grow|grows|grown|growing|growth|increas\w+|decreas\w+|fell|fall|falls"
    r"|fallen|falling|drop\w*|declin\w+|declined|reduc\w+|climb\w*|shrank|surg\w+|jump\w*|shot|gain\w*|lower\w*|cut|expan\w+|go up|shorten\w*)"
    r"\b(?:\s+(?:by|of|up|a|an|its|the|about|around|nearly|almost|more|than|over|at|least|approximately|roughly|another|year[- ]on[- ]year|further|steadily|sharply|respectively|in))*"
    r"[\s(+-]*$",
    re.IGNORECASE,
)
_REDUCE_BY = re.compile(
    r"\b(?:reduc\w+|cut|rais\w+|increas\w+|decreas\w+|lower\w*|improv\w+|gr[eo]w\w*|fallen|r[io]se\w*|fell)\b[^.;%]{0,120}\bby\s*(?:at least|about|around|nearly|some|more than|over)?\s*$",
    re.IGNORECASE,
)
_GROWTH_AFTER = re.compile(
    r"\s*(?:year[- ]on[- ]year|year[- ]over[- ]year|(?:\w+ )?(?:more|less|higher|lower|fewer|better|worse|sooner|faster|longer|shorter)\b(?: than)?"
    r"|growth|increase|rise|decrease|drop|decline|fall|reduction|improvement|on the previous year|over the previous year)",
    re.IGNORECASE,
)
_GROWTH_LIST = re.compile(
    r"\b(?:up|down|growth|increase|rise|decrease|drop|decline)\s+(?:of\s+)?[\d.]+\s?(?:%|per ?cent),?\s+and\s+(?:of\s+)?$",
    re.IGNORECASE,
)
_REACHED = re.compile(r"\b(?:to|at|reach\w*|hit|hits|stood at)\s*$", re.IGNORECASE)
_SHARE_BEFORE = re.compile(
    r"\b(?:account\w*(?: for)?|mak(?:es?|ing) up|made up|compris\w+|represent\w+|constitut\w+|contribut\w+|share|proportion|percentage|correspond\w*|home to)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_SHARE_AFTER = re.compile(
    r"\s*(?:of\b(?! (?:19|20)\d\d)|gdp\b|concern\w*|were new|share\b|modal share)", re.IGNORECASE
)
_LABEL = re.compile(r"^\W*[\w'’ -]{2,60}\s[–—-]\s*[<>≤≥]?\s*$")  # "Manual testing – 27.96%"
_RATE = re.compile(
    r"\b(?:rate|rates|passed|qualified|qualification|up to standard|satisf\w+|consistency|pass)\b",
    re.IGNORECASE,
)
_CUMULATIVE = re.compile(
    r"\b(?:cumulative\w*|running total|to date|accumulat\w+|altogether since|in total since|so far(?! this))\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince (?!the (?:beginning|start) of (?:this|the) year)", re.IGNORECASE)
_ADDED = re.compile(
    r"\b(?:add|adds|added|an additional|rose by|increase of|decrease of|fell by|up by|down by)\s*$",
    re.IGNORECASE,
)
_REACH = 60


def read_kind(sentence: str, mention: Mention, previous_end: int) -> str:
    """Decide the kind; `previous_end` is where the mention before ends, 0 if there is none."""
    before = sentence[max(previous_end, mention.start - _REACH) : mention.start]
    wide = sentence[max(0, mention.start - 2 * _REACH) : mention.start]
    after = sentence[mention.number.end : mention.number.end + _REACH]
    if mention.unit == "rank":
        return "rank"
    if mention.unit == "percentage_points":
        return "change"
    if mention.unit == "percent":
        kind = _kind_of_percent(before, wide, after)
        is_part = mention.number.form == "fraction" or _LABEL.search(before)
        return "share" if kind == "level" and is_part else kind
    after_quote = sentence[mention.end : mention.end + _REACH]
    if _ADDED.search(before) or re.match(
        r"\s*(?:more|fewer|less|higher|lower|sooner|earlier|faster|improvement) (?:than\b)?|\s+(?:sooner|improvement|increase|rise)\b",
        after_quote,
    ):
        return "change"
    if _CUMULATIVE.search(sentence[: mention.start]) or _SINCE.search(sentence):
        return "cumulative"
    return "level"


def _kind_of_percent(before: str, wide: str, after: str) -> str:
    if _REDUCE_BY.search(wide) or _GROWTH_LIST.search(wide):
        return "growth_rate"
    if not _REACHED.search(before) and _GROWTH_BEFORE.search(before):
        return "growth_rate"
    if _GROWTH_AFTER.match(after):
        return "growth_rate"
    if _SHARE_BEFORE.search(wide) and not re.search(r"\brates?\b", before, re.IGNORECASE):
        return "share"
    if _SHARE_AFTER.match(after) and not _RATE.search(before) and not _RATE.search(after):
        return "share"
    return "level"
