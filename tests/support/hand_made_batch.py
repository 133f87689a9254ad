"""A small hand-made batch: the hard cases of the warehouse, without parser or extractor.

Two versions of one release (the second corrects the rate and adds cases), a report that states no year, a
target for Shanghai without an agency, an outline with pages, and two files that could not be read, of which
one was replaced by a readable one. Some figures follow characters that other tools than Python count as two or as
none: an emoji, a line end of two characters, a letter with a combining accent.
"""

import json
from dataclasses import fields
from datetime import date, datetime, timedelta
from hashlib import sha256

import polars as pl

from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import Batch, load_batch
from flows.io.warehouse.tables import RAW_TABLES
from flows.settings import Settings
from schemas.validation import validate

RELEASE = (
    "In 2023, 93.65% of manufacturing products qualified. Over 23,000 enterprises were punished. "
    "😀\r\ne\u0301 Last year 56,700 cases were handled."
)
CORRECTED_RELEASE = (
    "In 2023, 93.56% of manufacturing products qualified. Over 23,000 enterprises were punished. "
    "😀\r\ne\u0301 Last year 56,700 cases were handled. A total of 56,800 cases, says another count."
)
REPORT = "Life services scored 78.01. The former quality administration recalled 100 vehicles in 2016."
PLAN = "Shanghai wants satisfaction with services to be above 90 by 2020."
OUTLINE = "I. Goals\nBetter goods.\n1. Make goods better\n2. Make services better"


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def make_batch(**rows: list[dict]) -> Batch:
    """Return validated frames of all raw tables from rows by table; a table without rows is empty.

    Unless landings are given, each document of the ledger landed only at its address.
    """
    rows = {"landings": [landing_row(**row) for row in rows.get("ingestions", [])]} | rows
    frames = {}
    for table in (field.name for field in fields(Batch)):
        model = RAW_TABLES[table]
        frames[table], failures = validate(
            model, pl.DataFrame(rows.get(table, []), schema=model.empty().schema)
        )
        assert failures == []
    return Batch(**frames)


def load_rows(settings: Settings, **rows: list[dict]) -> None:
    with open_working_database(settings) as connection:
        load_batch(connection, make_batch(**rows))


def document_row(text: str, **changes) -> dict:
    row = {
        "doc_id": hash_of(text),
        "address": f"/home/someone/{hash_of(text)[:8]}.txt",
        "file_name": "document.txt",
        "source_url": "https://example.org/document",
        "licence": None,
        "media_type": "text/plain",
        "size_bytes": len(text.encode()),
        "title": "A title",
        "title_raw": "A ti tle",
        "publisher": "A publisher",
        "document_type": "news",
        "language": "en",
        "published_at": date(2024, 2, 21),
        "event_at": None,
        "landed_at": datetime(2024, 3, 1),
        "text": text,
        "boilerplate": "[]",
        "page_starts": "[]",
    }
    return row | changes


def figure_row(text: str, quote: str, number: str, value: float, **changes) -> dict:
    """Return a figure at the offsets of `quote` in `text`; its sentence ends with the next full stop."""
    start = text.index(quote)
    end = start + len(quote)
    before = text.rfind(". ", 0, start)
    after = text.find(". ", end)
    row = {
        "doc_id": hash_of(text),
        "quote": quote,
        "start": start,
        "end": end,
        "number": number,
        "value": value,
        "value_max": None,
        "unit": "count",
        "counted": None,
        "bound": "exact",
        "kind": "level",
        "status": "actual",
        "period_start": date(2023, 1, 1),
        "period_end": date(2023, 12, 31),
        "period_basis": "stated",
        "agency": "samr",
        "ref_area": "CN",
        "indicator": None,
        "measure": None,
        "breakdown": None,
        "speaker": None,
        "confidence": 0.9,
        "sentence_start": 0 if before < 0 else before + 2,
        "sentence_end": len(text) if after < 0 else after + 1,
        "context_start": 0,
        "context_end": len(text),
        "reasons": "{}",
    }
    return row | changes


