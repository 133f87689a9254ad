"""The lines of a document that are headings, in order.

The marks of headings are data (`seeds/reading/text/heading_marks.csv`). A mark alone proves nothing ("I, for one" and
"3. quarter" begin with one too), so lines with marks of one style are headings only where they count 1, 2, 3 ...;
lines that break the count are body text. Marks that only headings have ("Chapter", 第三条, Markdown's `#`) may skip
numbers, as in excerpts and after repealed articles.

A plan may have no marks; there a short line that stands alone above a paragraph is a heading.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.extract.parse.dates import is_dateline
from flows.extract.patterns.lazy_pattern import LazyPattern
from flows.extract.text.heading_number import read_heading_number
from flows.extract.vocabulary.entries import HeadingMark

_MINIMUM = 2
_DRESS = re.compile(r"\s*(?:(?P<hashes>#{1,6})[ \t]+)?(?:\*\*|__)?[ \t\u3000]*")
_CHINESE = re.compile(r"[\u3400-\u9fff]")

# The end of a heading that runs on into its text: "One: General target. By 2020, ...", "一、总体要求。到2025年……".
_FIRST_SENTENCE = re.compile(r"(?<=[\w)”\"'’][\w)”\"'’])\.(?=\s+[\"“(]?[A-Z]|\s*$)|[。；](?=.)|[。；]\s*$")
_BRACKETED = re.compile(r"【[^】]+】")  # headings that commentators give to the articles of a law
_COLON = re.compile(r"[:：](?=\s*\S)")
_BLANK_AFTER_CHINESE = re.compile(r"(?<=[\u3400-\u9fff）”])[ \u3000]+(?=\S)")
_SENTENCE_STOP = re.compile(r"[.。;；!！?？](?:[”\"’)）]|\s)*$")
_TRAILING = " \t\u3000:：;；,，.。"
_LONGEST_RUN_ON = {True: 25, False: 60}  # characters of a title before its colon: Chinese, other scripts

_LONGEST_TITLE = {True: 30, False: 90}
_MOST_WORDS_OF_A_TITLE = 12
_NARROWEST_LINE = 40  # characters: a shorter title did not reach the margin
_NO_TITLE = re.compile(r"[|\t]|[.。:：;；,，!！?？…]$|^[^\w“\"(（《]|^\d|[。；！？]")
_SHORTEST_PARAGRAPH = {True: 30, False: 60}
_LEADERS = " \t\u3000.…·_-"  # between a heading and its page number in a table of contents


@dataclass(frozen=True)
class Heading:
    """A line that is a heading; `path` is its number as integers, (2, 1) for "2.1", or empty.

    `number_start` is the offset of the number. `depth` counts the `#` of a Markdown heading, 0 for others.
    `is_certain`: the mark is one that only headings have. `is_sentence`: the line is a whole sentence, like the items
    of a list.
    """

    style: str
    number: str | None
    path: tuple[int, ...]
    title: str
    start: int
    end: int
    depth: int = 0
    is_certain: bool = False
    is_sentence: bool = False
    number_start: int = 0


@dataclass(frozen=True)
class _Line:
    """A line that is not blank, without its Markdown marks, which begin at `begin`.

    `is_apart`: whether there is a blank line before and after it.
    """

    text: str
    start: int
    depth: int
    begin: int
    is_apart: tuple[bool, bool] = (True, True)


def find_marked_headings(text: str, marks: Sequence[HeadingMark]) -> list[Heading]:
    """Return the headings with marks, in order, without those of a table of contents."""
    lines = list(_lines(text))
    candidates = [_readings(lines, i, marks) for i in range(len(lines))]
    return _counted(_without_contents([readings for readings in candidates if readings]))


def find_unmarked_headings(text: str, taken: Sequence[Heading], no_heading: LazyPattern) -> list[Heading]:
    """Return the short lines that stand alone above text, in order, if there are several.

    `taken` are the headings found before; `no_heading` matches lines that only look like one (`Table 1. ...`). Call it
    for plans only: in other documents such a line may be anything.
    """
    starts = {heading.start for heading in taken}
    lines = list(_lines(text))
    found = [
        Heading("line", None, (), line.text, line.begin, line.start + len(line.text))
        for i, line in enumerate(lines)
        if not line.depth and line.begin not in starts and _stands_alone(lines, i, no_heading)
    ]
    return found if len(found) >= _MINIMUM else []


def is_chinese(text: str) -> bool:
    """Return whether a text is mostly Chinese, each of whose characters carries as much as a short word."""
    return len(_CHINESE.findall(text)) * 3 > len(text)


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that are not blank, in order."""
    written = text.split("\n")
    is_blank = [True, *(not line.strip() for line in written), True]
    start = 0
    for number, line in enumerate(written, 1):
        undressed = _undress(line, start)
        if undressed:
            yield replace(undressed, is_apart=(is_blank[number - 1], is_blank[number + 1]))
        start += len(line) + 1


