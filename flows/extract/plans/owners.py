"""The agency that is responsible for an objective of a plan, and the words that name it.

The wording around the names is data (`seeds/reading/plans/plan_patterns.csv`). Of several agencies that share a task
the first one counts, since the lead agency is named first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.vocabulary.names import NameIndex

_JOINED = re.compile(r"\s*(?:,|、|，|;|and|&|和|与|及|以及|会同|联合)?\s*(?:the\s+)?")


@dataclass(frozen=True)
class Owner:
    """An agency and its name as written; without an agency `reason` says why, and `quote` may name an unlisted one."""

    agency: str | None = None
    quote: str | None = None
    reason: str = "not_stated"


@dataclass(frozen=True)
class OwnerNote:
    """A note that says who is responsible; `start`, `end` are offsets into the searched text."""

    start: int
    end: int
    text: str
    owner: Owner


NOBODY = Owner()
_AFTER_NOTE = " .。;；"


class OwnerFinder:
    """Finds owners in one language."""

    def __init__(self, names: NameIndex, patterns: Mapping[str, LazyPattern]) -> None:
        """Take the names of agencies, and the patterns by role (`schemas.seeds.roles.PLAN_ROLES`)."""
        self._names = names
        self._patterns = patterns

    def find_in_sentence(self, text: str) -> Owner:
        """Return the agency that will do it according to the sentence, or that is its subject."""
        names = self._names.find(text)
        for role, is_owner in (("owner_before", self._follows), ("owner_after", self._precedes)):
            for start, end, agency in names:
                if is_owner(role, text, start, end) and not self._follows(
                    "no_owner_before", text, start, end
                ):
                    return Owner(agency, text[start:end])
        return NOBODY

    def find_notes(self, text: str) -> Iterator[OwnerNote]:
        """Yield the notes that only say who is responsible, and perhaps until when, in order."""
        start = 0
        for line in text.split("\n"):
            for note in self._patterns["owner_note"].finditer(line):
                names = next(group for group in note.groups() if group)
                yield OwnerNote(start + note.start(), start + note.end(), note.group(), self._named_in(names))
            start += len(line) + 1

    def length_of_note(self, text: str) -> int:
        """Return the length of the note at the beginning of a sentence, with the separator after it."""
        note = self._patterns["owner_note"].match(text)
        return len(text) - len(text[note.end() :].lstrip(_AFTER_NOTE)) if note else 0

    def find_issuer(self, lines: Iterable[str]) -> Owner:
        """Return the agency that issued the plan according to `lines`; several are ambiguous."""
        found: dict[str, str] = {}
        for line in lines:
            names = self._names.find(line)
            for at, (start, end, _) in enumerate(names):
                if self._follows("issuer_before", line, start, end) or self._precedes(
                    "issuer_after", line, start, end
                ):
                    found |= {agency: line[s:e] for s, e, agency in _joined(line, names, at)}
        if len(found) == 1:
            return Owner(*found.popitem())
        return Owner(reason="ambiguous") if found else NOBODY

    def _named_in(self, names: str) -> Owner:
        known = self._names.find(names)
        if not known:
            return Owner(quote=names.strip(), reason="unmapped")
        start, end, agency = known[0]
        return Owner(agency, names[start:end])

    def _follows(self, role: str, text: str, start: int, _: int) -> bool:
        return bool(self._patterns[role].search(text[max(0, start - 80) : start]))

    def _precedes(self, role: str, text: str, _: int, end: int) -> bool:
        return bool(self._patterns[role].match(text[end : end + 200]))


Name = tuple[int, int, str]


def _joined(text: str, names: list[Name], at: int) -> list[Name]:
    """Return the names of the list that a name is in: "A, B and C issued ..."."""
    first = last = at
    while first and _JOINED.fullmatch(text, names[first - 1][1], names[first][0]):
        first -= 1
    while last + 1 < len(names) and _JOINED.fullmatch(text, names[last][1], names[last + 1][0]):
        last += 1
    return names[first : last + 1]
