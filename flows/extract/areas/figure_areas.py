"""Of what place does a figure speak? A sentence and its attribution in, an ISO 3166 code out, or none and why.

Evidence, strongest first: a place named in the sentence; the place of the agency that the sentence names; the
place its paragraph named last; the place of the agency that owns the figure; the place the title names; the place
the document names most. A place without a code of its own (a city, a delta) has none: its province would pass
off a part as the whole. Its name is kept, for `breakdown`.
"""

import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flows.extract.agencies.attribution import Attribution
from flows.extract.model import Document
from flows.extract.text.sentences import Sentence
from flows.extract.vocabulary.entries import WITHIN, Language, Vocabulary

_REACH = 60
_ASIDE = re.compile(r"[(（][^()（）]*\s$")  # "(in addition, about 1,350 were sold in Canada)"
_OPENING = 300  # characters in which a local text says "our province"
_WORLD = "WORLD"
_REGION = _WORLD + WITHIN  # several countries: 欧洲
_HOME = {"zh": "CN"}
"""The country that texts of a language mean by "the whole country" where they name none."""


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
        """The country of the place, itself if it is one; null where only its name says that it is a place."""
        code = self.area or self.within
        return code.split("-")[0] if code else None


@dataclass(frozen=True)
class Area:
    """The code of a place, or why there is none; `part` is the name of a place without a code."""

    code: str | None = None
    part: str | None = None
    reason: str = "not_stated"

    @property
    def is_local(self) -> bool:
        """Whether it is a part of a country."""
        return "-" in self.code if self.code else self.reason == "unmapped"


@dataclass(frozen=True)
class DocumentPlaces:
    """Where a document plays: the area it is about, and the country that "nationwide" means in it."""

    area: Area
    country: str | None

    @property
    def jurisdiction(self) -> str | None:
        """Whose money and whose fiscal years the text counts in: Hong Kong's, whatever "nationwide" means there."""
        return self.area.code.split("-")[0] if self.area.code else self.country


def find_document_places(
    document: Document, language: Language, language_code: str, vocabulary: Vocabulary
) -> DocumentPlaces:
    """The place the title names, else that of the agency it names, else that of the local body which published it,
    else the one that "our province" means, else the one the text names most, else that of any body which published it.
    """
    title = document.title or ""
    titled, named = _named_places(title, language), _named_places(document.text, language)
    country = _country(document, titled, named, language, vocabulary, _HOME.get(language_code))
    meant = _meant(title, titled, language, country)
    places = _meant(document.text, named, language, country)
    published_in = _area_of_publisher(document, language)
    is_public = language.cues["public_body"].search(document.publisher or "") is not None
    evidence = (
        _areas(meant, title, language)[0] if meant else None,
        _area_of_agency(title, language, vocabulary),
        published_in if is_public and published_in.is_local else None,
        _locality(document, published_in, places, language),
        _most_named([place for place in places if not _is_bracketed(document.text, place)]),
        published_in if is_public else None,
        _area_of_agency(document.publisher or "", language, vocabulary),
    )
    area = next((area for area in evidence if area and area != Area()), Area())
    return DocumentPlaces(area, country)


def _most_named(places: Sequence[Place]) -> Area | None:
    code = _most((place.area or WITHIN) for place in places)
    if code is None:
        return None
    return Area(reason="unmapped") if code == WITHIN else Area(code)


def _locality(
    document: Document, published_in: Area, places: Sequence[Place], language: Language
) -> Area | None:
    """The place that "our province" or "the city" means in a local text: that of the newspaper, or of its cities."""
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


