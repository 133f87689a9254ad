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

# What the extractor asks of a language: cues by which it decides, and ways of reading a time phrase.
_SHARED_CUES = (
    "says",
    "growth_before",
    "growth_after",
    "level_before",
    "share_before",
    "share_after",
    "rate",
    "label_before",
    "cumulative",
    "since_a_start",
    "change_before",
    "change_after",
    "base_of_comparison",
    "promise_break",
    "target_noun",
    "clause_break",
    "present_state",
    "past_event",
    "respectively",
    "between_members",
    "list_member",
    "list_of_subjects",
    "member_break",
    "clause_start",
    "part_of_a_plan",
    "predicate",
    "finished_verb",
    "named_part",
    "compared_before",
    "taken_up_again",
    "place_elsewhere",
    "place_in_currency",
    "by_another",
    "issues_a_plan",
    "office_after_name",
    "name_of",
    "name_after_office",
    "speaker_turn",
    "speaker_turn_inline",
    "pronoun_says",
    "no_sentence_end",
    "scale_in_head",
)
_ENGLISH_CUES = (
    "year",
    "relative_year",
    "month",
    "small_number",
    "at_the_end_of",
    "person",
    "growth_word",
    "growth_filler",
    "states_a_number",
    "rank_before",
    "rank_after",
    "per_so_many",
    "measured_duration_before",
    "measured_duration_after",
)
_CHINESE_CUES = ()
CUES = {"en": (*_SHARED_CUES, *_ENGLISH_CUES), "zh": (*_SHARED_CUES, *_CHINESE_CUES)}
READINGS = (
    "comparison",
    "anaphora",
    "day",
    "year",
    "years",
    "years_to",
    "days",
    "short_part",
    "fiscal_year",
    "months",
    "month",
    "part_of_year",
    "end_of_year",
    "end_of_month",
    "deadline_day",
    "past",
    "since",
    "year_to_date",
    "year_up_to",
)
