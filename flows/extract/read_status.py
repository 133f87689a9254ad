"""A mention in its sentence in, its status out: actual, target or estimate.

The phrases are data (`seeds/status_phrases.csv`). One governs the figures that stand after it; a heading such
as "2030 targets:" governs the list below it. A deadline that lies after the date of the document makes a
target of what no phrase explains: nobody can have measured the future.
"""

import re
from collections.abc import Sequence
from datetime import date

from flows.extract.vocabulary import StatusPhrase

# What a plan consists of ("covers 11 major fields") is a fact about the plan, whatever the plan wants.
_SAME_CLAUSE = re.compile(r"[^,;.(]{0,60}")  # "100% of production | should follow the rules"
_PAST_VERB = re.compile(r"\b\w{2,}ed\b")
_PARTS_OF_A_PLAN = frozenset(
    ["aspects", "fields", "areas", "targets", "goals", "objectives", "measures", "tasks", "pillars", "principles", "traits", "categories", "steps", "chapters", "parts", "items", "sections", "points", "groups", "projects", "types", "requirements"]
)


def read_status(
    phrases: Sequence[StatusPhrase],
    before: str,
    after: str,
    heading: str,
    counted: str | None,
    period_end: date | None,
    anchor: date | None,
) -> str:
    """`before` and `after` are the sentence on both sides of the number, `heading` what governs it (or empty).

    `period_end` is the end of a period that lies wholly after the day of the document, or null.
    """
    if counted and counted.split()[-1].casefold() in _PARTS_OF_A_PLAN:
        return "actual"
    found = [(m.start(), row.status) for row in phrases for m in row.pattern.finditer(before)]
    if found:
        # An estimate stays one whatever else the sentence promises: "is forecast to be below target".
        return "estimate" if any(status == "estimate" for _, status in found) else max(found)[1]
    predicate = _SAME_CLAUSE.match(after).group()
    promised = [(row.status, m) for row in phrases if (m := row.pattern.search(predicate))]
    if promised and not _PAST_VERB.search(predicate[: promised[0][1].start()]):
        return promised[0][0]
    governing = [row.status for row in phrases if heading and row.pattern.search(heading)]
    if governing:
        return governing[0]
    if period_end and anchor and period_end > anchor and period_end.year > anchor.year:
        return "target"
    return "actual"
