"""The SQL of `quality-warehouse review`: reads what waits for a person, and stores what people decided.

Items are read as frames of plain columns, in which a figure is JSON with the columns of FigureSchema. Hold the
writer lock to write decisions.
"""

import json

import polars as pl

from flows.io.warehouse.database import open_working_database, read_raw_tables
from flows.io.warehouse.loading import Batch
from flows.io.warehouse.reading import read_batch
from flows.io.warehouse.tables import NEWEST_DOCUMENTS, has_table
from flows.settings import Settings

# One row for each waiting item and each rule that holds it; `figure` and `sentence` are null for other records.
ITEM_COLUMNS = (
    "item_id", "what", "subject", "rule", "reason", "doc_id", "address", "publisher", "title", "file_name", "sentence",
    "context", "figure",
)  # fmt: skip

WHOLE_ID = 32  # an id has at least so many characters; a shorter one is the beginning of an id


def _identified(table: str) -> str:
    """Return the query for figures with their `observation_id`, and as JSON in `figure`.

    The id is that of the marts: dbt's macro surrogate_key makes it of the same columns.
    """
    return f"""
        select
            figures.*,
            md5(cast(to_json([doc_id, cast("start" as varchar), cast("end" as varchar), number]) as varchar))
                as observation_id,
            cast(to_json(figures) as varchar) as figure
        from {table} as figures
    """


_PIECE = "substring(documents.text, {start} + 1, {end} - {start})"
_SENTENCE = _PIECE.format(start="{f}sentence_start", end="{f}sentence_end")
_CONTEXT = _PIECE.format(start="{f}context_start", end="{f}context_end")

_OFFSETS = (
    "'"
    + json.dumps(dict.fromkeys(("sentence_start", "sentence_end", "context_start", "context_end"), "BIGINT"))
    + "'"
)

_QUARANTINED = f"""
    select
        quarantine_id as item_id, 'quarantined' as what, subject, rule, reason, quarantine.doc_id,
        quarantine.address, publisher, title, quarantine.file_name,
        {_SENTENCE.format(f="figure.")} as sentence,
        {_CONTEXT.format(f="figure.")} as context,
        case when subject = 'figure' then evidence end as figure
    from (
        select
            *,
            json_transform(
                case when subject = 'figure' then evidence end,
                {_OFFSETS}
            ) as figure
        from raw.open_quarantine
    ) as quarantine
    left join raw.documents using (doc_id)
"""

# Figures that a person has corrected stay listed until the next build: only it knows whether they are still held.
_HELD = f"""
    select
        quarantine_id as item_id, 'held' as what, 'observation' as subject, rule, reason, figures.doc_id,
        documents.address, publisher, title, documents.file_name,
        {_SENTENCE.format(f="figures.")} as sentence,
        {_CONTEXT.format(f="figures.")} as context,
        figures.figure
    from main.quarantine
    inner join (
        {_identified("raw.figures_as_decided")}
        where doc_id in (select document_id from main.quarantine where subject = 'observation')
    ) as figures using (observation_id)
    inner join raw.documents using (doc_id)
    anti join (from raw.decided_figures where is_accepted or is_rejected) as decided
        on figures.doc_id = decided.doc_id and figures.start = decided.start
        and figures."end" = decided."end" and figures.number = decided.number
    where subject = 'observation'
"""

_UNMAPPED = f"""
    select
        figures.observation_id as item_id, 'unmapped' as what, 'figure' as subject, 'unmapped' as rule,
        'No indicator of the catalogue is known to be worded like this.' as reason, figures.doc_id,
        documents.address, publisher, title, documents.file_name,
        {_SENTENCE.format(f="figures.")} as sentence,
        {_CONTEXT.format(f="figures.")} as context,
        figures.figure
    from (
        {_identified("raw.figures")}
        where indicator is null and (reasons ->> '$.indicator') = 'unmapped'
    ) as figures
    semi join ({NEWEST_DOCUMENTS}) as newest on figures.doc_id = newest.doc_id
    anti join raw.decided_figures as decided
        on figures.doc_id = decided.doc_id and figures.start = decided.start
        and figures."end" = decided."end" and figures.number = decided.number
    inner join raw.documents on figures.doc_id = documents.doc_id
"""

