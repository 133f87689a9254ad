"""Incremental builds leave the same marts as a full build, row for row, whatever happened to the documents.

A build takes some seconds, so ten random histories share one warehouse: ten groups of generated documents that
change in turn, speak of the same few series, and are built together. In each step every history lands, corrects,
brings back or copies documents, reads one again with another version of the extractor, or loses one to it. People
accept, correct and reject figures, and withdraw earlier decisions.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from benchmarks.generated_warehouse import Reading, World, generate_batch, new_readings
from flows.build import build_warehouse
from flows.io.dbt import BuildResult, build, is_up_to_date
from flows.io.journal.decisions import append_decisions, read_decisions
from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import load_batch
from flows.paths import DBT_PROJECT, PROJECT_ROOT, SEEDS
from flows.review.apply import apply_decisions
from flows.review.corrections import value_of
from flows.review.settle import place_of
from flows.settings import Settings
from schemas.raw.decision import Decision

pytestmark = pytest.mark.slow

HISTORIES = 10
WORLD = World(seed=4, figures_per_document=8, indicators=6, areas=2, years=3, slips=0.1)
COPIES_FROM = 500  # addresses from here on hold copies
BUILD = (
    "from flows.io.dbt import build; from flows.settings import Settings; "
    "raise SystemExit(bool(build(Settings()).failed))"
)
PATIENCE_SECONDS = 300


@dataclass
class History:
    """A group of documents and what happened to them; each event returns the texts to load."""

    number: int
    readings: dict[tuple[int, int], Reading] = field(default_factory=dict)
    happened: set[str] = field(default_factory=set)

    def step(self, second: int) -> list[Reading]:
        """Let three events happen (at first, one) and return each changed text once, in its last state."""
        chance = random.Random(f"{self.number} {second}")
        changed = {}
        for event in chance.sample(EVENTS, 3) if self.readings else [History.land]:
            for reading in event(self, chance, second):
                self.readings[reading.number, reading.edition] = reading
                changed[reading.number, reading.edition] = reading
            self.happened.add(event.__name__)
        return list(changed.values())

    def land(self, _chance: random.Random, second: int) -> list[Reading]:
        fresh = 10 * self.number + len({number for number, _ in self.readings})
        return new_readings([fresh, fresh + 1], second=second)

    def correct(self, chance: random.Random, second: int) -> list[Reading]:
        old = self._any(chance)
        edition = 1 + max(edition for number, edition in self.readings if number == old.number)
        return new_readings([old.number], edition=edition, second=second)

    def bring_back(self, chance: random.Random, second: int) -> list[Reading]:
        """Land the bytes of some version again at their first address."""
        old = self._any(chance)
        (address, _), *others = old.landed
        return [replace(old, landed=((address, second), *others), loaded=second)]

    def copy(self, chance: random.Random, second: int) -> list[Reading]:
        old = self._any(chance)
        address = COPIES_FROM + chance.randrange(5)
        others = [landing for landing in old.landed if landing[0] != address]
        return [replace(old, landed=(*others, (address, second)), loaded=second)]

    def read_again(self, chance: random.Random, second: int) -> list[Reading]:
        old = self._any(chance)
        return [replace(old, extractor=old.extractor + 1, is_readable=True, loaded=second)]

    def lose(self, chance: random.Random, second: int) -> list[Reading]:
        old = self._any(chance)
        return [replace(old, extractor=old.extractor + 1, is_readable=False, loaded=second)]

    def _any(self, chance: random.Random) -> Reading:
        return chance.choice(list(self.readings.values()))


EVENTS = (History.land, History.correct, History.bring_back, History.copy, History.read_again, History.lose)


@dataclass(frozen=True)
class Played:
    """Ten histories of two steps: `home` was built after each step; `rebuilt` is a copy that was rebuilt in full."""

    histories: list[History]
    home: Path
    rebuilt: Path
    result_anew: BuildResult


@pytest.fixture(scope="module")
def played(begin_home, tmp_path_factory) -> Played:
    folder = tmp_path_factory.mktemp("incremental")
    home, rebuilt = folder / "home", folder / "rebuilt"
    histories = [History(number) for number in range(HISTORIES)]
    begin_home(home)
    for second in (0, 100):
        land(home, histories, second)
        assert not build_is_full(home)
    shutil.copytree(home, rebuilt)
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv("QUALITY_WAREHOUSE_HOME", str(rebuilt))
        assert is_up_to_date(Settings())
        return Played(histories, home, rebuilt, build_warehouse.fn(full_refresh=True))


def land(home: Path, histories: list[History], second: int) -> None:
    """Take the next step of all histories, and load what it changes."""
    settings = Settings(home=home)
    readings = [reading for history in histories for reading in history.step(second)]
    with open_working_database(settings) as connection:
        load_batch(connection, generate_batch(readings, WORLD))
    append_decisions(decide(home, second), settings)
    apply_decisions(settings)


def decide(home: Path, second: int) -> list[Decision]:
    """Return decisions about some figures of any version of any document, and withdrawals of earlier ones."""
    chance = random.Random(second)
    with duckdb.connect(str(home / "work" / "quality.duckdb"), read_only=True) as connection:
        documents = dict(connection.execute("select doc_id, (address, text) from raw.documents").fetchall())
        figures = connection.execute("from raw.figures order by all").pl().to_dicts()
    before = read_decisions(Settings(home=home))
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    taken_back = [
        one.model_copy(update={"decision_id": f"back {second} {one.decision_id}", "verdict": "withdraw",
                               "changes": {}, "decided_at": moment})
        for one in chance.sample(before, len(before) // 6)
    ]  # fmt: skip
    return taken_back + [
        decide_figure(figure, *documents[figure["doc_id"]], chance, moment)
        for figure in chance.sample(figures, 24)
    ]


def decide_figure(figure: dict, address: str, text: str, chance: random.Random, moment: datetime) -> Decision:
    place = place_of(figure, text)
    verdict = chance.choice(("accept", "correct", "correct", "reject"))
    to = {
        "value": figure["value"] * 3,
        "indicator": "vehicles_recalled",
        "breakdown": "toys",
        "period_end": None,
    }
    field = chance.choice(list(to))
    return Decision(
        decision_id=f"{moment:%M%S} {figure['doc_id']} {figure['start']} {figure['number']}",
        doc_id=figure["doc_id"],
        address=address,
        sentence=text[figure["sentence_start"] : figure["sentence_end"]],
        occurrence=place.occurrence,
        number=figure["number"],
        number_start=place.number_start,
        rule=None,
        verdict=verdict,
        changes={field: (value_of(figure, field), to[field])} if verdict == "correct" else {},
        decided_by="somebody",
        reason="by chance",
        decided_at=moment,
    )


def build_is_full(home: Path) -> bool:
    """Build, and return whether it was a full build."""
    result = build(Settings(home=home))
    assert result.failed == ()
    return result.is_full


def marts_of(home: Path, without: str = "") -> dict[str, list[str]]:
    """Return all rows of all marts, sorted, without the column of that name."""
    with duckdb.connect(str(home / "work" / "quality.duckdb"), read_only=True) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'main'"
        ).fetchall()
        query = "select columns(name -> name != ?) from main."
        rows = {name: connection.execute(query + name, [without]).fetchall() for (name,) in names}
    return {name: sorted(map(repr, rows)) for name, rows in rows.items()}


def differences(marts: dict[str, list[str]], others: dict[str, list[str]]) -> list[str]:
    """Return a line for each mart that differs, with the number of rows in one only, and one of them."""
    lines = []
    for name in sorted(marts.keys() | others.keys()):
        rows, other_rows = marts.get(name, []), others.get(name, [])
        if rows != other_rows:
            only = sorted(set(rows) ^ set(other_rows))
            lines.append(
                f"{name}: {len(rows)} and {len(other_rows)} rows, {len(only)} in one only: {only[:1]}"
            )
    return lines


def start_build(home: Path, project: Path = PROJECT_ROOT) -> subprocess.Popen[str]:
    """Build in another process, with the models and seeds of `project`."""
    own = {"QUALITY_WAREHOUSE_HOME": str(home), "PYTHONPATH": str(project)}
    return subprocess.Popen([sys.executable, "-c", BUILD], cwd=project, env=os.environ | own)


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_histories_hold_every_event_and_marts_of_every_kind(played):
    assert {name for history in played.histories for name in history.happened} == {e.__name__ for e in EVENTS}
    assert [name for name, rows in marts_of(played.home).items() if not rows] == []


def test_the_histories_hold_every_verdict_and_decisions_that_lapsed(played):
    with duckdb.connect(str(played.home / "work" / "quality.duckdb"), read_only=True) as connection:
        verdicts = connection.execute(
            "select distinct verdict from main.decisions where lapsed is null"
        ).fetchall()
        lapsed = connection.execute("select count(*) from main.decisions where lapsed is not null").fetchone()
    assert {verdict for (verdict,) in verdicts} == {"accept", "correct", "reject"}
    assert lapsed[0] > 0
    assert any(one.verdict == "withdraw" for one in read_decisions(Settings(home=played.home)))


def test_everything_is_made_anew_when_asked_for_though_nothing_has_changed(played):
    assert played.result_anew.is_full
    assert played.result_anew.succeeded > 100


def test_incremental_marts_equal_full_ones(played):
    assert differences(marts_of(played.home), marts_of(played.rebuilt)) == []


@pytest.mark.fault
def test_killed_build_is_followed_by_a_full_one_and_its_marts_equal_incremental_ones(played, tmp_path):
    home, killed = tmp_path / "home", tmp_path / "killed"
    shutil.copytree(played.home, home)
    land(home, deepcopy(played.histories), 200)
    shutil.copytree(home, killed)
    assert not build_is_full(home)
    # dbt writes the SQL of a model when it starts it; this one starts after fct_observations is done.
    begun = killed / "dbt" / "target" / "run"
    shutil.rmtree(begun)
    process = start_build(killed)
    wait_for(lambda: list(begun.rglob("int_document_facts.sql")))
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert build_is_full(killed)
    assert differences(marts_of(home), marts_of(killed)) == []


def test_another_order_of_preference_is_built_anew_and_changes_the_years_and_no_fact(played, tmp_path):
    home = Path(shutil.copytree(played.home, tmp_path / "home"))
    assert start_build(home, project_with_reversed_preference(tmp_path / "project")).wait() == 0
    before, after = (marts_of(path, without="preference") for path in (played.home, home))
    changed = {name for name, rows in before.items() if after[name] != rows}
    assert "fct_indicator_years" in changed
    assert changed.isdisjoint({"fct_observations", "evidence", "fct_objectives", "dim_documents"})


def project_with_reversed_preference(folder: Path) -> Path:
    """Return a copy of the project in which the last criterion of preference comes first."""
    for part in (DBT_PROJECT, SEEDS, PROJECT_ROOT / "flows", PROJECT_ROOT / "schemas"):
        shutil.copytree(part, folder / part.name)
    criteria = folder / "seeds" / "reference" / "preference_criteria.csv"
    header, *rows = criteria.read_text().splitlines()
    meanings = [row.partition(",")[2] for row in reversed(rows)]
    rows = [f"{position},{meaning}" for position, meaning in enumerate(meanings, 1)]
    criteria.write_text("\n".join([header, *rows, ""]))
    return folder
