import re
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest
from built_warehouse import BuiltWarehouse
from hand_made_batch import (
    CORRECTED_RELEASE,
    OUTLINE,
    PLAN,
    RELEASE,
    REPORT,
    hash_of,
    make_batch,
    outline_and_broken_files,
    releases,
    report_and_plan,
)

from flows.io.dbt import BuildResult, FailedNode, build, describe_failure, parse
from flows.io.published.publication import publish
from flows.io.warehouse.builds import is_audited
from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import load_batch
from flows.settings import Settings

pytestmark = [pytest.mark.usefixtures("parsed_dbt_project"), pytest.mark.slow]

# The columns that other people's queries rely on.
RELIED_ON = {
    "fct_observations": "observation_id document_id indicator_id agency_id year ref_area time_period "
    "period_start period_end obs_value obs_value_max bound unit_measure kind scenario breakdown obs_status "
    "is_current",
    "fct_indicator_years": "indicator_id ref_area lineage_id year scenario breakdown obs_value bound "
    "preferred_observation_id statement_count has_conflict",
    "fct_restatements": "observation_id restated_observation_id restatement_kind series_id indicator_id "
    "restated_obs_value obs_value restated_bound bound change change_percent restated_quote quote "
    "restated_document_id document_id restated_known_from known_from days_between",
    "fct_contradictions": "contradiction_id certainty relation is_revision series_id indicator_id "
    "observation_id obs_value bound quote document_id other_observation_id other_obs_value other_bound "
    "other_quote other_document_id statement_count other_statement_count gap gap_percent",
    "dim_indicators": "indicator_id name_en name_zh domain unit_measure measure_type is_summable "
    "desired_direction",
    "dim_agencies": "agency_id name_en name_zh abbreviation ref_area lineage_id predecessor_id valid_from "
    "valid_to",
    "dim_years": "year starts_on ends_on five_year_plan",
    "dim_documents": "document_id title publisher document_type language published_at event_at landed_at "
    "source_url version is_current licence may_publish_text",
    "dim_ref_areas": "ref_area name_en name_zh",
    "dim_units": "unit_measure name_en name_zh",
    "dim_licences": "licence name_en may_publish_text reason",
    "dim_outline_items": "outline_item_id document_id number title title_raw level parent_id",
    "dim_policies": "policy_id name_en name_zh issuer_agency_id ref_area valid_from valid_to "
    "predecessor_policy_id",
    "fct_objectives": "objective_id document_id outline_item_id quote start_offset end_offset deadline agency_id "
    "is_quantified indicator_ids null_reasons is_current",
    "bridge_outline_items_indicators": "outline_item_id document_id indicator_id basis",
    "bridge_objectives_indicators": "objective_id document_id indicator_id",
    "fct_document_relations": "document_id policy_id policy_name relation is_stated related_document_id "
    "citation_count quote start_offset end_offset is_current",
    "evidence": "observation_id sentence quote start_offset end_offset document_id title source_url "
    "sentence_before sentence_after evidence_url",
    "observation_reasons": "observation_id field reason explanation",
    "fct_document_notes": "document_id rule quote start_offset end_offset stated found explanation is_current",
    "fct_targets": "target_id indicator_id agency_id lineage_id ref_area breakdown deadline bound obs_value "
    "unit_measure kind target_status sentence answer_observation_id answer_value answer_bound answer_time_period "
    "answer_as_of answer_agency_id answer_sentence document_id answer_document_id is_current",
    "coverage": "indicator_id year coverage statement_count",
    "silences": "subject series_id target_id indicator_id last_year years_silent last_sentence",
    "fct_summable_years": "indicator_id ref_area year obs_value bound lowest_value highest_value is_widest_area",
    "dim_days": "day year",
    "quarantine": "document_id file_name subject rule reason",
    "decisions": "observation_id verdict field old_value new_value decided_by decided_at reason lapsed",
    "fct_superseded_observations": "observation_id document_id obs_value extractor_version read_at superseded_at",
}


@dataclass(frozen=True)
class Rebuilt:
    """A copy of the built warehouse with more rows loaded, and the result of its next build."""

    settings: Settings
    result: BuildResult

    @property
    def failed(self) -> dict[str, FailedNode]:
        """The failed nodes by name; a relationship test is named without its target."""
        return {node.name.split("__")[0]: node for node in self.result.failed}

    @property
    def failures(self) -> dict[str, int | None]:
        """The failed tests with the number of their offending rows."""
        return {name: node.failures for name, node in self.failed.items()}