class AreaReader:
    """Reads the places of the figures of one document, sentence by sentence."""

    def __init__(self, document: DocumentPlaces, language: Language) -> None:
        """Nothing is carried into the first paragraph."""
        self._document = document
        self._language = language
        self._paragraph = -1
        self._before = Area()

    def read(self, sentence: Sentence, numbers: Sequence[int], attribution: Attribution) -> list[Area]:
        """One area for each of `numbers`, the offsets of the figures; call it for every sentence, in order."""
        if sentence.paragraph != self._paragraph:
            self._paragraph, self._before = sentence.paragraph, Area()
        text = sentence.text
        places = self._places(text)
        aligned = align_places(places, numbers, text, self._language)
        if aligned:
            return [_area_of([place]) for place in aligned]
        meant = _areas(places, text, self._language)
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
        """The sentences that follow are not about it: "in Sichuan alone", a list, a city behind the figure.

        In a text about a province the next sentence is about the province again, unless the city was the topic.
        """
        is_list = area.part is not None and "," in area.part
        is_inner = area.code is None and self._document.area.code not in (None, self._document.country)
        is_topic = not numbers or place.start < numbers[0]
        return bool(
            _is_bracketed(text, place)
            or self._language.cues["place_aside"].match(text, place.end)
            or self._language.cues["place_aside_before"].search(text, 0, place.start)
            or (is_list and (is_inner or not numbers))
            or (is_inner and not is_topic)
        )

    def _places(self, text: str) -> list[Place]:
        """The places of a sentence; "the province" is that of the document."""
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
            if not _is_in_passing(text, match.start(), match.end(), self._language)
        ]
        return sorted([*places, *whole], key=lambda place: place.start) if whole else places

    def _unplaced(self, owner: Attribution) -> Area:
        """The area of a figure whose sentence names no place for it."""
        of_agency = Area(owner.ref_area) if owner.ref_area else Area()
        of_sentence = of_agency if owner.basis == "sentence" else Area()
        evidence = (of_sentence, self._before, of_agency, self._document.area)
        return next((area for area in evidence if area != Area()), Area())


def find_places(text: str, language: Language, country: str | None) -> list[Place]:
    """Every place that a text speaks of, in order; a word for the whole country is that of the document."""
    return _meant(text, _named_places(text, language), language, country)


def _meant(text: str, named: Sequence[Place], language: Language, country: str | None) -> list[Place]:
    places: list[Place] = []
    elsewhere: Place | None = None
    for place in named:
        is_listed = elsewhere is not None and _are_joined(elsewhere, place, text, language)
        if _is_elsewhere(text, place, language, country) or is_listed:
            elsewhere = place  # "from Japan, Malaysia and France"
        else:
            places.append(place)
    whole = [
        Place(match.start(), match.end(), match.group(), country, None)
        for match in language.cues["whole_country"].finditer(text)
        if country and country != _WORLD and not _is_in_passing(text, match.start(), match.end(), language)
    ]
    return sorted([*places, *whole], key=lambda place: place.start)


def _nearest(begun: Sequence[int], breaks: Sequence[int], numbers: Sequence[int], at: int) -> int | None:
    """The place that a figure speaks of, of those that begin at `begun`: the one in its own piece between
    `breaks`, else the last one before it, else the next one, unless that begins a piece of another figure.
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


def align_places(
    places: Sequence[Place], numbers: Sequence[int], text: str, language: Language
) -> Sequence[Place] | None:
    """The place of each figure where "respectively" says that as many places as figures are listed."""
    if len(places) != len(numbers) or len(places) < 2 or places[-1].end > numbers[0]:
        return None
    cues = language.cues
    is_told = cues["respectively"].search(text) or cues["respectively_before"].search(text, 0, numbers[0])
    return places if is_told else None


def _named_places(text: str, language: Language) -> list[Place]:
    """The places that a text names; one in the name of an agency is the agency's, unless it has no code."""
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


def _unlisted_places(text: str, places: Sequence[Place], language: Language) -> list[Place]:
    """ "Haidian District", 历下区: a place that its name tells, though no table lists it."""
    begun = [place.start for place in places]
    spans = [(place.start, place.end, "") for place in places]
    return [
        Place(match.start("name"), match.end("name"), match["name"], None, None)
        for match in language.cues["unlisted_place"].finditer(text)
        if not _overlaps(match.start("name"), match.end("name"), spans, begun)
    ]


def _overlaps(start: int, end: int, names: Sequence[tuple[int, int, str]], begun: Sequence[int]) -> bool:
    """Whether one of `names`, which begin at `begun`, in order, shares a character with `start` to `end`."""
    at = bisect_left(begun, end)
    return at > 0 and names[at - 1][1] > start


def _place(text: str, start: int, end: int, code: str) -> Place:
    if code.endswith(WITHIN):
        return Place(start, end, text[start:end], None, code.removesuffix(WITHIN))
    return Place(start, end, text[start:end], code, code.rpartition("-")[0] or None)