_LOADED = f"""
    select
        item_id, 'loaded' as what, 'figure' as subject, null as rule, 'It is loaded.' as reason, figures.doc_id,
        documents.address, publisher, title, documents.file_name,
        {_SENTENCE.format(f="figures.")} as sentence,
        {_CONTEXT.format(f="figures.")} as context,
        figures.figure
    from (
        select
            *, unnest([observation_id, md5(cast(to_json([observation_id, 'implausible_value']) as varchar))]) as item_id
        from ({_identified("raw.figures")}) as figures
    ) as figures
    inner join raw.documents using (doc_id)
"""

_EVER_QUARANTINED = _QUARANTINED.replace("raw.open_quarantine", "raw.quarantine")

_ORDER = "order by what, rule, file_name, doc_id, cast(figure ->> '$.start' as bigint), item_id"


def read_items(settings: Settings, *, unmapped: bool = True) -> pl.DataFrame:
    """Return all that waits for a person in the newest versions of documents; columns ITEM_COLUMNS.

    `unmapped` includes figures that wait only because their indicator is unknown, which may be very many.
    """
    with read_raw_tables(settings) as connection:
        if connection is None:
            return _no_items()
        queries = [_QUARANTINED, _UNMAPPED] if unmapped else [_QUARANTINED]
        if has_table(connection, "main", "quarantine"):
            queries.append(_HELD)
        union = " union all by name ".join(f"from ({query})" for query in queries)
        return connection.execute(f"from ({union}) {_ORDER}").pl().select(ITEM_COLUMNS)


def find_figures(settings: Settings, ids: list[str]) -> pl.DataFrame:
    """Return the items with one of these ids, or beginnings of ids, decided or not; columns ITEM_COLUMNS.

    A figure is known by its observation_id, by the id under which it is held, and by one id for each rule it broke.
    """
    with read_raw_tables(settings) as connection:
        if connection is None:
            return _no_items()
        query = f"""
            from (from ({_LOADED}) union all by name from ({_EVER_QUARANTINED})) as items
            where
                item_id in (select unnest($ids::varchar[]))
                or len(list_filter($begin::varchar[], lambda one: starts_with(item_id, one))) > 0
            {_ORDER}
        """
        begin = [one for one in ids if len(one) < WHOLE_ID]
        return connection.execute(query, {"ids": ids, "begin": begin}).pl().select(ITEM_COLUMNS)


def read_versions(settings: Settings, addresses: list[str], doc_ids: list[str]) -> tuple[Batch, pl.DataFrame]:
    """Return all rows of the documents that were ever at these addresses, and the newest document of each address.

    The second frame has the columns `address, doc_id`.
    """
    with read_raw_tables(settings) as connection:
        if connection is None:
            return read_batch(settings, []), pl.DataFrame({"address": [], "doc_id": []})
        newest = connection.execute(NEWEST_DOCUMENTS).pl()
        found = connection.execute(
            """
            select distinct doc_id from raw.landings
            where
                address in (select unnest($addresses::varchar[]))
                or doc_id in (select unnest($doc_ids::varchar[]))
            order by doc_id
            """,
            {"addresses": addresses, "doc_ids": doc_ids},
        ).fetchall()
    return read_batch(settings, [doc_id for (doc_id,) in found]), newest


def read_held_evidence(settings: Settings) -> pl.DataFrame:
    """Return the figures that the last build held back as implausible; columns `obs_value, measure_type, evidence`."""
    with read_raw_tables(settings) as connection:
        if connection is None or not has_table(connection, "main", "quarantine"):
            return pl.DataFrame(
                schema={"obs_value": pl.Float64, "measure_type": pl.String, "evidence": pl.String}
            )
        return connection.execute(
            """
            select obs_value, measure_type, evidence
            from main.quarantine
            inner join main.fct_observations using (observation_id)
            inner join main.dim_indicators using (indicator_id)
            where subject = 'observation'
            """
        ).pl()


def replace_decisions(settings: Settings, decisions: pl.DataFrame, figures: pl.DataFrame) -> None:
    """Replace all rows of `raw.decisions` and `raw.decided_figures`, in one transaction."""
    with open_working_database(settings) as connection:
        connection.begin()
        for table, rows in (("decisions", decisions), ("decided_figures", figures)):
            connection.execute(f"delete from raw.{table}")
            connection.register("incoming", rows)
            connection.execute(f"insert into raw.{table} by name select * from incoming")
            connection.unregister("incoming")
        connection.commit()


def _no_items() -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(ITEM_COLUMNS, pl.String))
