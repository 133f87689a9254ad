"""The outline of a document: its headings with their numbers, parents, bodies and indicators.

`headings` finds them, and this module arranges them. A heading is a sibling of the open heading of its style, else a
child of the heading before it, so "(1)" may be below "1." in one chapter and below "I." in the next.

Articles have headings too, and recipes number their steps. So only a plan, or a document that is plainly structured
(chapters, "Goal 2", articles of a law), has an outline; a list of sentences has none.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from flows.extract.indicators.topics import find_topics
from flows.extract.languages.chinese.script import simplified
from flows.extract.model import Document, OutlineItem
from flows.extract.parse.boilerplate import blank_boilerplate, removed_spans
from flows.extract.parse.broken_words import repair_title
from flows.extract.plans.headings import Heading, find_marked_headings, find_unmarked_headings
from flows.extract.vocabulary.entries import Vocabulary

_REPORTS = ("news", "press_release")
_TYPES_WITHOUT_PLANS = (*_REPORTS, "press_conference", "statistical_bulletin")
_PROMISES_OF_A_PLAN = 2
_OPENING_LINES = 12
_EDGES = " \t\n\u3000.。:：;；,，"


def find_outline(
    document: Document, vocabulary: Vocabulary, word_frequencies: Mapping[str, float] | None = None
) -> list[OutlineItem]:
    """Return the headings of a document in order, or nothing if it has no outline.

    `word_frequencies` is for `repair_title`; without it titles are not repaired.
    """
    text = blank_boilerplate(document)
    if document.language == "zh":
        text = simplified(text)
    headings = _find_headings(document, text, vocabulary)
    ends = [*(heading.start for heading in headings[1:]), len(text)]
    items: list[OutlineItem] = []
    open_items: list[tuple[Heading, OutlineItem]] = []
    for heading, end in zip(headings, ends[: len(headings)], strict=True):
        open_items = open_items[: _count_above(heading, [opened for opened, _ in open_items])]
        item = _item(document, heading, end, [above for _, above in open_items])
        topics = find_topics(text[heading.start : end], vocabulary.indicator_topics)
        title = repair_title(" ".join(item.title_raw.split()), word_frequencies)
        items.append(replace(item, title=title, indicators=topics))
        open_items.append((heading, items[-1]))
    return items


def _item(document: Document, heading: Heading, end: int, above: Sequence[OutlineItem]) -> OutlineItem:
    """Make an item of a heading and the text up to `end`, as written; `above` are the items around it."""
    parent = above[-1] if above else None
    title_raw = document.text[heading.end - len(heading.title) : heading.end]
    return OutlineItem(
        doc_id=document.doc_id,
        level=len(above) + 1,
        number=_number(document, heading),
        title=title_raw,
        title_raw=title_raw,
        parent=(parent.number or parent.title) if parent else None,
        parent_start=parent.start if parent else None,
        start=heading.start,
        end=heading.end,
        body=_body(document, heading.end, end),
    )


def is_plan(document: Document, vocabulary: Vocabulary) -> bool:
    """Return whether a document is a plan by its type or its title."""
    if document.document_type in ("outline", *_TYPES_WITHOUT_PLANS):
        return document.document_type == "outline"
    title = simplified(" ".join((document.title or "").split()))
    return any(patterns["title"].search(title) for patterns in vocabulary.plan_patterns.values())


def _find_headings(document: Document, text: str, vocabulary: Vocabulary) -> list[Heading]:
    headings = find_marked_headings(text, vocabulary.heading_marks)
    plan = is_plan(document, vocabulary)
    if plan and all(heading.depth for heading in headings):
        no_heading = vocabulary.plan_patterns["zh" if document.language == "zh" else "en"]["no_heading"]
        headings += find_unmarked_headings(text, headings, no_heading)
    headings = sorted(
        (heading for heading in headings if not _is_title(heading, document)), key=lambda found: found.start
    )
    return headings if plan or _is_structured(document, text, headings, vocabulary) else []


def _is_title(heading: Heading, document: Document) -> bool:
    """Return whether a heading is the title of the whole document; "##" is always the heading of a part."""
    is_top = heading.depth == 1 or heading.style == "line"
    titles = {"".join(title.split()).casefold() for title in (document.title, document.title_raw) if title}
    return is_top and "".join(heading.title.split()).casefold() in titles


def _is_structured(
    document: Document, text: str, headings: Sequence[Heading], vocabulary: Vocabulary
) -> bool:
    """Return whether the headings alone show an outline, in a document that does not call itself a plan."""
    styles = {heading.style for heading in headings if not heading.depth}
    certain = [(found.number, found.depth) for found in headings if found.number and found.is_certain]
    # In Markdown every heading is certain, but "## 1. Start here" may occur in any article.
    if len(styles) > 1 or any(not (depth and number[0].isdigit()) for number, depth in certain):
        return True
    if not styles:
        return _count_promises(text, vocabulary) >= _PROMISES_OF_A_PLAN
    return not _is_report(document, text, vocabulary) and not _is_list(headings, text)


def _is_report(document: Document, text: str, vocabulary: Vocabulary) -> bool:
    """Return whether a document is a report by its type or a line near the top ("BEIJING, May 4 (Xinhua) -- ...")."""
    if document.document_type:
        return document.document_type in _REPORTS
    opening = vocabulary.plan_patterns["zh" if document.language == "zh" else "en"]["report_opening"]
    return any(opening.match(line.strip()) for line in text.split("\n")[:_OPENING_LINES])


def _is_list(headings: Sequence[Heading], text: str) -> bool:
    """Return whether the headings are numbered sentences with nothing between them."""
    between = [text[heading.end : following.start] for heading, following in pairwise(headings)]
    return all(heading.is_sentence for heading in headings) and not any(gap.strip(_EDGES) for gap in between)


def _count_promises(text: str, vocabulary: Vocabulary) -> int:
    phrases = [
        row.pattern
        for language in vocabulary.languages.values()
        for row in language.status_phrases
        if row.status == "target"
    ]
    return sum(1 for pattern in phrases for _ in pattern.finditer(text))


def _count_above(heading: Heading, opened: Sequence[Heading]) -> int:
    """Return how many of the open headings, from the outermost on, stay open above a new one.

    A Markdown heading closes those of the same or a greater depth, and whatever is below them.
    """
    if not heading.depth:
        return next((i for i, above in enumerate(opened) if above.style == heading.style), len(opened))
    signed = [i for i, above in enumerate(opened) if above.depth]
    deeper = [i for i in signed if opened[i].depth >= heading.depth]
    return deeper[0] if deeper else (signed[-1] + 1 if signed else len(opened))


def _number(document: Document, heading: Heading) -> str | None:
    """Return the number as the document writes it."""
    if heading.number is None:
        return None
    return document.text[heading.number_start : heading.number_start + len(heading.number)]


def _body(document: Document, start: int, end: int) -> str | None:
    """Return the text between two headings without boilerplate, or None."""
    removed = removed_spans(document)
    first = bisect_left(removed, start, key=lambda span: span.start)
    last = bisect_right(removed, end, key=lambda span: span.end)
    pieces, position = [], start
    for span in removed[first:last]:
        pieces.append(document.text[position : span.start])
        position = span.end
    body = "".join([*pieces, document.text[position:end]]).removeprefix("**").removeprefix("__")
    return body.lstrip(_EDGES).rstrip() if body.strip(_EDGES) else None
