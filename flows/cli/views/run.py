"""What the command line prints when the work is done: short tables on standard output."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.cli.views.status import HomeStatus, read_home_status
from flows.extract.figures.explain import Explained
from flows.extract.model import Figure
from flows.extract.version import VERSION
from flows.ingestion.figure_differences import FigureDifference
from flows.io.journal.runs import Run
from flows.io.published.freshness import Freshness
from flows.io.published.publication import Pin, Publication, describe_publications, read_pin
from flows.io.warehouse.database import WarehouseCounts
from flows.poll import Polled
from flows.reextract import EXTRACTED_TABLES, DocumentDifference, Reextracted, count_fields
from flows.review.decide import ReviewFilter, list_items
from flows.run import Ran
from flows.runtime.logs import printable
from flows.settings import Settings

EXAMPLES = 3  # shown of each kind of difference
CHANGES = ("added", "lost", "changed")
SERIES_CHANGES = ("changed", "added", "gone")
DESCRIBING = ("value", "value_max", "unit", "bound", "kind", "status", "period", "indicator")
DOCUMENTS = 20  # shown of those that differ, and indicator-years of each kind of change
PUBLISHERS = 20  # shown, besides silent ones
WIDTH_WITHOUT_TERMINAL = 120
EXAMPLE = "select title, quote, obs_value from fct_observations join evidence using (observation_id)"


def print_run(ran: Ran, status: WarehouseCounts, settings: Settings) -> None:
    """Print the summary of the main job and how to query what it made."""
    new, figures = len(ran.ingested.loaded), ran.ingested.figures
    path = _short(settings.published_database)
    _print_table(
        ("Documents", f"{status.documents}, {new} of them new"),
        ("Figures", f"{status.figures}, {figures} of them new"),
        ("Quarantined", str(status.quarantined)),
        ("Published", f"{path}{' (unchanged)' if ran.publication.unchanged else ''}"),
    )
    if ran.publication.pin:
        print(describe_publication(ran.publication))
    _print_quarantine(settings)
    print("\nQuery it, for example:")
    python = _short(Path(sys.executable))
    print(f"{python} -c \"import duckdb; duckdb.connect('{path}', read_only=True).sql('{EXAMPLE}').show()\"")


def format_explanation(sentence: str, figure: Figure, explained: Sequence[Explained]) -> str:
    """A figure with its sentence and why each field is what it is; all of it is text, whatever it says."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL)
    head = f"“{printable(figure.quote)}”  {figure.doc_id}, characters {figure.start} to {figure.end}"
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for one in explained:
        table.add_row(*(Text(printable(cell)) for cell in (one.field, one.value, one.why)))
    with console.capture() as capture:
        console.print(Text(head, "bold"))
        console.print(Text(printable(sentence)))
        console.print(table)
    return capture.get()


def print_polled(polled: Polled) -> None:
    """Print what became of each source that was polled; why something failed has been told already."""
    if not polled.sources:
        print(_explain_idle(polled))
        return
    names = ("checked", "new", "changed", "unchanged", "failed")
    rows = (
        (
            done.source_id,
            *(str(getattr(done, name)) for name in names),
            f"{done.rests_until:%Y-%m-%d %H:%M} UTC" if done.rests_until else "",
        )
        for done in polled.sources
    )
    print_columns(("Source", *map(str.capitalize, names), "Rests until"), rows)


def _explain_idle(polled: Polled) -> str:
    if polled.is_left_to_another:
        return "Another poll is at work: it takes what is due."
    if polled.enabled:
        return f"Nothing is due: {polled.enabled} source(s) are enabled, and each is polled at its interval."
    return (
        "No source is enabled: set `enabled` in a sources.csv of your own, which QUALITY_WAREHOUSE_SOURCES names, "
        "or name a source."
    )


def print_status(settings: Settings) -> None:
    """Print what is landed, pending, in quarantine and published, when; the last runs; and how fresh publishers are."""
    overview = read_home_status(settings)
    _print_table(
        ("Home", _short(settings.root)),
        ("Landed", f"{overview.landed} documents"),
        *_rows_of_loaded(overview),
        ("Published", overview.published or "nothing yet"),
        *([("Pinned", _describe_pin(overview.pin))] if overview.pin else []),
    )
    if overview.loaded:
        _print_quarantine(settings)
    if overview.runs:
        heads = ("Stage", "Started (UTC)", "Outcome", "Seconds", "In", "Out", "Held", "Of", "Error")
        print_columns(heads, map(_row_of_run, overview.runs))
    if overview.publishers:
        heads = ("Publisher", "Documents", "Newest", "Landed (UTC)", "Days quiet", "Usually", "")
        print_columns(heads, _publisher_rows(overview.publishers))


