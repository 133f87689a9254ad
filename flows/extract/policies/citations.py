"""The citations of a document: each law, outline or plan that it names, and the relation to it.

A name is in quotation marks or 《》, or is one that `seeds/reference/policies.csv` lists. A policy that is described
("new rules on toys") is not found; an unlisted one is found in quotation marks or with its years, and has no id. The
words around a name tell the relation: "in order to implement", "replaces", "progress in implementing".
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
    AreaMention,
    AreaMentions,
    PolicyMention,
    PolicyMentionFinder,
    find_area_mentions,
)
from flows.extract.policies.names import Span
from flows.extract.text.sentences import split_sentences
from flows.extract.vocabulary.entries import Vocabulary

_HOME = {"zh": frozenset({"CN"})}  # a text in Chinese need not say that its laws are China's
_YEARS_BEFORE = re.compile(rf"(?:{YEARS.pattern})\s?[《“\"]?$")
_YEARS_AFTER = re.compile(rf"[》”\"]?,?\s?(?:[（(]|of |for )?\s*(?:{YEARS.pattern})")
_OPENING, _CLOSING = " \n“\"《〈‘'", " \n”\"》〉’'"
_NOT_PLANS = ("news", "press_conference", "statistical_bulletin")


@dataclass(frozen=True)
class _DocumentContext:
    """A text with its sentences and the areas that it names.

    `around` are the areas of title and publisher, `anywhere` all areas that the document mentions or implies.
    """

    document: Document
    text: str
    areas: AreaMentions
    sentences: Sequence[Span]
    around: frozenset[str]
    anywhere: frozenset[str]

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence at `offset`; outside of sentences, one is taken to begin there."""
        at = bisect_right(self.sentences, offset, key=lambda span: span[0]) - 1
        inside = at >= 0 and offset < self.sentences[at][1]
        return self.sentences[at] if inside else (offset, offset + REACH)


