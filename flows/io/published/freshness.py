"""How fresh the published warehouse is, by publisher.

It asks the published file and not the working database, because that is what readers have and nobody locks it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb

from flows.settings import Settings


@dataclass(frozen=True)
class Freshness:
    """One publisher; `publisher` is null for documents that name none. Unknown values are null.

    `published_at` and `landed_at` (UTC) are those of its newest documents, `days_quiet` the days since `published_at`.
    `usual_days` is the median interval between two days of publication, null where there are fewer than
    `settings.silence_min_days` such days. A publisher `is_silent` when it is quiet for more than
    `settings.silence_factor` times `usual_days`.
    """

    publisher: str | None
    documents: int
    published_at: date | None
    landed_at: datetime | None
    days_quiet: int | None
    usual_days: float | None
    is_silent: bool


def read_freshness(settings: Settings, today: date | None = None) -> list[Freshness]:
    """Return all publishers of the published file: silent ones first, then by their newest document.

    `today` is a day in UTC, by default the current one.
    """
    if not settings.published_database.exists():
        return []
    with duckdb.connect(str(settings.published_database), read_only=True) as connection:
        rows = connection.execute(
            """
            with days as (
                select distinct publisher, published_at from dim_documents where published_at is not null
            ),
            gaps as (
                select publisher, published_at - lag(published_at) over (
                    partition by publisher order by published_at
                ) as gap
                from days
            ),
            habits as (
                select publisher, median(gap) as usual_days
                from gaps where publisher is not null group by publisher having count(*) >= $min_days
            ),
            publishers as (
                select
                    publisher, count(*) as documents, max(published_at) as published_at,
                    max(landed_at) as landed_at, $today::date - max(published_at) as days_quiet
                from dim_documents group by publisher
            )
            select
                publishers.*,
                habits.usual_days,
                habits.usual_days is not null and days_quiet > $factor * habits.usual_days as is_silent
            from publishers left join habits using (publisher)
            order by is_silent desc, published_at desc nulls last, publisher
            """,
            {
                "today": today or datetime.now(UTC).date(),
                "min_days": settings.silence_min_days,
                "factor": settings.silence_factor,
            },
        ).fetchall()
    return [Freshness(*row) for row in rows]


def read_silent(settings: Settings) -> list[Freshness]:
    """Return the publishers that are silent today."""
    return [publisher for publisher in read_freshness(settings) if publisher.is_silent]