def print_publications(settings: Settings) -> None:
    """Print the versions that are kept, the newest first."""
    versions, pin = describe_publications(settings), read_pin(settings)
    if not versions:
        print("Nothing is published yet.")
        return
    rows = (
        (
            version.version,
            f"{version.published_at:%Y-%m-%d %H:%M}",
            *(str(version.tables.get(table, "")) for table in ("dim_documents", "fct_observations")),
            f"{version.size_bytes / 1_000_000:.1f} MB",
            ("pinned" if pin else "current") if version.is_current else "",
        )
        for version in versions
    )
    print_columns(("Version", "Published (UTC)", "Documents", "Figures", "Size", "Readers"), rows)
    if pin:
        print(f"\nPinned: {_describe_pin(pin)}")


def describe_publication(publication: Publication) -> str:
    """What became of a publication, and what to do where readers do not get it."""
    if publication.pin is None:
        return f"{'unchanged' if publication.unchanged else 'published'}  {publication.path}"
    return (
        f"kept beside  {publication.path}\n"
        f"Readers keep version {_describe_pin(publication.pin)}; `quality-warehouse publications resume` ends that."
    )


def _describe_pin(pin: Pin) -> str:
    reason = f": {show(pin.reason)}" if pin.reason else ""
    return f"{pin.version}, by {show(pin.pinned_by)} on {pin.pinned_at:%Y-%m-%d %H:%M} UTC{reason}"


def _rows_of_loaded(overview: HomeStatus) -> list[tuple[str, str]]:
    status = overview.loaded
    if status is None:
        return [("Loaded", "unknown, for another process writes the working database at the moment")]
    loaded = f"{status.documents} documents, {status.figures} figures, {status.outline_items} outline items"
    last = f"{status.last_loaded_at:%Y-%m-%d %H:%M} UTC" if status.last_loaded_at else "never"
    return [
        ("Pending", f"{overview.pending} documents"),
        ("Loaded", loaded),
        ("Last load", last),
        ("Quarantined", str(status.quarantined)),
    ]


def _row_of_run(run: Run) -> tuple[str, ...]:
    counts = (run.count_in, run.count_out, run.count_held, run.counted, run.error)
    seconds = "" if run.seconds is None else f"{run.seconds:.1f}"
    cells = ("" if cell is None else str(cell) for cell in counts)
    return (run.stage, f"{run.started_at:%Y-%m-%d %H:%M}", run.outcome, seconds, *cells)


def _publisher_rows(publishers: Sequence[Freshness]) -> Iterator[Sequence[str]]:
    """All that are silent, and the others with the newest documents."""
    silent = sum(one.is_silent for one in publishers)
    for one in publishers[: max(PUBLISHERS, silent)]:
        yield (
            one.publisher or "not stated",
            str(one.documents),
            f"{one.published_at:%Y-%m-%d}" if one.published_at else "",
            f"{one.landed_at:%Y-%m-%d %H:%M}" if one.landed_at else "",
            "" if one.days_quiet is None else str(one.days_quiet),
            "" if one.usual_days is None else f"every {one.usual_days:g} days",
            "SILENT" if one.is_silent else "",
        )
    if len(publishers) > max(PUBLISHERS, silent):
        yield (f"and {len(publishers) - max(PUBLISHERS, silent)} more", "", "", "", "", "", "")


def print_reextraction(done: Reextracted) -> None:
    """Print what another version of the extractor reads differently: in total, by field and by document."""
    differing = [document for document in done.documents if not document.is_equal]
    if done.documents:
        _print_totals(done.documents, len(differing))
    if differing:
        print_columns(("Difference", "Figures", "Old", "New", "Quote"), _example_rows(differing))
        print_columns(("Document", "Figures", "Added", "Lost", "Changed"), _document_rows(differing))
        print("".join(f"  {printable(reason)}\n" for reason in reasons_of_set_aside(done)))
    if done.series is not None:
        _print_series_changes(done.series)
    print(say_what_follows(done))


def reasons_of_set_aside(done: Reextracted) -> Iterator[str]:
    """Why a re-extraction sets rows aside that were not in quarantine before."""
    return (reason for document in done.documents for reason in document.set_aside)


def say_what_follows(done: Reextracted) -> str:
    """Say in one sentence what to do after a re-extraction."""
    if done.loaded:
        return _say_what_follows_a_load(done)
    if not done.documents and done.every_version:
        return "Nothing to extract again: no document that was asked for is stored."
    if not done.documents:
        return (
            "Nothing to extract again: no stored document that was asked for was read by another version of "
            f"the extractor than version {VERSION}; --all takes those of version {VERSION} too."
        )
    if all(document.is_equal for document in done.documents):
        return f"Nothing differs; --load would only note that version {VERSION} has read these documents."
    return (
        "Nothing is loaded: give the same command with --load to take these figures, then run "
        "`quality-warehouse build` and `quality-warehouse publish`."
    )


