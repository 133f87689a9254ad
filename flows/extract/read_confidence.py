"""How sure the engine is of a whole figure: what speaks against it, and what that costs.

What was stated speaks for a figure, what was inferred against it. The costs are data
(`seeds/confidence_costs.csv`), fitted to annotated documents so that of the figures given 0.9 or more nine in
ten are wholly right.
"""

from collections.abc import Iterator, Mapping, Sequence

from flows.extract.find_agencies import Attribution
from flows.extract.mentions import Mention
from flows.extract.model import Figure
from flows.extract.vocabulary import ConfidenceCost

_BEST, _WORST = 0.98, 0.1
_DOUBT_OF_PERIOD = {
    "inherited": "period_inherited",
    "document_date": "period_of_document",
    None: "period_unknown",
}
_DERIVED_KINDS = ("growth_rate", "change", "share")


def find_doubts(
    figure: Figure, mention: Mention, attribution: Attribution, *, is_near: bool, periods: int
) -> Iterator[str]:
    """What speaks against a figure, as keys of `confidence_costs.csv`.

    `is_near`: the clause of the figure itself tells its indicator; `periods`: how many its sentence names.
    """
    if figure.period_basis != "stated":
        yield _DOUBT_OF_PERIOD[figure.period_basis]
    elif periods > 1:
        yield "period_chosen"
    if figure.agency is None:
        yield "agency_unknown"
    elif attribution.basis in ("paragraph", "document"):
        yield "agency_carried"
    if figure.unit == "count" and not mention.counted_is_stated:
        yield "counted_elsewhere"
    if mention.number.form == "words":
        yield "number_in_words"
    if figure.indicator and not is_near:
        yield "indicator_afar"
    if figure.status != "actual":
        yield "status_not_actual"
    if figure.kind in _DERIVED_KINDS:
        yield "kind_derived"


def read_confidence(doubts: Sequence[str], costs: Mapping[str, ConfidenceCost]) -> float:
    """Between 0.1 and 0.98: the best less what each doubt costs."""
    return round(max(_WORST, _BEST - sum(costs[doubt].cost for doubt in doubts)), 2)