def citation_row(text: str, quote: str, **changes) -> dict:
    start = text.index(quote)
    row = {
        "doc_id": hash_of(text),
        "policy": None,
        "relation": "cites",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "reasons": '{"policy": "unmapped"}',
    }
    return row | changes


def note_row(text: str, quote: str, **changes) -> dict:
    start = text.index(quote)
    row = {
        "doc_id": hash_of(text),
        "rule": "list_count",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "stated": 3.0,
        "found": 2.0,
        "explanation": "The text announces 3 and names 2.",
    }
    return row | changes


def ingestion_row(doc_id: str, figures: int = 0, **changes) -> dict:
    row = {
        "doc_id": doc_id,
        "address": f"/home/someone/{doc_id[:8]}.txt",
        "sidecar_sha256": hash_of(f"sidecar of {doc_id}"),
        "extractor_version": "1",
        "outcome": "loaded",
        "figures_in": figures,
        "figures_loaded": figures,
        "figures_quarantined": 0,
        "outline_items_loaded": 0,
        "landed_at": datetime(2024, 3, 1),
        "loaded_at": datetime(2024, 3, 2),
    }
    return row | changes


def landing_row(doc_id: str, address: str, landed_at: datetime, **_others) -> dict:
    return {"doc_id": doc_id, "address": address, "landed_at": landed_at}


def quarantine_row(doc_id: str, **changes) -> dict:
    row = {
        "quarantine_id": hash_of(f"quarantine of {doc_id} {sorted(changes)}"),
        "doc_id": doc_id,
        "address": f"/home/someone/{doc_id[:8]}.txt",
        "file_name": "broken.pdf",
        "subject": "document",
        "record": None,
        "rule": "encrypted",
        "reason": "broken.pdf is encrypted: land a copy without a password.",
        "evidence": None,
        "landed_at": datetime(2024, 3, 1),
    }
    return row | changes


def outline_row(title: str, level: int, **changes) -> dict:
    start = OUTLINE.index(title)
    row = {
        "doc_id": hash_of(OUTLINE),
        "level": level,
        "number": "1",
        "title": title,
        "title_raw": title,
        "parent": None,
        "parent_start": None,
        "start": start,
        "end": start + len(title),
        "body": None,
        "indicators": "[]",
    }
    return row | changes


def objective_row(quote: str, **changes) -> dict:
    start = OUTLINE.index(quote)
    row = {
        "doc_id": hash_of(OUTLINE),
        "outline_start": None,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "deadline": None,
        "deadline_quote": None,
        "owner": None,
        "owner_quote": None,
        "is_quantified": False,
        "indicators": "[]",
        "reasons": "{}",
    }
    return row | changes


def releases() -> dict[str, list[dict]]:
    """Return two versions of one release; the second is current and contradicts itself about the cases."""
    rate = {"unit": "percent", "indicator": "manufacturing_product_qualification_rate"}
    cases = {"indicator": "quality_violation_cases", "counted": "cases"}
    first = {"address": "/home/someone/release.html", "landed_at": datetime(2024, 3, 1)}
    second = first | {"landed_at": datetime(2024, 3, 5)}
    enterprises = {"bound": "more_than", "indicator": "enterprises_punished", "counted": "enterprises"}
    return {
        "documents": [document_row(RELEASE, **first), document_row(CORRECTED_RELEASE, **second)],
        "figures": [
            figure_row(RELEASE, "93.65%", "93.65%", 93.65, **rate),
            figure_row(RELEASE, "Over 23,000 enterprises", "23,000", 23_000, **enterprises),
            figure_row(RELEASE, "56,700 cases", "56,700", 56_700, **cases),
            figure_row(CORRECTED_RELEASE, "93.56%", "93.56%", 93.56, **rate),
            figure_row(CORRECTED_RELEASE, "Over 23,000 enterprises", "23,000", 23_000, **enterprises),
            figure_row(CORRECTED_RELEASE, "56,700 cases", "56,700", 56_700, **cases),
            figure_row(CORRECTED_RELEASE, "56,800 cases", "56,800", 56_800, **cases),
        ],
        "notes": [note_row(text, "Last year 56,700 cases") for text in (RELEASE, CORRECTED_RELEASE)],
        "ingestions": [
            ingestion_row(hash_of(RELEASE), 3, **first),
            ingestion_row(hash_of(CORRECTED_RELEASE), 4, **second),
        ],
    }


