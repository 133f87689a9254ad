"""What a robots.txt allows, as RFC 9309 reads it.

The parser of the standard library knows neither `*` nor `$`, takes the first rule rather than the longest, and
drops pauses that are no whole number: pages would be fetched that their publisher closed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, unquote_to_bytes, urlsplit

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")
_SAFE = "/?=&;:@!+,~'()$*[]"
_PRODUCT = re.compile(r"[\w-]+")


@dataclass
class RobotRules:
    """The rules for one program: (path, whether it may be asked for); the seconds between two requests, if stated."""

    paths: list[tuple[str, bool]] = field(default_factory=list)
    pause_seconds: float | None = None

    def allows(self, address: str) -> bool:
        """Tell whether an address may be asked for: the longest path that fits says so, of two the one that allows."""
        parts = urlsplit(address)
        asked = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [(len(path), allowed) for path, allowed in self.paths if _fits(path, asked)]
        return max(fitting, default=(0, True))[1]


def read_robots(text: str, program: str) -> RobotRules:
    """Return the rules of the groups that name `program`, else of those for all (`*`)."""
    groups: dict[str, RobotRules] = {}
    current: list[RobotRules] = []
    is_heading = False
    for key, value in _lines(text):
        if key == "user-agent":
            current = current if is_heading else []
            named = _PRODUCT.match(value)
            current.append(groups.setdefault(named[0].lower() if named else value, RobotRules()))
        else:
            for rules in current:
                _add(rules, key, value)
        is_heading = key == "user-agent"
    return groups.get(program.lower()) or groups.get("*") or RobotRules()


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        found = _LINE.match(line)
        if found:
            yield found[1].lower(), found[2].strip()


def _add(rules: RobotRules, key: str, value: str) -> None:
    if key in ("allow", "disallow") and value:  # an empty path fits nothing
        rules.paths.append((_normal(value), key == "allow"))
    elif key == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value):
        rules.pause_seconds = max(float(value), rules.pause_seconds or 0.0)


def _normal(path: str) -> str:
    """Write what may be written with and without percent signs in one way."""
    return quote(unquote_to_bytes(path), safe=_SAFE)


def _fits(rule: str, asked: str) -> bool:
    """Tell whether a path begins as a rule says; `*` stands for anything, `$` for the end.

    Without a regular expression: a hundred stars in a row would take it for ever.
    """
    pieces = rule.removesuffix("$").split("*")
    if not asked.startswith(pieces[0]):
        return False
    position = len(pieces[0])
    for piece in pieces[1:-1] if rule.endswith("$") else pieces[1:]:
        found = asked.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    if not rule.endswith("$"):
        return True
    last = pieces[-1] if len(pieces) > 1 else ""
    return (
        asked.endswith(last) and len(asked) - len(last) >= position
        if len(pieces) > 1
        else len(asked) == position
    )
