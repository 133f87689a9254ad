"""Options that several commands share."""

from getpass import getuser
from typing import Annotated

import typer

from flows.errors import UsageError


def name_account() -> str:
    """Return the name of the calling account; raises UsageError if it has none, as in many containers."""
    try:
        return getuser()
    except (KeyError, OSError):
        raise UsageError("The account that runs this has no name: say who you are, --by NAME.") from None


By = Annotated[str, typer.Option(help="Who decides this.", default_factory=name_account, show_default="you")]
Publisher = Annotated[str | None, typer.Option(help="Only documents of this publisher.")]
