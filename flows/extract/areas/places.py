"""The places that a text names and is about.

A place named in passing (where goods come from, where people met, "a German carmaker", "US$2.1m") is not one that
the text speaks of.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.vocabulary.entries import WITHIN, Language

WORLD = "WORLD"
_REGION = WORLD + WITHIN  # several countries: 欧洲
_REACH = 60  # characters before a place that tell how it is meant
_ASIDE = re.compile(r"[(（][^()（）]*\s$")  # "(in addition, about 1,350 were sold in Canada)"


@dataclass(frozen=True)
class Place:
    """`text[start:end]` names a place; `area` is null where it has no code of its own but lies `within` one.

    A word for the place of the document ("the city") has no `name`.
    """

    start: int
    end: int
    name: str
    area: str | None
    within: str | None

    @property
    def country(self) -> str | None:
        """The country of the place, itself if it is one; null for a place that no table lists."""
        code = self.area or self.within
        return code.split("-")[0] if code else None


def find_places(text: str, language: Language, country: str | None) -> list[Place]:
    """Return the places that a text speaks of, in order; a word for the whole country means `country`."""
    return select_places(text, find_named_places(text, language), language, country)


def select_places(text: str, named: Sequence[Place], language: Language, country: str | None) -> list[Place]:
    """Drop the places that are only named in passing, and add the words for the whole country."""
    places: list[Place] = []
    elsewhere: Place | None = None
    for place in named:
        is_listed = elsewhere is not None and are_joined(elsewhere, place, text, language)
        if _is_elsewhere(text, place, language, country) or is_listed:
            elsewhere = place  # "from Japan, Malaysia and France"
        else:
            places.append(place)
    whole = [
        Place(match.start(), match.end(), match.group(), country, None)
        for match in language.cues["whole_country"].finditer(text)
        if country and country != WORLD and not is_in_passing(text, match.start(), match.end(), language)
    ]
    return sorted([*places, *whole], key=lambda place: place.start)


def find_named_places(text: str, language: Language) -> list[Place]:
    """Return the places that a text names, in order, except those with a code in the name of an agency."""
    found = language.area_names.find(text)
    agencies = language.agency_names.find(text) if found else []
    begun = [start for start, _, _ in agencies]
    places = [
        _place(text, start, end, code)
        for start, end, code in found
        if (code.endswith(WITHIN) and code != _REGION) or not _overlaps(start, end, agencies, begun)
    ]
    unlisted = _unlisted_places(text, places, language)
    return sorted([*places, *unlisted], key=lambda place: place.start) if unlisted else places


def find_places_in_name(name: str, language: Language) -> list[Place]:
    """Return the places in the name of a publisher, also where that is the name of an agency."""
    places = [_place(name, *found) for found in language.area_names.find(name)]
    return [*places, *_unlisted_places(name, places, language)]


def _place(text: str, start: int, end: int, code: str) -> Place:
    if code.endswith(WITHIN):
        return Place(start, end, text[start:end], None, code.removesuffix(WITHIN))
    return Place(start, end, text[start:end], code, code.rpartition("-")[0] or None)


def _unlisted_places(text: str, places: Sequence[Place], language: Language) -> list[Place]:
    """Find places that only their names give away ("Haidian District", 历下区), outside of `places`."""
    begun = [place.start for place in places]
    spans = [(place.start, place.end, "") for place in places]
    return [
        Place(match.start("name"), match.end("name"), match["name"], None, None)
        for match in language.cues["unlisted_place"].finditer(text)
        if not _overlaps(match.start("name"), match.end("name"), spans, begun)
    ]


def _overlaps(start: int, end: int, names: Sequence[tuple[int, int, str]], begun: Sequence[int]) -> bool:
    """Return whether one of `names`, which are in order and begin at `begun`, shares a character with the span."""
    at = bisect_left(begun, end)
    return at > 0 and names[at - 1][1] > start


def are_joined(one: Place, other: Place, text: str, language: Language) -> bool:
    """Return whether two places are listed together: "Jiangsu, Zhejiang and Anhui", 浙江省杭州市."""
    return bool(language.cues["places_joined"].fullmatch(text, one.end, other.start))


def is_bracketed(text: str, place: Place) -> bool:
    """Return whether a place is named in a remark in brackets."""
    return _ASIDE.search(text, max(0, place.start - _REACH), place.start) is not None


def is_abroad(text: str, place: Place, language: Language) -> bool:
    """Return whether a place is probably not in the country that the text is about: an origin, a rival, a maker."""
    return bool(
        is_currency(text, place, language)
        or is_in_passing(text, place.start, place.end, language)
        or language.cues["place_of_maker"].match(text, place.end)
    )


def is_currency(text: str, place: Place, language: Language) -> bool:
    """Return whether a place is part of the name of a currency: "US$2.1m"."""
    return language.cues["place_in_currency"].match(text, place.end) is not None


def is_in_passing(text: str, start: int, end: int, language: Language) -> bool:
    """Return whether the words around a place say that the text is about another one: "T-shirts from Turkey"."""
    before = text[max(0, start - _REACH) : start]
    return bool(
        language.cues["place_elsewhere"].search(before) or language.cues["place_in_passing"].match(text, end)
    )


def _is_elsewhere(text: str, place: Place, language: Language, country: str | None) -> bool:
    """Return whether a place is named as an origin, a venue, a rival, a currency or the home of a foreign maker."""
    cues = language.cues
    return bool(
        is_in_passing(text, place.start, place.end, language)
        or is_currency(text, place, language)
        or _is_venue(text, place, language)
        or (
            country not in (None, place.country)
            and place.country
            and cues["place_of_maker"].match(text, place.end)
        )
    )


def _is_venue(text: str, place: Place, language: Language) -> bool:
    """Return whether people only met at a place: "told the press in Beijing on Monday"."""
    return bool(
        language.cues["venue_before"].search(text[max(0, place.start - _REACH) : place.start])
        and language.cues["place_of_event"].match(text, place.end)
    )
