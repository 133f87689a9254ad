"""The rules of a robots.txt for one program, as RFC 9309 reads them; Protego matches the paths.

The parser of the standard library knows neither `*` nor `$`, takes the first rule rather than the longest, and
drops fractional pauses: it would let us fetch pages that their publisher closed.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from protego import Protego

# Protego ends a group at lines that are no rule, and takes the beginning of a name for the name. So it gets nothing
# but rules, and of the names only whether they are ours.
_RULE = re.compile(r"\s*(user-agent|allow|disallow|crawl-delay)\s*:\s*([^#]*)", re.IGNORECASE)
# A group may name a version too ("quality-warehouse/2.0"), but only the product token counts (RFC 9309, 2.2.1).
_PRODUCT = re.compile(r"[\w-]*")
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,3})?")
_EVERYBODY = "*"
_SOMEBODY_ELSE = "!"
# A longer pause must be a typo: nobody means one document every eleven days.
_LONGEST_PAUSE_SECONDS = 1_000_000


@dataclass(frozen=True)
class RobotRules:
    """The rules for one program; `pause_seconds` between two requests is null where none is stated."""

    parsed: Protego
    program: str

    def allows(self, address: str) -> bool:
        """Tell whether an address may be fetched: the longest matching path decides; of two, the one that allows."""
        return self.parsed.can_fetch(address, self.program)

    @property
    def pause_seconds(self) -> float | None:
        """The seconds between two requests, if the file states them."""
        pause = self.parsed.crawl_delay(self.program)
        return pause if pause is None or pause < _LONGEST_PAUSE_SECONDS else None


@lru_cache(maxsize=16)  # the rules of a host are asked for every page of it
def read_robots(text: str, program: str) -> RobotRules:
    """Return the rules of the groups that name `program`, else of those for all (`*`)."""
    rules = (_RULE.match(line) for line in text.splitlines())
    lines = (_normalize(rule[1].lower(), rule[2].strip(), program) for rule in rules if rule)
    return RobotRules(Protego.parse("\n".join(lines)), program)


def _normalize(key: str, value: str, program: str) -> str:
    if key == "user-agent" and value != _EVERYBODY:
        token = _PRODUCT.match(value)
        value = program if token and token[0].lower() == program.lower() else _SOMEBODY_ELSE
    if key == "crawl-delay" and not _SECONDS.fullmatch(value):
        value = ""  # no pause, but still a rule of the group
    return f"{key}: {value}"