def _say_what_follows_a_load(done: Reextracted) -> str:
    if done.published:
        return "All that was asked for is loaded, built and published."
    if done.series is not None:
        return "All that was asked for is loaded and built: run `quality-warehouse publish`."
    if not done.documents:
        return "Nothing to extract again: all that was asked for is loaded."
    return "These figures are loaded: run `quality-warehouse build`, then `quality-warehouse publish`."


def _print_series_changes(changes: pl.DataFrame) -> None:
    """Print how many indicator-years differ from the published ones, then some of each kind."""
    counts = Counter(changes["change"])
    print(
        "Indicator-years",
        ", ".join(f"{counts[change]} {change}" for change in SERIES_CHANGES),
        "\n",
        sep="  ",
    )
    if changes.is_empty():
        return
    heads = ("Series", "Indicator", "Area", "Year", "Scenario", "Breakdown", "Old", "New")
    print_columns(heads, (row for change in SERIES_CHANGES for row in _series_rows(changes, change)))


def _series_rows(changes: pl.DataFrame, change: str) -> Iterator[Sequence[str]]:
    rows = changes.filter(pl.col("change") == change)
    for row in rows.head(DOCUMENTS).iter_rows(named=True):
        place = [show(row[name]) for name in ("indicator_id", "ref_area", "year", "scenario")]
        values = [
            "" if row[f"{side}_value"] is None else f"{show(row[f'{side}_value'])} ({row[f'{side}_bound']})"
            for side in ("old", "new")
        ]
        yield (change, *place, row["breakdown"] or "", *values)
    if len(rows) > DOCUMENTS:
        yield (f"and {len(rows) - DOCUMENTS} more", "", "", "", "", "", "", "")


def _print_totals(documents: Sequence[DocumentDifference], differing: int) -> None:
    old, new, altered = (
        sum((getattr(document, counts) for document in documents), Counter())
        for counts in ("old", "new", "altered")
    )
    changes = [f"{sum(d.count(change) for d in documents)} {change}" for change in CHANGES]
    versions = ", ".join(sorted({document.old_version for document in documents}))
    _print_table(
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
    """First figures added and lost, then the fields that changed, the most frequent first; some examples each."""
    figures = [figure for document in documents for figure in document.figures]
    for change in ("added", "lost"):
        found = [figure for figure in figures if figure.change == change]
        sides = [(*(_describe(figure, side) for side in (0, 1)), figure.quote) for figure in found[:EXAMPLES]]
        yield from _with_examples(change, len(found), sides)
    for field, count in count_fields(documents).most_common():
        found = [figure for figure in figures if figure.change == "changed" and field in figure.fields]
        sides = [(*map(show, figure.fields[field]), figure.quote) for figure in found[:EXAMPLES]]
        yield from _with_examples(field, count, sides)


def _with_examples(
    difference: str, count: int, examples: Sequence[tuple[str, str, str]]
) -> Iterator[Sequence[str]]:
    """The first row of a kind of difference names and counts it."""
    for number, example in enumerate(examples):
        yield ("", "", *example) if number else (difference, str(count), *example)


def _describe(figure: FigureDifference, side: int) -> str:
    """What a figure that was added or lost says; nothing on the side where it is not."""
    values = [figure.fields[name][side] for name in DESCRIBING if name in figure.fields]
    return ", ".join(show(value) for value in values if value is not None)


def _document_rows(documents: Sequence[DocumentDifference]) -> Iterator[Sequence[str]]:
    """The documents that differ most."""
    ordered = sorted(documents, key=lambda document: -len(document.figures))
    for document in ordered[:DOCUMENTS]:
        counts = [str(document.count(change)) for change in CHANGES]
        yield (document.name, f"{document.old['figures']} → {document.new['figures']}", *counts)
    if len(ordered) > DOCUMENTS:
        yield (f"and {len(ordered) - DOCUMENTS} more", "", "", "", "")


def show(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, float):
        return f"{value:.15g}"
    return "null" if value is None else str(value)


def print_columns(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    """Print a table as wide as the terminal; what documents say is shown as it is, and is no markup."""
    _print_rich(Table(*heads, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold"), rows)


def print_rows(*rows: Sequence[str]) -> None:
    """Print a label and a text on each row, long texts broken below themselves."""
    _print_rich(Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0)), iter(rows))


def _print_rich(table: Table, rows: Iterator[Sequence[str]]) -> None:
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    width = None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL
    Console(width=width, highlight=False).print("", table, sep="\n")


def _print_table(*rows: Sequence[str]) -> None:
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        print(f"{label:<{width}}  {value}")


def _print_quarantine(settings: Settings) -> None:
    for item in list_items(settings, ReviewFilter(), unmapped=False):
        print(f"  [{item.rule}] {printable(item.reason)}")


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
