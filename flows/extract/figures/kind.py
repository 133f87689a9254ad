"""The kind of a figure: level, change, growth_rate, share, cumulative or rank.

Growth rates are percentages of change, changes are differences in the unit itself (percentage points, days, a
number more), shares are parts of a whole; pass, failure and adoption rates are levels. The words that tell them
apart are data (`kind_cues.csv`).
"""

from flows.extract.languages.mentions import Mention
from flows.extract.patterns.lazy_pattern import Cues

_KIND_OF_UNIT = {"rank": "rank", "percentage_points": "change"}
_MOVING = ("score", "index", "ratio")
_NEAR, _FAR = 60, 120  # characters before a quantity in which a cue governs it


def read_kind(sentence: str, mention: Mention, previous_end: int, cues: Cues) -> str:
    """Decide the kind of a mention; `previous_end` is where the mention before ends, 0 for the first."""
    before = sentence[max(previous_end, mention.start - _NEAR) : mention.number.start]
    far = sentence[max(0, mention.start - _FAR) : mention.number.start]
    if mention.unit == "percentage_points" and cues["gap_before"].search(far):
        return "level"  # a distance between two places, not between two times
    if mention.unit in _KIND_OF_UNIT:
        return _KIND_OF_UNIT[mention.unit]
    if mention.unit == "percent":
        kind = _kind_of_percent(before, far, sentence[mention.number.end :], cues)
        is_part = mention.number.form == "fraction" or _is_label(sentence, mention, before, cues)
        kind = "share" if kind == "level" and is_part else kind
        return "level" if kind == "share" and mention.value > 100 else kind  # no part exceeds the whole
    return _kind_of_amount(sentence, mention, before, cues)


def _is_label(sentence: str, mention: Mention, before: str, cues: Cues) -> bool:
    """Return whether a label states a share: "Toys - 15%" and "toys (15%)" do, "the pass rate (93.5%)" does not."""
    if cues["label_before"].search(before):
        return True
    near = sentence[max(0, mention.start - _NEAR) : mention.start]  # "2.4 million goods (16%)"
    is_closed = sentence.startswith((")", "）"), mention.end)
    return is_closed and bool(cues["bracketed_part"].search(near)) and not cues["rate"].search(near)


def _kind_of_amount(sentence: str, mention: Mention, before: str, cues: Cues) -> str:
    is_moved = mention.unit in _MOVING and _is_growth(before, before, cues)  # "up 1.2 points"
    if is_moved and cues["times"].search(sentence, mention.number.start, mention.end):
        return "growth_rate"  # 增长1.1倍
    if is_moved or cues["change_before"].search(before) or cues["change_after"].match(sentence, mention.end):
        return "change"
    if mention.unit in _MOVING:
        return "level"  # scores, indices and ratios do not add up
    if cues["cumulative"].search(sentence, 0, mention.start) or cues["since_a_start"].search(sentence):
        return "cumulative"
    return "level"


def _is_growth(before: str, far: str, cues: Cues) -> bool:
    return bool(cues["growth_before"].search(far)) and not cues["level_before"].search(before)


def _kind_of_percent(before: str, far: str, after: str, cues: Cues) -> str:
    if _is_growth(before, far, cues):
        return "growth_rate"
    if cues["growth_after"].match(after):
        return "growth_rate"
    is_rate = cues["rate"].search(before)
    is_rate = is_rate or cues["rate_after"].match(after)
    if cues["share_before"].search(far) and not is_rate:
        return "share"
    if cues["share_after"].match(after) and not is_rate and not cues["rate"].search(after[:_NEAR]):
        return "share"
    return "level"