def _undress(line: str, start: int) -> _Line | None:
    dress = _DRESS.match(line)
    if dress is None:  # never, since the pattern also matches a line without marks
        return None
    depth = len(dress["hashes"] or "")
    content = line[dress.end() :].rstrip().removesuffix("**").removesuffix("__")
    content = (content.rstrip("#") if depth else content).rstrip()
    begin = start + len(line) - len(line.lstrip())
    return _Line(content, start + dress.end(), depth, begin) if content else None


def _readings(lines: Sequence[_Line], at: int, marks: Sequence[HeadingMark]) -> list[Heading]:
    """Return every way in which a line may be a heading: "C." is the third letter or the Roman hundred."""
    line = lines[at]
    found = [reading for mark in marks if (reading := _read_mark(mark, lines, at))]
    if not line.depth:
        return found
    style = f"#{line.depth}"
    if found:
        return [replace(found[0], style=style, depth=line.depth, is_certain=True)]
    end = line.start + len(line.text)
    return [Heading(style, None, (), line.text, line.begin, end, line.depth, is_certain=True)]


def _read_mark(mark: HeadingMark, lines: Sequence[_Line], at: int) -> Heading | None:
    line = lines[at]
    match = mark.pattern.match(line.text)
    groups = match.groupdict() if match else {}
    path = read_heading_number(groups.get("value") or groups["number"], mark.numbering) if match else None
    if not match or not path:
        return None
    style = ":".join([mark.style, *([groups["kind"].casefold()] if groups.get("kind") else [])])
    style += str(len(path)) if len(path) > 1 else ""
    title, start, is_sentence = _title_of(match, line, lines[at + 1 : at + 2])
    return Heading(
        style=style,
        number=match["number"],
        path=path,
        title=title,
        start=line.begin,
        end=start + len(title),
        is_certain=mark.is_certain,
        is_sentence=is_sentence,
        number_start=line.start + match.start("number"),
    )


def _title_of(match: re.Match[str], line: _Line, following: Sequence[_Line]) -> tuple[str, int, bool]:
    """Return the title, its offset and whether it is a whole sentence; a bare mark has its title on the next line."""
    rest = match["title"]
    if rest and _is_broken(line, rest, following):
        rest += "\n" + following[0].text
        return rest.rstrip(_TRAILING), line.start + match.start("title"), False
    if rest:
        title = _first_part(rest)
        is_sentence = rest.rstrip(_TRAILING) == title and bool(_SENTENCE_STOP.search(rest))
        return title, line.start + match.start("title"), is_sentence
    if following and not following[0].depth and _is_title_like(following[0].text):
        return following[0].text, following[0].start, False
    return line.text, line.start, False


def _is_broken(line: _Line, rest: str, following: Sequence[_Line]) -> bool:
    """Return whether the title wraps: the next line continues it in lower case and is its last line."""
    if not following or line.is_apart[1] or _SENTENCE_STOP.search(rest) or len(line.text) < _NARROWEST_LINE:
        return False
    rest_of_title = following[0]
    is_last = rest_of_title.is_apart[1] or len(rest_of_title.text) < len(line.text)
    is_at_margin = rest_of_title.begin == line.begin + len(line.text) + 1
    return is_last and is_at_margin and rest_of_title.text[0].islower() and _is_short(rest_of_title.text)