def rebuild(built: BuiltWarehouse, home: Path, *parts: dict[str, list[dict]]) -> Rebuilt:
    """Load rows over the hand-made ones in a copy, and build what they change."""
    settings = Settings(home=shutil.copytree(built.settings.root, home, symlinks=True))
    # The time of a load tells the build that a document was loaded again.
    now = {"loaded_at": datetime.now(UTC).replace(tzinfo=None)}
    with open_working_database(settings) as connection:
        for rows in parts:
            rows["ingestions"] = [row | now for row in rows["ingestions"]]
            load_batch(connection, make_batch(**rows))
    return Rebuilt(settings, build(settings))


def one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple:
    [row] = connection.execute(query).fetchall()
    return row


def test_all_models_and_tests_and_unit_tests_pass(built_warehouse):
    assert built_warehouse.result.failed == ()
    assert built_warehouse.result.skipped == 0
    assert built_warehouse.result.succeeded > 80


def test_published_tables_have_the_columns_that_others_rely_on(marts):
    tables = {name for (name,) in marts.execute("select table_name from duckdb_tables()").fetchall()}
    assert tables == set(RELIED_ON)
    for table, relied_on in RELIED_ON.items():
        columns = {name for name, *_ in marts.execute(f"describe {table}").fetchall()}
        assert set(relied_on.split()) <= columns, table


def test_every_table_says_its_grain_and_every_column_what_it_is(marts):
    comments = dict(marts.execute("select table_name, comment from duckdb_tables()").fetchall())
    assert [
        table for table, comment in comments.items() if not re.search(r"One row per [^.]+\.$", comment)
    ] == []
    bare = "select table_name, column_name from duckdb_columns() where coalesce(comment, '') = ''"
    assert marts.execute(f"{bare} and schema_name = 'main' and not internal").fetchall() == []


def test_documented_columns_are_the_columns_there_are(built_warehouse):
    """dbt enforces it for the marts; views of staging and intermediate may drift."""
    settings = built_warehouse.settings
    models = [node for node in parse(settings).nodes.values() if node.resource_type == "model"]
    with open_working_database(settings) as connection:
        for model in models:
            described = connection.execute(f"describe {model.schema}.{model.name}").fetchall()
            assert list(model.columns) == [name for name, *_ in described], model.name
            assert all(column.description for column in model.columns.values()), model.name
    assert len(models) >= 18


def test_only_the_newest_version_at_an_address_is_current(marts):
    versions = marts.execute(
        f"select document_id, version, is_current from dim_documents "
        f"where document_id in ('{hash_of(RELEASE)}', '{hash_of(CORRECTED_RELEASE)}') order by version"
    ).fetchall()
    assert versions == [(hash_of(RELEASE), 1, False), (hash_of(CORRECTED_RELEASE), 2, True)]
    rates = marts.execute(
        "select obs_value, is_current from fct_observations where unit_measure = 'percent' order by obs_value"
    ).fetchall()
    assert rates == [(93.56, True), (93.65, False)]


def test_replaced_version_is_not_in_the_yearly_series(marts):
    row = one(
        marts,
        "select year, obs_value, statement_count, has_conflict from fct_indicator_years "
        "where indicator_id = 'manufacturing_product_qualification_rate'",
    )
    assert row == (2023, 93.56, 1, False)


def test_figures_as_of_a_day_are_those_of_the_version_that_was_known_then(marts):
    """The release is dated 21 February; its correction kept that date and landed on 5 March."""

    def rates(day: str) -> list[tuple]:
        figures = f"from observations_as_of('{day}') where unit_measure = 'percent'"
        series = f"from indicator_years_as_of('{day}') where unit_measure = 'percent'"
        return [
            marts.execute(f"select obs_value {figures}").fetchall(),
            marts.execute(f"select year, obs_value {series}").fetchall(),
        ]

    assert rates("2024-02-20") == [[], []]
    assert rates("2024-02-21") == [[(93.65,)], [(2023, 93.65)]]
    assert rates("2024-03-04") == [[(93.65,)], [(2023, 93.65)]]
    assert rates("2024-03-05") == [[(93.56,)], [(2023, 93.56)]]


