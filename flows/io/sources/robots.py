"""What a robots.txt allows, as RFC 9309 reads it; Protego parses it.

The parser of the standard library knows neither `*` nor `$`, takes the first rule rather than the longest, and
drops pauses that are no whole number: it would let us fetch pages that their publisher closed.
"""

import re
from dataclasses import dataclass

from protego import Protego

# A group may name a version too ("quality-warehouse/2.0"), but only the product token counts (RFC 9309, 2.2.1).
# Protego compares the whole name.
_PRODUCT = re.compile(r"(\s*user-agent\s*:\s*[\w-]+)[^#]*", re.IGNORECASE)
# A longer pause is a typing error: nobody means one document every eleven days.
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


def read_robots(text: str, program: str) -> RobotRules:
    """Return the rules of the groups that name `program`, else of those for all (`*`)."""
    lines = (_PRODUCT.sub(r"\1 ", line) for line in text.splitlines())
    return RobotRules(Protego.parse("\n".join(lines)), program)