def _first_part(rest: str) -> str:
    """Return the title at the head of a line that may run on into its text."""
    in_chinese = is_chinese(rest)
    if bracketed := _BRACKETED.match(rest):
        return bracketed.group()
    stops = [match.start() for match in [_FIRST_SENTENCE.search(rest)] if match]
    if _SENTENCE_STOP.search(rest):
        run_on = (_COLON, _BLANK_AFTER_CHINESE) if in_chinese else (_COLON,)
        found = [match.start() for pattern in run_on if (match := pattern.search(rest))]
        stops += [stop for stop in found if stop <= _LONGEST_RUN_ON[in_chinese]]
    return rest[: min(stops, default=len(rest))].rstrip(_TRAILING) or rest


def _without_contents(candidates: Sequence[list[Heading]]) -> Sequence[list[Heading]]:
    """Drop a table of contents: headings that all recur, in the same words, from the first one on."""
    keys = [{_key(reading) for reading in readings} for readings in candidates]
    again = next((i for i, later in enumerate(keys) if i and later & keys[0]), None)
    if again is None or again < _MINIMUM:
        return candidates
    rest = set().union(*keys[again:])
    return candidates[again:] if all(key & rest for key in keys[:again]) else candidates


def _key(heading: Heading) -> tuple[str, tuple[int, ...], str]:
    """Return what a heading and its entry in a table of contents, which ends in a page number, have in common."""
    title = heading.title.rstrip(_LEADERS).rstrip("0123456789").rstrip(_LEADERS)
    return heading.style, heading.path, "".join(title.casefold().split())


def _counted(candidates: Sequence[list[Heading]]) -> list[Heading]:
    """Keep headings that count up: each follows the last of its style, or restarts at 1 below another heading."""
    last: dict[str, tuple[int, ...]] = {}
    kept: list[Heading] = []
    for readings in candidates:
        above = kept[-1].style if kept else None
        rules = (_follows, _restarts, _skips)
        heading = next((h for rule in rules for h in readings if rule(h, last.get(h.style), above)), None)
        if heading:
            last[heading.style] = heading.path
            kept.append(heading)
    # Markdown headings of all depths are one style.
    times = Counter("#" if heading.depth else heading.style for heading in kept)
    return [
        heading
        for i, heading in enumerate(kept)
        if times["#" if heading.depth else heading.style] >= _MINIMUM
        or _is_parent(heading, kept[i + 1 : i + 2])
    ]


def _is_parent(heading: Heading, following: Sequence[Heading]) -> bool:
    """Return whether the next heading is a part of this one: a single "1." is a heading where "1.1" follows."""
    return bool(heading.path) and any(below.path[:-1] == heading.path for below in following)


def _follows(heading: Heading, previous: tuple[int, ...] | None, _: str | None) -> bool:
    if heading.depth:
        return True
    return previous is not None and heading.path == (*previous[:-1], previous[-1] + 1)


def _restarts(heading: Heading, _: tuple[int, ...] | None, above: str | None) -> bool:
    return heading.path[-1] == 1 and heading.style != above


def _skips(heading: Heading, previous: tuple[int, ...] | None, _: str | None) -> bool:
    """Return whether a number may follow with a gap: "2.2" after "1.2", since each section counts for itself."""
    if heading.is_certain:
        return previous is None or heading.path > previous
    return len(heading.path) > 1 and previous is not None and heading.path[:-1] > previous[:-1]


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE[is_chinese(text)] and len(text.split()) <= _MOST_WORDS_OF_A_TITLE


def _is_title_like(text: str) -> bool:
    return (
        _is_short(text)
        and not _NO_TITLE.search(text)
        and not text[0].islower()
        and bool(re.search(r"[^\W\d_]", text))
    )


def _stands_alone(lines: Sequence[_Line], at: int, no_heading: LazyPattern) -> bool:
    line = lines[at]
    following = lines[at + 1].text if at + 1 < len(lines) else ""
    if not following or not _is_title_like(line.text) or no_heading.search(line.text):
        return False
    if is_dateline(line.text) or is_dateline(following):  # a line above a dateline is a signature
        return False
    before, after = line.is_apart
    begins = before or at == 0 or bool(_SENTENCE_STOP.search(lines[at - 1].text))
    return (before and after) or (begins and _is_paragraph(following))


def _is_paragraph(text: str) -> bool:
    return len(text) >= _SHORTEST_PARAGRAPH[is_chinese(text)] and bool(_SENTENCE_STOP.search(text))