def test_yearly_series_as_of_the_last_day_is_the_yearly_series(marts):
    now = (
        "select indicator_year_id, obs_value, preferred_observation_id from fct_indicator_years order by all"
    )
    then = now.replace("fct_indicator_years", "indicator_years_as_of('2999-12-31')")
    assert marts.execute(then).fetchall() == marts.execute(now).fetchall() != []


def test_two_exact_numbers_for_one_year_are_a_conflict_and_both_are_counted(marts):
    row = one(
        marts,
        "select obs_value, statement_count, has_conflict from fct_indicator_years "
        "where indicator_id = 'quality_violation_cases'",
    )
    assert row[0] in (56_700, 56_800)
    assert row[1:] == (2, True)


def test_corrected_page_restates_its_earlier_version(marts):
    row = one(
        marts,
        "select restated_obs_value, obs_value, change, restatement_kind, restated_document_id, document_id "
        "from fct_restatements where indicator_id = 'manufacturing_product_qualification_rate'",
    )
    assert row == (93.65, 93.56, -0.09, "corrected", hash_of(RELEASE), hash_of(CORRECTED_RELEASE))
    repeated = "select quote from fct_restatements where restatement_kind = 'repeat' order by quote"
    assert marts.execute(repeated).fetchall() == [("56,700 cases",), ("Over 23,000 enterprises",)]


def test_contradiction_shows_the_words_of_both_sides(marts):
    row = one(
        marts, "select certainty, relation, quote, other_quote, gap, gap_percent from fct_contradictions"
    )
    assert row[:2] == ("certain", "within_document")
    assert {*row[2:4]} == {"56,700 cases", "56,800 cases"}
    assert row[4:] in ((100, 0.1764), (100, 0.1761))


def test_figure_dated_only_by_its_document_has_no_year(marts):
    row = one(
        marts,
        "select year, time_period, freq, period_start, period_end, as_of, agency_id, lineage_id "
        "from fct_observations where obs_value = 78.01",
    )
    assert row == (None, None, None, None, None, date(2024, 2, 21), None, None)
    assert marts.execute("from fct_indicator_years where obs_value = 78.01").fetchall() == []


def test_target_by_2020_is_a_floor_in_2020_for_shanghai(marts):
    query = "select year, time_period, freq, ref_area, bound, scenario, obs_value, lineage_id from {} {}"
    target = (2020, "2020", "A", "CN-SH", "at_least", "target", 90, None)
    assert one(marts, query.format("fct_observations", "where scenario = 'target'")) == target
    assert one(marts, query.format("fct_indicator_years", "where scenario = 'target'")) == target


def test_target_of_which_nobody_speaks_again_has_no_actual(marts):
    row = one(
        marts,
        "select ref_area, deadline, target_status, answer_observation_id, sentence, is_current from fct_targets",
    )
    assert row == ("CN-SH", date(2020, 12, 31), "no_actual", None, PLAN, True)


def test_coverage_tells_a_replaced_and_an_undated_figure_from_a_stated_one(marts):
    rows = marts.execute(
        "select indicator_id, year, coverage, statement_count from coverage where year in (2016, 2023) and "
        "indicator_id in ('vehicles_recalled', 'life_service_satisfaction_score', 'quality_violation_cases')"
    ).fetchall()
    assert sorted(rows) == [
        ("life_service_satisfaction_score", 2016, "no_document", 0),
        ("life_service_satisfaction_score", 2023, "period_not_stated", 0),
        ("quality_violation_cases", 2016, "no_document", 0),
        ("quality_violation_cases", 2023, "stated", 2),
        ("vehicles_recalled", 2016, "stated", 1),
        ("vehicles_recalled", 2023, "document_without_it", 0),
    ]


def test_only_flows_that_count_nothing_twice_may_be_added(marts):
    """The same enterprise may be punished twice, and a rate over all products is not a number of products."""
    rows = marts.execute("select indicator_id, year, obs_value from fct_summable_years").fetchall()
    assert {(indicator, year) for indicator, year, _ in rows} == {
        ("vehicles_recalled", 2016),
        ("quality_violation_cases", 2023),
    }


def test_former_agency_shares_the_lineage_of_its_successor(marts):
    assert one(marts, "select agency_id, lineage_id from fct_observations where obs_value = 100") == (
        "aqsiq",
        "samr",
    )