def report_and_plan() -> dict[str, list[dict]]:
    """Return a score without a year, a flow of a former agency, a target without an agency, and a bad figure."""
    undated = {"period_start": None, "period_end": date(2024, 2, 21), "period_basis": "document_date"}
    in_2016 = {"period_start": date(2016, 1, 1), "period_end": date(2016, 12, 31)}
    by_2020 = {"period_start": None, "period_end": date(2020, 12, 31)}
    score = {"unit": "score", "indicator": "life_service_satisfaction_score", "agency": None}
    recalled = {"indicator": "vehicles_recalled", "agency": "aqsiq", "counted": "vehicles"}
    target = {
        "unit": "score",
        "indicator": "service_satisfaction_score",
        "agency": None,
        "ref_area": "CN-SH",
        "bound": "at_least",
        "status": "target",
    }
    bad_figure = {
        "subject": "figure",
        "record": "5:9",
        "rule": "share_is_a_part",
        "reason": "A share of a whole exceeds 100 percent.",
        "evidence": '{"value": 120}',
        "file_name": "plan.txt",
    }
    return {
        "documents": [document_row(REPORT), document_row(PLAN, published_at=None)],
        "figures": [
            figure_row(REPORT, "78.01", "78.01", 78.01, **score | undated),
            figure_row(REPORT, "100 vehicles", "100", 100, **recalled | in_2016),
            figure_row(PLAN, "above 90", "90", 90, **target | by_2020),
        ],
        "citations": [citation_row(PLAN, "satisfaction with services")],
        "quarantine": [quarantine_row(hash_of(PLAN), **bad_figure)],
        "ingestions": [
            ingestion_row(hash_of(REPORT), 2),
            ingestion_row(hash_of(PLAN), 1, figures_in=2, figures_quarantined=1),
        ],
    }


def outline_and_broken_files() -> dict[str, list[dict]]:
    """Return an outline of two pages that replaced a broken file, and a broken file that stays."""
    address = {"address": "/home/someone/outline.pdf"}
    replacing = address | {"landed_at": datetime(2024, 3, 1) + timedelta(days=1)}
    top = OUTLINE.index("Goals")
    below = {"parent": "I", "parent_start": top}
    set_aside = {"outcome": "quarantined"}
    return {
        "documents": [document_row(OUTLINE, page_starts=json.dumps([0, 23]), **replacing)],
        "outline_items": [
            outline_row("Goals", 1, number="I", body="Better goods."),
            outline_row("Make goods better", 2, **below),
            outline_row("Make services better", 2, number="2", **below),
        ],
        "objectives": [
            objective_row(
                "Better goods.", outline_start=top, deadline=date(2030, 12, 31), deadline_quote="2030"
            ),
            objective_row("Make goods better", owner="samr", owner_quote="SAMR"),
        ],
        "quarantine": [quarantine_row(hash_of("replaced"), **address), quarantine_row(hash_of("broken"))],
        "ingestions": [
            ingestion_row(hash_of(OUTLINE), outline_items_loaded=3, **replacing),
            ingestion_row(hash_of("replaced"), **set_aside, **address),
            ingestion_row(hash_of("broken"), **set_aside),
        ],
    }


def hand_made_batch() -> Batch:
    """Return all of the above in one batch."""
    parts = [releases(), report_and_plan(), outline_and_broken_files()]
    tables = {name for part in parts for name in part}
    return make_batch(**{name: [row for part in parts for row in part.get(name, [])] for name in tables})
