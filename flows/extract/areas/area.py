"""The area code of a place, or of several places that are listed together.

A place without a code of its own (a city, a delta) has none: using its province would present a part as the whole. Its
name is kept, for `breakdown`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.areas.places import Place, are_joined
from flows.extract.vocabulary.entries import Language


@dataclass(frozen=True)
class Area:
    """The code of a place, or the reason why there is none; `part` is the name of a place without a code."""

    code: str | None = None
    part: str | None = None
    reason: str = "not_stated"

    @property
    def is_local(self) -> bool:
        """Whether it is a part of a country."""
        return "-" in self.code if self.code else self.reason == "unmapped"


def areas_of(places: Sequence[Place], text: str, language: Language) -> list[Area]:
    """Return one area for each place; those that are listed together share theirs."""
    return [area for group in _groups(places, text, language) for area in [area_of(group)] * len(group)]


def area_of(group: Sequence[Place]) -> Area:
    """Return the area of places that are listed together.

    A place and what it lies in are one place, the smaller one; several places together have no code.
    """
    around = {code for place in group for code in (place.within, place.country) if code != place.area}
    if any(place.area == place.within is None for place in group):
        # 北京市海淀区: nothing says what the district lies in, so it lies in the place beside it.
        around |= {place.area for place in group if place.area}
    inner = [place for place in group if place.area not in around or place.area is None]
    codes = {place.area for place in inner}
    if len(codes) == 1 and None not in codes:
        return Area(codes.pop())
    names = dict.fromkeys(place.name for place in inner if place.name)
    return Area(part=", ".join(names) or None, reason="unmapped")


def _groups(places: Sequence[Place], text: str, language: Language) -> list[list[Place]]:
    """Split places, which are in order, into runs that are listed together."""
    groups: list[list[Place]] = []
    for place in places:
        if groups and are_joined(groups[-1][-1], place, text, language):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups
