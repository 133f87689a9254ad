"""Closed vocabularies of a figure. Open ones (indicators, agencies, areas, units) are rows of `seeds/`."""

BOUNDS = ("exact", "more_than", "at_least", "less_than", "at_most", "about", "nearly")
KINDS = ("level", "change", "growth_rate", "share", "cumulative", "rank")
STATUSES = ("actual", "target", "estimate")
PERIOD_BASES = ("stated", "inherited", "document_date")
REASONS = ("not_stated", "ambiguous", "undated_document", "unmapped", "not_applicable")
DOCUMENT_TYPES = ("press_release", "press_conference", "outline", "news", "statistical_bulletin", "notice")
OUTCOMES = ("loaded", "quarantined")
SUBJECTS = ("document", "figure", "outline_item")
MEASURE_TYPES = ("flow", "stock", "cumulative", "rate", "score", "index")
