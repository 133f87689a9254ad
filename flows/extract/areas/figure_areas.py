"""The area that each figure of a document refers to.

Evidence, strongest first: a place named in the sentence; the place of the agency that the sentence names; the
place its paragraph named last; the place of the agency that owns the figure; the area that the document is about.
"""

import sys
from bisect import bisect_left
from collections.abc import Sequence

from flows.extract.agencies.attribution import Attribution
from flows.extract.areas.area import Area, area_of, areas_of
from flows.extract.areas.document_area import DocumentPlaces
from flows.extract.areas.places import Place, find_places, is_bracketed, is_in_passing
from flows.extract.text.sentences import Sentence
from flows.extract.vocabulary.entries import Language


class AreaReader:
    """Reads the areas of the figures of one document, sentence by sentence."""

    def __init__(self, document: DocumentPlaces, language: Language) -> None:
        """Begin before the first paragraph."""
        self._document = document
        self._language = language
        self._paragraph = -1
        self._before = Area()

    def read(self, sentence: Sentence, numbers: Sequence[int], attribution: Attribution) -> list[Area]:
        """Return one area for each of `numbers`, the offsets of the figures.

        Call it for every sentence, in order: a place named in one sentence holds for the rest of its paragraph.
        """
        if sentence.paragraph != self._paragraph:
            self._paragraph, self._before = sentence.paragraph, Area()
        text = sentence.text
        places = self._places(text)
        if _are_aligned(places, numbers, text, self._language):
            return [area_of([place]) for place in places]
        meant = areas_of(places, text, self._language)
        begun = [place.start for place in places]
        breaks = [match.start() for match in self._language.cues["place_break"].finditer(text)]
        nearest = [_nearest(begun, breaks, numbers, at) for at in range(len(numbers))]
        areas = [
            meant[at] if at is not None else self._unplaced(attribution.at(number))
            for at, number in zip(nearest, numbers, strict=True)
        ]
        if meant and not self._is_aside(text, places[-1], meant[-1], numbers):
            self._before = meant[-1]
        return areas

    def _is_aside(self, text: str, place: Place, area: Area, numbers: Sequence[int]) -> bool:
        """Return whether the next sentences leave a place: "in Sichuan alone", a list, a city behind the figure.

        In a text about a province the next sentence is about the province again, unless the city was the topic.
        """
        is_list = area.part is not None and "," in area.part
        is_inner = area.code is None and self._document.area.code not in (None, self._document.country)
        is_topic = not numbers or place.start < numbers[0]
        return bool(
            is_bracketed(text, place)
            or self._language.cues["place_aside"].match(text, place.end)
            or self._language.cues["place_aside_before"].search(text, 0, place.start)
            or (is_list and (is_inner or not numbers))
            or (is_inner and not is_topic)
        )

    def _places(self, text: str) -> list[Place]:
        """Return the places of a sentence; "the province" is the one that the document is about."""
        here = self._document.area
        places = find_places(text, self._language, self._document.country)
        if not here.is_local:
            return places
        is_city = here.code is None or self._language.cues["city_with_code"].fullmatch(here.code)
        cue = self._language.cues["whole_city" if is_city else "whole_province"]
        country = self._document.country
        whole = [
            Place(match.start(), match.end(), "", here.code, None if here.code else country)
            for match in cue.finditer(text)
            if not is_in_passing(text, match.start(), match.end(), self._language)
        ]
        return sorted([*places, *whole], key=lambda place: place.start) if whole else places

    def _unplaced(self, owner: Attribution) -> Area:
        """Return the area of a figure whose sentence names no place for it."""
        of_agency = Area(owner.ref_area) if owner.ref_area else Area()
        of_sentence = of_agency if owner.basis == "sentence" else Area()
        evidence = (of_sentence, self._before, of_agency, self._document.area)
        return next((area for area in evidence if area != Area()), Area())


def _are_aligned(places: Sequence[Place], numbers: Sequence[int], text: str, language: Language) -> bool:
    """Return whether "respectively" gives each of the figures one of as many places listed before them."""
    if len(places) != len(numbers) or len(places) < 2 or places[-1].end > numbers[0]:
        return False
    cues = language.cues
    return bool(cues["respectively"].search(text) or cues["respectively_before"].search(text, 0, numbers[0]))


def _nearest(begun: Sequence[int], breaks: Sequence[int], numbers: Sequence[int], at: int) -> int | None:
    """Return the index of the place that figure `at` refers to, of the places that begin at `begun`.

    That is the place in the figure's own piece of the sentence, between two of `breaks`; else the last place before
    the figure; else the next one, unless that begins the piece of another figure.
    """
    number, floor = numbers[at], numbers[at - 1] if at else 0
    is_last = at + 1 == len(numbers)
    ceiling = sys.maxsize if is_last else numbers[at + 1]
    following = bisect_left(breaks, number)
    first = max(floor, breaks[following - 1]) if following else floor
    last = min(ceiling, breaks[following]) if following < len(breaks) else ceiling
    after = bisect_left(begun, number)
    has_own_after = after < len(begun) and begun[after] < last
    has_own_before = after > 0 and begun[after - 1] >= first
    is_of_previous = at > 0 and first == floor  # "340 cars in France and 12 in Spain"
    if has_own_after and (is_of_previous or not has_own_before):
        return after
    if after:
        return after - 1
    return after if after < len(begun) and begun[after] < (ceiling if is_last else last) else None