class CitationFinder:
    """Finds citations with one vocabulary; make one and use it for many documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Compile a language with its first document."""
        self._of_language = by_language(lambda language: _LanguageFinder(language, vocabulary))

    def find(self, document: Document) -> list[Citation]:
        """Return the citations of a document, in order; first the policy that the document itself is, if any."""
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
        context = self._read_context(document)
        mentions = self._mentions.find(context.text, context.areas)
        names = _NamesSoFar()
        found: list[Citation] = []
        for mention, relation in zip(mentions, self._relations(mentions, context), strict=True):
            policy, reason = self._policy_of(mention, names, context)
            if policy or not mention.is_short:
                found.append(_citation(mention, policy, reason, relation, document))
        title = document.title if is_plan(document, self._vocabulary) else None
        return list(_with_own(found, self._own_policy(context), document, title or ""))

    def _read_context(self, document: Document) -> _DocumentContext:
        text = self._plain(blank_boilerplate(document))
        around = self._areas_in(self._plain(f"{document.title or ''}\n{document.publisher or ''}")).codes()
        areas = self._areas_in(text)
        sentences = split_sentences(text, self._language.cues["no_sentence_end"])
        return _DocumentContext(
            document=document,
            text=text,
            areas=areas,
            sentences=[(sentence.start, sentence.end) for sentence in sentences],
            around=around,
            anywhere=areas.codes() | around | self._home,
        )

    def _areas_in(self, text: str) -> AreaMentions:
        return find_area_mentions(text, self._language, self._vocabulary)

    def _policy_of(
        self, mention: PolicyMention, names: "_NamesSoFar", context: _DocumentContext
    ) -> tuple[str | None, str | None]:
        """Return the policy that is meant, else the reason why there is none."""
        words = context.text[mention.start : mention.end]
        if mention.is_short:
            return names.meant_by(words), None
        policy, reason = self._chooser.choose(mention.policies, self._evidence(mention, context))
        names.remember(words, policy)
        return policy, reason

    def _own_policy(self, context: _DocumentContext) -> str | None:
        """Return the policy whose name is the whole title of the document."""
        document = context.document
        if not document.title or document.document_type in _NOT_PLANS:
            return None
        title = self._plain(document.title)
        within = replace(
            context,
            text=title,
            areas=self._areas_in(title),
            sentences=[(0, len(title))],
            around=context.anywhere,
        )
        mention = self._mentions.find_title(title, within.areas)
        return self._chooser.choose(mention.policies, self._evidence(mention, within))[0] if mention else None

    def _evidence(self, mention: PolicyMention, context: _DocumentContext) -> Evidence:
        start, end = context.sentence_at(mention.start)
        near = context.areas.between(start, end)
        own = (area.ref_area for area in near if self._is_by(area, mention, context.text))
        return Evidence(
            years=_stated_years(mention, context.text),
            adjacent=frozenset(code for code in own if code),
            near=context.areas.codes(start, end) | context.around,
            anywhere=context.anywhere,
            issuers=frozenset(area.agency for area in near if area.agency),
            day=context.document.event or context.document.published,
        )

    def _is_by(self, area: AreaMention, mention: PolicyMention, text: str) -> bool:
        """Return whether the policy is that of an area named next to it: "Vietnam's Food Safety Law"."""
        if area.start < mention.core[1] and mention.core[0] < area.end:
            return False
        if area.end <= mention.start:
            return bool(self._patterns["place_before"].fullmatch(text, area.end, mention.start))
        if area.start >= mention.end:
            return bool(self._patterns["place_after"].fullmatch(text, mention.end, area.start))
        return True

    def _relations(self, mentions: Sequence[PolicyMention], context: _DocumentContext) -> list[str]:
        """Return the relation to each policy, by the words around its name; names listed together share theirs."""
        relations: list[str] = []
        for team in self._teams(mentions, context):
            start, end = context.sentence_at(team[0].start)
            before = context.text[max(start, team[0].start - REACH) : team[0].start].rstrip(_OPENING)
            after = context.text[team[-1].end : max(team[-1].end, min(end, team[-1].end + REACH))]
            relations += [self._relation(f"{before} ", self._words_after(after))] * len(team)
        return relations

    def _teams(
        self, mentions: Sequence[PolicyMention], context: _DocumentContext
    ) -> list[list[PolicyMention]]:
        teams: list[list[PolicyMention]] = []
        for mention in mentions:
            last = teams[-1][-1] if teams else None
            if last and self._patterns["joined"].fullmatch(context.text, last.end, mention.start):
                teams[-1].append(mention)
            else:
                teams.append([mention])
        return teams

    def _words_after(self, after: str) -> str:
        """Return the words after a name, without its owner: "of the People's Republic of China"."""
        stripped = after.lstrip(_CLOSING)
        filler = self._patterns["name_filler"].match(stripped)
        return stripped[filler.end() :] if filler else after

    def _relation(self, before: str, after: str) -> str:
        for relation in ("succeeds", "reports_on", "implements"):
            following = self._patterns.get(f"{relation}_after")
            if self._patterns[f"{relation}_before"].search(before) or (following and following.match(after)):
                return relation
        return "cites"


class _NamesSoFar:
    """The names that a text has used so far, to one of which "the Outline" may refer."""

    def __init__(self) -> None:
        self._meant: dict[str, str | None] = {}

    def remember(self, name: str, policy: str | None) -> None:
        self._meant[name.lower()] = policy

    def meant_by(self, noun: str) -> str | None:
        """Return the policy that a noun refers to, if a single name so far contains it."""
        named = {policy or name for name, policy in self._meant.items() if noun.lower() in name}
        policies = named & set(self._meant.values())
        return policies.pop() if len(named) == 1 and policies else None


def _stated_years(mention: PolicyMention, text: str) -> Span | None:
    """Return the years within a name, else after it, else before it; a single year is returned twice."""
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
    """Yield the citations, first the one that says which policy the document itself is (`own`), if any.

    Where the document names itself, that is not another citation. `title` is that of a plan or law, listed or not,
    else empty.
    """
    first = next((citation for citation in found if own and citation.policy == own), None)
    if first:
        yield replace(first, relation="is")
    elif own:
        missing = dict.fromkeys(("quote", "start", "end"), "not_stated")
        yield Citation(document.doc_id, own, "is", None, None, None, missing)
    for citation in found:
        is_itself = (
            citation.policy == own if citation.policy else bool(citation.quote and citation.quote in title)
        )
        if not is_itself:
            yield citation
