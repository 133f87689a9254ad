"""What `quality-warehouse review` prints."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from flows.cli.views.lines import to_json_line
from flows.cli.views.tables import format_value, print_table, print_wrapped_fields
from flows.review.corrections import FIELDS, value_of
from flows.review.items import LapsedDecision, ReviewFilter, ReviewItem, Suggester, list_items
from flows.runtime.logs import printable
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.review.release import Release

LAPSED_BECAUSE = {
    "sentence_changed": "its sentence is not in the newest version of its document",
    "figure_not_read": "its sentence is still there, but the figure is no longer read",
    "document_not_read": "its document is not here, or can no longer be read",
    "not_valid": "the figure as it is read now would break a rule if the decision were applied",
}


def print_review(items: Sequence[ReviewItem], lapsed: Sequence[LapsedDecision], limit: int) -> None:
    """Print how much waits for which rule, then the first `limit` items and all lapsed decisions in full."""
    if not items and not lapsed:
        print("Nothing waits for a person.")
        return
    print_table(("Waits", "Rule", "Count"), _count_rows(items, lapsed))
    suggester = Suggester()
    for item in items[:limit]:
        print_wrapped_fields(_item_fields(item, suggester))
    if len(items) > limit:
        print(f"{len(items) - limit} more; --limit shows more, --rule, --publisher and --document fewer.\n")
    for one in lapsed:
        print_wrapped_fields(_lapsed_fields(one))


def format_review_lines(items: Sequence[ReviewItem], lapsed: Sequence[LapsedDecision]) -> Iterator[str]:
    """Write all items and lapsed decisions as JSON Lines."""
    suggester = Suggester()
    for item in items:
        likeliest = [asdict(suggestion) for suggestion in suggester.suggest(item)]
        yield to_json_line(asdict(item) | {"likeliest": likeliest})
    for one in lapsed:
        decision = one.decision.model_dump(mode="json")
        yield to_json_line({"what": "lapsed", "lapsed": one.why, "new_sentence": one.new_sentence} | decision)


def print_quarantine(settings: Settings) -> None:
    """Print a line for each record that is in quarantine: its rule and its reason."""
    for item in list_items(settings, ReviewFilter(), unmapped=False):
        print(f"  [{item.rule}] {printable(item.reason)}")


def describe_release(released: "Release", rule: str, *, loaded: bool) -> str:
    """Say in a sentence or two what a rule held, how much of it would pass today, and what to do."""
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


def _count_rows(
    items: Sequence[ReviewItem], lapsed: Sequence[LapsedDecision]
) -> Iterator[tuple[str, str, str]]:
    waiting = Counter((item.what, item.rule or "") for item in items)
    for (what, rule), count in sorted(waiting.items()):
        yield what, rule, str(count)
    for why, count in sorted(Counter(one.why for one in lapsed).items()):
        yield "lapsed", why, str(count)


def _item_fields(item: ReviewItem, suggester: Suggester) -> Iterator[tuple[str, str]]:
    yield "Id", item.item_id
    yield "Waits", f"{item.what}, {item.rule}"
    yield "Document", " · ".join(filter(None, (item.title, item.file_name, item.publisher)))
    if item.sentence:
        yield "Sentence", item.sentence
    if item.figure:
        figure = item.figure
        values = ", ".join(
            f"{name}={format_value(value_of(figure, name))}" for name in FIELDS if figure[name] is not None
        )
        yield "Figure", f"“{figure['quote']}”: {values}"
    yield "Reason", item.reason
    if suggestions := suggester.suggest(item):
        yield "Likeliest", ", ".join(suggestion.indicator for suggestion in suggestions)


def _lapsed_fields(one: LapsedDecision) -> Iterator[tuple[str, str]]:
    decision = one.decision
    changes = ", ".join(f"{name}={format_value(new)}" for name, (_, new) in decision.changes.items())
    yield "Lapsed", f"{decision.verdict} {changes}".strip()
    yield "Decision", f"{decision.decision_id}, {decision.decided_by}, {decision.decided_at:%Y-%m-%d}"
    yield "Reason", decision.reason
    yield "Because", LAPSED_BECAUSE[one.why]
    yield "Sentence", decision.sentence
    yield "Now", one.new_sentence or "no sentence with a figure resembles it"
