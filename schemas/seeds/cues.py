"""The cues that the extractor asks for by name, and the file of `seeds/reading/` that holds the patterns of each.

A cue is the wording by which the extractor decides one thing: that a sentence has not ended yet, that a number is
a share. Its patterns are rows of the one file that lists it here. All files named `*_cues.csv` have the same
columns (`CuePatternSchema`), and the extractor reads them as one table.
"""

from collections.abc import Mapping
from typing import NamedTuple

from schemas.vocabularies import LANGUAGES


class CueFile(NamedTuple):
    """The cues whose patterns one file holds: in both languages, in English alone, in Chinese alone."""

    both: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()

    def by_language(self) -> list[tuple[str, str]]:
        """List each language and cue for which the file has rows."""
        cues = {"en": self.both + self.english, "zh": self.both + self.chinese}
        return [(language, cue) for language in LANGUAGES for cue in cues[language]]


# Room of flows/extract → file → cues. A cue that several rooms use is in the file of the lowest one.
CUE_FILES: Mapping[str, Mapping[str, CueFile]] = {
    "text": {
        "sentence_cues": CueFile(("no_sentence_end",)),
        "heading_cues": CueFile(("heading_mark", "task_heading")),
    },
    "languages": {
        "number_cues": CueFile(
            both=("states_a_number", "scale_in_head", "compared_before"),
            english=("number_states", "verb_with_particle"),
            chinese=(
                "top_before",
                "vague_before",
                "inner_more",
                "past_round_number",
                "between_bound_and_number",
                "bare_scale_before",
                "bare_scale_after",
                "range_mark",
                "range_end",
                "from_before",
            ),
        ),
        "quantity_cues": CueFile(
            both=(
                "rank_before",
                "rank_after",
                "per_so_many",
                "measured_duration_before",
                "measured_duration_after",
            ),
            chinese=(
                "per_so_many_after",
                "so_many_of_each",
                "unit_in_head",
                "no_unit",
                "major_noun",
                "more_after_unit",
            ),
        ),
        "noun_cues": CueFile(
            chinese=(
                "noun_opening",
                "noun_link",
                "noun_break",
                "noun_end",
                "before_number",
                "verb_before_number",
                "only_number_follows",
                "only_doing_follows",
                "piece_link",
            )
        ),
        "list_cues": CueFile(
            both=("between_members", "respectively", "respectively_before"),
            chinese=("list_link", "clause_stop_of_list"),
        ),
        "time_cues": CueFile(
            both=("year", "month"),
            english=("relative_year", "small_number", "at_the_end_of"),
            chinese=(
                "named_year",
                "month_number",
                "day_number",
                "count",
                "dash",
                "as_of",
                "to_come",
                "five_year_plan",
                "report",
                "issues",
            ),
        ),
    },
    "agencies": {
        "speaker_cues": CueFile(
            (
                "says",
                "name_says",
                "pronoun_says",
                "person",
                "name_of",
                "name_after_office",
                "office_after_name",
                "speaker_turn",
                "speaker_turn_inline",
                "turn_of_anybody",
                "addressed",
                "spokesperson_before",
                "spokesperson_after",
            )
        ),
        "attribution_cues": CueFile(
            (
                "source_before",
                "source_after",
                "begins_a_clause",
                "with_others",
                "leads_others",
                "offices_joined",
                "offices_listed",
                "office_in_name",
                "company_acts",
                "by_another",
                "issues_a_plan",
                "plan_of_place",
            )
        ),
        "office_cues": CueFile(
            (
                "named_office",
                "unlisted_office",
                "taken_up_office",
                "office_of_place",
                "office_of_country",
                "office_of_locality",
                "offices_of_system",
            )
        ),
    },
    "areas": {
        "place_cues": CueFile(
            (
                "whole_country",
                "whole_province",
                "whole_city",
                "city_with_code",
                "unlisted_place",
                "public_body",
                "place_in_currency",
                "place_elsewhere",
                "place_aside",
                "place_aside_before",
                "place_in_passing",
                "place_of_event",
                "place_of_maker",
                "places_joined",
                "place_break",
                "venue_before",
            )
        ),
    },
    "indicators": {
        "clause_cues": CueFile(
            (
                "clause_start",
                "clause_stop",
                "segment_start",
                "segment_stop",
                "topic_break",
                "joined_to_next",
                "joined_in_list",
                "goes_on",
                "list_member",
                "list_of_subjects",
                "member_break",
            )
        ),
        "back_reference_cues": CueFile(
            (
                "pronoun_subject",
                "subject_of_sentence",
                "stands_for_count",
                "taken_up_again",
                "moved_before",
            )
        ),
        "part_cues": CueFile(
            (
                "part_topic",
                "part_of_count",
                "part_of_rate",
                "part_before_noun",
                "parts_heading",
                "subset",
                "definite_before",
                "determiner",
                "averaged",
                "whole_word",
            )
        ),
    },
    "periods": {
        "period_cues": CueFile(
            (
                "now",
                "turns_to_now",
                "that_year",
                "by_then",
                "yearly",
                "derives_from_nearest",
                "base_of_comparison",
                "dates_what_follows",
                "clause_mark",
                "clause_break",
                "promise_break",
                "statement_break",
            )
        ),
        "tense_cues": CueFile(
            (
                "past_event",
                "perfect",
                "present_state",
                "plain_present",
                "promise_begins",
                "keeps_deadline",
                "states_go_on",
                "happens_before",
                "happens_after",
                "stock",
                "flow",
                "verbless",
            )
        ),
        "alignment_cues": CueFile(("from_value", "to_value", "in_turn", "list_break")),
        "passage_cues": CueFile(("turn", "report_heading", "plan_title")),
    },
    "figures": {
        "kind_cues": CueFile(
            both=(
                "growth_before",
                "growth_after",
                "change_before",
                "change_after",
                "gap_before",
                "times",
                "level_before",
                "label_before",
                "share_before",
                "share_after",
                "bracketed_part",
                "rate",
                "rate_after",
                "cumulative",
                "since_a_start",
            ),
            english=("growth_word", "growth_filler"),
            chinese=("move", "move_noun"),
        ),
        "status_cues": CueFile(
            (
                "target_noun",
                "plan_expects",
                "part_of_a_plan",
                "widened_to",
                "promise_kept",
                "has_happened",
                "finished_verb",
                "predicate",
            )
        ),
    },
}

CUE_TABLES: Mapping[str, CueFile] = {
    table: cues for files in CUE_FILES.values() for table, cues in files.items()
}
