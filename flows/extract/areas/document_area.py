"""The area that a document is about, and the country that "nationwide" means in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flows.extract.areas.area import Area, areas_of
from flows.extract.areas.places import (
    WORLD,
    Place,
    find_named_places,
    find_places_in_name,
    is_abroad,
    is_bracketed,
    is_currency,
    select_places,
)
from flows.extract.model import Document
from flows.extract.vocabulary.entries import WITHIN, Language, Vocabulary

_OPENING = 300  # characters in which a local text says "our province"
_HOME = {"zh": "CN"}
"""The country that texts in a language mean by "the whole country" where they name none."""


@dataclass(frozen=True)
class DocumentPlaces:
    """The area that a document is about, and the country that "nationwide" means in it."""

    area: Area
    country: str | None

    @property
    def jurisdiction(self) -> str | None:
        """The country or region whose money and fiscal years the text uses.

        In Hong Kong that is Hong Kong, whatever "nationwide" means there.
        """
        return self.area.code.split("-")[0] if self.area.code else self.country


def find_document_places(
    document: Document, language: Language, language_code: str, vocabulary: Vocabulary
) -> DocumentPlaces:
    """Find the area and the country of a document.

    Evidence for the area, strongest first: the place in the title; the place of the agency in the title; the place of
    a local public body that published it; the place that "our province" means; the place that the text names most;
    the place of any public body that published it; the place of an agency in the publisher's name.
    """
    title = document.title or ""
    titled, named = find_named_places(title, language), find_named_places(document.text, language)
    country = _country(document, titled, named, language, vocabulary, _HOME.get(language_code))
    meant = select_places(title, titled, language, country)
    places = select_places(document.text, named, language, country)
    published_in = _area_of_publisher(document, language)
    is_public = language.cues["public_body"].search(document.publisher or "") is not None
    evidence = (
        areas_of(meant, title, language)[0] if meant else None,
        _area_of_agency(title, language, vocabulary),
        published_in if is_public and published_in.is_local else None,
        _locality(document, published_in, places, language),
        _most_named([place for place in places if not is_bracketed(document.text, place)]),
        published_in if is_public else None,
        _area_of_agency(document.publisher or "", language, vocabulary),
    )
    area = next((area for area in evidence if area and area != Area()), Area())
    return DocumentPlaces(area, country)


def _area_of_agency(name: str, language: Language, vocabulary: Vocabulary) -> Area:
    """Return the area of the first agency in a title or in a publisher's name."""
    agencies = language.agency_names.find(name)
    return Area(vocabulary.agencies[agencies[0][2]].ref_area) if agencies else Area()


def _area_of_publisher(document: Document, language: Language) -> Area:
    """Return the place in the publisher's name, whether that is an agency or a newspaper."""
    publisher = document.publisher or ""
    places = find_places_in_name(publisher, language)
    return areas_of(places, publisher, language)[0] if places else Area()


def _locality(
    document: Document, published_in: Area, places: Sequence[Place], language: Language
) -> Area | None:
    """Return what "our province" or "the city" means in a local text: the place of its publisher or of its cities."""
    cues, opening = language.cues, f"{document.title or ''}\n{document.text[:_OPENING]}"
    said = document.text if published_in.is_local else opening
    if cues["whole_province"].search(said):
        provinces = (code for p in places if (code := p.area or p.within) and "-" in code)
        code = published_in.code if published_in.is_local else None
        code = code or _most(provinces)
        return Area(code) if code else None
    if not cues["whole_city"].search(said):
        return None
    if published_in.is_local:
        return published_in
    most = _most_named([place for place in places if place.country != place.area])
    has_code = most and most.code and cues["city_with_code"].fullmatch(most.code)
    return most if has_code else Area(reason="unmapped")


def _most_named(places: Sequence[Place]) -> Area | None:
    code = _most((place.area or WITHIN) for place in places)
    if code is None:
        return None
    return Area(reason="unmapped") if code == WITHIN else Area(code)


def _country(
    document: Document,
    titled: Sequence[Place],
    named: Sequence[Place],
    language: Language,
    vocabulary: Vocabulary,
    home: str | None,
) -> str | None:
    """Return the country of a text, by the strongest evidence that gives one."""
    for countries in _countries(document, titled, named, language, vocabulary, home):
        if country := _most(code for code in countries if code not in (None, WORLD)):
            return country
    return None


def _countries(
    document: Document,
    titled: Sequence[Place],
    named: Sequence[Place],
    language: Language,
    vocabulary: Vocabulary,
    home: str | None,
) -> Iterator[list[str | None]]:
    """Yield the evidence for the country, strongest first.

    The places of the title, those of the text, its agencies, the home of its language (`home`), the places named in
    passing, and the publisher. A generator, so that names are only looked for when they are needed.
    """
    publisher = document.publisher or ""
    yield [place.country for place in titled]
    yield [place.country for place in named if not is_abroad(document.text, place, language)]
    found = (*language.agency_names.find(document.text), *language.agency_names.find(publisher))
    areas = [vocabulary.agencies[agency].ref_area for _, _, agency in found]
    yield [area.split("-")[0] for area in areas if area]
    yield [home]
    yield [place.country for place in named if not is_currency(document.text, place, language)]
    yield [place.country for place in find_named_places(publisher, language)]


def _most(values: Iterable[str | None]) -> str | None:
    """Return the most frequent value, or null where two are equally frequent."""
    counts = Counter(values).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]
