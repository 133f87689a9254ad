"""Whose figure is it? Sentences and names in, agency and speaker by evidence out.

Evidence, strongest first: an agency named in the sentence of the figure; the office of the person who says
it ("Zhi said", "he said", a transcript's "Name:" turn), given anywhere before or only in the question that is
answered; the agency that the paragraph speaks of; the only measuring agency of the document; the publisher, if
it is an agency itself. Never the newspaper.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
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


_Names = Sequence[tuple[int, int, str]]
_WORD = re.compile(r"\w+(?:-\w+)*")
_MOST_WORDS_OF_A_NAME = 3


def attribute_sentences(
    document: Document, sentences: Sequence[Sentence], language: Language, vocabulary: Vocabulary
) -> list[Attribution]:
    """One attribution for each sentence, in order."""
    names = [language.agency_names.find(sentence.text) for sentence in sentences]
    mentions = [
        _agencies_of(sentence.text, found, language, vocabulary)
        for sentence, found in zip(sentences, names, strict=True)
    ]
    known = _known_speakers(sentences, names, language)
    turns = _turns(document, sentences, mentions, known, language)
    speakers = _speakers_of(sentences, known, turns, language)
    carried = _carried(sentences, mentions)
    fallback = _document_agency(document, sentences, names, mentions, language, vocabulary)
    return [
        _attribute(named, speaker, before, fallback)
        for named, speaker, before in zip(mentions, speakers, carried, strict=True)
    ]


def _attribute(
    named: Sequence[str], speaker: _Speaker | None, carried: str | None, fallback: str | None
) -> Attribution:
    evidence = (
        (named[0] if named else None, "sentence"),
        (speaker.agency if speaker else None, "speaker"),
        (carried, "paragraph"),
        (fallback, "document"),
    )
    agency, basis = next((found for found in evidence if found[0]), (None, None))
    return Attribution(agency, speaker.name if speaker else None, basis)


def _agencies_of(text: str, names: _Names, language: Language, vocabulary: Vocabulary) -> list[str]:
    """The agencies a sentence names as actors, in order; who merely issued or approved something is none."""
    return [
        agency
        for start, _, agency in names
        if vocabulary.agencies[agency].measures and not language.cues["by_another"].search(text[:start])
    ]


def _known_speakers(
    sentences: Sequence[Sentence], names: Sequence[_Names], language: Language
) -> dict[str, _Speaker]:
    """People by full name, with the agency that the text gives them an office at."""
    speakers: dict[str, _Speaker] = {}
    for sentence, found in zip(sentences, names, strict=True):
        for start, end, agency in found:
            before, after = sentence.text[:start], sentence.text[end:]
            match = (
                language.cues["office_after_name"].search(before)
                or language.cues["name_of"].search(before)
                or language.cues["name_after_office"].search(after)
            )
            if match:
                speakers.setdefault(match["name"], _Speaker(match["name"], agency))
    return speakers


def _speakers_of(
    sentences: Sequence[Sentence],
    known: dict[str, _Speaker],
    turns: Sequence[_Speaker | None],
    language: Language,
) -> list[_Speaker | None]:
    """Who says each sentence: who is named in it, "he", whose turn it is; else who is named further on in the
    paragraph ("Watchdogs punished 23,000 firms ... , Zhi said").
    """
    named = _named_speakers(sentences, known, language)
    pronouns = [bool(language.cues["pronoun_says"].search(sentence.text)) for sentence in sentences]
    said_by: list[_Speaker | None] = []
    lasts: list[_Speaker | None] = []
    last: _Speaker | None = None
    for name, is_pronoun, turn in zip(named, pronouns, turns, strict=True):
        said_by.append(name or (last if is_pronoun else None) or turn)
        last = said_by[-1] or last
        lasts.append(last)
    ahead = _speakers_ahead(sentences, named, pronouns, lasts)
    return [speaker or following for speaker, following in zip(said_by, ahead, strict=True)]


def _speakers_ahead(
    sentences: Sequence[Sentence],
    named: Sequence[_Speaker | None],
    pronouns: Sequence[bool],
    lasts: Sequence[_Speaker | None],
) -> list[_Speaker | None]:
    """For each sentence the next speaker of its paragraph; a "he" before that is the last one so far."""
    ahead: list[_Speaker | None] = []
    following: _Speaker | None = None
    is_pronoun_next = False
    for i in range(len(sentences) - 1, -1, -1):
        if i + 1 == len(sentences) or sentences[i + 1].paragraph != sentences[i].paragraph:
            following, is_pronoun_next = None, False
        ahead.append((lasts[i] if is_pronoun_next else None) or following)
        if named[i]:
            following, is_pronoun_next = named[i], False
        elif pronouns[i]:
            is_pronoun_next = True
    return ahead[::-1]


def _named_speakers(
    sentences: Sequence[Sentence], known: dict[str, _Speaker], language: Language
) -> list[_Speaker | None]:
    """The speaker that each sentence names in full, or by one name beside "said"; the one introduced first."""
    rank = {name: number for number, name in enumerate(known)}
    by_part: dict[str, _Speaker] = {}
    for name, speaker in known.items():
        for part in (name.split()[0], name.split()[-1]):
            by_part.setdefault(part, speaker)
    says = language.cues["says"].pattern
    says_after = re.compile(rf"\b(?P<name>{_WORD.pattern}),? (?:also |further |then )?{says}\b")
    says_before = re.compile(rf"\b{says} (?P<name>{_WORD.pattern})")
    result: list[_Speaker | None] = []
    for sentence in sentences if known else ():
        said = [m["name"] for cue in (says_after, says_before) for m in cue.finditer(sentence.text)]
        found = [by_part[part] for part in said if part in by_part]
        found += [known[name] for name in _possible_names(sentence.text) if name in known]
        result.append(min(found, key=lambda speaker: rank[speaker.name], default=None))
    return result or [None] * len(sentences)


def _possible_names(text: str) -> Iterator[str]:
    """Every run of a few words; to look these up is faster than to search for each name."""
    words = [match.span() for match in _WORD.finditer(text)]
    for first, (start, _) in enumerate(words):
        for _, end in words[first : first + _MOST_WORDS_OF_A_NAME]:
            yield text[start:end]


def _turns(
    document: Document,
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
    openings = _turn_openings(document, sentences, speakers, language)
    for sentence, named, name in zip(sentences, mentions, openings, strict=True):
        if name:
            known = speakers.get(name)
            current = _Speaker(name, known.agency if known and known.agency else asked)
            asked = None
        elif current and named:
            asked = named[-1]
        is_name_only = name is not None and sentence.text.endswith(":")
        turns.append(None if is_name_only else current)
    return turns


def _turn_openings(
    document: Document, sentences: Sequence[Sentence], speakers: dict[str, _Speaker], language: Language
) -> list[str | None]:
    """The name with which a sentence opens a turn.

    A name that goes before text on its line must be that of a person who has an office or takes a turn again:
    "Key Figures: recalls of 2023" is a heading. Neither a title nor the cell of a table opens a turn.
    """
    titles = {_words(title) for title in (document.title, document.title_raw) if title}
    alone: list[str | None] = []
    inline: list[str | None] = []
    for sentence in sentences:
        text = "" if sentence.lead or _words(sentence.text) in titles else sentence.text
        on_its_own = language.cues["speaker_turn"].match(text)
        before_text = None if on_its_own else language.cues["speaker_turn_inline"].match(text)
        alone.append(on_its_own["name"].strip() if on_its_own else None)
        inline.append(before_text["name"].strip() if before_text else None)
    times = Counter(name for name in (*alone, *inline) if name)
    return [
        name or (before if before and (before in speakers or times[before] > 1) else None)
        for name, before in zip(alone, inline, strict=True)
    ]


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def _carried(sentences: Sequence[Sentence], mentions: Sequence[list[str]]) -> list[str | None]:
    """For each sentence the agency that its paragraph named last before it."""
    carried: list[str | None] = []
    last: str | None = None
    paragraph: int | None = None
    for sentence, named in zip(sentences, mentions, strict=True):
        if sentence.paragraph != paragraph:
            paragraph, last = sentence.paragraph, None
        carried.append(last)
        last = named[-1] if named else last
    return carried


def _document_agency(
    document: Document,
    sentences: Sequence[Sentence],
    names: Sequence[_Names],
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
        for sentence, found in zip(sentences, names, strict=True)
        for _, end, agency in found
        if language.cues["issues_a_plan"].match(sentence.text[end:])
    ]
    candidates = [*(agency for *_, agency in published_by), *issuers]
    measuring = [agency for agency in candidates if vocabulary.agencies[agency].measures]
    return measuring[0] if measuring else None
