"""What waits for a person, and what people decide; no flow, for it is no scheduled work.

What waits is a figure that broke a rule and was not loaded, one that is held back as implausible, one whose
indicator is not known, and a decision that has lapsed because its sentence changed. A decision is kept with who,
when and why, and with the sentence that the person saw; the next build follows it.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from typing import Any

from pydantic import ValidationError

from flows.errors import UsageError
from flows.extract.indicators.suggestions import IndicatorSuggester, Suggestion
from flows.io.journal.decisions import append_decisions
from flows.io.seeds.rows import read_reference_rows
from flows.io.warehouse.database import writer_lock
from flows.io.warehouse.review import WHOLE_ID, find_figures, read_items
from flows.paths import SEEDS
from flows.review.apply import DecidedState, ReviewRule, apply_decisions, read_decided_state
from flows.review.corrections import read_change, read_figure, value_of
from flows.review.settle import (
    Key,
    StatedFigure,
    StoredDocument,
    by_place,
    decide_figure,
    fold,
    group_standing,
    place_of,
)
from flows.settings import Settings
from schemas.raw.decision import Decision, Place

Indexed = tuple[StoredDocument, Mapping[Place, StatedFigure]]

SHORTEST_ID = 6  # characters of an id that may stand for the whole
LEAST_LIKENESS = 0.5  # of two sentences, from 0 to 1, for one to be shown as what became of the other
OTHER_RULE = ReviewRule(frozenset({"reject"}), "A figure that breaks this rule cannot be loaded or mended.")


@dataclass(frozen=True)
class ReviewItem:
    """Something that waits, for one rule; `figure` has the columns of FigureSchema, null for what is no figure.

    `what` is `quarantined` (not loaded), `held` (loaded, in no series) or `unmapped`; `loaded` waits for nothing.
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
    """Which items are meant; what is null asks nothing. `document` is the beginning of an id, or part of a name."""

    rule: str | None = None
    publisher: str | None = None
    document: str | None = None

    def takes(self, item: ReviewItem) -> bool:
        """Whether an item is meant."""
        names = " ".join(filter(None, (item.title, item.file_name))).lower()
        return (
            self.rule in (None, item.rule)
            and self.publisher in (None, item.publisher)
            and (not self.document or item.doc_id.startswith(self.document) or self.document.lower() in names)
        )


@dataclass(frozen=True)
class LapsedDecision:
    """A decision that holds no more, why, and the sentence that stands most nearly in its place now, if any."""

    decision: Decision
    why: str
    new_sentence: str | None


@dataclass(frozen=True)
class DecisionRequest:
    """What a person wants decided: `changes` maps fields to what was typed; `where` says where it was, for errors."""

    item_id: str
    verdict: str
    reason: str
    decided_by: str
    changes: Mapping[str, str] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True)
class Decided:
    """How many decisions were new, and how many had been made already, word for word."""

    new: int
    known: int


def list_items(settings: Settings, choice: ReviewFilter, *, unmapped: bool = True) -> list[ReviewItem]:
    """All that waits and is meant, by what it is, rule and document; without figures only `unmapped` if so told."""
    items = _as_items(read_items(settings, unmapped=unmapped).iter_rows(named=True))
    return [item for item in items if choice.takes(item)]


def list_lapsed(settings: Settings, choice: ReviewFilter) -> list[LapsedDecision]:
    """Decisions that nothing is applied of, each with the old sentence and the new one.

    Their documents may be gone, so of a choice only the rule and the beginning of an id of a document count.
    """
    state = read_decided_state(settings)
    return [
        LapsedDecision(decision, why, _find_successor(decision, state.documents))
        for decision, why in state.settled.lapsed.values()
        if choice.rule in (None, decision.rule)
        and decision.doc_id.startswith(choice.document or "")
        and choice.publisher is None
    ]


class Suggester:
    """Names the indicators that unmapped figures most likely are; what it knows is read when first asked."""

    def __init__(self) -> None:
        """Read nothing yet: most lists show no unmapped figure."""
        self._suggester: IndicatorSuggester | None = None

    def suggest(self, item: ReviewItem) -> list[Suggestion]:
        """The three likeliest, the best first; none for what is not unmapped."""
        if item.rule != "unmapped" or not item.figure:
            return []
        if self._suggester is None:
            reference = read_reference_rows(SEEDS)
            self._suggester = IndicatorSuggester(reference["indicators"], reference["indicator_patterns"])
        return self._suggester.suggest(item.figure, item.sentence or "", item.context or "")


