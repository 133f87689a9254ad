"""Rules for the reference data and the sample documents that go beyond their schemas."""

import json
import re
from collections import Counter

import duckdb
import polars as pl
import pypdfium2
import pytest
from docx import Document

from flows.extract.policies.names import PolicyNames
from flows.extract.vocabulary.read import read_vocabulary
from flows.io.seeds.tables import read_seed_tables
from flows.paths import SAMPLE_DOCUMENTS, SEEDS
from schemas.raw.figure import FigureSchema
from schemas.seeds.files import FILES
from schemas.vocabularies import BOUNDS


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    return read_seed_tables(SEEDS)


def find_row(table: pl.DataFrame, **cells: str) -> dict:
    return table.row(by_predicate=pl.all_horizontal(pl.col(k) == v for k, v in cells.items()), named=True)


def test_every_csv_file_has_a_contract():
    assert {path.relative_to(SEEDS).as_posix() for path in SEEDS.rglob("*.csv")} == set(FILES.values())


def test_every_csv_file_is_in_the_readme_once():
    _, *folders = re.split(r"^## `|^\| \*\*`", (SEEDS / "README.md").read_text(encoding="utf-8"), flags=re.M)
    listed = [
        f"{folder.partition('`')[0]}{file}"
        for folder in folders
        for file in re.findall(r"^\|.*?`(\w+\.csv)` \|", folder, flags=re.M)
    ]
    assert sorted(listed) == sorted(file.removeprefix("reading/") for file in FILES.values())


def test_what_passes_is_to_rise_and_what_fails_is_to_fall(tables):
    """This makes "to 90 percent" a floor for the one and a ceiling for the other."""
    directions = dict(tables["indicators"].select("indicator_id", "desired_direction").iter_rows())
    rates = {name: directions[name] for name in directions if re.search("pass_rate|fail_rate|death", name)}
    assert len(rates) >= 8
    assert rates == {name: "up" if "pass" in name else "down" for name in rates}
    assert directions["vehicles_recalled"] is None


def test_aqsiq_was_merged_into_samr_and_is_one_series_with_it(tables):
    aqsiq = find_row(tables["agencies"], agency_id="aqsiq")
    samr = find_row(tables["agencies"], agency_id="samr")
    assert (aqsiq["lineage_id"], samr["lineage_id"], samr["predecessor_id"]) == ("samr", "samr", "aqsiq")
    assert aqsiq["valid_to"] == samr["valid_from"]


def test_a_predecessor_belongs_to_the_lineage_and_ends_before_its_successor_begins(tables):
    agencies = tables["agencies"]
    pairs = agencies.join(agencies, left_on="predecessor_id", right_on="agency_id", suffix="_before")
    assert pairs.height > 30  # every provincial regulator follows a quality bureau
    assert pairs.filter(pl.col("lineage_id") != pl.col("lineage_id_before")).is_empty()
    assert pairs.filter(pl.col("valid_to_before") > pl.col("valid_from")).is_empty()


def test_every_living_lineage_ends_in_an_agency_that_was_not_abolished(tables):
    ends = tables["agencies"].filter(pl.col("agency_id") == pl.col("lineage_id"))
    assert ends["valid_to"].drop_nulls().is_empty()


def test_whoever_only_hosts_or_orders_owns_no_figure(tables):
    silent = tables["agencies"].filter(~pl.col("is_measuring"))["agency_id"]
    assert {"scio", "state_council", "shanghai_info"} <= set(silent)
    assert {"samr", "aqsiq", "shanghai_gov"}.isdisjoint(silent)


def test_every_province_of_china_has_a_regulator_and_a_chinese_name(tables):
    provinces = tables["ref_areas"].filter(parent_ref_area="CN")
    assert provinces.height == 34
    regulated = set(tables["agencies"].filter(pl.col("agency_id").str.ends_with("_amr"))["ref_area"])
    assert set(provinces["ref_area"]) - regulated == {"HK", "MO", "TW"}
    assert provinces["name_zh"].str.contains("(省|市|区)$").all()


