"""A person sees waiting records and accepts, corrects or rejects them; the marts follow, and nothing is lost.

All tests share one home, because builds are slow. It holds five yearly releases, one of them off by two digits,
and a note with a share above 100 percent, a figure without a known indicator, and one that is not about quality.
"""

import json
import shutil

import duckdb
import pytest
from command_line import Run, quality_warehouse, quality_warehouse_here

pytestmark = [pytest.mark.usefixtures("parsed_dbt_project"), pytest.mark.slow]

RELEASE = "In {year}, {count} defective vehicles were recalled, said the State Administration for Market Regulation."
COUNTS = {
    2020: "6.8 million",
    2021: "8.7 million",
    2022: "45 million",
    2023: "672.8 million",
    2024: "11 million",
}
NOTE = (
    "In 2023, imports accounted for 12 percent of the total. In 2023, 31 xylophones were tuned. "
    "In the same year, 42 telephones rang."
)
# The extractor reads no share above 100 percent, so this makes one to be set aside: 120 percent.
SET_ASIDE = """
    insert into raw.quarantine by name
        select
            'share' || doc_id as quarantine_id, doc_id, address, file_name, 'figure' as subject,
            start || ':' || "end" as record, 'share_is_a_part' as rule, 'More than all.' as reason,
            replace(cast(to_json(figures) as varchar), '"value":12.0', '"value":120.0') as evidence, landed_at
        from raw.figures inner join raw.documents using (doc_id)
        where figures.number = '12 percent';
    delete from raw.figures where number = '12 percent';
    update raw.ingestions set figures_loaded = figures_loaded - 1, figures_quarantined = 1
        where doc_id = (select doc_id from raw.quarantine);
"""


def write(folder, name: str, sentences: str, published: str, title: str = "Recalls") -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(f"{title} of {name}\n\n{sentences}\n")
    (folder / f"{name}.txt.meta.json").write_text(f'{{"published": "{published}", "publisher": "Gazette"}}')


@pytest.fixture(scope="module")
def held(tmp_path_factory, begin_home) -> Run:
    """Run the pipeline; nobody has decided anything yet."""
    folder = tmp_path_factory.mktemp("review")
    for year, count in COUNTS.items():
        sentence = RELEASE.format(year=year, count=count)
        write(folder / "releases", str(year), sentence, f"{year + 1}-02-01")
    write(folder / "releases", "note", NOTE, "2024-02-01")
    run = quality_warehouse_here("run", folder / "releases", home=begin_home(folder / "home"))
    with duckdb.connect(str(run.home / "work" / "quality.duckdb")) as connection:
        connection.execute(SET_ASIDE)
    return run


@pytest.fixture(scope="module")
def decided(held) -> Run:
    """Copy that home, decide about everything, and run again."""
    home = held.home.with_name("decided")
    shutil.copytree(held.home, home, symlinks=True)
    listed = waiting(home)
    items = {item["rule"]: item for item in listed if item["rule"] != "unmapped"}
    unmapped = {item["figure"]["number"]: item["item_id"] for item in listed if item["rule"] == "unmapped"}
    [(loaded,)] = ask(home, "select observation_id from fct_observations where year = 2021")
    by = ("--by", "M. Lin", "--why")
    for arguments in (
        ("accept", items["implausible_value"]["item_id"], *by, "read twice"),
        ("accept", items["share_is_a_part"]["item_id"][:10], *by, "of the plan"),
        (
            "correct",
            unmapped["31"],
            "--indicator",
            "vehicle_recall_campaigns",
            "ref_area=CN",
            *by,
            "a slang word",
        ),
        ("reject", unmapped["42"], *by, "not about quality"),
        ("correct", loaded, "value=8800000", "bound=about", *by, "the printed edition says so"),
    ):
        done = quality_warehouse("review", *arguments, home=home)
        assert (done.status, done.errors) == (0, "")
    return quality_warehouse_here("run", held.home.with_name("releases"), home=home)


