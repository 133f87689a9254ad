"""The loader of `seeds/` on the real files and on copies with one planted fault."""

import datetime as dt
import shutil
from pathlib import Path

import polars as pl
import pytest

from flows.errors import InvalidSeedsError
from flows.io.seeds.tables import read_seed_tables
from flows.paths import SEEDS
from schemas.seeds.files import FILES, SEED_TABLES


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds", ignore=shutil.ignore_patterns("documents", ".*")))


def replace(path: Path, old: str, new: str) -> int:
    """Replace the first `old`; return the number of its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def read_error(folder: Path) -> str:
    with pytest.raises(InvalidSeedsError) as caught:
        read_seed_tables(folder)
    return str(caught.value)


def test_every_table_comes_with_the_types_of_its_model():
    tables = read_seed_tables(SEEDS)
    assert set(tables) == set(SEED_TABLES)
    assert tables["agencies"].schema["valid_from"] == pl.Date
    assert tables["indicators"].schema["is_summable"] == pl.Boolean
    assert tables["unit_aliases"].schema["factor"] == pl.Float64
    assert tables["years"].schema["year"] == pl.Int64


def test_an_empty_cell_is_null_and_the_code_of_namibia_is_not():
    tables = read_seed_tables(SEEDS)
    samr = tables["agencies"].row(by_predicate=pl.col("agency_id") == "samr", named=True)
    assert (samr["valid_from"], samr["valid_to"]) == (dt.date(2018, 3, 17), None)
    assert tables["ref_areas"].filter(ref_area="NA")["name_en"].to_list() == ["Namibia"]


def test_a_missing_file_is_named(seeds):
    (seeds / FILES["years"]).unlink()
    assert read_error(seeds) == f"{seeds / FILES['years']}: the file is missing; restore it."


def test_a_missing_column_is_answered_with_the_header_that_is_needed(seeds):
    replace(seeds / FILES["bounds"], "preference_rank", "rank")
    assert (
        read_error(seeds) == f"{seeds / FILES['bounds']}: its header must be bound,name_en,preference_rank."
    )


def test_a_file_that_is_no_text_is_refused_in_one_sentence(seeds):
    (seeds / FILES["units"]).write_bytes(
        b"unit_measure,name_en,name_zh,quantity\ncount,\xff\xfe,\x81,count\n"
    )
    error = read_error(seeds)
    assert error.startswith(f"{seeds / FILES['units']}: it is not a UTF-8 CSV file (")
    assert "\n" not in error


@pytest.mark.parametrize(
    ("table", "old", "new", "column", "problem"),
    [
        ("agencies", "2018-03-17", "17 March 2018", "valid_from", "is not a date like 2018-03-17"),
        ("indicators", ",rate,false", ",rate,no", "is_summable", "is not true or false"),
        ("years", "\n1990,", "\nMCMXC,", "year", "is not a whole number"),
        ("unit_aliases", ",0.001,", ",a thousandth,", "factor", "is not a number"),
        (
            "units",
            "tonne,Tonne",
            "tonne,Tonne ",
            "name_en",
            "has a blank at an end or a line break; remove it",
        ),
        ("units", "tonne,Tonne", "tonne,", "name_en", "is empty; fill it in"),
        ("indicators", ",rate,", ",quota,", "measure_type", '"quota" does not keep the rule isin('),
        (
            "agency_aliases",
            "samr,en",
            "smar,en",
            "agency_id",
            '"smar" is not in column agency_id of agencies.csv',
        ),
        (
            "indicators",
            ",percent,",
            ",promille,",
            "unit_measure",
            '"promille" is not in column unit_measure of units',
        ),
        ("agencies", ",CN-ZJ,", ",CN-ZZ,", "ref_area", '"CN-ZZ" is not in column ref_area of ref_areas.csv'),
        (
            "agencies",
            ",samr,aqsiq,",
            ",samr,nobody,",
            "predecessor_id",
            '"nobody" is not in column agency_id of',
        ),
        ("local_currencies", ",HK,", ",HX,", "ref_area", '"HX" is not in column ref_area of ref_areas.csv'),
        (
            "local_currencies",
            ",HKD",
            ",HKX",
            "unit_measure",
            '"HKX" is not in column unit_measure of units.csv',
        ),
        ("events", "2012-11-08", "8 November 2012", "day", "is not a date like 2018-03-17"),
        (
            "ref_area_aliases",
            "Hefei",
            "Zhejiang",
            "alias",
            '"Zhejiang" is also the name of CN-ZJ in ref_areas',
        ),
    ],
)
def test_a_wrong_cell_is_reported_with_line_and_column(seeds, table, old, new, column, problem):
    line = replace(seeds / FILES[table], old, new) + old.startswith("\n")
    assert f"{seeds / FILES[table]}, line {line}, column {column}: {problem}" in read_error(seeds)


@pytest.mark.parametrize(
    ("table", "row", "problem"),
    [
        ("units", "tonne,Long ton,长吨,mass", "the key unit_measure occurs twice; keep one row"),
        (
            "agency_aliases",
            "nim,en,state administration of market regulation",
            "the alias leads to two agencies",
        ),
        ("ref_area_aliases", "CN-ZJ,en,hefei,false", "the alias leads to two areas"),
        ("unit_aliases", "GBP,en,kg,1,before", "the alias stands for two units"),
        ("boilerplate_patterns", "(unclosed,toolbar,made up", "the pattern is not a regular expression"),
        ("indicators", "people,market,People,人口,count,people,stock,true,", "is_summable is true, but"),
        ("indicators", "people,market,People,人口,count,,stock,false,", "counted is given exactly when"),
        (
            "agencies",
            "late,Late Office,,,CN,late,,2018-01-01,2017-01-01,true",
            "valid_to is before valid_from",
        ),
        ("agencies", "late,Late Office,,,CN,late,late,,,true", "predecessor_id is the agency itself"),
        ("agencies", "late,Late Office,,,CN,aqsiq,,,,true", "lineage_id is an agency that has a successor"),
    ],
)
def test_a_row_that_breaks_the_contract_is_reported_with_its_line(seeds, table, row, problem):
    path = seeds / FILES[table]
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + f"\n{row}\n", encoding="utf-8")
    last = len(path.read_text(encoding="utf-8").splitlines())
    report = next(line for line in read_error(seeds).splitlines() if problem in line)
    lines = report.removeprefix(f"{path}, line ").partition(":")[0].split(", ")
    assert str(last) in lines


@pytest.mark.parametrize(
    ("table", "key", "wrong"),
    [
        ("period_cues", "en,now", "en,nwo"),
        ("plan_patterns", "zh,no_deadline", "zh,dead_line"),
        ("confidence_costs", "number_in_words", "number_in_figures"),
    ],
)
def test_what_the_extractor_asks_for_and_what_it_does_not_are_named(seeds, table, key, wrong):
    path = seeds / FILES[table]
    line = replace(path, f"\n{key},", f"\n{wrong},") + 1
    missing, unused = read_error(seeds).splitlines()
    assert missing == f'{path}: a row for "{key.replace(",", ", ")}" is missing; add it.'
    assert unused.startswith(f"{path}, line {line}, column ")
    assert f'does not ask for "{wrong.replace(",", ", ")}"' in unused


def test_a_cue_in_the_file_of_another_room_is_refused(seeds):
    """Refuse it, since half of its patterns could otherwise hide where nobody looks."""
    path = seeds / FILES["kind_cues"]
    path.write_text(path.read_text(encoding="utf-8") + "en,now,these days\n", encoding="utf-8")
    last = len(path.read_text(encoding="utf-8").splitlines())
    wrong = 'the extractor does not ask for "en, now"; correct or remove it'
    assert read_error(seeds) == f"{path}, line {last}, column cue: {wrong}."


def test_faults_of_all_files_show_at_once(seeds):
    replace(seeds / FILES["years"], "1990,", "x,")
    replace(seeds / FILES["bounds"], "exact,", "exactly,")
    (seeds / FILES["units"]).unlink()
    named = [line.partition(".csv")[0].rpartition("/")[2] for line in read_error(seeds).splitlines()]
    assert named == ["units", "years", "bounds"]
