"""What waits for a person: figures that wait for a decision, and decisions that have lapsed.

A figure waits because it broke a rule and was not loaded, is held back as implausible, or has no known indicator.
A decision lapses when its sentence or figure is gone from the newest version of its document, or no longer valid.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from flows.extract.indicators.suggestions import IndicatorSuggester, Suggestion
from flows.io.seeds.cached_rows import read_seed_rows
from flows.io.warehouse.review import WHOLE_ID, find_figures, read_items
from flows.paths import SEEDS
from flows.review.apply import read_decided_state
from flows.review.corrections import read_figure
from flows.review.settle import StoredDocument, sentence_of
from flows.settings import Settings
from schemas.raw.decision import Decision

SHORTEST_ID = 6  # characters of an id that may stand for the whole
LEAST_LIKENESS = 0.5  # of two sentences, from 0 to 1, for one to be shown as the successor of the other


@dataclass(frozen=True)
class ReviewItem:
    """An item that waits because of one rule; `figure` has the columns of FigureSchema, or is null for another subject.

    `what` is `quarantined` (not loaded), `held` (loaded, but in no series), `unmapped`, or `loaded`, which waits
    for nothing.
    """

    item_id: str
    what: str
    subject: str
    rule: str | None
    reason: str
    doc_id: str
    address: str
    publisher: str | None
    title: str | None
    file_name: str | None
    sentence: str | None
    context: str | None
    figure: dict[str, Any] | None


@dataclass(frozen=True)
class ReviewFilter:
    """Which items are wanted; a null field allows all. `document` is the beginning of an id, or part of a name."""

    rule: str | None = None
    publisher: str | None = None
    document: str | None = None

    def allows(self, item: ReviewItem) -> bool:
        """Tell whether an item is wanted."""
        names = " ".join(filter(None, (item.title, item.file_name))).lower()
        return (
            self.rule in (None, item.rule)
            and self.publisher in (None, item.publisher)
            and (not self.document or item.doc_id.startswith(self.document) or self.document.lower() in names)
        )


@dataclass(frozen=True)
class LapsedDecision:
    """A decision that no longer holds, why, and the sentence most like its own in the newest version, if any."""

    decision: Decision
    why: str
    new_sentence: str | None


class Suggester:
    """Suggests indicators for unmapped figures; it reads its vocabulary when first asked."""

    def __init__(self) -> None:
        """Read nothing yet: most lists show no unmapped figure."""
        self._suggester: IndicatorSuggester | None = None

    def suggest(self, item: ReviewItem) -> list[Suggestion]:
        """Return the three likeliest indicators, best first; none for an item that is not unmapped."""
        if item.rule != "unmapped" or not item.figure:
            return []
        if self._suggester is None:
            reference = read_seed_rows(SEEDS)
            self._suggester = IndicatorSuggester(reference["indicators"], reference["indicator_patterns"])
        return self._suggester.suggest(item.figure, item.sentence or "", item.context or "")


def list_items(settings: Settings, wanted: ReviewFilter, *, unmapped: bool = True) -> list[ReviewItem]:
    """List what waits and is wanted, by kind, rule and document; `unmapped=False` leaves out the unmapped figures."""
    items = _as_items(read_items(settings, unmapped=unmapped).iter_rows(named=True))
    return [item for item in items if wanted.allows(item)]


def list_lapsed(settings: Settings, wanted: ReviewFilter) -> list[LapsedDecision]:
    """List the decisions that are not applied, each with its old sentence and the new one.

    Their documents may be gone, so of a filter only the rule and the beginning of a document's id count; one that
    names a publisher allows none.
    """
    state = read_decided_state(settings)
    return [
        LapsedDecision(decision, why, _find_successor(decision, state.documents))
        for decision, why in state.settled.lapsed.values()
        if wanted.rule in (None, decision.rule)
        and decision.doc_id.startswith(wanted.document or "")
        and wanted.publisher is None
    ]


def find_items(ids: Sequence[str], settings: Settings) -> list[ReviewItem | str]:
    """Find the item of each id or beginning of an id, decided or not; else a sentence that says why there is none."""
    asked = [one for one in dict.fromkeys(ids) if len(one) >= SHORTEST_ID]
    prefixes = tuple(one for one in asked if len(one) < WHOLE_ID)
    whole = set(asked)
    rows = read_items(settings).iter_rows(named=True)
    meant = (row for row in rows if row["item_id"] in whole or row["item_id"].startswith(prefixes))
    items = {item.item_id: item for item in _as_items(meant)}
    rest = [one for one in asked if one not in items and not any(known.startswith(one) for known in items)]
    if rest:
        decided = _as_items(find_figures(settings, rest).iter_rows(named=True))
        items |= {item.item_id: item for item in decided}
    return [_find_item(one, items) for one in ids]


def _find_item(item_id: str, items: Mapping[str, ReviewItem]) -> ReviewItem | str:
    if len(item_id) < SHORTEST_ID:
        return f"`{item_id}` is not an id: give at least {SHORTEST_ID} characters of one of `review list`."
    if item_id in items:
        return items[item_id]
    named = [item for known, item in items.items() if known.startswith(item_id)]
    if not named:
        return (
            f"Nothing waits under {item_id}: `quality-warehouse review list` shows what does. When a document "
            "changes, its figures get other ids."
        )
    return named[0] if len(named) == 1 else f"`{item_id}` matches several ids: give more characters."


def _as_items(rows: Iterable[Mapping[str, Any]]) -> Iterator[ReviewItem]:
    return (ReviewItem(**{**row, "figure": read_figure(row["figure"])}) for row in rows)


def _find_successor(decision: Decision, documents: Iterable[StoredDocument]) -> str | None:
    """Find the sentence in the newest version that is most like the one a person saw, if any is alike enough."""
    sentences = {
        sentence_of(stated.figure, document.text)
        for document in documents
        if decision.address in document.newest_at and document.text is not None
        for stated in document.figures
    }
    likeness = {one: SequenceMatcher(None, decision.sentence, one).ratio() for one in sorted(sentences)}
    best = max(likeness, key=lambda one: likeness[one], default=None)
    return best if best is not None and likeness[best] >= LEAST_LIKENESS else None
