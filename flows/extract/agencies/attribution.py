"""Attribution of figures: the agency that a figure belongs to, and the person who states it.

Evidence for the agency, strongest first: an agency that acts in the sentence of the figure, or in its clause where
clauses have subjects of their own; the agency of the speaker; the agency that the paragraph named last, or names
next; the agency of the document. That is its publisher, if an agency, else the only agency that acts in it, the one
in its title or in its first paragraph, or the issuer of the plan that it reports on. It is never the newspaper.
Figures of agencies that act together, and of an agency that no table lists, have no agency but a reason.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.agencies.offices import Office, PlaceAndDay, find_agency, find_offices
from flows.extract.agencies.speakers import Speaker, find_speakers
from flows.extract.model import Document
from flows.extract.text.sentences import Sentence
from flows.extract.vocabulary.entries import Language, Vocabulary

_REACH = 100
_GOVERNMENT = re.compile("People's Government$|人民政府$")


@dataclass(frozen=True)
class _Owner:
    """An agency or the reason why there is none, and in both cases the area of responsibility, if known."""

    agency: str | None
    reason: str = "not_stated"
    ref_area: str | None = None


@dataclass(frozen=True)
class Attribution:
    """The agency and the speaker of a sentence.

    `basis` is the evidence for the agency; `reason` says why there is none. `ref_area` is the area that the agency, or
    each of several, is responsible for. `clauses` are the later parts of the sentence that belong to other agencies,
    each with the offset where it begins.
    """

    agency: str | None = None
    speaker: str | None = None
    basis: str | None = None
    reason: str = "not_stated"
    ref_area: str | None = None
    clauses: tuple[tuple[int, "Attribution"], ...] = ()

    def at(self, offset: int) -> "Attribution":
        """Return the attribution of the clause at `offset` of the sentence."""
        return next((part for start, part in reversed(self.clauses) if start <= offset), self)


@dataclass(frozen=True)
class _Actors:
    """The public bodies that act in one sentence: its owner, and the owners of its later clauses."""

    owner: _Owner | None
    clauses: tuple[tuple[int, _Owner], ...] = ()

    @property
    def last(self) -> _Owner | None:
        """The owner of the end of the sentence."""
        return self.clauses[-1][1] if self.clauses else self.owner


def attribute_sentences(
    document: Document,
    sentences: Sequence[Sentence],
    language: Language,
    vocabulary: Vocabulary,
    place_and_day: PlaceAndDay | None = None,
) -> list[Attribution]:
    """Return one attribution for each sentence, in order; `place_and_day` is that of the document."""
    place_and_day = place_and_day or PlaceAndDay()
    texts = [sentence.text for sentence in sentences]
    found = find_offices([document.publisher or "", *texts], place_and_day, language, vocabulary)[1:]
    offices = [[office for office in row if _measures(office, vocabulary)] for row in found]
    actors = [_actors(text, found, language, vocabulary) for text, found in zip(texts, offices, strict=True)]
    speakers = find_speakers(document, sentences, offices, language)
    around = _owners_around(sentences, actors)
    fallback = _document_owner(document, sentences, offices, actors, language, vocabulary, place_and_day)
    return [
        _attribute(
            sentence, acting, _owner_of_speaker(speaker, vocabulary), speaker, near, fallback, language
        )
        for sentence, acting, speaker, near in zip(sentences, actors, speakers, around, strict=True)
    ]


def _attribute(
    sentence: Sentence,
    acting: _Actors,
    spoken_for: _Owner | None,
    speaker: Speaker | None,
    near: _Owner | None,
    fallback: _Owner,
    language: Language,
) -> Attribution:
    name = speaker.name if speaker else None
    if acting.owner:
        clauses = tuple((start, _from(owner, name, "sentence")) for start, owner in acting.clauses)
        return _from(acting.owner, name, "sentence", clauses)
    if spoken_for:
        return _from(spoken_for, name, "speaker")
    if language.cues["company_acts"].search(sentence.text):
        return Attribution(None, name)
    if near:
        return _from(near, name, "paragraph")
    return _from(fallback, name, "document")


def _from(
    owner: _Owner, speaker: str | None, basis: str, clauses: tuple[tuple[int, Attribution], ...] = ()
) -> Attribution:
    basis_ = basis if owner.agency or owner.reason != "not_stated" else None
    return Attribution(owner.agency, speaker, basis_, owner.reason, owner.ref_area, clauses)


def _owner(agency: str | None, vocabulary: Vocabulary) -> _Owner:
    if agency is None:
        return _Owner(None, "unmapped")
    return _Owner(agency, ref_area=vocabulary.agencies[agency].ref_area)


def _owner_of_speaker(speaker: Speaker | None, vocabulary: Vocabulary) -> _Owner | None:
    return _owner(speaker.agency, vocabulary) if speaker and speaker.agency else None


def _measures(office: Office, vocabulary: Vocabulary) -> bool:
    return office.agency is None or vocabulary.agencies[office.agency].measures


def _actors(text: str, offices: Sequence[Office], language: Language, vocabulary: Vocabulary) -> _Actors:
    """Find who acts in a sentence: the source of its data, else the subject of a clause, else the first one named."""
    cues = language.cues
    teams = _teams(text, offices, language)
    acting = [office for team in teams if _may_act(text, team, language) for office in team]
    if not acting:
        return _Actors(None)
    owners = _owners_of(text, teams, language, vocabulary)
    sources = [o for o in acting if _is_source(text, o, language)]
    if len({o.agency for o in sources}) == 1:
        return _Actors(owners[sources[0].start])
    subjects = [o for o in acting if cues["begins_a_clause"].search(text[max(0, o.start - _REACH) : o.start])]
    first = (subjects or [o for o in acting if o.agency] or acting)[0]
    later = tuple((o.start, owners[o.start]) for o in subjects if o.start > first.start)
    return _Actors(owners[first.start], later)


def _may_act(text: str, team: Sequence[Office], language: Language) -> bool:
    """Return whether offices may act, unlike a passive agent, a recipient (移送公安机关) or the ISO of "ISO 9001"."""
    cues, start = language.cues, team[0].start
    before = text[max(0, start - _REACH) : start]
    return not (cues["by_another"].search(before) or cues["office_in_name"].match(text, team[-1].end))


def _is_source(text: str, office: Office, language: Language) -> bool:
    """Return whether an office is the source: "according to ...", "data from ...", "compiled by ...", 来自……的数据."""
    before = text[max(0, office.start - _REACH) : office.start]
    return bool(
        language.cues["source_before"].search(before) or language.cues["source_after"].match(text, office.end)
    )


def _owners_of(
    text: str, teams: Sequence[Sequence[Office]], language: Language, vocabulary: Vocabulary
) -> dict[int, _Owner]:
    """Return the owner for each office, by its start; agencies that act together are ambiguous.

    Of "SAMR and ten other departments" the named one is the owner, unless the sentence names further agencies.
    """
    owners: dict[int, _Owner] = {}
    for team in teams:
        members = [_owner(office.agency, vocabulary) for office in team]
        areas = {member.ref_area for member in members}
        is_alone = not language.cues["with_others"].match(text, team[-1].end) or (
            len(teams) == 1 and language.cues["leads_others"].match(text, team[-1].end) is not None
        )
        is_one = len(set(members)) == 1 and is_alone
        together = _Owner(None, "ambiguous", areas.pop() if len(areas) == 1 else None)
        owners |= {office.start: members[0] if is_one else together for office in team}
    return owners


def _teams(text: str, offices: Sequence[Office], language: Language) -> list[list[Office]]:
    """Group offices that act together: "A, B and C", A会同B; a comma joins two only if the list goes on to "and"."""
    cues = language.cues
    teams: list[list[Office]] = []
    for office in reversed(offices):
        following = teams[-1] if teams else [office]
        between = (office.end, following[-1].start)
        is_joined = cues["offices_joined"].fullmatch(text, *between) or (
            len(following) > 1 and cues["offices_listed"].fullmatch(text, *between)
        )
        if teams and is_joined:
            following.append(office)
        else:
            teams.append([office])
    return [team[::-1] for team in reversed(teams)]


def _owners_around(sentences: Sequence[Sentence], actors: Sequence[_Actors]) -> list[_Owner | None]:
    """Return for each sentence the agency that its paragraph named last before it, else the next one it names."""
    before = _carried(sentences, [acting.last for acting in actors])
    after = _carried(sentences[::-1], [acting.owner for acting in actors][::-1])[::-1]
    return [last or following for last, following in zip(before, after, strict=True)]


def _carried(sentences: Sequence[Sentence], owners: Sequence[_Owner | None]) -> list[_Owner | None]:
    carried: list[_Owner | None] = []
    last: _Owner | None = None
    paragraph: int | None = None
    for sentence, owner in zip(sentences, owners, strict=True):
        if sentence.paragraph != paragraph:
            paragraph, last = sentence.paragraph, None
        carried.append(last)
        last = owner or last
    return carried


def _document_owner(
    document: Document,
    sentences: Sequence[Sentence],
    offices: Sequence[Sequence[Office]],
    actors: Sequence[_Actors],
    language: Language,
    vocabulary: Vocabulary,
    place_and_day: PlaceAndDay,
) -> _Owner:
    """Return the owner of a document, by the strongest evidence that names a single agency.

    The order is: the publisher, the agencies that act in it, those in its title, those in its first paragraph, the
    issuer of the plan that it reports on. `ambiguous` if several act and nothing decides.
    """
    owners = [owner for row in actors if row.owner for owner in (row.owner, *(o for _, o in row.clauses))]
    first_paragraph = [
        row.owner.agency
        for row, sentence in zip(actors, sentences, strict=True)
        if row.owner and sentence.paragraph == sentences[0].paragraph
    ]
    titled, published_by = _offices_of(
        (document.title or "", document.publisher or ""), place_and_day, language, vocabulary
    )
    issuers = [
        office.agency
        for sentence, found in zip(sentences, offices, strict=True)
        for office in found
        if language.cues["issues_a_plan"].match(sentence.text[office.end :])
    ]
    acting = [owner.agency for owner in owners]
    candidates = (published_by[:1], acting, titled, first_paragraph, issuers[:1])
    named = [{agency for agency in row if agency} for row in candidates]
    only = next((row.pop() for row in named if len(row) == 1), None)
    only = only or _issuing_government(document, place_and_day, language, vocabulary)
    if only:
        return _owner(only, vocabulary)
    if len(set(owners)) == 1:
        return owners[0]
    return _Owner(None, "ambiguous" if owners else "not_stated")


def _offices_of(
    texts: Sequence[str], place_and_day: PlaceAndDay, language: Language, vocabulary: Vocabulary
) -> list[list[str | None]]:
    return [
        [office.agency for office in found if _measures(office, vocabulary)]
        for found in find_offices(texts, place_and_day, language, vocabulary)
    ]


def _issuing_government(
    document: Document, place_and_day: PlaceAndDay, language: Language, vocabulary: Vocabulary
) -> str | None:
    """Return the government of the place whose plan the title names: "Shanghai plan for ...", 上海市……行动计划."""
    title = document.title or ""
    for _, end, area in language.area_names.find(title):
        if language.cues["plan_of_place"].match(title, end):
            agency = find_agency(_GOVERNMENT, area, place_and_day.day, vocabulary)
            return agency.agency if agency else None
    return None
