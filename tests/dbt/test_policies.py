"""From texts that name policies to the marts: what a plan promises, who reports on it, and who does not."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from flows.ingestion.prepare import read_preparer
from flows.ingestion.reader import read_document_reader
from flows.io.dbt import build
from flows.io.landing.store import Sidecar
from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import Batch, load_batch
from flows.settings import Settings

pytestmark = pytest.mark.usefixtures("parsed_dbt_project")

OUTLINE = """Outline for Building a Quality Powerhouse

1. Vehicles
By 2025, recalls of defective vehicles shall reach every maker.
2. Accelerate the upgrading of standards
3. Brands for the world
"""
SHORT_OUTLINE = "Outline for Building a Quality Powerhouse\n\nAll goods shall be good.\n"
REPORT = (
    "A year ago China adopted the Outline for Building a Quality Powerhouse. "
    "In 2023, a total of 6.728 million defective vehicles were recalled in China. "
    "In order to implement the “Rules on the Use of Scales”, labs were checked.\n"
)
EARLY_REPORT = (
    "China drafts the Quality Development Outline (2011-2020). "
    "In 2011, a total of 1.5 million defective vehicles were recalled in China.\n"
)
LANDED_AT = datetime(2024, 3, 1, tzinfo=UTC)
DOCUMENTS = {
    "outline": (OUTLINE, {"published": "2023-02-06", "title": "Outline for Building a Quality Powerhouse"}),
    "short": (
        SHORT_OUTLINE,
        {"published": "2023-02-06", "title": "Outline for Building a Quality Powerhouse"},
    ),
    "report": (REPORT, {"published": "2024-02-21", "title": "A year of recalls"}),
    "early": (EARLY_REPORT, {"published": "2012-03-01", "title": "Recalls of 2011"}),
}


def id_of(name: str) -> str:
    return sha256(DOCUMENTS[name][0].encode()).hexdigest()


def prepared_documents():
    preparer = read_preparer(read_document_reader())
    for name, (text, metadata) in DOCUMENTS.items():
        sidecar = Sidecar(
            doc_id=id_of(name),
            address=f"/{name}.txt",
            file_name=f"{name}.txt",
            size_bytes=len(text.encode()),
            landed_at=LANDED_AT,
            landings={f"/{name}.txt": LANDED_AT},
            metadata=metadata,
        )
        yield preparer.prepare(sidecar, text.encode(), datetime(2024, 3, 2, tzinfo=UTC))


@pytest.fixture(scope="module")
def warehouse(begin_home, tmp_path_factory) -> Path:
    """The documents, loaded and built with all data tests."""
    settings = Settings(home=begin_home(tmp_path_factory.mktemp("policies") / "home"))
    with open_working_database(settings) as connection:
        load_batch(connection, Batch.concat(list(prepared_documents())))
    assert build(settings).failed == ()
    return settings.working_database


@pytest.fixture
def marts(warehouse: Path):
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield connection


def relations_of(marts, name: str) -> list[tuple]:
    return marts.execute(
        "select policy_name, relation, is_stated, related_document_id, citation_count, quote "
        "from fct_document_relations where document_id = ? order by relation, policy_name",
        [id_of(name)],
    ).fetchall()


def test_an_outline_is_its_policy_and_succeeds_the_one_before_though_it_does_not_say_so(marts):
    title = "Outline for Building a Quality Powerhouse"
    assert relations_of(marts, "outline") == [
        (title, "is", True, None, 1, title),
        ("Quality Development Outline (2011-2020)", "succeeds", False, None, 0, None),
    ]


def test_of_two_texts_of_a_policy_the_one_with_more_headings_stands_for_it(marts):
    title = "Outline for Building a Quality Powerhouse"
    assert relations_of(marts, "short")[0] == (title, "is", True, id_of("outline"), 1, title)


def test_who_names_an_outline_and_states_actual_figures_of_its_indicators_reports_on_it(marts):
    name = "Outline for Building a Quality Powerhouse"
    assert relations_of(marts, "report") == [
        (name, "cites", True, id_of("outline"), 1, name),
        ("Rules on the Use of Scales", "implements", True, None, 1, "Rules on the Use of Scales"),
        (name, "reports_on", False, id_of("outline"), 0, name),
    ]


def test_a_policy_without_a_document_has_none(marts):
    assert relations_of(marts, "early") == [
        (
            "Quality Development Outline (2011-2020)",
            "cites",
            True,
            None,
            1,
            "Quality Development Outline (2011-2020)",
        )
    ]


def test_a_heading_leads_to_the_indicators_that_it_names_and_to_those_of_its_subject(marts):
    rows = marts.execute(
        "select title, indicator_id, basis from dim_outline_items join bridge_outline_items_indicators "
        "using (outline_item_id) where indicator_id in ('vehicles_recalled', 'standards_total')"
    ).fetchall()
    assert sorted(rows) == [
        ("Accelerate the upgrading of standards", "standards_total", "subject"),
        ("Vehicles", "vehicles_recalled", "named"),
    ]


def test_one_query_shows_each_item_with_the_figures_that_report_on_it_and_those_without(marts):
    rows = marts.execute(
        """
        select item.title, list(figure.obs_value order by figure.obs_value) filter (figure.obs_value is not null)
        from dim_outline_items as item
        join dim_documents as outline on outline.document_id = item.document_id
        left join bridge_outline_items_indicators as bridge using (outline_item_id)
        left join fct_observations as figure
            on figure.indicator_id = bridge.indicator_id and figure.scenario = 'actual'
            and coalesce(figure.period_start, figure.period_end, figure.as_of)
            >= date_trunc('year', outline.published_at)
        where item.document_id = ?
        group by item.title, item.start_offset
        order by item.start_offset
        """,
        [id_of("outline")],
    ).fetchall()
    assert rows == [
        ("Vehicles", [6_728_000.0]),
        ("Accelerate the upgrading of standards", None),
        ("Brands for the world", None),
    ]


def test_an_objective_has_its_heading_its_deadline_and_its_indicators(marts):
    [row] = marts.execute(
        "select item.title, objective.quote, year(objective.deadline), objective.is_current, indicator_id "
        "from fct_objectives as objective join dim_outline_items as item using (outline_item_id) "
        "join bridge_objectives_indicators using (objective_id)"
    ).fetchall()
    quote = "By 2025, recalls of defective vehicles shall reach every maker."
    assert row == ("Vehicles", quote, 2025, True, "vehicles_recalled")


def test_policies_have_their_names_their_years_and_their_predecessors(marts):
    row = marts.execute(
        "select new.name_zh, new.valid_from, old.policy_id from dim_policies as new join dim_policies as old "
        "on new.predecessor_policy_id = old.policy_id where new.policy_id = 'quality_outline_2023'"
    ).fetchone()
    assert json.dumps(row, default=str, ensure_ascii=False) == (
        '["质量强国建设纲要", "2023-02-06", "quality_outline_2011"]'
    )
