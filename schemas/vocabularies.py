"""Closed vocabularies. Open ones (indicators, agencies, areas, units) are rows of `seeds/reference/`."""

IDENTIFIER = r"^[a-z][a-z0-9_]*$"
LANGUAGES = ("en", "zh")
BOUNDS = ("exact", "more_than", "at_least", "less_than", "at_most", "about", "nearly")
KINDS = ("level", "change", "growth_rate", "share", "cumulative", "rank")
STATUSES = ("actual", "target", "estimate")
PERIOD_BASES = ("stated", "inherited", "document_date")
REASONS = ("not_stated", "ambiguous", "undated_document", "unmapped", "not_applicable")
DOCUMENT_TYPES = ("press_release", "press_conference", "outline", "news", "statistical_bulletin", "notice")
# Where a source lists its documents: RSS or Atom, an HTML page, a sitemap, or a folder of files.
SOURCE_KINDS = ("feed", "list_page", "sitemap", "folder")
OUTCOMES = ("loaded", "quarantined")
# What people may decide about a figure; `withdraw` takes back all earlier decisions.
VERDICTS = ("accept", "correct", "reject", "withdraw")
# Why a decision no longer applies; `flows/review/settle.py` finds out.
LAPSES = ("sentence_changed", "figure_not_read", "document_not_read", "not_valid")
SUBJECTS = ("document", "figure", "outline_item", "objective", "citation", "note")
# What decides between two statements of one fact; `seeds/reference/preference_criteria.csv` gives the order.
PREFERENCE_CRITERIA = (
    "whole_year",
    "latest_period",
    "source_rank",
    "bound",
    "latest_document",
    "event_date",
)
# The direction in which targets want an indicator to go.
DIRECTIONS = ("up", "down")
MEASURE_TYPES = ("flow", "stock", "cumulative", "rate", "score", "index")

# Reasons to doubt a figure; each has its cost in `seeds/reading/figures/confidence_costs.csv`.
DOUBTS = (
    "period_inherited",
    "period_of_document",
    "period_unknown",
    "agency_carried",
    "agency_unknown",
    "counted_elsewhere",
    "counted_unknown",
    "number_in_words",
    "value_is_range",
    "amount_of_money",
    "indicator_afar",
    "indicator_unmapped",
    "part_named",
    "kind_undecided",
    "kind_cumulative",
    "status_not_actual",
)

# What a document has to do with a policy that it names: it is the policy, carries it out, replaces it, reports on its
# results, or only names it.
RELATIONS = ("is", "implements", "succeeds", "reports_on", "cites")
NOTE_RULES = ("list_count", "share_of_whole", "change_between_levels", "parts_exceed_total")