def _country(
    document: Document,
    titled: Sequence[Place],
    named: Sequence[Place],
    language: Language,
    vocabulary: Vocabulary,
    home: str | None,
) -> str | None:
    """The country of a text by the places of its title, its places, its agencies, its language, and its publisher."""
    for countries in _countries(document, titled, named, language, vocabulary, home):
        if country := _most(code for code in countries if code not in (None, _WORLD)):
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
    """What tells the country, strongest first; names are looked for only when it comes to them."""
    publisher = document.publisher or ""
    yield [place.country for place in titled]
    yield [place.country for place in named if not _is_abroad(document.text, place, language)]
    found = (*language.agency_names.find(document.text), *language.agency_names.find(publisher))
    areas = [vocabulary.agencies[agency].ref_area for _, _, agency in found]
    yield [area.split("-")[0] for area in areas if area]
    yield [home]
    yield [place.country for place in named if not _is_money(document.text, place, language)]
    yield [place.country for place in _named_places(publisher, language)]


def _is_abroad(text: str, place: Place, language: Language) -> bool:
    """Likely to be another country than the one a text is about: an origin, a rival, a maker."""
    return bool(
        _is_money(text, place, language)
        or _is_in_passing(text, place.start, place.end, language)
        or language.cues["place_of_maker"].match(text, place.end)
    )


def _is_bracketed(text: str, place: Place) -> bool:
    """Whether it is named in a remark in brackets."""
    return _ASIDE.search(text, max(0, place.start - _REACH), place.start) is not None


def _is_money(text: str, place: Place, language: Language) -> bool:
    return language.cues["place_in_currency"].match(text, place.end) is not None


def _area_of_agency(name: str, language: Language, vocabulary: Vocabulary) -> Area:
    """The area of the first agency in a title or in the name of a publisher."""
    agencies = language.agency_names.find(name)
    return Area(vocabulary.agencies[agencies[0][2]].ref_area) if agencies else Area()


def _area_of_publisher(document: Document, language: Language) -> Area:
    """The place in the name of whoever published a document, be it an agency or a newspaper."""
    publisher = document.publisher or ""
    places = [_place(publisher, *found) for found in language.area_names.find(publisher)]
    places += _unlisted_places(publisher, places, language)
    return _areas(places, publisher, language)[0] if places else Area()


def _is_elsewhere(text: str, place: Place, language: Language, country: str | None) -> bool:
    """Named in passing: where goods come from, where people met, whom somebody is compared with.

    "T-shirts from Turkey", "third behind the United States", "a German carmaker", "US$2.1m".
    """
    cues = language.cues
    return bool(
        _is_in_passing(text, place.start, place.end, language)
        or _is_money(text, place, language)
        or _is_venue(text, place, language)
        or (
            country not in (None, place.country)
            and place.country
            and cues["place_of_maker"].match(text, place.end)
        )
    )


def _is_venue(text: str, place: Place, language: Language) -> bool:
    """ "Told the press in Beijing on Monday": the place of the meeting, not of the figures."""
    return bool(
        language.cues["venue_before"].search(text[max(0, place.start - _REACH) : place.start])
        and language.cues["place_of_event"].match(text, place.end)
    )


def _is_in_passing(text: str, start: int, end: int, language: Language) -> bool:
    before = text[max(0, start - _REACH) : start]
    return bool(
        language.cues["place_elsewhere"].search(before) or language.cues["place_in_passing"].match(text, end)
    )


def _areas(places: Sequence[Place], text: str, language: Language) -> list[Area]:
    """The area that each place stands for, together with those it is listed with."""
    return [area for group in _groups(places, text, language) for area in [_area_of(group)] * len(group)]


def _groups(places: Sequence[Place], text: str, language: Language) -> list[list[Place]]:
    """Places that are listed together ("Jiangsu, Zhejiang and Anhui", 浙江省杭州市) or stand alone."""
    groups: list[list[Place]] = []
    for place in places:
        if groups and _are_joined(groups[-1][-1], place, text, language):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _are_joined(one: Place, other: Place, text: str, language: Language) -> bool:
    return bool(language.cues["places_joined"].fullmatch(text, one.end, other.start))


def _area_of(group: Sequence[Place]) -> Area:
    """A place and what it lies in are one place, the smaller; several places together have no code."""
    around = {code for place in group for code in (place.within, place.country) if code != place.area}
    if any(
        place.area == place.within is None for place in group
    ):  # 北京市海淀区: nothing says what it lies in
        around |= {place.area for place in group if place.area}
    inner = [place for place in group if place.area not in around or place.area is None]
    codes = {place.area for place in inner}
    if len(codes) == 1 and None not in codes:
        return Area(codes.pop())
    names = dict.fromkeys(place.name for place in inner if place.name)
    return Area(part=", ".join(names) or None, reason="unmapped")


def _most(values: Iterable[str | None]) -> str | None:
    """The value that is there more often than any other."""
    counts = Counter(values).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]
