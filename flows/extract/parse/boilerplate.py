"""Mark the lines of a text that state nothing: toolbars, counters, pagination, comment forms, footers.

Sites leave them in what people copy and in what converters keep, and "12 Comment(s)" is no statistic. The
patterns are rows of `seeds/reading/parse/boilerplate_patterns.csv`; a new habit of sites is a new row.
"""

from collections.abc import Iterator, Sequence

from flows.extract.model import Boilerplate
from flows.extract.parse.dates import is_dateline
from flows.extract.vocabulary.boilerplate_patterns import BoilerplatePattern

# These stand on one line with the dateline ("2 Comment(s)Print May 4, 2023"); the date must stay readable.
_FUSED_KINDS = frozenset({"toolbar", "share_toolbar", "label"})
# These stand behind it ("2024-02-21 Views: 1,234").
_TRAILING_KINDS = frozenset({"counter"})
# Nothing that sites put around an article is longer; the patterns are not tried on paragraphs of prose.
_LONGEST_LINE = 300


def find_boilerplate(text: str, patterns: Sequence[BoilerplatePattern]) -> tuple[Boilerplate, ...]:
    """Return the spans of `text` that are boilerplate, in order; each lies within one line.

    Of a line on which a toolbar, a label or a counter is fused with a dateline only that is marked.
    """
    return tuple(
        Boilerplate(start + span.start, start + span.end, span.kind)
        for start, line in _stripped_lines(text)
        for span in _match_line(line, patterns)
    )


def _stripped_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and text of each line that is neither blank nor too long, without the blanks around it."""
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped and len(stripped) <= _LONGEST_LINE:
            yield start + line.index(stripped), stripped
        start += len(line)


def _match_line(line: str, patterns: Sequence[BoilerplatePattern]) -> list[Boilerplate]:
    for pattern in patterns:
        if pattern.expression.fullmatch(line):
            return [Boilerplate(0, len(line), pattern.kind)]
    before = _match_before_dateline(line, patterns)
    after = _match_behind_dateline(line, before.end if before else 0, patterns)
    return [span for span in (before, after) if span is not None]


def _match_before_dateline(line: str, patterns: Sequence[BoilerplatePattern]) -> Boilerplate | None:
    for pattern in patterns:
        match = pattern.expression.match(line) if pattern.kind in _FUSED_KINDS else None
        marked = match[0].rstrip() if match else ""
        if marked and is_dateline(line[len(marked) :].strip()):
            return Boilerplate(0, len(marked), pattern.kind)
    return None


def _match_behind_dateline(
    line: str, start: int, patterns: Sequence[BoilerplatePattern]
) -> Boilerplate | None:
    for pattern in patterns:
        match = pattern.expression.search(line, start) if pattern.kind in _TRAILING_KINDS else None
        if match and is_dateline(f"{line[start : match.start()]} {line[match.end() :]}".strip()):
            return Boilerplate(match.start(), match.end(), pattern.kind)
    return None
