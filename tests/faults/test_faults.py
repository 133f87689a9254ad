"""Faults around the project: a network that goes away, a clock that is set back, a build that breaks off.

Others have their own files: a full disk (`test_full_disk.py`), killed processes and a locked database
(`test_main_job.py`).
"""

import json
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from local_site import HTML, XML, Behaviour, Page, Request, Site, feed, hang_up, serve_site, statement
from polled_source import HOUR, NOW, counts, landed_texts, make_source, poll

from benchmarks.working_tables import read_tables
from flows.build import build_warehouse
from flows.errors import AuditError
from flows.ingest import ingest_documents
from flows.io.landing.metadata import METADATA_SUFFIX
from flows.io.published.publication import list_publications, read_current_version
from flows.land import land_documents
from flows.publish import publish_warehouse
from flows.settings import Settings

pytestmark = [pytest.mark.fault, pytest.mark.slow]

MODULES_WITH_A_CLOCK = (
    "ingestion.prepare",
    "runtime.recording",
    "io.landing.store",
    "io.published.publication",
    "io.published.freshness",
)


class AYearBehind(datetime):
    """The clock of a machine, set back by a year."""

    @classmethod
    def now(cls, tz=None) -> datetime:
        return datetime.now(tz) - timedelta(days=365)


@pytest.fixture
def site():
    with serve_site() as site:
        yield site


@pytest.fixture
def home(tmp_path: Path, use_home) -> Path:
    use_home(tmp_path / "home")
    return tmp_path / "home"


def cut_the_line(site: Site, request: Request) -> None:
    """Answer with the beginning of a page, and nobody afterwards."""
    content = statement("1,300").encode()
    site.pages |= {path: Behaviour(hang_up) for path in site.pages}
    request.send_response(200)
    request.send_header("Content-Type", HTML)
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content[: len(content) // 2])
    request.close_connection = True


def test_a_network_that_goes_away_within_a_page_lands_nothing_in_part_and_the_next_poll_brings_the_rest(
    site, tmp_path
):
    settings = Settings(
        home=tmp_path / "home", allow_private_addresses=True, http_timeout_seconds=0.5, poll_delay_seconds=0
    )
    texts = {f"/{number}": statement(f"1,{number}00") for number in (1, 2, 3, 4)}
    pages = {path: Page(text) for path, text in texts.items()}
    pages["/feed"] = Page(feed(*texts), media_type=XML)
    site.pages |= pages | {"/2": Behaviour(lambda request: cut_the_line(site, request))}
    done = poll(settings, make_source(site))
    assert (done.new, done.new + done.failed) == (1, 4)
    assert all("could not be reached" in line or "broken answer" in line for line in done.failures)
    assert landed_texts(settings) == [texts["/1"]]

    site.pages |= pages
    assert counts(poll(settings, make_source(site), NOW + 2 * HOUR))["new"] == 3
    assert sorted(landed_texts(settings)) == sorted(texts.values())


def land_news(home: Path, cases: int) -> None:
    file = home.with_name("news.txt")
    file.write_text(f"In 2023, {cases:,} vehicles were recalled in Exeter.\n", encoding="utf-8")
    stated = {"published": "2024-02-21", "publisher": "Exeter News"}
    file.with_name(file.name + METADATA_SUFFIX).write_text(json.dumps(stated), encoding="utf-8")
    land_documents.fn([str(file)])
    ingest_documents.fn()
    build_warehouse.fn()
    publish_warehouse.fn()


def test_a_clock_that_is_set_back_turns_neither_versions_nor_publications_round(
    home, monkeypatch, begin_home
):
    begin_home(home)
    land_news(home, 1250)
    for module in MODULES_WITH_A_CLOCK:
        monkeypatch.setattr(f"flows.{module}.datetime", AYearBehind)
    before = read_current_version(Settings(home=home))
    land_news(home, 1300)
    with duckdb.connect(str(Settings(home=home).published_database), read_only=True) as connection:
        versions = connection.execute(
            "select d.version, d.is_current, o.obs_value, d.known_from, d.known_to, d.landed_at "
            "from fct_observations as o join dim_documents as d using (document_id) order by d.version"
        ).fetchall()
        restated = connection.execute("select restated_obs_value, obs_value from fct_restatements").fetchall()
    [(*first, first_landed_at), (*second, landed_at)] = versions
    assert first_landed_at < landed_at < first_landed_at + timedelta(seconds=1)
    assert first == [1, False, 1250, date(2024, 2, 21), landed_at.date()]
    assert second == [2, True, 1300, landed_at.date(), None]
    assert restated == [(1250, 1300)]
    assert list_publications(Settings(home=home)) == [before, read_current_version(Settings(home=home))]


def change(home: Path, statement: str) -> None:
    with duckdb.connect(str(Settings(home=home).working_database)) as connection:
        connection.execute(statement)


def test_a_model_that_fails_in_the_middle_of_a_build_publishes_nothing_and_the_next_build_makes_all_anew(
    sample_run, home, parsed_dbt_project
):
    shutil.copytree(sample_run.home, home, symlinks=True)
    published = Settings(home=home).published_database
    before = published.read_bytes()
    change(home, "update raw.ingestions set loaded_at = now()")  # all documents must be built again
    change(home, "update raw.documents set page_starts = '[0, ' || page_starts")
    with pytest.raises(AuditError, match=r"nothing is published: the model \w+ failed \(.*JSON"):
        build_warehouse.fn()
    with pytest.raises(AuditError, match="There is no audited build to publish"):
        publish_warehouse.fn()
    assert published.read_bytes() == before

    change(home, "update raw.documents set page_starts = page_starts[5:]")
    build_warehouse.fn()
    assert read_tables(home) == read_tables(sample_run.home)
    publish_warehouse.fn()
