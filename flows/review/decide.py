"""What people decide about figures: their requests are checked, logged and applied, all or none.

A decision is logged with who made it, when and why, and with the sentence that the person saw; the next build
follows it. This is not a flow, because people decide when they like.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pydantic import ValidationError

from flows.errors import UsageError
from flows.io.journal.decisions import append_decisions
from flows.io.locks import writer_lock
from flows.review.apply import DecidedState, ReviewRule, apply_decisions, read_decided_state
from flows.review.corrections import read_change, value_of
from flows.review.items import SHORTEST_ID, ReviewItem, find_items
from flows.review.settle import (
    FigureKey,
    StatedFigure,
    StoredDocument,
    decide_figure,
    fold_decisions,
    group_standing,
    index_by_place,
    place_of,
    sentence_of,
)
from flows.settings import Settings
from schemas.raw.decision import Decision, FigurePlace

IndexedDocument = tuple[StoredDocument, Mapping[FigurePlace, StatedFigure]]

OTHER_RULE = ReviewRule(
    frozenset({"reject"}), "A figure that breaks this rule cannot be loaded or corrected."
)


@dataclass(frozen=True)
class DecisionRequest:
    """A decision that a person asks for; `changes` maps fields to the text typed in.

    `where` names the place of the request, such as a line of a sheet, and opens its error messages.
    """

    item_id: str
    verdict: str
    reason: str
    decided_by: str
    changes: Mapping[str, str] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True)
class Decided:
    """How many decisions were new, and how many had been made before in the same words."""

    new: int
    known: int


def decide(requests: Sequence[DecisionRequest]) -> Decided:
    """Log and apply decisions, all or none; one that repeats the last word on its figure is not logged again.

    Raises UsageError with a sentence for each request that cannot be followed.
    """
    settings = Settings()
    with writer_lock(settings):
        found = find_items([request.item_id for request in requests], settings)
        addresses = {item.address for item in found if isinstance(item, ReviewItem)}
        state = read_decided_state(settings, addresses)
        made = _make_decisions(list(zip(requests, found, strict=True)), state)
        if made:
            append_decisions(made, settings)
        apply_decisions(settings)
    return Decided(len(made), len(requests) - len(made))


def _make_decisions(
    requests: Sequence[tuple[DecisionRequest, ReviewItem | str]], state: DecidedState
) -> list[Decision]:
    """Make the new decisions; each builds on those before it."""
    standing = group_standing(state.decisions)
    documents = {one.doc_id: (one, index_by_place(one)) for one in state.documents}
    last_at = {(one.address, one.place): one.decided_at for one in state.decisions}  # the oldest come first
    decided_at = datetime.now(UTC)
    made: list[Decision] = []
    faults: list[str] = []
    for request, item in requests:
        try:
            if isinstance(item, str):
                decision = _withdraw_lapsed(request, item, state, decided_at)
            else:
                decision = _make_decision(request, item, state, documents, standing, decided_at)
        except ValueError as error:
            faults.append(f"{request.where}{error}")
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
    request: DecisionRequest,
    item: ReviewItem,
    state: DecidedState,
    documents: Mapping[str, IndexedDocument],
    standing: Mapping[FigureKey, Sequence[Decision]],
    decided_at: datetime,
) -> Decision:
    """Make the decision that is asked for; raises ValueError that says why it cannot be made and what to do."""
    text, stated = _find_stated(item, documents)
    changes = {name: read_change(name, typed) for name, typed in request.changes.items()}
    _check_verdict(request, item, stated, state.rules)
    place = place_of(stated.figure, text)
    before = list(standing.get((item.address, place), ()))
    current, _ = decide_figure(stated, text, fold_decisions(before), state.catalogue, state.acceptable)
    try:
        decision = Decision.model_validate(
            {
                "decision_id": uuid.uuid4().hex,
                "doc_id": item.doc_id,
                "address": item.address,
                "sentence": sentence_of(stated.figure, text),
                "occurrence": place.occurrence,
                "number": stated.figure["number"],
                "number_start": place.number_start,
                "rule": item.rule,
                "verdict": request.verdict,
                "changes": {name: (value_of(current, name), value) for name, value in changes.items()},
                "decided_by": request.decided_by,
                "reason": request.reason,
                "decided_at": decided_at,
            }
        )
    except ValidationError as error:
        lacking = ", ".join(".".join(map(str, fault["loc"])) for fault in error.errors())
        raise ValueError(f"{item.item_id[:12]}: a decision needs {lacking}, which is empty.") from error
    if request.verdict != "withdraw":
        after = fold_decisions([*before, decision])
        _, faults = decide_figure(stated, text, after, state.catalogue, state.acceptable)
        if faults:
            raise ValueError(f"{item.item_id[:12]} (“{stated.figure['quote']}”): {' '.join(faults)}")
    return decision


def _withdraw_lapsed(
    request: DecisionRequest, not_found: str, state: DecidedState, decided_at: datetime
) -> Decision:
    """Take back the decision with the requested id; raises ValueError with `not_found` if there is none."""
    known = [one for one in state.decisions if one.decision_id.startswith(request.item_id)]
    if request.verdict != "withdraw" or len(request.item_id) < SHORTEST_ID or len(known) != 1:
        raise ValueError(not_found)
    withdrawal = {
        "decision_id": uuid.uuid4().hex,
        "verdict": "withdraw",
        "changes": {},
        "decided_by": request.decided_by,
        "reason": request.reason,
        "decided_at": decided_at,
    }
    return Decision.model_validate(known[0].model_dump() | withdrawal)


def _check_verdict(
    request: DecisionRequest, item: ReviewItem, stated: StatedFigure, rules: Mapping[str, ReviewRule]
) -> None:
    """Raise ValueError if the rules for which a figure waits do not allow the verdict."""
    if request.verdict == "correct" and not request.changes:
        raise ValueError(f"{item.item_id[:12]}: say what to correct, such as indicator=vehicles_recalled.")
    if request.verdict != "correct" and request.changes:
        raise ValueError(f"{item.item_id[:12]}: only the verdict `correct` sets fields.")
    if request.verdict == "withdraw":
        return
    waits_for = stated.rules or ({item.rule} if item.rule else set())
    for name in sorted(waits_for):
        rule = rules.get(name, OTHER_RULE)
        if request.verdict not in rule.verdicts:
            raise ValueError(
                f"{item.item_id[:12]} cannot be given `{request.verdict}` ({name}): {rule.explanation}"
            )


def _is_said_already(decision: Decision, group: Sequence[Decision]) -> bool:
    """Tell whether the last word on a figure is the same: a sheet may be imported twice."""
    if not group:
        return decision.verdict == "withdraw"
    return _words_of(group[-1]) == _words_of(decision)


def _words_of(decision: Decision) -> tuple[object, ...]:
    changes = sorted((name, new) for name, (_, new) in decision.changes.items())
    return decision.verdict, changes, decision.reason, decision.decided_by


def _find_stated(item: ReviewItem, documents: Mapping[str, IndexedDocument]) -> tuple[str, StatedFigure]:
    """Find the figure of an item and the text it is in; raises ValueError if no stored document states it."""
    document, by_place = documents.get(item.doc_id, (None, {}))
    if item.figure is None or document is None or document.text is None:
        raise ValueError(
            f"{item.item_id[:12]} is not a figure but a {item.subject}, so it takes no decision: fix "
            f"its cause ({item.reason}), or use `review release` after its rule has changed."
        )
    return document.text, by_place[place_of(item.figure, document.text)]
