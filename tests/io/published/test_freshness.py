from datetime import date, datetime, timedelta

import duckdb

from flows.io.published.freshness import Freshness, read_freshness

TODAY = date(2026, 3, 31)


def publish_documents(settings, *documents):
    """Publish a file with nothing but documents: publisher, and how many days ago it published."""
    settings.published_database.parent.mkdir(parents=True)
    with duckdb.connect(str(settings.published_database)) as connection:
        connection.execute(
            "create table dim_documents (publisher varchar, published_at date, landed_at timestamp)"
        )
        for publisher, days in documents:
            published_at = None if days is None else TODAY - timedelta(days=days)
            row = [publisher, published_at, datetime(2026, 3, 31)]
            connection.execute("insert into dim_documents values (?, ?, ?)", row)


def silent_publishers(settings):
    return [one.publisher for one in read_freshness(settings, TODAY) if one.is_silent]


def test_publisher_that_is_quiet_for_more_than_twice_its_usual_interval_is_silent(settings):
    weekly = [("Weekly", days) for days in (15, 22, 29, 36)]
    publish_documents(settings, *weekly, *[("On time", days) for days in (14, 21, 28, 35)])
    weekly_one, on_time = read_freshness(settings, TODAY)
    assert weekly_one == Freshness(
        "Weekly", 4, TODAY - timedelta(days=15), datetime(2026, 3, 31), 15, 7, is_silent=True
    )
    assert (on_time.publisher, on_time.days_quiet, on_time.is_silent) == ("On time", 14, False)


def test_rule_of_silence_is_a_setting(settings):
    publish_documents(settings, *[("Weekly", days) for days in (15, 22, 29, 36)])
    patient = settings.model_copy(update={"silence_factor": 3})
    strict = settings.model_copy(update={"silence_min_days": 5})
    assert [silent_publishers(one) for one in (settings, patient, strict)] == [["Weekly"], [], []]


def test_several_documents_of_one_day_are_one_day_and_one_long_pause_is_not_usual(settings):
    publish_documents(settings, *[("Daily", days) for days in (3, 3, 3, 4, 5, 6, 200)])
    (daily,) = read_freshness(settings, TODAY)
    assert (daily.documents, daily.usual_days, daily.is_silent) == (7, 1, True)


def test_where_nothing_is_usual_yet_nobody_is_silent(settings):
    many = (15, 22, 29, 36)
    publish_documents(
        settings, *[(None, days) for days in many], *[("Undated", None)] * 4, ("New", 300), ("New", 301)
    )
    fresh = {one.publisher: one for one in read_freshness(settings, TODAY)}
    assert not any(one.is_silent for one in fresh.values())
    assert (fresh["Undated"].published_at, fresh["Undated"].days_quiet) == (None, None)
    assert (fresh[None].documents, fresh[None].days_quiet, fresh[None].usual_days) == (4, 15, None)
    assert (fresh["New"].days_quiet, fresh["New"].usual_days) == (300, None)


def test_nothing_published_has_no_publishers(settings):
    assert read_freshness(settings, TODAY) == []
