"""What the command line prints when the work is done: short tables on standard output."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.compare_figures import FigureDifference
from flows.extract.engine import VERSION
from flows.extract.explain import Explained
from flows.extract.model import Figure
from flows.ingest import find_pending
from flows.io.landing import read_sidecars
from flows.io.publication import read_current_version
from flows.io.warehouse import Status, read_held_figures, read_open_quarantine, read_status
from flows.progress import printable
from flows.reextract import EXTRACTED_TABLES, DocumentDifference, Reextracted, count_fields
from flows.run import Ran
from flows.settings import Settings

EXAMPLES = 3  # shown of each kind of difference
CHANGES = ("added", "lost", "changed")
DESCRIBING = ("value", "value_max", "unit", "bound", "kind", "status", "period", "indicator")
DOCUMENTS = 20  # shown of those that differ
WIDTH_WITHOUT_TERMINAL = 120
EXAMPLE = "select title, quote, obs_value from fct_observations join evidence using (observation_id)"


def print_run(ran: Ran, status: Status, settings: Settings) -> None:
    """Print the summary of the main job and how to query what it made."""
    new, figures = len(ran.ingested.loaded), ran.ingested.figures
    path = _short(settings.published_database)
    _print_table(
        ("Documents", f"{status.documents}, {new} of them new"),
        ("Figures", f"{status.figures}, {figures} of them new"),
        ("Quarantined", str(status.quarantined)),
        ("Published", f"{path}{' (unchanged)' if ran.publication.unchanged else ''}"),
    )
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


def print_status(settings: Settings) -> None:
    """Print what is landed, pending, in quarantine and published; when."""
    status = read_status(settings)
    loaded = f"{status.documents} documents, {status.figures} figures, {status.outline_items} outline items"
    last = f"{status.last_loaded_at:%Y-%m-%d %H:%M} UTC" if status.last_loaded_at else "never"
    _print_table(
        ("Home", _short(settings.root)),
        ("Landed", f"{len(read_sidecars(settings))} documents"),
        ("Pending", f"{len(find_pending(settings))} documents"),
        ("Loaded", loaded),
        ("Last load", last),
        ("Quarantined", str(status.quarantined)),
        ("Published", read_current_version(settings) or "nothing yet"),
    )
    _print_quarantine(settings)


def print_review(settings: Settings) -> None:
    """Print what is set aside or held back, each with its id, its rule and the reason as a sentence."""
    records = [
        record
        for found in (read_open_quarantine(settings), read_held_figures(settings))
        for record in found.iter_rows(named=True)
    ]
    if not records:
        print("Nothing is in quarantine.")
        return
    names = ("quarantine_id", "rule", "file_name", "reason")
    _print_columns(
        ("Id", "Rule", "File", "Reason"),
        ([_shown(record[name]) for name in names] for record in records),
    )


def print_reextraction(done: Reextracted) -> None:
    """Print what another version of the extractor reads differently: in total, by field and by document."""
    differing = [document for document in done.documents if not document.is_equal]
    if done.documents:
        _print_totals(done.documents, len(differing))
    if differing:
        _print_columns(("Difference", "Figures", "Old", "New", "Quote"), _example_rows(differing))
        _print_columns(("Document", "Figures", "Added", "Lost", "Changed"), _document_rows(differing))
        print("".join(f"  {printable(reason)}\n" for reason in reasons_of_set_aside(done)))
    print(say_what_follows(done))


def reasons_of_set_aside(done: Reextracted) -> Iterator[str]:
    """Why a re-extraction sets rows aside that were not in quarantine before."""
    return (reason for document in done.documents for reason in document.set_aside)


def say_what_follows(done: Reextracted) -> str:
    """Say in one sentence what to do after a re-extraction."""
    if not done.documents and done.every_version:
        return "Nothing to extract again: no document that was asked for is stored."
    if not done.documents:
        return (
            "Nothing to extract again: no stored document that was asked for was read by another version of "
            f"the extractor than version {VERSION}; --all takes those of version {VERSION} too."
        )
    if not done.loaded and all(document.is_equal for document in done.documents):
        return f"Nothing differs; --load would only note that version {VERSION} has read these documents."
    if not done.loaded:
        return (
            "Nothing is loaded: give the same command with --load to take these figures, then run "
            "`quality-warehouse build` and `quality-warehouse publish`."
        )
    return "These figures are loaded: run `quality-warehouse build`, then `quality-warehouse publish`."


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
        sides = [(*map(_shown, figure.fields[field]), figure.quote) for figure in found[:EXAMPLES]]
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
    return ", ".join(_shown(value) for value in values if value is not None)


def _document_rows(documents: Sequence[DocumentDifference]) -> Iterator[Sequence[str]]:
    """The documents that differ most."""
    ordered = sorted(documents, key=lambda document: -len(document.figures))
    for document in ordered[:DOCUMENTS]:
        counts = [str(document.count(change)) for change in CHANGES]
        yield (document.name, f"{document.old['figures']} → {document.new['figures']}", *counts)
    if len(ordered) > DOCUMENTS:
        yield (f"and {len(ordered) - DOCUMENTS} more", "", "", "", "")


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return "null" if value is None else str(value)


def _print_columns(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    """Print a table as wide as the terminal; what documents say is shown as it is, and is no markup."""
    table = Table(*heads, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    width = None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL
    Console(width=width, highlight=False).print("", table, sep="\n")


def _print_table(*rows: Sequence[str]) -> None:
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        print(f"{label:<{width}}  {value}")


def _print_quarantine(settings: Settings) -> None:
    for records in (read_open_quarantine(settings), read_held_figures(settings)):
        for record in records.iter_rows(named=True):
            print(f"  [{record['rule']}] {printable(record['reason'])}")


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
