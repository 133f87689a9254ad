"""The confidence of a figure: the doubts about it and what each costs.

What is stated speaks for a figure, what is inferred against it. The costs are data (`confidence_costs.csv`), chosen on
annotated documents: of their figures with a confidence of 0.9 or more, more than nine in ten are wholly right.
"""

from collections.abc import Mapping, Sequence

from flows.extract.agencies.attribution import Attribution
from flows.extract.languages.mentions import Mention
from flows.extract.model import Figure
from flows.extract.vocabulary.entries import ConfidenceCost

_BEST, _WORST = 0.98, 0.1
_DOUBT_OF_PERIOD = {
    "inherited": "period_inherited",
    "document_date": "period_of_document",
    None: "period_unknown",
}
_UNMAPPED_KINDS = ("growth_rate", "change", "rank")


def find_doubts(figure: Figure, mention: Mention, attribution: Attribution, *, is_near: bool) -> list[str]:
    """Return the doubts about a figure, as keys of `confidence_costs.csv`.

    `is_near`: the figure's own clause tells its indicator.
    """
    doubts = {
        _DOUBT_OF_PERIOD.get(figure.period_basis, ""): figure.period_basis != "stated",
        "agency_carried": figure.agency is not None and attribution.basis in ("paragraph", "document"),
        "agency_unknown": figure.agency is None,
        "counted_elsewhere": bool(figure.counted) and not mention.counted_is_stated,
        "counted_unknown": figure.unit == "count" and not figure.counted,
        "number_in_words": mention.number.form == "words",
        "value_is_range": figure.value_max is not None,
        "amount_of_money": figure.unit.isupper(),
        "indicator_afar": figure.indicator is not None and not is_near,
        "indicator_unmapped": figure.indicator is None and figure.kind not in _UNMAPPED_KINDS,
        "part_named": figure.breakdown is not None,
        "kind_undecided": figure.unit == "percent" and figure.kind == "level" and not figure.indicator,
        "kind_cumulative": figure.kind == "cumulative",
        "status_not_actual": figure.status != "actual",
    }
    return [doubt for doubt, is_raised in doubts.items() if is_raised]


def read_confidence(doubts: Sequence[str], costs: Mapping[str, ConfidenceCost]) -> float:
    """Return a confidence from 0.1 to 0.98: the best one less the cost of each doubt."""
    return round(max(_WORST, _BEST - sum(costs[doubt].cost for doubt in doubts)), 2)
