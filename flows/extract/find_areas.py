"""Of what place does a figure speak? A sentence and its attribution in, an ISO 3166 code out.

Evidence, strongest first: a place named in the sentence; the place an agency is responsible for; the place the
title names; the place the document names most.
"""

from collections import Counter
from collections.abc import Sequence

from flows.extract.model import Document
from flows.extract.vocabulary import Agency, Language

Place = tuple[int, int, str]
_REACH = 30


def find_document_area(document: Document, language: Language) -> str | None:
    """The place a document speaks of: the one its title names, else the one it names most."""
    titled = language.area_names.find(document.title or "")
    if titled:
        return titled[0][2]
    named = Counter(area for _, _, area in find_places(document.text, language))
    if not named:
        return None
    (area, count), *others = named.most_common(2)
    return area if not others or count > others[0][1] else None


def resolve_area(
    places: Sequence[Place], number_start: int, agency: Agency | None, document_area: str | None
) -> str | None:
    """The place of the figure at `number_start`: of `places`, those its sentence names, the nearest before it,
    else the next one."""
    before = [area for start, _, area in places if start < number_start]
    if before:
        return before[-1]
    if places:
        return places[0][2]
    if agency and agency.ref_area:
        return agency.ref_area
    return document_area


def find_places(text: str, language: Language) -> list[Place]:
    """`(start, end, area)` of every place that a text speaks of, in order."""
    agencies = language.agency_names.find(text)
    return [
        (start, end, area)
        for start, end, area in language.area_names.find(text)
        if not any(start < agency_end and agency_start < end for agency_start, agency_end, _ in agencies)
        # "T-shirts from Turkey", "third behind the United States": not the place that is measured
        and not language.cues["place_elsewhere"].search(text[max(0, start - _REACH) : start])
        and not language.cues["place_in_currency"].match(text, end)  # "US$2.1m"
    ]