def test_years_run_without_a_gap_and_plans_last_five_years(tables):
    years = tables["years"]
    assert years["year"].to_list() == list(range(1990, 2051))
    plans = Counter(years["five_year_plan"].drop_nulls())
    assert plans.pop("7th Five-Year Plan") == 1  # 1986 to 1990; the table starts with its last year
    assert set(plans.values()) == {5}
    assert find_row(years, year=2021)["five_year_plan"] == "14th Five-Year Plan"
    assert find_row(years, year=2031)["five_year_plan"] is None


def test_every_bound_is_ranked_and_exact_comes_first(tables):
    ranked = tables["bounds"].sort("preference_rank")["bound"].to_list()
    assert ranked[0] == "exact"
    assert set(ranked) == set(BOUNDS)


def test_nobody_calls_the_whole_nation_an_area(tables):
    words = {"nationwide", "the country", "全国", "我国"}
    assert words.isdisjoint(tables["ref_area_aliases"]["alias"])


@pytest.mark.parametrize(
    ("alias", "position", "unit", "factor"),
    [
        ("g", "after", "kilogram", 0.001),
        ("tons", "after", "tonne", 1),
        ("mu", "after", "hectare", 0.0666667),
        ("US$", "before", "USD", 1),
        ("RMB", "before", "CNY", 1),
        ("RMB", "after", "CNY", 1),
        ("GWp", "after", "gigawatt-peak", 1),
        ("percentage points", "after", "percentage_points", 1),
    ],
)
def test_written_forms_of_units_lead_to_unit_and_factor(tables, alias, position, unit, factor):
    row = find_row(tables["unit_aliases"], alias=alias, position=position)
    assert (row["unit_measure"], row["factor"]) == (unit, factor)


def test_factors_never_cross_from_one_quantity_to_another(tables):
    money = tables["units"].filter(quantity="currency")["unit_measure"]
    factors = tables["unit_aliases"].filter(pl.col("unit_measure").is_in(money.implode()))["factor"]
    assert factors.unique().to_list() == [1.0]  # an exchange rate does not convert units


def test_a_policy_begins_after_the_one_whose_place_it_took(tables):
    policies = tables["policies"]
    pairs = policies.join(policies, left_on="predecessor_policy_id", right_on="policy_id", suffix="_before")
    assert pairs.height >= 6
    assert pairs.filter(pl.col("valid_from_before") >= pl.col("valid_from")).is_empty()
    assert pairs.filter(pl.col("ref_area_before") != pl.col("ref_area")).is_empty()


def test_the_years_of_a_policy_are_the_same_in_all_its_names(tables):
    years = pl.col("name").str.extract_groups(r"(\d{4})年?[-—](\d{4})年?[）)]$").struct.unnest()
    names = pl.concat(
        [
            *(tables["policies"].select("policy_id", name=name) for name in ("name_en", "name_zh")),
            tables["policy_aliases"].select("policy_id", name="alias"),
        ]
    )
    stated = names.with_columns(years).drop_nulls("1").group_by("policy_id").agg(pl.col("1", "2").n_unique())
    assert stated.height > 8
    assert stated.filter((pl.col("1") > 1) | (pl.col("2") > 1)).is_empty()


def test_policies_that_share_a_name_are_of_different_years_or_places(tables):
    aliases = tables["policy_aliases"].join(tables["policies"], on="policy_id")
    shared = aliases.filter(
        pl.col("policy_id").n_unique().over("language", pl.col("alias").str.to_lowercase()) > 1
    )
    assert shared.height > 0
    assert shared.filter(pl.struct("ref_area", "alias").is_duplicated()).is_empty()


def test_a_policy_is_found_by_its_own_names_in_both_languages(tables):
    policies = read_vocabulary({name: table.to_dicts() for name, table in tables.items()})
    names = PolicyNames(policies.policies.values(), policies.citation_patterns["en"]["small_word"])
    for row in tables["policies"].iter_rows(named=True):
        for name in filter(None, (row["name_en"], row["name_zh"])):
            [found] = names.find(name, ())
            assert row["policy_id"] in found.policies, name


def test_subjects_of_headings_are_patterns_that_duckdb_reads_too(tables):
    subjects = tables["indicator_subjects"]
    with duckdb.connect() as connection:
        [(found,)] = connection.execute(
            "select count(*) from subjects where regexp_matches('Accelerate the Standard upgrading', pattern, 'i')"
        ).fetchall()
    english = subjects.filter(language="en", pattern=r"(?:^|[^g] )standard")
    assert found == english.height > 5


