"""Lines for other programs, on standard output."""

import sys
from collections.abc import Iterable


def print_lines(lines: Iterable[str], encoding: str = "utf-8") -> None:
    """Write lines; JSON Lines are UTF-8, whatever the terminal speaks."""
    try:
        with open(sys.stdout.fileno(), "w", encoding=encoding, errors="replace", closefd=False) as output:
            for line in lines:
                output.write(f"{line}\n")
    except BrokenPipeError:
        return  # whoever reads has seen enough: `quality-warehouse extract ... | head`
