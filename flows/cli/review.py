"""The commands `quality-warehouse review`: what waits for a person, and what people decide."""

from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.views.lines import print_lines
from flows.errors import UsageError

review_app = typer.Typer(
    help="Look at what waits for a person, and decide: figures that broke a rule, that are held back as "
    "implausible, or whose indicator is not known.\n\n"
    "Example: quality-warehouse review list",
    no_args_is_help=True,
)


def name_account() -> str:
    """The name of the account that calls; raises UsageError where it has none, as in many containers."""
    try:
        return getuser()
    except (KeyError, OSError):
        raise UsageError("The account that runs this has no name: say who you are, --by NAME.") from None


Ids = Annotated[list[str], typer.Argument(metavar="ID ...", show_default=False)]
Why = Annotated[str, typer.Option(help="Why, for those who ask later.")]
By = Annotated[str, typer.Option(help="Who says so.", default_factory=name_account, show_default="you")]
Rule = Annotated[str | None, typer.Option(help="Only what waits for this rule, such as `unmapped`.")]
Publisher = Annotated[str | None, typer.Option(help="Only documents of this publisher.")]
Document = Annotated[
    str | None, typer.Option(help="Only documents with this in their title or file name, or an id.")
]


@review_app.command("list")
def list_quarantine(
    rule: Rule = None,
    publisher: Publisher = None,
    document: Document = None,
    limit: Annotated[int, typer.Option(min=0, help="Show so many, after the counts of all.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON Lines.")] = False,
) -> None:
    """Show what waits: first how much, then each with its id, sentence, reason and likeliest indicators.

    Example: quality-warehouse review list --rule unmapped --limit 5
    """
    from flows.cli.views.review import format_review_lines, print_review
    from flows.review.decide import ReviewFilter, list_items, list_lapsed
    from flows.settings import Settings

    choice = ReviewFilter(rule, publisher, document)
    items, lapsed = list_items(Settings(), choice), list_lapsed(Settings(), choice)
    if as_json:
        print_lines(format_review_lines(items, lapsed))
    else:
        print_review(items, lapsed, limit)


@review_app.command()
def accept(ids: Ids, why: Why, by: By) -> None:
    """Say that figures are right as they are: one that is held back, or breaks a rule that allows it, is let in.

    An unmapped figure that is accepted has no indicator in the catalogue, and waits no more.

    Example: quality-warehouse review accept 3f1c85 --why "a mass recall, see the press conference"
    """
    _decide(ids, "accept", why, by)


@review_app.command()
def correct(
    figure: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    why: Why,
    by: By,
    fields: Annotated[list[str] | None, typer.Argument(metavar="FIELD=VALUE ...", show_default=False)] = None,
    indicator: Annotated[str | None, typer.Option(help="The same as indicator=ID.")] = None,
) -> None:
    """Set fields of a figure; an empty value says that the text leaves it open.

    Fields: indicator, unit, value, value_max, period_start, period_end, agency, ref_area, bound, kind, status,
    breakdown. ID is one of `review list`, or an observation_id.

    Example: quality-warehouse review correct 3f1c85 value=6728000 period_end=2023-12-31 --why "a slip of digits"
    """
    given = [*(fields or []), *([f"indicator={indicator}"] if indicator is not None else [])]
    if unclear := [one for one in given if "=" not in one]:
        raise UsageError(f"`{unclear[0]}` sets nothing: write FIELD=VALUE.")
    _decide([figure], "correct", why, by, dict(one.split("=", 1) for one in given))


@review_app.command()
def reject(ids: Ids, why: Why, by: By) -> None:
    """Take figures out of all marts; what was read stays stored, with the decision.

    Example: quality-warehouse review reject 3f1c85 --why "a telephone number"
    """
    _decide(ids, "reject", why, by)


@review_app.command()
def withdraw(ids: Ids, why: Why, by: By) -> None:
    """Take back all that was decided about figures; they are as they were read, and wait again if they did.

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
    """Write what waits as a sheet: fill in verdict, fields and why, and import it.

    Example: quality-warehouse review export open.csv --rule unmapped
    """
    from flows.review.decide import ReviewFilter, list_items
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
    """Take the decisions of a sheet, all of them or, where one is wrong, none; to do so twice changes nothing.

    Example: quality-warehouse review import open.csv --by "M. Lin"
    """
    from flows.review.decide import decide
    from flows.review.sheet import read_sheet

    if not file.is_file():
        raise UsageError(f"{file} is no file. Check the path.")
    decided = decide(read_sheet(file, by))
    typer.echo(f"{decided.new} decision(s) kept, {decided.known} made before. {_WHAT_FOLLOWS}")


@review_app.command("release")
def release_rule(
    rule: Annotated[str, typer.Option(help="The rule that has changed, such as indicator_is_known.")],
    yes: Annotated[bool, typer.Option("--yes", help="Load what is released.")] = False,
) -> None:
    """Validate again what a rule held, after a change of seeds/ or schemas/; load exactly what it would let in.

    Without --yes only the count is shown.

    Example: quality-warehouse review release --rule indicator_is_known --yes
    """
    from flows.cli.views.review import describe_release
    from flows.review.release import release

    typer.echo(describe_release(release(rule, load=yes), rule, loaded=yes))


_WHAT_FOLLOWS = "Run `quality-warehouse build`, then `quality-warehouse publish`."


def _decide(ids: list[str], verdict: str, why: str, by: str, changes: dict[str, str] | None = None) -> None:
    from flows.review.decide import DecisionRequest, decide

    decided = decide([DecisionRequest(one, verdict, why, by, changes or {}) for one in ids])
    typer.echo(f"{decided.new} decision(s) kept, {decided.known} made before. {_WHAT_FOLLOWS}")
