"""What `quality-warehouse extract --explain` prints."""

from collections.abc import Sequence

from rich.text import Text

from flows.cli.views.tables import fill_table, open_console, table_without_heads
from flows.extract.figures.explain import Explained
from flows.extract.model import Figure
from flows.runtime.logs import printable


def format_explanation(sentence: str, figure: Figure, explained: Sequence[Explained]) -> str:
    """Write a figure, its sentence, and the reason for the value of each field; nothing in them is markup."""
    console = open_console()
    head = f"“{printable(figure.quote)}”  {figure.doc_id}, characters {figure.start} to {figure.end}"
    rows = ((one.field, one.value, one.why) for one in explained)
    with console.capture() as capture:
        console.print(Text(head, "bold"))
        console.print(Text(printable(sentence)))
        console.print(fill_table(table_without_heads(), rows))
    return capture.get()
