"""What the semantic models tell BI tools: they are valid by MetricFlow's rules, and no metric is a meaningless sum.

MetricFlow itself is not installed here, so a few lines do what it does with a metric: each measure is aggregated over
the groups, and a derived metric is its expression over them.
"""

import json
from collections.abc import Iterator

import duckdb
import pytest
from dbt.contracts.graph.semantic_manifest import SemanticManifest
from dbt_semantic_interfaces.implementations.semantic_manifest import PydanticSemanticManifest
from dbt_semantic_interfaces.validations.semantic_manifest_validator import SemanticManifestValidator

from flows.io.dbt import parse

pytestmark = pytest.mark.usefixtures("parsed_dbt_project")

AGGREGATES = {"sum": "sum({})", "count_distinct": "count(distinct {})"}
COUNTRY, CITY, OTHER = ("CN", True), ("CN-SH", False), ("US", True)


@pytest.fixture(scope="module")
def manifest(built_warehouse, tmp_path_factory) -> PydanticSemanticManifest:
    """The semantic manifest as dbt writes it for MetricFlow."""
    path = tmp_path_factory.mktemp("semantic") / "semantic_manifest.json"
    SemanticManifest(parse(built_warehouse.settings)).write_json_to_file(str(path))
    return PydanticSemanticManifest.parse_obj(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture
def summable() -> Iterator[duckdb.DuckDBPyConnection]:
    """A table like fct_summable_years: recalls of a country and its city, with one bound, and a second indicator."""
    rows = [
        ("recalls", *COUNTRY, 2021, 10, "exact", 10, 10),
        ("recalls", *COUNTRY, 2022, 20, "exact", 19.5, 20.5),
        ("recalls", *CITY, 2022, 5, "exact", 5, 5),
        ("recalls", *OTHER, 2022, 7, "exact", 7, 7),
        ("recalls", *COUNTRY, 2023, 30, "more_than", 31, float("inf")),
        ("deaths", *COUNTRY, 2021, 1, "exact", 1, 1),
    ]
    with duckdb.connect() as connection:
        connection.execute(
            "create table fct_summable_years (indicator_id text, ref_area text, is_widest_area bool, year int, "
            "obs_value double, bound text, lowest_value double, highest_value double)"
        )
        connection.executemany("insert into fct_summable_years values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        yield connection


@pytest.fixture
def shown() -> Iterator[duckdb.DuckDBPyConnection]:
    """A table like fct_indicator_years: a stock of two areas, in one of them by two agencies, and its target."""
    rows = [
        ("cn", "centers", "CN", "samr", "actual", 2021, 800),
        ("cn", "centers", "CN", "samr", "actual", 2023, 877),
        ("sh", "centers", "CN-SH", "samr", "actual", 2022, 40),
        ("us", "centers", "US", "nist", "actual", 2023, 12),
        ("us", "centers", "US", None, "actual", 2022, 11),
        ("sh", "centers", "CN-SH", "samr", "target", 2025, 50),
    ]
    with duckdb.connect() as connection:
        connection.execute(
            "create table fct_indicator_years (series_id text, indicator_id text, ref_area text, "
            "lineage_id text, scenario text, year int, obs_value double)"
        )
        connection.executemany("insert into fct_indicator_years values (?, ?, ?, ?, ?, ?, ?)", rows)
        yield connection


def find_metric(manifest: PydanticSemanticManifest, name: str):
    return next(metric for metric in manifest.metrics if metric.name == name)


def find_measure(manifest: PydanticSemanticManifest, name: str):
    """Return a measure and its semantic model."""
    return next(
        (model, measure)
        for model in manifest.semantic_models
        for measure in model.measures
        if measure.name == name
    )


def aggregate(manifest: PydanticSemanticManifest, metric: str, by: str, where: str) -> str:
    """Return the SQL of a simple metric: its measure by group, at the last time only if it does not add over time."""
    model, measure = find_measure(manifest, find_metric(manifest, metric).type_params.measure.name)
    rows = f"from {model.node_relation.alias} where {where}"
    if measure.non_additive_dimension is not None:
        time = next(d for d in model.dimensions if d.name == measure.non_additive_dimension.name)
        assert measure.non_additive_dimension.window_choice.value == "max"
        groupings = measure.non_additive_dimension.window_groupings
        series = ", ".join(entity.expr for entity in model.entities if entity.name in groupings)
        rows += f" qualify {time.expr} = max({time.expr}) over (partition by {series})"
        rows = f"from (select * {rows})"
    value = AGGREGATES[measure.agg.value].format(measure.expr or measure.name)
    return f"select {by}, {value} as {metric} {rows} group by all"


def query(connection, manifest, metric: str, by: str = "'all'", where: str = "true") -> dict:
    """Return the values of a derived metric by group."""
    parameters = find_metric(manifest, metric).type_params
    first, *others = [aggregate(manifest, part.name, f"{by} as g", where) for part in parameters.metrics]
    joined = f"({first})" + "".join(f" join ({other}) using (g)" for other in others)
    return dict(connection.execute(f"select g, {parameters.expr} from {joined}").fetchall())


def test_metricflow_finds_no_fault(manifest):
    results = SemanticManifestValidator[PydanticSemanticManifest]().validate_semantic_manifest(manifest)
    assert [issue.message for issue in results.all_issues] == []


def test_every_model_and_dimension_and_measure_is_of_a_mart_that_is_published(manifest, marts):
    for model in manifest.semantic_models:
        elements = [*model.entities, *model.dimensions, *model.measures]
        columns = ", ".join(element.expr or element.name for element in elements)
        marts.execute(f"select {columns} from {model.node_relation.alias}")
    [spine] = manifest.project_configuration.time_spines
    gaps = marts.execute(
        f"select max({spine.primary_column.name}) - min({spine.primary_column.name}) + 1 - count(*) "
        f"from {spine.node_relation.alias}"
    ).fetchone()
    assert gaps == (0,)


def test_a_flow_adds_over_years_and_a_bound_stays_one(manifest, summable):
    by_area = {"by": "ref_area", "where": "indicator_id = 'recalls'"}
    assert query(summable, manifest, "total_value", **by_area) == {"CN": None, "CN-SH": 5, "US": 7}
    assert query(summable, manifest, "lowest_total", **by_area) == {"CN": 60.5, "CN-SH": 5, "US": 7}
    assert query(summable, manifest, "highest_total", **by_area) == {"CN": float("inf"), "CN-SH": 5, "US": 7}


def test_a_city_is_not_added_to_its_country(manifest, summable):
    recalls = "indicator_id = 'recalls'"
    assert query(summable, manifest, "total_value", "year", recalls) == {2021: 10, 2022: None, 2023: None}
    assert query(summable, manifest, "lowest_total", "year", recalls) == {2021: 10, 2022: None, 2023: 31}
    widest = f"{recalls} and is_widest_area and year = 2022"
    assert query(summable, manifest, "total_value", where=widest) == {"all": 27}


def test_two_indicators_have_no_sum(manifest, summable):
    in_2021 = {"where": "year = 2021"}
    assert query(summable, manifest, "total_value", **in_2021) == {"all": None}
    assert query(summable, manifest, "lowest_total", **in_2021) == {"all": None}
    assert query(summable, manifest, "highest_total", **in_2021) == {"all": None}
    assert query(summable, manifest, "total_value", "indicator_id", **in_2021) == {"recalls": 10, "deaths": 1}


def test_a_stock_is_that_of_its_last_year_and_only_of_one_series(manifest, shown):
    actual = "scenario = 'actual'"
    assert query(shown, manifest, "latest_value", "ref_area", actual) == {"CN": 877, "CN-SH": 40, "US": None}
    assert query(shown, manifest, "latest_value", "ref_area")["CN-SH"] is None
    assert query(shown, manifest, "latest_value", where=actual) == {"all": None}


def test_no_measure_adds_stated_values_that_may_not_be_added(manifest):
    """A new measure of values must be declared non-additive over time, or use the table that is safe to add."""
    values = {"obs_value", "obs_value_max", "answer_value", "answer_value_max"}
    unsafe = [
        measure.name
        for model in manifest.semantic_models
        for measure in model.measures
        if measure.expr in values
        and model.node_relation.alias != "fct_summable_years"
        and measure.non_additive_dimension is None
    ]
    assert unsafe == []


def test_metrics_agree_with_the_marts_of_a_build(manifest, marts):
    by_hand = marts.execute(
        "select indicator_id, sum(obs_value) from fct_indicator_years where is_summable and scenario = 'actual' "
        "and breakdown is null and ref_area = 'CN' group by all having bool_and(bound = 'exact')"
    ).fetchall()
    totals = query(marts, manifest, "total_value", "indicator_id", "ref_area = 'CN'")
    assert dict(by_hand) == {indicator: total for indicator, total in totals.items() if total is not None}
    assert len(by_hand) == 2
