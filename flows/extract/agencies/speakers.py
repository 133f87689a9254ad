"""The speaker of each sentence, with the agency that the speaker answers for.

A text gives a person's office once ("Li Dawei, deputy director of ...", 局长李静), perhaps pages earlier, and then
uses the name, a part of it, "he" or a turn of a transcript. A spokesperson without a name speaks for an agency too.
In a transcript the person who answers a question speaks for the agency that was asked.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from flows.extract.agencies.offices import Office
from flows.extract.model import Document
from flows.extract.text.sentences import Sentence
from flows.extract.vocabulary.entries import Language


@dataclass(frozen=True)
class Speaker:
    """A speaker; a spokesperson may have no name, and a person may have no agency in the text."""

    name: str | None
    agency: str | None


_Offices = Sequence[Sequence[Office]]
_WORD = re.compile(r"[^\W\u3400-\u9fff]+(?:-[^\W\u3400-\u9fff]+)*|[\u3400-\u9fff]")
_MOST_WORDS_OF_A_NAME = 4
_REACH = 150
_TURN_MARK = re.compile("[:：】]")
_LONGEST_OPENING = 100  # characters


def find_speakers(
    document: Document, sentences: Sequence[Sentence], offices: _Offices, language: Language
) -> list[Speaker | None]:
    """Return the speaker of each sentence, in order; null where the text names none."""
    known = _known_speakers(sentences, offices, language)
    turns = _turns(document, sentences, offices, known, language)
    return _speakers_of(sentences, offices, known, turns, language)


def _known_speakers(
    sentences: Sequence[Sentence], offices: _Offices, language: Language
) -> dict[str, Speaker]:
    """Return people by full name, with the agency of the office that the text gives them."""
    speakers: dict[str, Speaker] = {}
    for sentence, found in zip(sentences, offices, strict=True):
        for at, office in enumerate(found):
            following = found[at + 1].start if at + 1 < len(found) else len(sentence.text)
            for name in _people_of(sentence.text, office, following, language):
                speakers.setdefault(name, Speaker(name, office.agency))
    return speakers


def _people_of(text: str, office: Office, following: int, language: Language) -> Iterator[str]:
    """Find the people with a post at `office`; the next office begins at `following`."""
    before = text[max(0, office.start - _REACH) : office.start]
    for cue in ("office_after_name", "name_of"):
        if match := language.cues[cue].search(before):
            yield match["name"]
    for match in language.cues["name_after_office"].finditer(text[office.end : following]):
        yield match["name"]


def _speakers_of(
    sentences: Sequence[Sentence],
    offices: _Offices,
    known: dict[str, Speaker],
    turns: Sequence[Speaker | None],
    language: Language,
) -> list[Speaker | None]:
    """Return the speaker of each sentence: the one it names, "he", or the one whose turn it is.

    Without one, the speaker is the next one that the paragraph names: "Watchdogs punished 23,000 firms. ..., Zhi said".
    """
    named = _named_speakers(sentences, known, language)
    named = [
        name or _unnamed(s.text, o, language) for name, s, o in zip(named, sentences, offices, strict=True)
    ]
    pronouns = [bool(language.cues["pronoun_says"].search(sentence.text)) for sentence in sentences]
    said_by: list[Speaker | None] = []
    lasts: list[Speaker | None] = []
    last: Speaker | None = None
    for name, is_pronoun, turn in zip(named, pronouns, turns, strict=True):
        said_by.append(name or (last if is_pronoun else None) or turn)
        last = said_by[-1] or last
        lasts.append(last)
    ahead = _speakers_ahead(sentences, named, pronouns, lasts)
    return [speaker or following for speaker, following in zip(said_by, ahead, strict=True)]


def _unnamed(text: str, offices: Sequence[Office], language: Language) -> Speaker | None:
    """Find a spokesperson without a name: "a spokesperson for the administration", 总局有关负责人."""
    cues = language.cues
    return next(
        (
            Speaker(None, office.agency)
            for office in offices
            if cues["spokesperson_after"].match(text, office.end)
            or cues["spokesperson_before"].search(text[max(0, office.start - _REACH) : office.start])
        ),
        None,
    )


def _speakers_ahead(
    sentences: Sequence[Sentence],
    named: Sequence[Speaker | None],
    pronouns: Sequence[bool],
    lasts: Sequence[Speaker | None],
) -> list[Speaker | None]:
    """Return for each sentence the next speaker of its paragraph; "he" on the way there is the latest one so far."""
    ahead: list[Speaker | None] = []
    following: Speaker | None = None
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
    sentences: Sequence[Sentence], known: dict[str, Speaker], language: Language
) -> list[Speaker | None]:
    """Return the speaker that each sentence names in full, or by one name next to "said"; the first introduced wins."""
    rank = {name: number for number, name in enumerate(known)}
    by_part: dict[str, str] = {}
    for name in known:
        for part in (name.split()[0], name.split()[-1]):
            by_part.setdefault(part, name)
    firsts = {word.group() for name in known if (word := _WORD.match(name))}
    result: list[Speaker | None] = []
    for sentence in sentences if known else ():
        said = [m[m.lastgroup] for m in language.cues["name_says"].finditer(sentence.text) if m.lastgroup]
        found = [by_part[part] for part in said if part in by_part]
        found += [name for name in _possible_names(sentence.text, firsts) if name in known]
        result.append(known[min(found, key=rank.__getitem__)] if found else None)
    return result or [None] * len(sentences)


def _possible_names(text: str, firsts: Collection[str]) -> Iterator[str]:
    """Yield every run of a few words that begins like a name, since lookups are faster than a search for each name."""
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        if word.group() in firsts:
            for end in words[at : at + _MOST_WORDS_OF_A_NAME]:
                yield text[word.start() : end.end()]


def _turns(
    document: Document,
    sentences: Sequence[Sentence],
    offices: _Offices,
    speakers: dict[str, Speaker],
    language: Language,
) -> list[Speaker | None]:
    """Return the speaker of each sentence of a transcript, in which a line "Name:" opens a turn.

    An answerer whose office the text never gives has the agency that was asked.
    """
    current: Speaker | None = None
    asked: str | None = None
    turns: list[Speaker | None] = []
    openings = _turn_openings(document, sentences, speakers, language)
    for sentence, named, name in zip(sentences, offices, openings, strict=True):
        agencies = [office.agency for office in named if office.agency]
        if name:
            known = speakers.get(name)
            is_anybody = language.cues["turn_of_anybody"].fullmatch(name)
            current = Speaker(None if is_anybody else name, known.agency if known and known.agency else asked)
            asked = None
        if current and agencies:
            asked = agencies[-1]
        is_name_only = name is not None and sentence.text[-1:] in ":：】"
        turns.append(None if is_name_only else current)
    return turns


def _turn_openings(
    document: Document, sentences: Sequence[Sentence], speakers: dict[str, Speaker], language: Language
) -> list[str | None]:
    """Return for each sentence the name with which it opens a turn, if the document is a transcript.

    It is one if a person with an office takes a turn, a name opens several turns, or somebody is addressed;
    otherwise "Key Figures:" is a heading. A name with text after it on its line must itself be known or recur.
    Neither a title nor the cell of a table opens a turn.
    """
    titles = {_words(title) for title in (document.title, document.title_raw) if title}
    alone: list[str | None] = []
    inline: list[str | None] = []
    for sentence in sentences:
        is_possible = not sentence.lead and _TURN_MARK.search(sentence.text, 0, _LONGEST_OPENING)
        text = sentence.text if is_possible and _words(sentence.text) not in titles else ""
        on_its_own = language.cues["speaker_turn"].match(text)
        before_text = None if on_its_own else language.cues["speaker_turn_inline"].match(text)
        alone.append(on_its_own["name"].strip() if on_its_own else None)
        inline.append(before_text["name"].strip() if before_text else None)
    times = Counter(name for name in (*alone, *inline) if name)
    known = {*speakers, *_introduced(sentences, language)} if times else set()
    taken = {name for name in times if name in known or times[name] > 1 or _is_anybody(name, language)}
    if not times or not (taken or any(language.cues["addressed"].search(s.text) for s in sentences)):
        return [None] * len(sentences)
    return [name or (before if before in taken else None) for name, before in zip(alone, inline, strict=True)]


def _introduced(sentences: Sequence[Sentence], language: Language) -> Iterator[str]:
    """Find people with an office whose agency the text does not name next to them: 今天请来了标准司副司长…."""
    for sentence in sentences:
        for match in language.cues["name_after_office"].finditer(sentence.text):
            yield match["name"]


def _is_anybody(name: str, language: Language) -> bool:
    return language.cues["turn_of_anybody"].fullmatch(name) is not None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))