def test_evidence_is_cut_from_the_text_as_python_would(marts):
    rows = marts.execute(
        "select document_id, start_offset, end_offset, quote, sentence, number_text from evidence"
    ).fetchall()
    texts = {hash_of(text): text for text in (RELEASE, CORRECTED_RELEASE, REPORT, PLAN)}
    assert len(rows) == 10
    for document_id, start, end, quote, sentence, number_text in rows:
        text = texts[document_id]
        assert text[start:end] == quote
        assert sentence in text and quote in sentence and number_text in quote
    behind_hard_signs = [sentence for *_, quote, sentence, _ in rows if quote == "56,700 cases"]
    assert behind_hard_signs == ["😀\r\ne\u0301 Last year 56,700 cases were handled."] * 2


def test_evidence_shows_the_sentences_around_and_an_address_that_marks_the_sentence(marts):
    *sentences, url = one(
        marts,
        "select sentence_before, sentence, sentence_after, evidence_url from evidence where quote = '100 vehicles'",
    )
    before, sentence, after = sentences
    assert (f"{before} {sentence}", after) == (REPORT, None)
    assert url.startswith("https://example.org/document#:~:text=")
    assert unquote(url.partition("#:~:text=")[2]) == sentence


def test_every_null_of_an_observation_has_a_reason(marts):
    fields = [name for (name,) in marts.execute("select distinct field from observation_reasons").fetchall()]
    assert {"agency_id", "year", "time_period", "breakdown"} <= set(fields)
    for field in fields:
        unexplained = marts.execute(
            f"select observation_id, {field} is null from fct_observations "
            f"except select observation_id, true from observation_reasons where field = '{field}'"
        ).fetchall()
        assert [row for row in unexplained if row[1]] == [], field
    twice = "select observation_id, field from observation_reasons group by all having count(*) > 1"
    assert marts.execute(twice).fetchall() == []


def test_note_on_a_document_is_current_with_it(marts):
    rows = marts.execute(
        "select document_id, rule, stated, found, is_current from fct_document_notes order by is_current"
    ).fetchall()
    assert rows == [
        (hash_of(RELEASE), "list_count", 3, 2, False),
        (hash_of(CORRECTED_RELEASE), "list_count", 3, 2, True),
    ]


def test_objectives_stand_below_the_heading_that_they_belong_to(built_warehouse):
    with duckdb.connect(str(built_warehouse.settings.working_database), read_only=True) as connection:
        rows = connection.execute(
            "select objective.quote, item.title, deadline, agency_id from staging.stg_raw__objectives as objective "
            "left join main.dim_outline_items as item using (outline_item_id) order by objective.start_offset"
        ).fetchall()
    assert rows == [
        ("Better goods.", "Goals", date(2030, 12, 31), None),
        ("Make goods better", None, None, "samr"),
    ]


def test_outline_items_find_their_parent(marts):
    rows = marts.execute(
        "select child.title, parent.title, child.level from dim_outline_items as child "
        "left join dim_outline_items as parent on child.parent_id = parent.outline_item_id "
        f"where child.document_id = '{hash_of(OUTLINE)}' order by child.start_offset"
    ).fetchall()
    assert rows == [
        ("Goals", None, 1),
        ("Make goods better", "Goals", 2),
        ("Make services better", "Goals", 2),
    ]


def test_quarantine_shows_what_is_still_open(marts):
    rows = marts.execute("select document_id, rule from quarantine order by rule").fetchall()
    assert rows == [(hash_of("broken"), "encrypted"), (hash_of(PLAN), "share_is_a_part")]


def test_no_path_of_the_machine_reaches_a_mart(marts):
    for table in RELIED_ON:
        rows = marts.execute(f"select cast(row as varchar) from {table} as row").fetchall()
        assert [text for (text,) in rows if "/home/someone" in text] == [], table


def test_another_machine_builds_equal_marts_though_it_loads_in_another_order(built_warehouse, tmp_path):
    other = Settings(home=tmp_path)
    with open_working_database(other) as connection:
        for part in (outline_and_broken_files(), report_and_plan(), releases()):
            load_batch(connection, make_batch(**part))
    assert build(other).failed == ()
    theirs = publish(other)
    assert theirs.version.split("-")[1] == built_warehouse.publication.version.split("-")[1]
    assert theirs.tables == built_warehouse.publication.tables


def test_lost_landing_fails_the_audit(built_warehouse, tmp_path):
    rows = outline_and_broken_files() | {"landings": []}
    failures = rebuild(built_warehouse, tmp_path / "home", rows).failures
    assert failures == {"assert_every_ingested_document_has_landed_at_its_address": 3}


