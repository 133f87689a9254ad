"""Rows and groups of the tables that `make bench` prints, some with a goal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured value, its goal as text, and whether the goal is met (None: there is no goal)."""

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
    """Return a row for a ratio that should be large."""
    return Row(name, f"{value:,.3g}", f"> {goal:,.3g}", value > goal)


def at_most(name: str, value: float, goal: float) -> Row:
    """Return a row for a ratio that should be small."""
    return Row(name, f"{value:,.3g}", f"≤ {goal:,.3g}", value <= goal)


def less_than(name: str, seconds: float, goal: float) -> Row:
    """Return a row for a time in seconds, which should be short."""
    return Row(name, f"{seconds:,.2f} s", f"< {goal:g} s", seconds < goal)
