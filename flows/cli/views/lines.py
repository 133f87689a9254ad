"""Lines on standard output, for other programs."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, default=date.isoformat).encode


def to_json_line(row: Mapping[str, Any]) -> str:
    """Write a row as one JSON object; days and times as ISO 8601."""
    return _encode(row)


def print_lines(lines: Iterable[str], encoding: str = "utf-8") -> None:
    """Write lines; JSON Lines are UTF-8 whatever the encoding of the terminal."""
    try:
        with open(sys.stdout.fileno(), "w", encoding=encoding, errors="replace", closefd=False) as output:
            for line in lines:
                output.write(f"{line}\n")
    except BrokenPipeError:
        return  # the reader has seen enough: `quality-warehouse extract ... | head`
