"""The table that `make bench` prints: groups of rows, some with a goal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured; `goal` says what is wanted and `is_met` whether it is reached (null: nothing is wanted)."""

    name: str
    measured: str
    goal: str = ""
    is_met: bool | None = None


@dataclass(frozen=True)
class Group:
    """The rows of one measurement under a heading that says what they have in common."""

    heading: str
    rows: Sequence[Row]


Measurement = Callable[[], Group]


def more_than(name: str, value: float, goal: float) -> Row:
    """A row whose value should be large: a ratio."""
    return Row(name, f"{value:,.3g}", f"> {goal:,.3g}", value > goal)


def at_most(name: str, value: float, goal: float) -> Row:
    """A row whose value should be small: a ratio."""
    return Row(name, f"{value:,.3g}", f"≤ {goal:,.3g}", value <= goal)


def less_than(name: str, seconds: float, goal: float) -> Row:
    """A row whose value should be small: a time in seconds."""
    return Row(name, f"{seconds:,.2f} s", f"< {goal:g} s", seconds < goal)
