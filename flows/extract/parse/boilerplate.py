"""Boilerplate: the lines of a text that state nothing, such as toolbars, counters, pagination and footers.

Sites leave them in the text that people copy and that converters keep, and "12 Comment(s)" is not a statistic. The
patterns are rows of `seeds/reading/parse/boilerplate_patterns.csv`; a new habit of sites is a new row.
"""

import re
from collections.abc import Iterator, Sequence

from flows.extract.model import Boilerplate, Document
from flows.extract.parse.dates import is_dateline
from flows.extract.patterns.spans import replace_spans
from flows.extract.vocabulary.boilerplate_patterns import BoilerplatePattern

# These share a line with the dateline ("2 Comment(s)Print May 4, 2023"), whose date must stay readable.
_FUSED_KINDS = frozenset({"toolbar", "share_toolbar", "label"})
# These follow the dateline ("2024-02-21 Views: 1,234").
_TRAILING_KINDS = frozenset({"counter"})
# Longer lines are paragraphs of prose; trying the patterns on them would only cost time.
_LONGEST_LINE = 300
_MARKUP = "markup"  # the `#` of a Markdown title, which shows where a heading is


def find_boilerplate(text: str, patterns: Sequence[BoilerplatePattern]) -> tuple[Boilerplate, ...]:
    """Return the spans of `text` that are boilerplate, in order; each lies within one line.

    On a line that holds a toolbar, a label or a counter and a dateline, the dateline is left unmarked.
    """
    return tuple(
        Boilerplate(start + span.start, start + span.end, span.kind)
        for start, line in _stripped_lines(text)
        for span in _match_line(line, patterns)
    )


def blank_boilerplate(document: Document) -> str:
    """Return the text of a document with blanks in place of its boilerplate, so that offsets stay the same."""
    return replace_spans(document.text, (removed.span for removed in removed_spans(document)), _blanked)


def removed_spans(document: Document) -> list[Boilerplate]:
    """Return the boilerplate to remove: all but the marks of headings."""
    return [span for span in document.boilerplate if span.kind != _MARKUP]


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _stripped_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the text of each line that is neither blank nor too long, stripped."""
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped and len(stripped) <= _LONGEST_LINE:
            yield start + line.index(stripped), stripped
        start += len(line)


def _match_line(line: str, patterns: Sequence[BoilerplatePattern]) -> list[Boilerplate]:
    for row in patterns:
        if row.pattern.fullmatch(line):
            return [Boilerplate(0, len(line), row.kind)]
    before = _match_before_dateline(line, patterns)
    after = _match_behind_dateline(line, before.end if before else 0, patterns)
    return [span for span in (before, after) if span is not None]


def _match_before_dateline(line: str, patterns: Sequence[BoilerplatePattern]) -> Boilerplate | None:
    for row in patterns:
        match = row.pattern.match(line) if row.kind in _FUSED_KINDS else None
        marked = match[0].rstrip() if match else ""
        if marked and is_dateline(line[len(marked) :].strip()):
            return Boilerplate(0, len(marked), row.kind)
    return None


def _match_behind_dateline(
    line: str, start: int, patterns: Sequence[BoilerplatePattern]
) -> Boilerplate | None:
    for row in patterns:
        match = row.pattern.search(line, start) if row.kind in _TRAILING_KINDS else None
        if match and is_dateline(f"{line[start : match.start()]} {line[match.end() :]}".strip()):
            return Boilerplate(match.start(), match.end(), row.kind)
    return None
