"""The flow and the command that poll the enabled sources, and how their failures are reported."""

import csv
from dataclasses import asdict, fields
from pathlib import Path

import duckdb
import pytest
from command_line import quality_warehouse
from filelock import FileLock
from polled_source import make_source

from flows.errors import InvalidSeedsError, QualityWarehouseError, UsageError
from flows.ingest import ingest_documents
from flows.io.sources.catalogue import Source
from flows.poll import poll_sources

pytestmark = pytest.mark.slow


@pytest.fixture
def own_sources(tmp_path, settings, use_home, monkeypatch):
    """Write another sources.csv and let the flows of this process use it."""
    path = tmp_path / "my sources.csv"
    use_home(settings.home)
    monkeypatch.setenv("QUALITY_WAREHOUSE_SOURCES", str(path))
    monkeypatch.setenv("QUALITY_WAREHOUSE_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("QUALITY_WAREHOUSE_POLL_DELAY_SECONDS", "0")

    def write_sources(*sources: Source) -> Path:
        with path.open("w", newline="", encoding="utf-8") as file:
            rows = csv.DictWriter(file, [field.name for field in fields(Source)], lineterminator="\n")
            rows.writeheader()
            for source in sources:
                cells = asdict(source)
                rows.writerow(cells | {"enabled": str(cells["enabled"]).lower()})
        return path

    return write_sources


def test_the_flow_polls_what_is_enabled_and_due_and_goes_on_after_a_failure(site, own_sources):
    own_sources(
        make_source(site, "/gone", source_id="broken"),
        make_source(site, source_id="off", enabled=False),
        make_source(site),
    )
    done = poll_sources.fn()
    assert [(source.source_id, source.is_failed) for source in done.sources] == [
        ("broken", True),
        ("kettles", False),
    ]
    assert poll_sources.fn().sources == ()  # nothing is due before its interval has passed


def test_a_source_that_is_named_is_polled_now_though_it_is_not_enabled(site, own_sources):
    own_sources(make_source(site, enabled=False))
    assert poll_sources.fn().sources == ()
    for _ in range(2):
        assert [source.source_id for source in poll_sources.fn(["kettles"]).sources] == ["kettles"]
    assert site.count("/feed") == 2


def test_a_source_that_does_not_exist_is_a_wrong_use(site, own_sources):
    own_sources(make_source(site))
    with pytest.raises(UsageError, match="kettle is not a source_id; there are kettles"):
        poll_sources.fn(["kettle"])


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"licence": "mine"}, 'line 2, column licence: "mine" is not in column licence of licences.csv'),
        ({"address": "ftp://a/b"}, "address is not an http(s) address, and kind is not folder"),
        ({"link_selector": "a"}, "link_selector is given exactly when kind is list_page"),
        ({"kind": "list_page", "link_selector": "a[["}, "link_selector is not a CSS selector"),
        ({"link_pattern": "("}, "link_pattern is not a regular expression"),
        ({"poll_interval_minutes": 0}, "poll_interval_minutes"),
    ],
)
def test_a_wrong_row_of_ones_own_file_is_named_with_its_file(site, own_sources, wrong, problem):
    path = own_sources(make_source(site, **wrong))
    with pytest.raises(InvalidSeedsError) as caught:
        poll_sources.fn()
    assert str(caught.value).startswith(str(path))
    assert problem in str(caught.value)


def test_a_second_poll_leaves_the_work_to_the_first(site, own_sources, settings):
    own_sources(make_source(site))
    settings.poll_lock.parent.mkdir(parents=True)
    with FileLock(settings.poll_lock):
        assert poll_sources.fn().is_left_to_another
    assert site.asked == []


def test_a_damaged_state_is_told_with_what_its_loss_costs(site, own_sources, settings):
    own_sources(make_source(site))
    settings.source_states.parent.mkdir(parents=True)
    settings.source_states.write_bytes(b"no database" * 100)
    with pytest.raises(
        QualityWarehouseError, match="repair or delete it; without it, pages are only requested again"
    ):
        poll_sources.fn()


def test_what_was_polled_is_loaded_with_its_publisher(site, own_sources, settings):
    own_sources(make_source(site))
    poll_sources.fn()
    assert ingest_documents.fn().figures >= 2
    with duckdb.connect(str(settings.working_database), read_only=True) as connection:
        [row] = connection.execute(
            "select publisher, document_type, source_url, title from raw.documents"
        ).fetchall()
    assert row == (
        "Office of Kettles",
        "press_release",
        f"{site.url}/a",
        "Inspection of kettles in 2023",
    )


def test_the_command_shows_a_row_for_each_source_and_says_on_standard_error_what_failed(
    site, own_sources, settings
):
    own_sources(make_source(site), make_source(site, "/gone", source_id="broken"))
    run = quality_warehouse("poll", home=settings.home)
    assert run.status == 1
    rows = [line.split() for line in run.output.strip().splitlines()]
    assert rows == [
        ["Source", "Checked", "New", "Changed", "Unchanged", "Failed", "Rests", "until"],
        ["kettles", "1", "1", "0", "0", "0"],
        ["broken", "0", "0", "0", "0", "1"],
    ]
    assert run.errors.startswith(f"broken: {site.url}/gone answered 404")


def test_a_fresh_clone_polls_nobody(tmp_path):
    run = quality_warehouse("poll", home=tmp_path / "home")
    assert run.status == 0
    assert run.output.startswith("No source is enabled: ")


def test_the_columns_of_the_seed_are_the_fields_of_a_source():
    with (Path(__file__).parents[2] / "seeds" / "reference" / "sources.csv").open(newline="") as rows:
        header = next(csv.reader(rows))
    assert set(header) == {field.name for field in fields(Source)}
