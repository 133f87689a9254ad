"""A value ten times off its own series is held back, shown with its neighbours, and released by a person."""

from pathlib import Path

import duckdb
import pytest
from click.testing import Result
from typer.testing import CliRunner

from flows.cli import app
from flows.errors import UsageError

pytestmark = pytest.mark.usefixtures("parsed_dbt_project")

RELEASE = "In {year}, {count} defective vehicles were recalled, said the State Administration for Market Regulation."
COUNTS = {
    2020: "6.8 million",
    2021: "8.7 million",
    2022: "45 million",
    2023: "672.8 million",
    2024: "11 million",
}


def command(home: Path, *arguments: str | Path) -> Result:
    """Do a command in this process."""
    return CliRunner().invoke(app, [str(a) for a in arguments], env={"QUALITY_WAREHOUSE_HOME": str(home)})


@pytest.fixture(scope="module")
def releases(tmp_path_factory) -> Path:
    """Five yearly releases; the one about 2023 slipped by two digits, the one about 2022 only looks so."""
    folder = tmp_path_factory.mktemp("releases")
    for year, count in COUNTS.items():
        release = folder / f"{year}.txt"
        release.write_text(f"Recalls of {year}\n\n{RELEASE.format(year=year, count=count)}\n")
        release.with_name(f"{year}.txt.meta.json").write_text(f'{{"published": "{year + 1}-02-01"}}')
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("review") / "home"


@pytest.fixture(scope="module")
def held(releases, home, parsed_dbt_project) -> Result:
    """The main job on these releases."""
    return command(home, "run", releases)


def series(home) -> dict[int, float]:
    with duckdb.connect(str(home / "published" / "quality.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select year, obs_value from fct_indicator_years where indicator_id = 'vehicles_recalled'"
        ).fetchall()
    return dict(rows)


def test_value_far_off_its_neighbours_is_held_back_and_told(held, home):
    assert held.exit_code == 3
    assert series(home) == {2020: 6_800_000, 2021: 8_700_000, 2022: 45_000_000, 2024: 11_000_000}
    [line] = [line for line in held.output.splitlines() if "[implausible_value]" in line]
    assert "“672.8 million defective vehicles” (vehicles_recalled, 2023) is 672,800,000" in line
    assert "8,700,000 in 2021, 45,000,000 in 2022, 11,000,000 in 2024" in line


def test_what_is_held_back_is_loaded_with_its_sentence_and_is_no_part_of_any_series(held, home):
    with duckdb.connect(str(home / "published" / "quality.duckdb"), read_only=True) as connection:
        [(value, sentence)] = connection.execute(
            "select obs_value, sentence from quarantine "
            "join fct_observations using (observation_id) join evidence using (observation_id)"
        ).fetchall()
        as_of = connection.execute("from indicator_years_as_of('2999-01-01') where year = 2023").fetchall()
    assert (value, as_of) == (672_800_000, [])
    assert sentence == RELEASE.format(year=2023, count=COUNTS[2023])


def test_person_releases_it_once_and_for_all(held, home, releases):
    with duckdb.connect(str(home / "published" / "quality.duckdb"), read_only=True) as connection:
        [(quarantine_id,)] = connection.execute("select quarantine_id from quarantine").fetchall()
    assert quarantine_id in command(home, "review", "list").output
    unknown = command(home, "review", "accept", "nonsense", "--why", "because").exception
    assert isinstance(unknown, UsageError)
    assert str(unknown).count("Nothing is held back under nonsense") == 1
    released = command(home, "review", "accept", quarantine_id, "--why", "read twice", "--by", "me")
    assert released.exit_code == 0
    assert "1 figure(s) released" in released.output
    assert command(home, "run", releases).exit_code == 0
    assert series(home)[2023] == 672_800_000
    assert command(home, "review", "list").output == "Nothing is in quarantine.\n"
