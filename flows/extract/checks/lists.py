"""Lists that do not have as many members as the text announces.

In "measures in seven aspects that cover A, B, C, D and E", or in 三个方面：一是……二是…… without 三是, members were left
out or miscounted, and people who quote the number should know. A list is checked only where its members are beyond
doubt: marked members (First, (1), 一是) directly after the announcement, or bare nouns between commas. Words that may
be one member or two ("supervision and management") are counted both ways.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.text.heading_number import read_heading_number
from flows.extract.vocabulary.check_patterns import CheckPatterns

_FEWEST, _MOST = 2, 20  # members
_FIRST_ITEM = 180  # characters from the announcement to the first member
_LONGEST_ITEM = 5000
_AFTERMATH = 1500  # characters after a list in which it may continue without a mark
_LONGEST_LIST = 600
_LONGEST_HEADING = 60
_CLOSING_MARKS = ".,;:!?。，；：！？”\"'）)"
_LONGEST_MEMBER = 40
_MOST_WORDS = 5
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[。！？\n]")
_SEMICOLON = re.compile(r"[;；]")
_WORD = re.compile(r"[^\W\u3400-\u9fff]+")


@dataclass(frozen=True)
class ListFault:
    """A list that is announced with `stated` members and has `found`; offsets into the text."""

    start: int
    end: int
    stated: int
    found: int


@dataclass(frozen=True)
class _Announcement:
    start: int
    end: int
    stated: int


@dataclass(frozen=True)
class _Items:
    """Marked members: their count, the end of the last mark, and whether another mark interrupts the count."""

    count: int
    last: int
    is_interrupted: bool


class ListChecker:
    """Checks the lists of texts in one language."""

    def __init__(
        self, patterns: CheckPatterns, heading_marks: Sequence[LazyPattern], no_sentence_end: LazyPattern
    ) -> None:
        """Take the patterns by role; `heading_marks` match the lines that are headings."""
        self._patterns = patterns
        self._heading_marks = heading_marks
        self._no_sentence_end = no_sentence_end

    def check(self, text: str) -> list[ListFault]:
        """Return the lists of a text with fewer or more members than announced, in order."""
        faults: dict[int, ListFault] = {}
        for role, gap in (
            ("announcement", "gap_before_items"),
            ("spoken_announcement", "gap_before_spoken_items"),
        ):
            for announced in self._announcements(text, role):
                found = self._count_items(text, announced, gap)
                if found is None and role == "announcement":
                    found = self._count_inline(text, announced)
                if found is not None and found != announced.stated and not self._says(text, announced, found):
                    end = _end_of_sentence(text, announced.end)
                    faults[announced.start] = ListFault(announced.start, end, announced.stated, found)
        return [faults[start] for start in sorted(faults)]

    def _announcements(self, text: str, role: str) -> Iterator[_Announcement]:
        for match in self._matches(role, text):
            path = read_heading_number(match["number"], "any")
            if path and _FEWEST <= path[0] <= _MOST:
                yield _Announcement(match.start(), match.end(), path[0])

    def _says(self, text: str, announced: _Announcement, found: int) -> bool:
        """Return whether the sentence states the number found as well: "three tasks in two fields: first, ..."."""
        earliest = max(0, announced.start - _LONGEST_LIST)
        ends = _SENTENCE_END.finditer(text, earliest, announced.start)
        begin = max((end.end() for end in ends), default=earliest)
        [number] = self._patterns["number"]
        others = re.finditer(
            rf"(?<![A-Za-z\d])(?:{number.pattern})(?![A-Za-z\d])", text[begin : announced.start], re.I
        )
        return (found,) in [read_heading_number(other.group(), "any") for other in others]

    def _count_items(self, text: str, announced: _Announcement, gap: str) -> int | None:
        """Count the marked members after the announcement; None where that is uncertain."""
        for style in self._patterns["item"]:
            first = style.search(text, announced.end, announced.end + _FIRST_ITEM)
            if first is None or _value(first) != 1:
                continue
            if not any(p.fullmatch(text, announced.end, first.start()) for p in self._patterns[gap]):
                continue
            items = self._follow(text, style, first)
            if items.count > announced.stated:
                return None if self._is_within_list(text, style, announced) else items.count
            if items.count == announced.stated or self._may_go_on(text, items):
                return items.count if items.count == announced.stated else None
            return items.count
        return None

    def _follow(self, text: str, style: LazyPattern, first: re.Match[str]) -> _Items:
        """Count from the first member for as long as each mark is the next number."""
        count, last = 1, first.end()
        while mark := style.search(text, last, last + _LONGEST_ITEM):
            value = _value(mark)
            if value != count + 1 or self._has_heading(text, last, mark.start(), style):
                is_another = value == 1 and "\n" in text[last : mark.start()]
                return _Items(count, last, is_interrupted=not is_another)
            count, last = value, mark.end()
        return _Items(count, last, is_interrupted=False)

    def _has_heading(self, text: str, start: int, end: int, style: LazyPattern) -> bool:
        """Return whether there is a heading between two marks: the second may then begin a list of its own."""
        lines = (line.strip() for line in text[start:end].split("\n")[1:])
        return any(
            (len(line) <= _LONGEST_HEADING and line[-1] not in _CLOSING_MARKS)
            or any(mark.match(line) for mark in self._heading_marks)
            for line in lines
            if line and not style.match(line)
        )

    def _may_go_on(self, text: str, items: _Items) -> bool:
        """Return whether the text after the list may be a further member: "Finally, ...", "The third is ..."."""
        if items.count < _FEWEST or items.is_interrupted:
            return True
        end = min(len(text), items.last + _AFTERMATH)
        if any(pattern.search(text, items.last, end) for pattern in self._patterns["list_goes_on"]):
            return True
        marks = (*self._patterns["item"], *self._patterns["ordinal"])
        return any(
            (_value(mark) or 0) > items.count
            for style in marks
            for mark in style.finditer(text, items.last, end)
        )

    def _is_within_list(self, text: str, style: LazyPattern, announced: _Announcement) -> bool:
        """Return whether the announcement is itself in a list with such marks, whose next member is counted too."""
        before = list(style.finditer(text, max(0, announced.start - 2 * _LONGEST_ITEM), announced.start))
        return any(_value(mark) == announced.stated for mark in before[-1:])

    def _count_inline(self, text: str, announced: _Announcement) -> int | None:
        """Count the bare nouns or the clauses between semicolons in the sentence; None where that is uncertain."""
        end = self._end_of_list(text, announced.end)
        if end is None:
            return None
        for role in ("list_introduction", "list_covered"):
            for pattern in self._patterns[role]:
                lead = pattern.match(text, announced.end, end)
                if lead and lead.end() > lead.start():
                    listed = text[lead.end() : end].rstrip(" .。!！?？")
                    return self._count_members(listed, announced.stated, is_whole=role == "list_introduction")
        return None

    def _end_of_list(self, text: str, start: int) -> int | None:
        """Return the end of the sentence; None if it continues in the next line or perhaps after an abbreviation."""
        end = _end_of_sentence(text, start)
        is_ended = end == len(text) or text[end - 1] in ".。!！?？"
        is_abbreviated = self._no_sentence_end.search(text, max(start, end - _LONGEST_MEMBER), end)
        return end if is_ended and not is_abbreviated and end - start <= _LONGEST_LIST else None

    def _count_members(self, listed: str, stated: int, *, is_whole: bool) -> int | None:
        """Count the members of a list; `is_whole`: the list ends with the sentence."""
        if not is_whole:
            listed = next(iter(self._patterns["list_end"])).sub("", listed)
        if any(pattern.search(listed) for pattern in self._patterns["open_end"]):
            return None
        [separator], [coordinator] = self._patterns["separator"], self._patterns["coordinator"]
        members = separator.split(listed)
        joints = [len(coordinator.findall(member.strip())) for member in members]
        opens = [bool(coordinator.match(member.strip())) for member in members]
        lowest = len(members)
        highest = lowest + sum(joints) - sum(opens)
        clauses = [clause for clause in _SEMICOLON.split(listed) if clause.strip()]
        if len(clauses) > 1:
            is_grouped = stated == highest or lowest <= stated <= highest
            return None if is_grouped else len(clauses)
        if lowest < _FEWEST or not joints[-1] or not self._are_bare(members, listed):
            return None
        if lowest <= stated <= highest:
            return stated
        return highest if highest < stated else lowest

    def _are_bare(self, members: Sequence[str], listed: str) -> bool:
        """Return whether the members are bare nouns."""
        if any(pattern.search(listed) for pattern in self._patterns["no_member"]):
            return False
        return all(
            0 < len(member.strip()) <= _LONGEST_MEMBER and len(_WORD.findall(member)) <= _MOST_WORDS
            for member in members
        )

    def _matches(self, role: str, text: str) -> Iterator[re.Match[str]]:
        for pattern in self._patterns[role]:
            yield from pattern.finditer(text)


def _value(mark: re.Match[str]) -> int | None:
    path = read_heading_number(mark["number"], "any")
    return path[0] if path else None


def _end_of_sentence(text: str, start: int) -> int:
    latest = min(len(text), start + _LONGEST_LIST)
    end = _SENTENCE_END.search(text, start, latest)
    return end.start() + (end.group() != "\n") if end else latest
