"""How sure the engine is of a whole figure: what was stated counts for it, what was inferred against it."""

from flows.extract.find_agencies import Attribution
from flows.extract.mentions import Mention
from flows.extract.model import Figure

_COST_OF_PERIOD = {"stated": 0.0, "inherited": 0.15, "document_date": 0.1, None: 0.2}
_COST_OF_AGENCY = {"sentence": 0.0, "speaker": 0.02, "paragraph": 0.05, "document": 0.08, None: 0.1}


def read_confidence(figure: Figure, mention: Mention, attribution: Attribution, is_near: bool) -> float:
    """Between 0 and 1; 0.97 when all is stated in the sentence and `is_near`: its own clause tells the indicator."""
    confidence = 0.97 - _COST_OF_PERIOD[figure.period_basis] - _COST_OF_AGENCY[attribution.basis]
    if figure.unit == "count" and not mention.counted_is_stated:
        confidence -= 0.15
    if figure.indicator is None:
        confidence -= 0.05
    elif not is_near:
        confidence -= 0.1
    if figure.number[0].isalpha():
        confidence -= 0.05
    return round(max(confidence, 0.1), 2)
