"""The commands `quality-warehouse review`: what waits for a person, and what people decide."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import By, Publisher
from flows.cli.views.lines import print_lines
from flows.errors import UsageError

if TYPE_CHECKING:
    from flows.review.decide import DecisionRequest

review_app = typer.Typer(
    help="List the figures that wait for a person, and decide about them: they broke a rule, are held back as "
    "implausible, or have no known indicator.\n\n"
    "Example: quality-warehouse review list",
    no_args_is_help=True,
)

Ids = Annotated[list[str], typer.Argument(metavar="ID ...", show_default=False)]
Why = Annotated[str, typer.Option(help="The reason, for those who ask later.")]
Rule = Annotated[str | None, typer.Option(help="Only what waits for this rule, such as `unmapped`.")]
Document = Annotated[
    str | None, typer.Option(help="Only documents with this in their title or file name, or an id.")
]


@review_app.command("list")
def list_quarantine(
    rule: Rule = None,
    publisher: Publisher = None,
    document: Document = None,
    limit: Annotated[int, typer.Option(min=0, help="Show so many items, after the counts of all.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print all items as JSON Lines.")] = False,
) -> None:
    """Show what waits: first the counts, then each item with its id, sentence, reason and likeliest indicators.

    Example: quality-warehouse review list --rule unmapped --limit 5
    """
    from flows.cli.views.review import format_review_lines, print_review
    from flows.review.items import ReviewFilter, list_items, list_lapsed
    from flows.settings import Settings

    choice = ReviewFilter(rule, publisher, document)
    items, lapsed = list_items(Settings(), choice), list_lapsed(Settings(), choice)
    if as_json:
        print_lines(format_review_lines(items, lapsed))
    else:
        print_review(items, lapsed, limit)


@review_app.command()
def accept(ids: Ids, why: Why, by: By) -> None:
    """Accept figures as they are: one that is held back, or breaks a rule that allows it, enters the marts.

    Accepting an unmapped figure says that the catalogue has no indicator for it; it no longer waits.

    Example: quality-warehouse review accept 3f1c85 --why "a mass recall, see the press conference"
    """
    _decide(ids, "accept", why, by)


@review_app.command()
def correct(
    figure: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    why: Why,
    by: By,
    fields: Annotated[list[str] | None, typer.Argument(metavar="FIELD=VALUE ...", show_default=False)] = None,
    indicator: Annotated[str | None, typer.Option(help="Short for indicator=ID.")] = None,
) -> None:
    """Set fields of a figure; an empty value says that the text does not state it.

    Fields: indicator, unit, value, value_max, period_start, period_end, agency, ref_area, bound, kind, status,
    breakdown. ID is one that `review list` shows, or an observation_id.

    Example: quality-warehouse review correct 3f1c85 value=6728000 period_end=2023-12-31 --why "a slip of digits"
    """
    assignments = [*(fields or []), *([f"indicator={indicator}"] if indicator is not None else [])]
    if unclear := [one for one in assignments if "=" not in one]:
        raise UsageError(f"`{unclear[0]}` sets nothing: write FIELD=VALUE.")
    _decide([figure], "correct", why, by, dict(one.split("=", 1) for one in assignments))


@review_app.command()
def reject(ids: Ids, why: Why, by: By) -> None:
    """Take figures out of all marts; they stay stored as they were read, with the decision.

    Example: quality-warehouse review reject 3f1c85 --why "a telephone number"
    """
    _decide(ids, "reject", why, by)


@review_app.command()
def withdraw(ids: Ids, why: Why, by: By) -> None:
    """Take back all decisions about figures: they are again as they were read, and wait again if they did.

    ID is an observation_id, or the id of a decision that has lapsed.

    Example: quality-warehouse review withdraw 3f1c85 --why "I mistook the year"
    """
    _decide(ids, "withdraw", why, by)


@review_app.command("export")
def export_sheet(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", show_default=False)],
    rule: Rule = None,
    publisher: Publisher = None,
    document: Document = None,
) -> None:
    """Write what waits as a sheet; fill in verdict, fields and why, then import it.

    Example: quality-warehouse review export open.csv --rule unmapped
    """
    from flows.review.items import ReviewFilter, list_items
    from flows.review.sheet import write_sheet
    from flows.settings import Settings

    count = write_sheet(list_items(Settings(), ReviewFilter(rule, publisher, document)), file)
    typer.echo(
        f"{count} row(s) in {file}: fill in verdict and why, then `quality-warehouse review import {file}`."
    )


@review_app.command("import")
def import_sheet(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", show_default=False)], by: By
) -> None:
    """Take the decisions of a sheet, or none of them if one is wrong; importing it twice changes nothing.

    Example: quality-warehouse review import open.csv --by "M. Lin"
    """
    from flows.review.sheet import read_sheet

    if not file.is_file():
        raise UsageError(f"{file} is not a file. Check the path.")
    _keep_decisions(read_sheet(file, by))


@review_app.command("release")
def release_rule(
    rule: Annotated[str, typer.Option(help="The rule that has changed, such as indicator_is_known.")],
    yes: Annotated[bool, typer.Option("--yes", help="Load what is released.")] = False,
) -> None:
    """Validate again what a rule quarantined, after a change of seeds/ or schemas/, and load what now passes.

    Without --yes it only counts.

    Example: quality-warehouse review release --rule indicator_is_known --yes
    """
    from flows.cli.views.review import describe_release
    from flows.review.release import release

    typer.echo(describe_release(release(rule, load=yes), rule, loaded=yes))


def _decide(ids: list[str], verdict: str, why: str, by: str, changes: dict[str, str] | None = None) -> None:
    from flows.review.decide import DecisionRequest

    _keep_decisions([DecisionRequest(one, verdict, why, by, changes or {}) for one in ids])


def _keep_decisions(requests: "list[DecisionRequest]") -> None:
    from flows.review.decide import decide

    decided = decide(requests)
    typer.echo(
        f"{decided.new} decision(s) kept, {decided.known} made before. "
        "Run `quality-warehouse build`, then `quality-warehouse publish`."
    )