def ask(home, query: str) -> list[tuple]:
    with duckdb.connect(str(home / "published" / "quality.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def series(home) -> dict[int, float]:
    return dict(
        ask(home, "select year, obs_value from fct_indicator_years where indicator_id = 'vehicles_recalled'")
    )


def waiting(home, *arguments: str) -> list[dict]:
    listed = quality_warehouse("review", "list", "--json", *arguments, home=home)
    return [json.loads(line) for line in listed.output.splitlines()]


def test_value_far_off_its_neighbours_is_held_back_and_told(held):
    assert held.status == 3
    assert series(held.home) == {2020: 6_800_000, 2021: 8_700_000, 2022: 45_000_000, 2024: 11_000_000}
    [line] = [line for line in held.output.splitlines() if "[implausible_value]" in line]
    assert "“672.8 million defective vehicles” (vehicles_recalled, 2023) is 672,800,000" in line
    assert "8,700,000 in 2021, 45,000,000 in 2022, 11,000,000 in 2024" in line


def test_what_is_held_back_is_loaded_with_its_sentence_and_is_no_part_of_any_series(held):
    [(value, sentence)] = ask(
        held.home,
        "select obs_value, sentence from quarantine "
        "join fct_observations using (observation_id) join evidence using (observation_id)",
    )
    assert (value, ask(held.home, "from indicator_years_as_of('2999-01-01') where year = 2023")) == (
        672_800_000,
        [],
    )
    assert sentence == RELEASE.format(year=2023, count=COUNTS[2023])


def test_list_counts_first_and_shows_sentence_reason_and_the_likeliest_indicators(held):
    listed = quality_warehouse("review", "list", "--limit", "3", home=held.home).output
    head, *_ = listed.partition("Id ")
    counted = [line.split() for line in head.splitlines() if line]
    assert ["held", "implausible_value", "1"] in counted
    assert ["quarantined", "share_is_a_part", "1"] in counted
    assert ["unmapped", "unmapped", "2"] in counted
    assert "1 more; --limit shows more" in listed
    assert RELEASE.format(year=2023, count=COUNTS[2023]) in listed
    unmapped = quality_warehouse("review", "list", "--rule", "unmapped", home=held.home).output
    assert "In 2023, 31 xylophones were tuned." in unmapped
    assert unmapped.count("Likeliest") == 2


def test_list_takes_only_what_is_asked_for(held):
    home = held.home
    assert {item["rule"] for item in waiting(home, "--rule", "unmapped")} == {"unmapped"}
    assert {item["file_name"] for item in waiting(home, "--document", "Recalls of note")} == {"note.txt"}
    doc_id = waiting(home)[0]["doc_id"]
    assert {item["doc_id"] for item in waiting(home, "--document", doc_id[:12])} == {doc_id}
    assert waiting(home, "--publisher", "Nobody") == []
    assert len(waiting(home, "--publisher", "Gazette")) == len(waiting(home)) == 4


@pytest.fixture(scope="module")
def implausible_id(held) -> str:
    [item] = waiting(held.home, "--rule", "implausible_value")
    return item["item_id"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("accept", "nonsense"),
            "Nothing waits under nonsense: `quality-warehouse review list` shows what does.",
        ),
        (("accept", "abc"), "`abc` is not an id: give at least 6 characters"),
        (("correct", "IMPLAUSIBLE"), "say what to correct"),
        (("correct", "IMPLAUSIBLE", "value"), "`value` sets nothing: write FIELD=VALUE."),
        (("correct", "IMPLAUSIBLE", "agency=nobody"), "`nobody` is not a known agency"),
        (("correct", "IMPLAUSIBLE", "kind=rate"), "`kind` is `rate`, which breaks the rule isin"),
        (("correct", "IMPLAUSIBLE", "period_end=2022-01-01"), "The period ends before it starts."),
        (("correct", "IMPLAUSIBLE", "quote=other"), "`quote` cannot be corrected"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_what_to_do_and_nothing_is_kept(
    held, implausible_id, arguments, said
):
    given = [implausible_id if one == "IMPLAUSIBLE" else one for one in arguments]
    done = quality_warehouse("review", *given, "--why", "because", home=held.home)
    assert (done.status, done.output) == (2, "")
    assert said in done.errors
    assert not (held.home / "decisions").exists()


def test_accepted_value_is_in_its_series_and_corrected_ones_are_as_corrected(decided):
    assert decided.status == 0
    assert series(decided.home) == {
        2020: 6_800_000,
        2021: 8_800_000,
        2022: 45_000_000,
        2023: 672_800_000,
        2024: 11_000_000,
    }
    campaigns = (
        "select year, obs_value from fct_indicator_years where indicator_id = 'vehicle_recall_campaigns'"
    )
    assert ask(decided.home, campaigns) == [(2023, 31)]
    assert waiting(decided.home) == []
    assert quality_warehouse("review", "list", home=decided.home).output == "Nothing waits for a person.\n"


def test_figure_that_broke_a_rule_and_was_accepted_is_an_observation_with_its_evidence(decided):
    share = "fct_observations join evidence using (observation_id) where kind = 'share'"
    [(value, sentence)] = ask(decided.home, f"select obs_value, sentence from {share}")
    assert value == 120
    assert sentence.startswith("In 2023, imports")
    assert ask(decided.home, "from quarantine") == []


def test_rejected_figure_is_in_no_mart_and_stays_stored_with_its_decision(decided):
    for table in ("fct_observations", "evidence", "observation_reasons"):
        rejected = f"from {table} semi join (from decisions where verdict = 'reject') using (observation_id)"
        assert ask(decided.home, rejected) == []
    with duckdb.connect(str(decided.home / "work" / "quality.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from raw.figures where number = '42'").fetchone() == (1,)


def test_every_corrected_value_is_known_by_who_when_why_old_and_new(decided):
    rows = ask(
        decided.home,
        "select field, old_value, new_value, decided_by, reason, decided_at is not null, obs_value from decisions "
        "join fct_observations using (observation_id) where field is not null order by field, new_value",
    )
    assert rows == [
        ("bound", "exact", "about", "M. Lin", "the printed edition says so", True, 8_800_000),
        ("indicator_id", None, "vehicle_recall_campaigns", "M. Lin", "a slang word", True, 31),
        ("obs_value", "8700000", "8800000", "M. Lin", "the printed edition says so", True, 8_800_000),
        ("ref_area", None, "CN", "M. Lin", "a slang word", True, 31),
    ]


def test_decisions_outlive_the_database_and_lapse_visibly_with_their_sentence(decided, tmp_path):
    """The note is revised around its sentences, the release of 2023 within its sentence."""
    home = shutil.copytree(decided.home, tmp_path / "home", symlinks=True)
    kept = {
        "fct_observations": "from fct_observations where kind != 'share' order by all",
        "decisions": "from decisions where rule is distinct from 'share_is_a_part' order by all",
    }
    before = {table: ask(home, query) for table, query in kept.items()}
    (home / "work" / "quality.duckdb").unlink()
    releases = decided.home.with_name("releases")
    again = quality_warehouse_here("run", releases, home=home)
    assert again.status == 0
    assert {table: ask(home, query) for table, query in kept.items()} == before

    try:  # the same addresses, so new versions
        write(releases, "note", f"An opening that was not there. {NOTE}", "2024-02-01", title="New title")
        write(releases, "2023", RELEASE.format(year=2023, count="672.9 million"), "2024-02-01")
        quality_warehouse_here("run", releases, home=home)
    finally:
        write(releases, "note", NOTE, "2024-02-01")
        write(releases, "2023", RELEASE.format(year=2023, count=COUNTS[2023]), "2024-02-01")
    campaigns = "select obs_value from fct_observations where is_current and indicator_id = 'vehicle_recall_campaigns'"
    assert ask(home, campaigns) == [(31,)]
    assert 2023 not in series(home)
    held, lapsed = sorted(waiting(home), key=lambda item: item["what"])
    assert (held["what"], held["figure"]["value"]) == ("held", 672_900_000)
    assert (lapsed["what"], lapsed["lapsed"], lapsed["verdict"]) == ("lapsed", "sentence_changed", "accept")
    assert lapsed["sentence"] == RELEASE.format(year=2023, count=COUNTS[2023])
    assert lapsed["new_sentence"] == RELEASE.format(year=2023, count="672.9 million")
    shown = quality_warehouse("review", "list", home=home).output
    assert "its sentence is not in the newest version of its document" in shown
    assert ("sentence_changed",) in ask(home, "select lapsed from decisions")

    closed = quality_warehouse(
        "review", "withdraw", lapsed["decision_id"][:10], "--why", "revised", home=home
    )
    assert (closed.status, closed.errors) == (0, "")
    assert [item["what"] for item in waiting(home)] == ["held"]