def test_document_that_is_no_longer_among_the_documents_fails_the_audit(built_warehouse, tmp_path):
    settings = Settings(home=shutil.copytree(built_warehouse.settings.root, tmp_path / "home", symlinks=True))
    with duckdb.connect(str(settings.working_database)) as connection:
        connection.execute("delete from dim_documents where document_id = ?", [hash_of(REPORT)])
    failures = Rebuilt(settings, build(settings)).failures
    assert failures["assert_every_document_is_current_where_it_is_the_newest"] == 1


@pytest.fixture(scope="module")
def faulty(built_warehouse, tmp_path_factory) -> Rebuilt:
    """The same documents with separate faults: lost rows, words that are elsewhere, unknown codes."""
    statements, versions, outline = report_and_plan(), releases(), outline_and_broken_files()
    lost_figure, lost_quarantine = statements["figures"].pop(0), statements["quarantine"].pop()
    lost_document, _ = versions["documents"].pop(0), versions["notes"].pop(0)
    assert {lost_figure["doc_id"], lost_quarantine["doc_id"], lost_document["doc_id"]} == {
        *map(hash_of, (REPORT, PLAN, RELEASE))
    }
    outline["outline_items"].pop()
    statements["figures"][0] |= {"indicator": "made_up", "agency": "nobody"}
    statements["figures"][1] |= {"ref_area": "XX-YY", "unit": "bushels"}
    figure, note = versions["figures"][-1], versions["notes"][-1]
    figure |= {"start": figure["start"] - 1, "end": figure["end"] - 1}
    note |= {"start": 1, "end": 1 + len(note["quote"])}
    return rebuild(built_warehouse, tmp_path_factory.mktemp("faulty") / "home", statements, versions, outline)


def test_unknown_codes_fail_the_audit_each_by_name(faulty):
    about_codes = {
        name: count for name, count in faulty.failures.items() if name.startswith("relationships_")
    }
    assert about_codes == {
        "relationships_fct_observations_agency_id": 1,
        "relationships_fct_observations_indicator_id": 1,
        "relationships_fct_observations_ref_area": 1,
        "relationships_fct_observations_unit_measure": 1,
    }
    assert not is_audited(faulty.settings)


def test_a_lost_figure_document_and_quarantined_figure_fail_the_audit_each_by_a_row(faulty):
    assert faulty.failures["assert_every_figure_is_loaded_or_quarantined"] == 3


def test_lost_heading_fails_the_audit(faulty):
    assert faulty.failures["assert_outline_items_are_as_many_as_the_ledger_says"] == 1


def test_note_that_does_not_stand_at_its_offsets_fails_the_audit(faulty):
    assert faulty.failures["assert_notes_stand_in_the_text_at_their_offsets"] == 1


def test_quote_that_does_not_stand_at_its_offsets_fails_the_audit_in_one_sentence(faulty):
    test = "assert_quotes_stand_in_the_text_at_their_offsets"
    sentence = describe_failure(replace(faulty.result, failed=(faulty.failed[test],)))
    assert f"the test {test} found 1 offending row(s)" in sentence
    assert Path(re.search(r"its SQL is in (.+\.sql)\.$", sentence)[1]).exists()


def test_faults_that_do_not_meet_are_all_found_and_nothing_else(faulty):
    assert len(faulty.result.failed) == len(faulty.failed) == 8


def test_building_again_makes_equal_marts_and_leaves_the_working_folder_and_the_database_free(
    built_warehouse, tmp_path
):
    before = Path.cwd()
    rebuilt = rebuild(built_warehouse, tmp_path / "home", report_and_plan())
    assert rebuilt.failed == {}
    assert publish(rebuilt.settings).unchanged
    assert Path.cwd() == before
    open_files = [link.resolve() for link in Path("/proc/self/fd").iterdir() if link.exists()]
    assert rebuilt.settings.working_database.resolve() not in open_files


def test_a_parse_of_another_home_is_taken_over(tmp_path):
    settings = Settings(home=tmp_path)
    assert parse(settings).nodes
    assert not (settings.dbt_state / "target" / "partial_parse.msgpack").exists(), "dbt wrote what it parsed"


def test_empty_warehouse_builds(built_home, tmp_path):
    """The fixture `built_home` fails if the build of an empty warehouse fails."""
    assert not is_audited(Settings(home=tmp_path))
    assert is_audited(Settings(home=built_home))
