"""What `quality-warehouse review` prints."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from flows.cli.views.run import print_columns, print_rows, show
from flows.review.corrections import FIELDS, value_of
from flows.review.decide import LapsedDecision, ReviewItem, Suggester
from flows.review.release import Release

LAPSED_BECAUSE = {
    "sentence_changed": "its sentence is not in the newest version of its document",
    "figure_not_read": "its sentence is still there, but the figure is not read any more",
    "document_not_read": "its document cannot be read any more, or is not here",
    "not_valid": "with it the figure as it is read now would break a rule",
}


def print_review(items: Sequence[ReviewItem], lapsed: Sequence[LapsedDecision], limit: int) -> None:
    """Print how much waits and for what, then the first items with sentence, reason and what they may be."""
    if not items and not lapsed:
        print("Nothing waits for a person.")
        return
    counts = Counter((item.what, item.rule or "") for item in items)
    rows = [(what, rule, str(count)) for (what, rule), count in sorted(counts.items())]
    rows += [
        ("lapsed", reason, str(count)) for reason, count in sorted(Counter(o.why for o in lapsed).items())
    ]
    print_columns(("Waits", "Rule", "Count"), iter(rows))
    suggester = Suggester()
    for item in items[:limit]:
        print_rows(*_describe(item, suggester))
    if len(items) > limit:
        print(f"{len(items) - limit} more; --limit shows more, --rule, --publisher and --document fewer.\n")
    for one in lapsed:
        print_rows(*_describe_lapsed(one))


def format_review_lines(items: Sequence[ReviewItem], lapsed: Sequence[LapsedDecision]) -> Iterator[str]:
    """The same as JSON Lines, all of it."""
    suggester = Suggester()
    for item in items:
        likeliest = [asdict(suggestion) for suggestion in suggester.suggest(item)]
        yield _as_line(asdict(item) | {"likeliest": likeliest})
    for one in lapsed:
        decision = one.decision.model_dump(mode="json")
        yield _as_line({"what": "lapsed", "lapsed": one.why, "new_sentence": one.new_sentence} | decision)


def describe_release(released: Release, rule: str, *, loaded: bool) -> str:
    """Say in a sentence or two what a rule held, what it lets in today, and what to do."""
    held, let_in = released.held.total(), released.released.total()
    subjects = ", ".join(
        f"{count} {subject}(s)" for subject, count in sorted(released.released.items()) if count
    )
    counts = f"{rule} held {held}; {let_in} of them would pass today{f': {subjects}' if subjects else ''}."
    if not let_in:
        return counts
    if released.by_build:
        return f"{counts} The next `quality-warehouse build` lets them in."
    if loaded:
        return f"{counts} They are loaded: run `quality-warehouse build`, then `quality-warehouse publish`."
    return f"{counts} Nothing is loaded: give the same command with --yes."


def _describe(item: ReviewItem, suggester: Suggester) -> Iterator[tuple[str, str]]:
    yield "Id", item.item_id
    yield "Waits", f"{item.what}, {item.rule}"
    yield "Document", " · ".join(filter(None, (item.title, item.file_name, item.publisher)))
    if item.sentence:
        yield "Sentence", item.sentence
    if item.figure:
        figure = item.figure
        said = ", ".join(
            f"{name}={show(value_of(figure, name))}" for name in FIELDS if figure[name] is not None
        )
        yield "Figure", f"“{figure['quote']}”: {said}"
    yield "Reason", item.reason
    if suggestions := suggester.suggest(item):
        yield "Likeliest", ", ".join(suggestion.indicator for suggestion in suggestions)


def _describe_lapsed(one: LapsedDecision) -> Iterator[tuple[str, str]]:
    decision = one.decision
    set_to = ", ".join(f"{name}={show(new)}" for name, (_, new) in decision.changes.items())
    yield "LapsedDecision", f"{decision.verdict} {set_to}".strip()
    yield "Decision", f"{decision.decision_id}, {decision.decided_by}, {decision.decided_at:%Y-%m-%d}"
    yield "Reason", decision.reason
    yield "Because", LAPSED_BECAUSE[one.why]
    yield "Sentence", decision.sentence
    yield "Now", one.new_sentence or "no sentence with a figure is like it"


def _as_line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=date.isoformat)
