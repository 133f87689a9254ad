"""What `quality-warehouse reextract` prints."""

from collections import Counter
from collections.abc import Iterator, Sequence

import polars as pl

from flows.cli.views.tables import format_value, print_fields, print_table
from flows.extract.version import VERSION
from flows.ingestion.document_differences import EXTRACTED_TABLES, DocumentDifference, count_fields
from flows.ingestion.figure_differences import FigureDifference
from flows.reextract import Reextracted
from flows.runtime.logs import printable

CHANGES = ("added", "lost", "changed")
SERIES_CHANGES = ("changed", "added", "gone")
SUMMARY_FIELDS = ("value", "value_max", "unit", "bound", "kind", "status", "period", "indicator")
EXAMPLES = 3  # shown of each kind of difference
DOCUMENTS = 20  # shown of those that differ
SERIES = 20  # indicator-years shown of each kind of change


def print_reextraction(done: Reextracted) -> None:
    """Print how this version of the extractor reads differently: in total, by field and by document."""
    differing = [document for document in done.documents if not document.is_equal]
    if done.documents:
        _print_totals(done.documents, len(differing))
    if differing:
        print_table(("Difference", "Figures", "Old", "New", "Quote"), _example_rows(differing))
        print_table(("Document", "Figures", "Added", "Lost", "Changed"), _document_rows(differing))
        print("".join(f"  {printable(reason)}\n" for reason in list_set_aside_reasons(done)))
    if done.series is not None:
        _print_series_changes(done.series)
    print(next_step(done))


def list_set_aside_reasons(done: Reextracted) -> Iterator[str]:
    """Yield why rows are set aside that were not in quarantine before."""
    return (reason for document in done.documents for reason in document.set_aside)


def next_step(done: Reextracted) -> str:
    """Say in one sentence what to do after a re-extraction."""
    if done.loaded:
        return _next_step_after_load(done)
    if not done.documents and done.every_version:
        return "Nothing to extract again: no stored document matches."
    if not done.documents:
        return (
            "Nothing to extract again: no stored document that matches was read by another version of the "
            f"extractor than {VERSION}; --all takes those of version {VERSION} too."
        )
    if all(document.is_equal for document in done.documents):
        return f"Nothing differs; --load would only note that version {VERSION} has read these documents."
    return (
        "Nothing is loaded: give the same command with --load to take these figures, then run "
        "`quality-warehouse build` and `quality-warehouse publish`."
    )


def _next_step_after_load(done: Reextracted) -> str:
    if done.published:
        return "All that was asked for is loaded, built and published."
    if done.series is not None:
        return "All that was asked for is loaded and built: run `quality-warehouse publish`."
    if not done.documents:
        return "Nothing to extract again: all that was asked for is loaded."
    return "These figures are loaded: run `quality-warehouse build`, then `quality-warehouse publish`."


def _print_totals(documents: Sequence[DocumentDifference], differing: int) -> None:
    old = sum((document.old for document in documents), Counter[str]())
    new = sum((document.new for document in documents), Counter[str]())
    altered = sum((document.altered for document in documents), Counter[str]())
    changes = [f"{sum(document.count(change) for document in documents)} {change}" for change in CHANGES]
    versions = ", ".join(sorted({document.old_version for document in documents}))
    print_fields(
        ("Extractor", f"version {versions} → {VERSION}"),
        ("Documents", f"{len(documents)}, {differing} of them differ"),
        ("Figures", f"{old['figures']} → {new['figures']}: {', '.join(changes)}"),
        *(
            (
                table.replace("_", " ").capitalize(),
                f"{old[table]} → {new[table]}, {altered[table]} of them not there before",
            )
            for table in EXTRACTED_TABLES
            if table != "figures"
        ),
    )


def _example_rows(documents: Sequence[DocumentDifference]) -> Iterator[Sequence[str]]:
    """Yield examples of figures added and lost, then of each field that changed, the most frequent first."""
    figures = [figure for document in documents for figure in document.figures]
    for change in ("added", "lost"):
        found = [figure for figure in figures if figure.change == change]
        sides = [(_summarize(one, 0), _summarize(one, 1), one.quote) for one in found[:EXAMPLES]]
        yield from _name_first(change, len(found), sides)
    for field, count in count_fields(documents).most_common():
        found = [figure for figure in figures if figure.change == "changed" and field in figure.fields]
        sides = [(*_format_change(one, field), one.quote) for one in found[:EXAMPLES]]
        yield from _name_first(field, count, sides)


def _name_first(
    difference: str, count: int, examples: Sequence[tuple[str, str, str]]
) -> Iterator[Sequence[str]]:
    """Yield the examples of a difference; the first row also names and counts it."""
    for number, example in enumerate(examples):
        yield ("", "", *example) if number else (difference, str(count), *example)


def _format_change(figure: FigureDifference, field: str) -> tuple[str, str]:
    old, new = figure.fields[field]
    return format_value(old), format_value(new)


def _summarize(figure: FigureDifference, side: int) -> str:
    """Write the values of an added or lost figure; empty on the side where it does not exist."""
    values = [figure.fields[name][side] for name in SUMMARY_FIELDS if name in figure.fields]
    return ", ".join(format_value(value) for value in values if value is not None)


def _document_rows(documents: Sequence[DocumentDifference]) -> Iterator[Sequence[str]]:
    """Yield the documents that differ most."""
    ordered = sorted(documents, key=lambda document: -len(document.figures))
    for document in ordered[:DOCUMENTS]:
        counts = [str(document.count(change)) for change in CHANGES]
        yield (document.name, f"{document.old['figures']} → {document.new['figures']}", *counts)
    if len(ordered) > DOCUMENTS:
        yield (f"and {len(ordered) - DOCUMENTS} more", "", "", "", "")


def _print_series_changes(changes: pl.DataFrame) -> None:
    """Print how many indicator-years differ from the published ones, then some of each kind of change."""
    counts = Counter(changes["change"])
    totals = ", ".join(f"{counts[change]} {change}" for change in SERIES_CHANGES)
    print("Indicator-years", totals, "\n", sep="  ")
    if changes.is_empty():
        return
    heads = ("Series", "Indicator", "Area", "Year", "Scenario", "Breakdown", "Old", "New")
    print_table(heads, (row for change in SERIES_CHANGES for row in _series_rows(changes, change)))


def _series_rows(changes: pl.DataFrame, change: str) -> Iterator[Sequence[str]]:
    rows = changes.filter(pl.col("change") == change)
    for row in rows.head(SERIES).iter_rows(named=True):
        key = [format_value(row[name]) for name in ("indicator_id", "ref_area", "year", "scenario")]
        values = [
            ""
            if row[f"{side}_value"] is None
            else f"{format_value(row[f'{side}_value'])} ({row[f'{side}_bound']})"
            for side in ("old", "new")
        ]
        yield (change, *key, row["breakdown"] or "", *values)
    if len(rows) > SERIES:
        yield (f"and {len(rows) - SERIES} more", "", "", "", "", "", "", "")
