"""The roles of patterns in plans, around policies, in checks, and the readings of time phrases.

The extractor asks for each of them by name. A role has rows in every language.
"""

# The wording of plans.
PLAN_ROLES = (
    "title",
    "report_opening",  # how a line of a news report begins, in place of a title
    "no_heading",  # lines that only look like headings
    "no_deadline",  # how a time phrase begins that is not a deadline
    "relative_deadline",  # counts from the day of the document; groups `count` and `unit`
    "owner_before",  # before the name of who is responsible
    "owner_after",
    "no_owner_before",  # before a name that is not responsible
    "owner_note",  # a note that only says who is responsible; the names are a group
    "issuer_before",  # before the name of who issued the plan
    "issuer_after",
)
# The wording around names of policies.
CITATION_ROLES = (
    "small_word",  # words that an English name may have or not
    "name_filler",  # may stand within or before a name
    "not_a_name",  # follows words that only look like a name
    "title_opening",  # may stand in a title before the name
    "title_closing",
    "policy_title",  # a title in quotation marks that names a policy
    "title_before_years",  # one before years in brackets
    "short_name",  # a noun that stands for a name, in the group `noun`
    "place_before",  # may stand between a place and the name
    "place_after",
    "joined",  # joins names to a list
    "implements_before",  # the others tell the relation of the document to the policy
    "reports_on_before",
    "reports_on_after",
    "succeeds_before",
    "succeeds_after",
)
# The wording by which a document is checked against itself: of lists, down to `open_end`, and of sums.
CHECK_ROLES = (
    "number",
    "list_noun",
    "announcement",
    "spoken_announcement",
    "gap_before_items",
    "gap_before_spoken_items",
    "item",
    "ordinal",
    "list_goes_on",
    "list_introduction",
    "list_covered",
    "list_end",
    "separator",
    "coordinator",
    "no_member",
    "open_end",
    "up",
    "down",
    "moved",
    "year",
    "change",
    "share",
    "parts",
    "next_part",
    "copula",
    "part_break",
)
# How a match of `time_patterns.csv` is read; `time_phrases.py` of each language holds the functions.
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
    "previous_unit",
    "end_of_year",
    "end_of_month",
    "deadline_day",
    "past",
    "since",
    "year_to_date",
    "year_up_to",
    "name",
    "year_earlier",
    "base",
    "base_year_earlier",
    "some_time",
    "relative_month",
    "end_of_part",
    "up_to_year",
    "coming_years",
    "running_years",
    "since_event",
    "since_some_day",
    "plan",
    "now",
    "day_of_issue",
    "past_year",
    "previous_year",
    "of_plan",
)