def read_sample(name: str) -> str:
    """Return the text of a sample, read without the project's own parsers."""
    path = SAMPLE_DOCUMENTS / name
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    if path.suffix == ".docx":
        document = Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    return path.read_bytes().decode("cp1252" if name.startswith("2021-09-27") else "utf-8")


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("2024-02-21-quality-work-press-release.html", ["93.65%", "96%", "56,700", "6.728 million", "78.01"]),
        ("2017-09-16-quality-conference-report.txt", ["1,366", "2,186", "178", "23,000", "11 million"]),
        ("2024-02-21-press-conference-transcript.pdf", ["192", "65,000", "877", "1,400", "3.3 million"]),
        ("2025-03-18-recall-notice.docx", ["11.237 million", "6,728,000", "4.488 million", "93.93%"]),
        ("2017-09-05-quality-improvement-outline.txt", ["Brea k", "Ma ke", "III.", "8."]),
        ("2018-02-12-shanghai-quality-plan.html", ["above 90", "By 2020", "11 major fields"]),
        ("2021-09-27-conference-closing-note.txt", ["12315", "“Double Punch”", "14th Five-Year Plan"]),
        ("2025-06-30-quality-targets-article.txt", ["94 percent", "11.33 million", "81.30"]),
        ("2017-01-22-spot-check-bulletin.html", ["23,851", "91.6%", "89.8%"]),
    ],
)
def test_a_sample_document_states_what_the_readme_lists(name, stated):
    assert f"`{name}`" in (SEEDS / "README.md").read_text(encoding="utf-8")
    text = read_sample(name)
    assert [number for number in stated if number not in text] == []


def test_every_sample_document_is_in_the_readme():
    listed = set(re.findall(r"`(\d{4}-[^`]+)`", (SEEDS / "README.md").read_text(encoding="utf-8")))
    there = {path.name for path in SAMPLE_DOCUMENTS.iterdir() if not path.name.endswith(".meta.json")}
    assert listed == there


def test_the_undated_report_gets_its_date_from_its_metadata():
    name = "2017-09-16-quality-conference-report"
    assert "2017" not in read_sample(f"{name}.txt")
    metadata = json.loads((SAMPLE_DOCUMENTS / f"{name}.meta.json").read_text(encoding="utf-8"))
    assert metadata["published"] == "2017-09-16"


def test_the_pdf_is_small_and_has_two_pages_of_real_text():
    path = SAMPLE_DOCUMENTS / "2024-02-21-press-conference-transcript.pdf"
    assert path.stat().st_size < 50_000
    with pypdfium2.PdfDocument(path) as pdf:
        assert len(pdf) == 2
        assert all("Page" in page.get_textpage().get_text_range() for page in pdf)


def test_a_fresh_clone_polls_nobody(tables):
    assert tables["sources"].height >= 5
    assert not tables["sources"]["enabled"].any()


def test_the_text_of_a_source_that_states_no_licence_is_not_published(tables):
    licences = {row["licence"]: row["may_publish_text"] for row in tables["licences"].iter_rows(named=True)}
    assert not licences["not_stated"]
    assert not licences["all_rights_reserved"]
    assert licences["us_public_domain"]


def test_there_is_a_row_for_documents_that_were_landed_without_a_licence(tables):
    assert "none_named" in tables["licences"]["licence"]


def test_every_rule_for_which_a_figure_can_wait_says_what_people_may_decide(tables):
    rules = set(tables["review_rules"]["rule"])
    of_rows = {check.name for check in FigureSchema.to_schema().checks}
    of_catalogue = {f"{column}_is_known" for column in ("unit", "agency", "ref_area", "indicator")}
    others = {"key_is_unique", "quote_stands_in_text", "implausible_value", "unmapped"}
    assert of_rows | of_catalogue | others <= rules
    of_columns = {
        f"{name}_{str(check.error).partition('(')[0]}"
        for name, column in FigureSchema.to_schema().columns.items()
        for check in column.checks
    }
    assert rules - of_rows - of_catalogue - others <= of_columns
