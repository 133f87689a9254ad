"""The commands that only read documents and print what they find; they touch no warehouse."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from flows.cli.views.lines import print_lines, to_json_line
from flows.errors import DocumentRejectedError, UsageError
from flows.runtime.logs import logger

T = TypeVar("T")
Finder = Callable[[list[Path], str | None, list[DocumentRejectedError]], Iterator[T]]

Files = Annotated[list[Path] | None, typer.Argument(metavar="FILE ...", show_default=False)]
Documents = Annotated[
    str | None,
    typer.Option(
        metavar="FILE.jsonl", help="Read documents as JSON Lines from this file, or `-` for standard input."
    ),
]


def extract(
    files: Files = None,
    documents: Documents = None,
    explained: Annotated[
        bool,
        typer.Option("--explain", help="Explain, for people, why each field of each figure is what it is."),
    ] = False,
) -> None:
    """Print the figures of documents as JSON Lines, without a warehouse.

    Example: quality-warehouse extract report.pdf | jq .quote
    """
    from flows.ingestion.offline import explain_figures, extract_figures

    if not explained:
        _print_found(files, documents, extract_figures, lambda figure: to_json_line(asdict(figure)))
        return
    from flows.cli.views.explanation import format_explanation

    _print_found(
        files, documents, explain_figures, lambda found: format_explanation(*found), sys.stdout.encoding
    )


def outline(files: Files = None, documents: Documents = None) -> None:
    """Print the outline items of documents as JSON Lines, without a warehouse.

    Example: quality-warehouse outline plan.docx | jq .title
    """
    from flows.ingestion.offline import extract_outline

    _print_found(files, documents, extract_outline, lambda item: to_json_line(asdict(item)))


def objectives(files: Files = None, documents: Documents = None) -> None:
    """Print what documents promise, until when and by whom, as JSON Lines, without a warehouse.

    Example: quality-warehouse objectives plan.docx | jq '{quote, deadline, owner}'
    """
    from flows.ingestion.offline import extract_objectives

    _print_found(files, documents, extract_objectives, lambda objective: to_json_line(asdict(objective)))


def _print_found(
    files: list[Path] | None,
    documents: str | None,
    find: Finder[T],
    write: Callable[[T], str],
    encoding: str = "utf-8",
) -> None:
    """Print what `find` finds, one `write` each; then report the documents it could not read, and exit with 1."""
    if bool(files) == bool(documents):
        raise UsageError("Name either files or --documents FILE.jsonl.")
    rejected: list[DocumentRejectedError] = []
    print_lines(map(write, find(files or [], documents, rejected)), encoding)
    for rejection in rejected:
        logger.error("%s", rejection)
    if rejected:
        raise typer.Exit(DocumentRejectedError.exit_status)
