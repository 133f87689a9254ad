"""The public bodies that sentences name or describe.

Texts name a body once and describe it afterwards: "the city's market watchdog", 药监部门, "the administration".
Which agency a description means depends on the place and the day of the document. So a row of
`seeds/reading/agencies/office_descriptions.csv` gives a pattern of the agency's name, not the agency. A body with a
name but without a row in `seeds/reference/agencies.csv` is found too and left without an agency, so that its figures
are not given to another one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flows.extract.vocabulary.entries import WITHIN, Agency, Language, Vocabulary

_REACH = 40


@dataclass(frozen=True)
class Office:
    """A public body at `text[start:end]`; `agency` is null for one that the reference data do not list.

    `is_named` is false for a description.
    """

    start: int
    end: int
    agency: str | None
    is_named: bool = True


@dataclass(frozen=True)
class PlaceAndDay:
    """The area code, the country and the day of a document, on which the meaning of its descriptions depends.

    `is_city`: the document is about a place without a code, whose offices no table lists.
    """

    area: str | None = None
    country: str | None = None
    day: date | None = None
    is_city: bool = False


def find_offices(
    texts: Sequence[str], place_and_day: PlaceAndDay, language: Language, vocabulary: Vocabulary
) -> list[list[Office]]:
    """Return the public bodies of each sentence, in order; "the administration" is the one named last."""
    last: list[str] = []
    initials: dict[str, str] = {}
    described_as = _AgencyFinder(place_and_day.day, vocabulary)
    found: list[list[Office]] = []
    for text in texts:
        named = list(_named(text, initials, language))
        described = _described(text, place_and_day, language, described_as)
        offices = named + [office for office in described if _is_free(office, named)]
        for office in (*_unlisted(text, language), *_taken_up(text, named, last, language, vocabulary)):
            if _is_free(office, offices):
                offices.append(office)
        found.append(sorted(offices, key=lambda office: office.start))
        told = dict.fromkeys(office.agency for office in reversed(found[-1]) if office.agency)
        last = [*told, *(agency for agency in last if agency not in told)]
    return found


def find_agency(
    named: re.Pattern[str], area: str | None, day: date | None, vocabulary: Vocabulary
) -> Agency | None:
    """Return the agency of `area` with a name like `named` that existed on `day`; null if several or none did.

    Where the agency of that day is not listed, its newest successor takes its place.
    """
    alike = [
        agency
        for agency in vocabulary.agencies.values()
        if agency.ref_area == area and any(named.search(name) for name in agency.names)
    ]
    living = [agency for agency in alike if _existed(agency, day)]
    followed = {agency.predecessor for agency in living}
    newest = [agency for agency in living if agency.agency not in followed]
    if not living:
        newest = [vocabulary.agencies[lineage] for lineage in {agency.lineage for agency in alike}]
    return newest[0] if len(newest) == 1 else None


def _existed(agency: Agency, day: date | None) -> bool:
    if day is None:
        return agency.valid_to is None
    return (agency.valid_from is None or agency.valid_from <= day) and (
        agency.valid_to is None or day < agency.valid_to
    )


def _named(text: str, initials: dict[str, str], language: Language) -> Iterator[Office]:
    """Find names; initials mean the agency that the document named in full, since SAC differs between countries."""
    for start, end, agency in language.agency_names.find(text):
        name = text[start:end]
        if not name.isupper():
            initials.setdefault("".join(word[0] for word in name.split() if word[0].isupper()), agency)
        yield Office(start, end, initials.get(name, agency) if name.isupper() else agency)


def _is_free(office: Office, taken: Sequence[Office]) -> bool:
    return not any(office.start < other.end and other.start < office.end for other in taken)


class _AgencyFinder:
    """Remembers the agency that a description means, since a document repeats a few of them often."""

    def __init__(self, day: date | None, vocabulary: Vocabulary) -> None:
        self._day = day
        self._vocabulary = vocabulary
        self._found: dict[tuple[str, str], str | None] = {}

    def find(self, named: str, area: str) -> str | None:
        if (named, area) not in self._found:
            agency = find_agency(re.compile(named), area, self._day, self._vocabulary)
            self._found[named, area] = agency.agency if agency else None
        return self._found[named, area]


def _described(
    text: str, place_and_day: PlaceAndDay, language: Language, agencies: _AgencyFinder
) -> Iterator[Office]:
    for start, end, named in language.office_descriptions.find(text):
        begin, area = _named_area(text, start, language) or (start, None)
        if begin == start:
            area = _area_described(text, (start, end), place_and_day, language)
        agency = None if area is None or area.endswith(WITHIN) else agencies.find(named, area)
        yield Office(begin, end, agency, is_named=False)


def _named_area(text: str, start: int, language: Language) -> tuple[int, str] | None:
    """Return start and code of the place whose office is described at `start`: "Shanghai's market watchdog"."""
    at = max(0, start - _REACH)
    before = text[at:start]
    for begin, end, code in reversed(language.area_names.find(before)):
        if language.cues["office_of_place"].fullmatch(before, end):
            return at + begin, code
    return None


def _area_described(
    text: str, span: tuple[int, int], place_and_day: PlaceAndDay, language: Language
) -> str | None:
    """Return the area whose office is described at `span`: that of the document, unless the words say otherwise.

    "The national ..." is an office of the country, and in a national document "local authorities" are all of the
    country's. A city has offices of its own, which no table lists.
    """
    start, end = span
    before = text[max(0, start - _REACH) : start]
    is_local = place_and_day.is_city or (place_and_day.area is not None and "-" in place_and_day.area)
    if language.cues["office_of_country"].search(before):
        return place_and_day.country
    if not is_local and language.cues["offices_of_system"].search(before + text[start:end]):
        return place_and_day.country
    if language.cues["office_of_locality"].search(before):
        return place_and_day.area if is_local else None
    return place_and_day.area or (None if place_and_day.is_city else place_and_day.country)


def _unlisted(text: str, language: Language) -> Iterator[Office]:
    """Find unlisted bodies that their names give away, some anywhere (省公安厅), some only where a body acts."""
    for cue in ("named_office", "unlisted_office"):
        for match in language.cues[cue].finditer(text):
            yield Office(match.start("name"), match.end("name"), None)


def _taken_up(
    text: str, named: Sequence[Office], last: Sequence[str], language: Language, vocabulary: Vocabulary
) -> Iterator[Office]:
    """Find short forms: "the administration" for the State Administration for Market Regulation, named before.

    `last` are the agencies of the sentences before, the latest first.
    """
    for match in language.cues["taken_up_office"].finditer(text):
        before = (office.agency for office in reversed(named) if office.end <= match.start())
        alike = (a for a in (*before, *last) if a and _is_of_kind(vocabulary.agencies[a], match["kind"]))
        agency = next(alike, None)
        if agency:
            yield Office(match.start(), match.end(), agency, is_named=False)


def _is_of_kind(agency: Agency, kind: str | None) -> bool:
    """Return whether an agency is of a kind by its name; a center of a 总局 is not a 总局, despite its name."""
    if kind is None or kind.isascii():
        return kind is None or kind.lower() in " ".join(agency.names).lower()
    return any(name.endswith(kind) for name in agency.names)
