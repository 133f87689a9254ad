"""Whose figure is it? Sentences and names in, agency and speaker by evidence out.

Evidence, strongest first: an agency named in the sentence of the figure; the office of the person who says
it ("Zhi said", "he said", a transcript's "Name:" turn), given anywhere before or only in the question that is
answered; the agency that the paragraph speaks of; the only measuring agency of the document; the publisher, if
it is an agency itself. Never the newspaper.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.model import Document
from flows.extract.sentences import Sentence
from flows.extract.vocabulary import Language, Vocabulary


@dataclass(frozen=True)
class Attribution:
    """Whose figure it is, who says so, and on what evidence (null where the text gives none)."""

    agency: str | None = None
    speaker: str | None = None
    basis: str | None = None


@dataclass(frozen=True)
class _Speaker:
    name: str
    agency: str | None


def attribute_sentences(
    document: Document, sentences: Sequence[Sentence], language: Language, vocabulary: Vocabulary
) -> list[Attribution]:
    """One attribution for each sentence, in order."""
    mentions = [_agencies_of(sentence.text, language, vocabulary) for sentence in sentences]
    speakers = _known_speakers(sentences, language)
    fallback = _document_agency(document, sentences, mentions, language, vocabulary)
    turns = _turns(sentences, mentions, speakers, language)
    result: list[Attribution] = []
    last: _Speaker | None = None
    for i, sentence in enumerate(sentences):
        said_by = _speaker_of(sentence.text, speakers, last, language) or turns[i]
        last = said_by or last
        speaker = said_by or _speaker_of_paragraph(sentences, i, speakers, last, language)
        agency = mentions[i][0] if mentions[i] else None
        basis = "sentence" if agency else None
        if agency is None and speaker and speaker.agency:
            agency, basis = speaker.agency, "speaker"
        if agency is None and (carried := _carried(sentences, mentions, i)):
            agency, basis = carried, "paragraph"
        if agency is None and fallback:
            agency, basis = fallback, "document"
        result.append(Attribution(agency, speaker.name if speaker else None, basis))
    return result


def _agencies_of(text: str, language: Language, vocabulary: Vocabulary) -> list[str]:
    """The agencies a sentence names as actors, in order; who merely issued or approved something is none."""
    return [
        agency
        for start, _, agency in language.agency_names.find(text)
        if vocabulary.agencies[agency].measures and not language.cues["by_another"].search(text[:start])
    ]


def _known_speakers(sentences: Sequence[Sentence], language: Language) -> dict[str, _Speaker]:
    """People by full name, with the agency that the text gives them an office at."""
    speakers: dict[str, _Speaker] = {}
    for sentence in sentences:
        for start, end, agency in language.agency_names.find(sentence.text):
            before, after = sentence.text[:start], sentence.text[end:]
            match = (
                language.cues["office_after_name"].search(before)
                or language.cues["name_of"].search(before)
                or language.cues["name_after_office"].search(after)
            )
            if match:
                speakers.setdefault(match["name"], _Speaker(match["name"], agency))
    return speakers


def _speaker_of(
    text: str, speakers: dict[str, _Speaker], last: _Speaker | None, language: Language
) -> _Speaker | None:
    says = language.cues["says"].pattern
    for name, speaker in speakers.items():
        surname = "|".join(map(re.escape, {name, name.split()[0], name.split()[-1]}))
        if (
            re.search(
                rf"\b(?:{surname})\b,? (?:also |further |then )?{says}\b|\b{says} (?:{surname})\b", text
            )
            or name in text
        ):
            return speaker
    return last if last and language.cues["pronoun_says"].search(text) else None


def _turns(
    sentences: Sequence[Sentence],
    mentions: Sequence[list[str]],
    speakers: dict[str, _Speaker],
    language: Language,
) -> list[_Speaker | None]:
    """In a transcript, the speaker of each sentence: a line "Name:" opens a turn.

    An answerer whose office the text never gives has the agency that the question was put to.
    """
    current: _Speaker | None = None
    asked: str | None = None
    turns: list[_Speaker | None] = []
    for sentence, named in zip(sentences, mentions, strict=True):
        alone = language.cues["speaker_turn"].match(sentence.text)
        match = alone or language.cues["speaker_turn_inline"].match(sentence.text)
        if match:
            name = match["name"].strip()
            known = speakers.get(name)
            current = _Speaker(name, known.agency if known and known.agency else asked)
            asked = None
        elif current and named:
            asked = named[-1]
        turns.append(None if alone else current)
    return turns


def _speaker_of_paragraph(
    sentences: Sequence[Sentence],
    at: int,
    speakers: dict[str, _Speaker],
    last: _Speaker | None,
    language: Language,
) -> _Speaker | None:
    """ "Watchdogs punished 23,000 firms ... , Zhi said": the name may come at the end of the paragraph."""
    for sentence in sentences[at + 1 :]:
        if sentence.paragraph != sentences[at].paragraph:
            return None
        if found := _speaker_of(sentence.text, speakers, last, language):
            return found
    return None


def _carried(sentences: Sequence[Sentence], mentions: Sequence[list[str]], at: int) -> str | None:
    """The agency last named in the paragraph."""
    for i in range(at - 1, -1, -1):
        if sentences[i].paragraph != sentences[at].paragraph:
            return None
        if mentions[i]:
            return mentions[i][-1]
    return None


def _document_agency(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[list[str]],
    language: Language,
    vocabulary: Vocabulary,
) -> str | None:
    """The only measuring agency a document names; else its publisher, if that is one; else who issued the plan
    that it speaks of."""
    named = {agency for row in mentions for agency in row}
    if len(named) == 1:
        return named.pop()
    published_by = language.agency_names.find(document.publisher or "")
    issuers = [
        agency
        for sentence in sentences
        for _, end, agency in language.agency_names.find(sentence.text)
        if language.cues["issues_a_plan"].match(sentence.text[end:])
    ]
    candidates = [*(agency for *_, agency in published_by), *issuers]
    measuring = [agency for agency in candidates if vocabulary.agencies[agency].measures]
    return measuring[0] if measuring else None
