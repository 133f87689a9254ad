"""Every file of `seeds/` and the model of its rows, by folder: a new file is one entry here and one class.

The name of a table is the name of its file, and no two folders hold files of one name. The rules of reading are
in the folder of the room of `flows/extract/` that uses them.
"""

import pandera.polars as pa

from schemas.seeds import code_lists, reading_rules, sources
from schemas.seeds.cues import CUE_FILES

Models = dict[str, type[pa.DataFrameModel]]

_READING: dict[str, Models] = {
    "text": {"heading_marks": reading_rules.HeadingMarkSchema},
    "parse": {"boilerplate_patterns": reading_rules.BoilerplatePatternSchema},
    "languages": {
        "number_words": reading_rules.NumberWordSchema,
        "classifiers": reading_rules.ClassifierSchema,
        "bound_phrases": reading_rules.BoundPhraseSchema,
        "unit_contexts": reading_rules.UnitContextSchema,
        "excluded_patterns": reading_rules.ExcludedPatternSchema,
        "time_patterns": reading_rules.TimePatternSchema,
        "events": reading_rules.EventSchema,
    },
    "agencies": {"office_descriptions": reading_rules.OfficeDescriptionSchema},
    "areas": {},
    "indicators": {
        "indicator_patterns": reading_rules.IndicatorPatternSchema,
        "indicator_topics": reading_rules.IndicatorTopicSchema,
    },
    "periods": {"fiscal_years": reading_rules.FiscalYearSchema},
    "figures": {
        "status_phrases": reading_rules.StatusPhraseSchema,
        "confidence_costs": reading_rules.ConfidenceCostSchema,
    },
    "plans": {"plan_patterns": reading_rules.PlanPatternSchema},
    "policies": {"citation_patterns": reading_rules.CitationPatternSchema},
    "checks": {"check_patterns": reading_rules.CheckPatternSchema},
}

TABLES_BY_FOLDER: dict[str, Models] = {
    "reference": {
        "indicators": code_lists.IndicatorSchema,
        "indicator_subjects": code_lists.IndicatorSubjectSchema,
        "agencies": code_lists.AgencySchema,
        "agency_aliases": code_lists.AgencyAliasSchema,
        "ref_areas": code_lists.RefAreaSchema,
        "ref_area_aliases": code_lists.RefAreaAliasSchema,
        "units": code_lists.UnitSchema,
        "unit_aliases": code_lists.UnitAliasSchema,
        "local_currencies": code_lists.LocalCurrencySchema,
        "years": code_lists.YearSchema,
        "bounds": code_lists.BoundSchema,
        "policies": code_lists.PolicySchema,
        "policy_aliases": code_lists.PolicyAliasSchema,
        "preference_criteria": code_lists.PreferenceCriterionSchema,
        "source_ranks": code_lists.SourceRankSchema,
        "plausibility_limits": code_lists.PlausibilityLimitSchema,
        "null_reasons": code_lists.NullReasonSchema,
        "licences": sources.LicenceSchema,
        "sources": sources.SourceSchema,
        "review_rules": code_lists.ReviewRuleSchema,
    },
    **{
        f"reading/{room}": models | dict.fromkeys(CUE_FILES.get(room, ()), reading_rules.CuePatternSchema)
        for room, models in _READING.items()
    },
}

SEED_TABLES: Models = {
    table: model for models in TABLES_BY_FOLDER.values() for table, model in models.items()
}
"""Table → model of its rows."""

FILES: dict[str, str] = {
    table: f"{folder}/{table}.csv" for folder, models in TABLES_BY_FOLDER.items() for table in models
}
"""Table → its file, as a path within `seeds/`."""
