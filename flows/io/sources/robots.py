"""What a robots.txt allows, as RFC 9309 reads it.

The parser of the standard library knows neither `*` nor `$`, takes the first rule rather than the longest, and
drops pauses that are no whole number: pages would be fetched that their publisher closed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")
_SAFE = "%/?=&;:@!+,~'()$*[]"
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_RULES = ("allow", "disallow", "crawl-delay")
_PRODUCT = re.compile(r"[\w-]+")


@dataclass
class RobotRules:
    """The rules for one program: (path, whether it may be asked for); the seconds between two requests, if stated."""

    paths: list[tuple[str, bool]] = field(default_factory=list)
    pause_seconds: float | None = None

    def allows(self, address: str) -> bool:
        """Tell whether an address may be asked for: the longest path that fits says so, of two the one that allows."""
        parts = urlsplit(address)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        # In a rule these two are signs, and stand for themselves only as %2A and %24.
        asked = _normal(path).replace("*", "%2A").replace("$", "%24")
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
            is_heading = True
            named = _PRODUCT.match(value)
            current.append(groups.setdefault(named[0].lower() if named else value, RobotRules()))
        else:
            for rules in current:
                _add(rules, key, value)
            # What is no rule ends no group (RFC 9309, 2.2.4). A pause is one here: whoever writes nothing else
            # below `*` does not mean to close what stands below the next name.
            is_heading = is_heading and key not in _RULES
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
    """Write in one way what may be written with and without percent signs; `%2F` is not `/` (RFC 9309, 2.2.2)."""
    return _ESCAPE.sub(_unescape, quote(path, safe=_SAFE))


def _unescape(found: re.Match[str]) -> str:
    character = chr(int(found[0][1:], 16))
    return character if character in _UNRESERVED else found[0].upper()


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