def decide(wishes: Sequence[DecisionRequest]) -> Decided:
    """Keep what people decided, all or nothing; what was decided just so already is not kept again.

    Raises UsageError with a sentence for each wish that cannot be followed.
    """
    settings = Settings()
    with writer_lock(settings):
        found = _find_items([wish.item_id for wish in wishes], settings)
        addresses = {item.address for item in found if isinstance(item, ReviewItem)}
        state = read_decided_state(settings, addresses)
        made = _make_decisions(list(zip(wishes, found, strict=True)), state)
        if made:
            append_decisions(made, settings)
        apply_decisions(settings)
    return Decided(len(made), len(wishes) - len(made))


def _make_decisions(
    wishes: Sequence[tuple[DecisionRequest, ReviewItem | str]], state: DecidedState
) -> list[Decision]:
    """The new decisions; each may go on from the one before it."""
    standing = group_standing(state.decisions)
    documents = {one.doc_id: (one, by_place(one)) for one in state.documents}
    last_at = {(one.address, one.place): one.decided_at for one in state.decisions}  # the oldest come first
    decided_at = datetime.now(UTC)
    made: list[Decision] = []
    faults: list[str] = []
    for wish, item in wishes:
        try:
            if isinstance(item, str):
                decision = _withdraw_lapsed(wish, item, state, decided_at)
            else:
                decision = _make_decision(wish, item, state, documents, standing, decided_at)
        except ValueError as error:
            faults.append(f"{wish.where}{error}")
            continue
        key = decision.address, decision.place
        group = standing.setdefault(key, [])
        if _is_said_already(decision, group):
            continue
        if key in last_at:  # the order must hold within one call, and when the clock is set back
            after = max(decided_at, last_at[key] + timedelta(microseconds=1))
            decision = decision.model_copy(update={"decided_at": after})
        last_at[key] = decision.decided_at
        if decision.verdict == "withdraw":
            group.clear()
        else:
            group.append(decision)
        made.append(decision)
    if faults:
        raise UsageError("\n".join(faults))
    return made


def _make_decision(
    wish: DecisionRequest,
    item: ReviewItem,
    state: DecidedState,
    documents: Mapping[str, Indexed],
    standing: Mapping[Key, Sequence[Decision]],
    decided_at: datetime,
) -> Decision:
    """Raises ValueError with a sentence that says why it cannot be and what to do."""
    document, statement = _find_statement(item, documents)
    changes = {name: read_change(name, text) for name, text in wish.changes.items()}
    _check_verdict(wish, item, statement, state.rules)
    place = place_of(statement.figure, document.text or "")
    before = list(standing.get((item.address, place), ()))
    was, _ = decide_figure(statement, document.text or "", fold(before), state.catalogue, state.acceptable)
    sentence = (document.text or "")[statement.figure["sentence_start"] : statement.figure["sentence_end"]]
    try:
        decision = Decision(
            decision_id=uuid.uuid4().hex,
            doc_id=item.doc_id,
            address=item.address,
            sentence=sentence,
            occurrence=place.occurrence,
            number=statement.figure["number"],
            number_start=place.number_start,
            rule=item.rule,
            verdict=wish.verdict,
            changes={name: (value_of(was, name), value) for name, value in changes.items()},
            decided_by=wish.decided_by,
            reason=wish.reason,
            decided_at=decided_at,
        )
    except ValidationError as error:
        lacking = ", ".join(".".join(map(str, fault["loc"])) for fault in error.errors())
        raise ValueError(f"{item.item_id[:12]}: a decision needs {lacking}, which is empty.") from error
    if wish.verdict != "withdraw":
        after = fold([*before, decision])
        _, faults = decide_figure(statement, document.text or "", after, state.catalogue, state.acceptable)
        if faults:
            raise ValueError(f"{item.item_id[:12]} (“{statement.figure['quote']}”): {' '.join(faults)}")
    return decision


def _withdraw_lapsed(
    wish: DecisionRequest, not_found: str, state: DecidedState, decided_at: datetime
) -> Decision:
    """What takes back a decision by its own id; raises ValueError with `not_found` where it is none."""
    known = [one for one in state.decisions if one.decision_id.startswith(wish.item_id)]
    if wish.verdict != "withdraw" or len(wish.item_id) < SHORTEST_ID or len(known) != 1:
        raise ValueError(not_found)
    said = {
        "decision_id": uuid.uuid4().hex,
        "verdict": "withdraw",
        "changes": {},
        "decided_by": wish.decided_by,
        "reason": wish.reason,
        "decided_at": decided_at,
    }
    return Decision.model_validate(known[0].model_dump() | said)


