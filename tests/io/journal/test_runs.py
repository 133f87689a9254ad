from datetime import UTC, datetime, timedelta
from uuid import uuid4

import duckdb

from flows.io.files import append_line
from flows.io.journal.runs import Run, add_killed_runs, add_run, mark_at_work, read_last_runs

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def run_of(stage, outcome="completed", *, started_at=NOON, **more):
    return Run(run_id=str(uuid4()), stage=stage, started_at=started_at, outcome=outcome, **more)


def month_files(settings):
    return [path.name for path in sorted(settings.runs.glob("*.jsonl"))]


def test_last_row_of_each_stage_is_read_whatever_order_they_were_written_in(settings):
    later = run_of("build", started_at=NOON + timedelta(hours=1), seconds=3.5)
    land = run_of("land", counted="documents", count_in=3, count_out=2, count_held=1)
    for run in (later, run_of("build", "failed", error="The audit failed."), land):
        add_run(settings, run)
    assert read_last_runs(settings) == [later, land]


def test_duckdb_reads_the_rows_as_a_table(settings):
    add_run(settings, run_of("ingest", counted="documents", count_in=3, count_out=2, count_held=1))
    add_run(settings, run_of("build", "failed", error='The test "x" found\n1 row.', seconds=2.25))
    table = duckdb.read_json(f"{settings.runs}/*.jsonl")
    rows = table.query("runs", "select stage, outcome, count_in, seconds, error from runs order by stage")
    assert rows.fetchall() == [
        ("build", "failed", None, 2.25, 'The test "x" found\n1 row.'),
        ("ingest", "completed", 3, None, None),
    ]


def test_a_line_that_a_full_disk_cut_short_spoils_no_other(settings):
    first, second = run_of("land"), run_of("build")
    add_run(settings, first)
    with (settings.runs / "2026-03.jsonl").open("a") as stream:
        stream.write('{"run_id": "cut sh')
    add_run(settings, second)
    assert read_last_runs(settings) == [second, first]


def test_old_months_are_deleted_and_the_newest_are_kept(settings):
    few = settings.model_copy(update={"kept_run_months": 2})
    for month in (1, 2, 3, 4):
        add_run(few, run_of("land", started_at=datetime(2026, month, 1, tzinfo=UTC)))
    assert month_files(few) == ["2026-03.jsonl", "2026-04.jsonl"]


def test_what_is_at_work_is_seen_and_is_not_taken_for_killed(settings):
    run = run_of("build", "running")
    with mark_at_work(settings, run):
        add_killed_runs(settings)
        assert read_last_runs(settings) == [run]
    assert read_last_runs(settings) == []
    assert list((settings.runs / "at-work").iterdir()) == []


def test_a_mark_whose_process_is_gone_becomes_one_row(settings):
    run = run_of("build", "running")
    append_line(settings.runs / "at-work" / f"{run.run_id}_build.json", run.model_dump_json())
    killed = run.model_copy(update={"outcome": "killed"})
    assert add_killed_runs(settings) == [killed]
    assert add_killed_runs(settings) == []
    assert read_last_runs(settings) == [killed]
    assert len((settings.runs / "2026-03.jsonl").read_text().splitlines()) == 1
    assert list((settings.runs / "at-work").iterdir()) == []


def test_lines_that_are_appended_end_where_they_should(tmp_path):
    path = tmp_path / "new" / "lines"
    append_line(path, "first")
    append_line(path, "zweite, 第二")
    assert path.read_text(encoding="utf-8") == "first\nzweite, 第二\n"
