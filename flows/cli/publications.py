"""The commands `quality-warehouse publications`: which version readers get."""

from typing import Annotated

import typer

from flows.cli.options import By
from flows.errors import UsageError

publications_app = typer.Typer(
    help="List the published versions that are kept, and give readers an earlier one.\n\n"
    "Example: quality-warehouse publications list",
    no_args_is_help=True,
)


@publications_app.command("list")
def list_publications() -> None:
    """Show the kept versions: when they were published, how much is in them, and which one readers have.

    Example: quality-warehouse publications list
    """
    from flows.cli.views.publications import print_publications
    from flows.settings import Settings

    print_publications(Settings())


@publications_app.command()
def rollback(
    by: By,
    version: Annotated[str | None, typer.Argument(metavar="VERSION", show_default=False)] = None,
    previous: Annotated[
        bool, typer.Option("--previous", help="The version before the one that readers have.")
    ] = False,
    why: Annotated[str, typer.Option(help="The reason, for those who ask later.", show_default=False)] = "",
) -> None:
    """Give readers an earlier version at once, and keep them there until `publications resume`.

    It does not wait for a running build. Versions published meanwhile are kept, but readers do not get them.

    Example: quality-warehouse publications rollback --previous --why "wrong year in the recall figures"
    """
    from flows.publish import roll_back_publication

    if (version is None) != previous:
        raise UsageError("Name either a VERSION of `quality-warehouse publications list` or --previous.")
    pin = roll_back_publication(version, by, why)
    typer.echo(f"pinned  {pin.version}\nReaders who connect from now on get it.")


@publications_app.command("resume")
def resume_publications(
    by: By,
) -> None:
    """End a rollback: readers get what is published from now on.

    Example: quality-warehouse publications resume && quality-warehouse publish
    """
    from flows.publish import resume_publication

    was_pinned = resume_publication(by)
    typer.echo(
        "No longer pinned: the next publication reaches readers; `quality-warehouse publish` does it now."
        if was_pinned
        else "No version was pinned."
    )