def _check_verdict(
    wish: DecisionRequest, item: ReviewItem, statement: StatedFigure, rules: Mapping[str, ReviewRule]
) -> None:
    """Raises ValueError where the rules for which a figure waits allow no such verdict."""
    if wish.verdict == "correct" and not wish.changes:
        raise ValueError(f"{item.item_id[:12]}: say what to correct, such as indicator=vehicles_recalled.")
    if wish.verdict != "correct" and wish.changes:
        raise ValueError(f"{item.item_id[:12]}: only the verdict `correct` sets fields.")
    if wish.verdict == "withdraw":
        return
    waits_for = statement.rules or ({item.rule} if item.rule else set())
    for name in sorted(waits_for):
        rule = rules.get(name, OTHER_RULE)
        if wish.verdict not in rule.verdicts:
            raise ValueError(
                f"{item.item_id[:12]} cannot be given `{wish.verdict}` ({name}): {rule.explanation}"
            )


def _is_said_already(decision: Decision, group: Sequence[Decision]) -> bool:
    """Whether the last word on a figure is this one: a sheet may be read twice."""
    if not group:
        return decision.verdict == "withdraw"
    return _said(group[-1]) == _said(decision)


def _said(decision: Decision) -> tuple[object, ...]:
    changes = sorted((name, new) for name, (_, new) in decision.changes.items())
    return decision.verdict, changes, decision.reason, decision.decided_by


def _find_statement(
    item: ReviewItem, documents: Mapping[str, Indexed]
) -> tuple[StoredDocument, StatedFigure]:
    """Raises ValueError where an item is no figure of a stored document."""
    document, statements = documents.get(item.doc_id, (None, {}))
    if item.figure is None or document is None or document.text is None:
        raise ValueError(
            f"{item.item_id[:12]} is no figure but a {item.subject}, about which nothing can be decided: mend "
            f"what it says ({item.reason}), or use `review release` when its rule has changed."
        )
    return document, statements[place_of(item.figure, document.text)]


def _find_items(ids: Sequence[str], settings: Settings) -> list[ReviewItem | str]:
    """For each id, or beginning of one, its item, what is decided already too; or a sentence that there is none."""
    asked = [one for one in dict.fromkeys(ids) if len(one) >= SHORTEST_ID]
    begin = tuple(one for one in asked if len(one) < WHOLE_ID)
    whole = set(asked)
    rows = read_items(settings).iter_rows(named=True)
    meant = (row for row in rows if row["item_id"] in whole or (begin and row["item_id"].startswith(begin)))
    items = {item.item_id: item for item in _as_items(meant)}
    rest = [one for one in asked if one not in items and not any(known.startswith(one) for known in items)]
    if rest:
        decided = _as_items(find_figures(settings, rest).iter_rows(named=True))
        items |= {item.item_id: item for item in decided}
    return [_find_item(one, items) for one in ids]


def _find_item(item_id: str, items: Mapping[str, ReviewItem]) -> ReviewItem | str:
    if len(item_id) < SHORTEST_ID:
        return f"`{item_id}` is no id: give at least {SHORTEST_ID} characters of one of `review list`."
    if item_id in items:
        return items[item_id]
    named = [item for known, item in items.items() if known.startswith(item_id)]
    if not named:
        return (
            f"Nothing waits under {item_id}: `quality-warehouse review list` shows what does. A document "
            "that changed gives its figures other ids."
        )
    return named[0] if len(named) == 1 else f"`{item_id}` begins several ids: give more characters."


def _as_items(rows: Iterable[Mapping[str, Any]]) -> Iterable[ReviewItem]:
    return (ReviewItem(**{**row, "figure": read_figure(row["figure"])}) for row in rows)


def _find_successor(decision: Decision, documents: Iterable[StoredDocument]) -> str | None:
    """The sentence of the newest version that is most like the one a person saw, if one is at all."""
    newest = (one for one in documents if decision.address in one.newest_at and one.text is not None)
    sentences = {
        document.text[statement.figure["sentence_start"] : statement.figure["sentence_end"]]
        for document in newest
        for statement in document.statements
    }
    alike = {one: SequenceMatcher(None, decision.sentence, one).ratio() for one in sorted(sentences)}
    best = max(alike, key=lambda one: alike[one], default=None)
    return best if best is not None and alike[best] >= LEAST_LIKENESS else None
