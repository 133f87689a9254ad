"""A document in, every place out where it names a law, an outline or a plan, and what it has to do with it.

A name stands in quotation marks or 《》, or is one that `seeds/reference/policies.csv` lists. What is named in another
way ("new rules on toys") is not found; what is not listed is found in quotation marks or with its years, without an
id. The words around a name tell the relation: "in order to implement", "replaces", "progress in implementing".
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.extract.languages.readers import LANGUAGE_READERS, by_language
from flows.extract.model import Citation, Document
from flows.extract.parse.boilerplate import blank_boilerplate
from flows.extract.plans.outline import is_plan
from flows.extract.policies.disambiguation import UNMAPPED, Evidence, PolicyChooser
from flows.extract.policies.mentions import (
    REACH,
    YEARS,
    Place,
    Places,
    PolicyMention,
    PolicyMentionFinder,
    find_places,
)
from flows.extract.policies.names import Span
from flows.extract.text.sentences import split_sentences
from flows.extract.vocabulary.entries import Vocabulary

_HOME = {"zh": frozenset({"CN"})}  # a text in Chinese need not say that its laws are those of China
_YEARS_BEFORE = re.compile(rf"(?:{YEARS.pattern})\s?[《“\"]?$")
_YEARS_AFTER = re.compile(rf"[》”\"]?,?\s?(?:[（(]|of |for )?\s*(?:{YEARS.pattern})")
_OPENING, _CLOSING = " \n“\"《〈‘'", " \n”\"》〉’'"
_NOT_PLANS = ("news", "press_conference", "statistical_bulletin")


@dataclass(frozen=True)
class _Frame:
    """A text with its places and its sentences; `around` are the areas of title and publisher."""

    document: Document
    text: str
    places: Places
    sentences: Sequence[Span]
    around: frozenset[str]
    anywhere: frozenset[str]

    def sentence_at(self, offset: int) -> Span:
        """The sentence in which `offset` lies; what lies in none is taken for the head of one."""
        at = bisect_right(self.sentences, offset, key=lambda span: span[0]) - 1
        inside = at >= 0 and offset < self.sentences[at][1]
        return self.sentences[at] if inside else (offset, offset + REACH)


class CitationFinder:
    """Finds citations with one vocabulary; make one and use it for many documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Compile a language with its first document."""
        self._of_language = by_language(lambda language: _LanguageFinder(language, vocabulary))

    def find(self, document: Document) -> list[Citation]:
        """The citations of a document, in order; first the policy that the document is, if its title says so."""
        return self._of_language(document).find(document)


class _LanguageFinder:
    """Finds the citations of documents in one language."""

    def __init__(self, language: str, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._language = vocabulary.languages[language]
        self._home = _HOME.get(language, frozenset())
        self._plain = LANGUAGE_READERS[language](self._language, vocabulary).plain
        self._patterns = vocabulary.citation_patterns[language]
        self._mentions = PolicyMentionFinder(vocabulary, self._patterns)
        self._chooser = PolicyChooser(vocabulary.policies)

    def find(self, document: Document) -> list[Citation]:
        frame = self._frame(document)
        mentions = self._mentions.find(frame.text, frame.places)
        names = _Names()
        found: list[Citation] = []
        for mention, relation in zip(mentions, self._relations(mentions, frame), strict=True):
            policy, reason = self._policy_of(mention, names, frame)
            if policy or not mention.is_short:
                found.append(_citation(mention, policy, reason, relation, document))
        title = document.title if is_plan(document, self._vocabulary) else None
        return list(_with_own(found, self._own_policy(frame), document, title or ""))

    def _frame(self, document: Document) -> _Frame:
        text = self._plain(blank_boilerplate(document))
        around = self._places(self._plain(f"{document.title or ''}\n{document.publisher or ''}")).areas()
        places = self._places(text)
        sentences = split_sentences(text, self._language.cues["no_sentence_end"])
        return _Frame(
            document=document,
            text=text,
            places=places,
            sentences=[(sentence.start, sentence.end) for sentence in sentences],
            around=around,
            anywhere=places.areas() | around | self._home,
        )

    def _places(self, text: str) -> Places:
        return find_places(text, self._language, self._vocabulary)

    def _policy_of(
        self, mention: PolicyMention, names: "_Names", frame: _Frame
    ) -> tuple[str | None, str | None]:
        """The policy that is meant, else why there is none."""
        words = frame.text[mention.start : mention.end]
        if mention.is_short:
            return names.meant_by(words), None
        policy, reason = self._chooser.choose(mention.policies, self._evidence(mention, frame))
        names.remember(words, policy)
        return policy, reason

    def _own_policy(self, frame: _Frame) -> str | None:
        """The policy that the title of the document names, and nothing else."""
        document = frame.document
        if not document.title or document.document_type in _NOT_PLANS:
            return None
        title = self._plain(document.title)
        within = replace(
            frame, text=title, places=self._places(title), sentences=[(0, len(title))], around=frame.anywhere
        )
        mention = self._mentions.find_title(title, within.places)
        return self._chooser.choose(mention.policies, self._evidence(mention, within))[0] if mention else None

    def _evidence(self, mention: PolicyMention, frame: _Frame) -> Evidence:
        start, end = frame.sentence_at(mention.start)
        near = frame.places.between(start, end)
        own = (place.ref_area for place in near if self._is_by(place, mention, frame.text))
        return Evidence(
            years=_stated_years(mention, frame.text),
            places=frozenset(area for area in own if area),
            near=frame.places.areas(start, end) | frame.around,
            anywhere=frame.anywhere,
            issuers=frozenset(place.agency for place in near if place.agency),
            day=frame.document.event or frame.document.published,
        )

    def _is_by(self, place: Place, mention: PolicyMention, text: str) -> bool:
        """Whether a place stands by a name so that the policy is its own: "Vietnam's Food Safety Law"."""
        if place.start < mention.core[1] and mention.core[0] < place.end:
            return False
        if place.end <= mention.start:
            return bool(self._patterns["place_before"].fullmatch(text, place.end, mention.start))
        if place.start >= mention.end:
            return bool(self._patterns["place_after"].fullmatch(text, mention.end, place.start))
        return True

    def _relations(self, mentions: Sequence[PolicyMention], frame: _Frame) -> list[str]:
        """What the words around each name say; names that are listed together share them."""
        relations: list[str] = []
        for team in self._teams(mentions, frame):
            start, end = frame.sentence_at(team[0].start)
            before = frame.text[max(start, team[0].start - REACH) : team[0].start].rstrip(_OPENING)
            after = frame.text[team[-1].end : max(team[-1].end, min(end, team[-1].end + REACH))]
            relations += [self._relation(f"{before} ", self._behind(after))] * len(team)
        return relations

    def _teams(self, mentions: Sequence[PolicyMention], frame: _Frame) -> list[list[PolicyMention]]:
        teams: list[list[PolicyMention]] = []
        for mention in mentions:
            last = teams[-1][-1] if teams else None
            if last and self._patterns["joined"].fullmatch(frame.text, last.end, mention.start):
                teams[-1].append(mention)
            else:
                teams.append([mention])
        return teams

    def _behind(self, after: str) -> str:
        """What follows on a name, but for whose it is: "of the People's Republic of China"."""
        stripped = after.lstrip(_CLOSING)
        filler = self._patterns["name_filler"].match(stripped)
        return stripped[filler.end() :] if filler else after

    def _relation(self, before: str, after: str) -> str:
        for relation in ("succeeds", "reports_on", "implements"):
            behind = self._patterns.get(f"{relation}_after")
            if self._patterns[f"{relation}_before"].search(before) or (behind and behind.match(after)):
                return relation
        return "cites"


class _Names:
    """The names that a text has used so far, for "the Outline" to mean one of them."""

    def __init__(self) -> None:
        self._meant: dict[str, str | None] = {}

    def remember(self, name: str, policy: str | None) -> None:
        self._meant[name.lower()] = policy

    def meant_by(self, noun: str) -> str | None:
        """The policy, if only one was named with a name that has the noun."""
        named = {policy or name for name, policy in self._meant.items() if noun.lower() in name}
        policies = named & set(self._meant.values())
        return policies.pop() if len(named) == 1 and policies else None


def _stated_years(mention: PolicyMention, text: str) -> Span | None:
    """The years within a name, else behind or before it; one year is given twice."""
    start, end = mention.core
    inside = (text[mention.start : start], text[end : mention.end])
    found = next((match for part in inside for match in YEARS.finditer(part)), None)
    found = found or _YEARS_AFTER.match(text, mention.end)
    found = found or _YEARS_BEFORE.search(text[max(0, mention.start - REACH) : mention.start])
    if not found:
        return None
    first, last, single = found.groups()
    return (int(single), int(single)) if single else (int(first), int(last))


def _citation(
    mention: PolicyMention, policy: str | None, reason: str | None, relation: str, document: Document
) -> Citation:
    quote = document.text[mention.start : mention.end]
    reasons = {} if policy else {"policy": reason or UNMAPPED}
    return Citation(document.doc_id, policy, relation, quote, mention.start, mention.end, reasons)


def _with_own(
    found: Sequence[Citation], own: str | None, document: Document, title: str
) -> Iterator[Citation]:
    """The citations with the one that says what the document itself is; that it names itself is no other one.

    `title` is that of a plan or law, listed or not, else empty.
    """
    first = next((citation for citation in found if own and citation.policy == own), None)
    if first:
        yield replace(first, relation="is")
    elif own:
        missing = dict.fromkeys(("quote", "start", "end"), "not_stated")
        yield Citation(document.doc_id, own, "is", None, None, None, missing)
    for citation in found:
        is_itself = citation.policy == own if citation.policy else bool(title) and citation.quote in title
        if not is_itself:
            yield citation
