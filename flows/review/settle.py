"""Decisions and the documents they are about in, what they make of the figures out: the one place where it is done.

Pure. A decision holds wherever its sentence stands in a version of its document, whatever version of the
extractor reads it; where the newest version says something else there, it has lapsed, and is shown as such.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from hashlib import sha256
from typing import Any

from flows.ingestion.figure_differences import find_number
from flows.review.corrections import Catalogue, change_figure, find_faults
from schemas.raw.decision import Decision, Place, Value
from schemas.raw.figure import FigureSchema

Row = dict[str, Any]
Key = tuple[str, Place]  # the address of the document, and where in it


@dataclass(frozen=True)
class StatedFigure:
    """A figure as the extractor reads it, and the rules that it broke; none where it was loaded."""

    figure: Row
    rules: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StoredDocument:
    """One version of a document with what it states.

    `text` is null where it cannot be read any more. `addresses` are all where it lies, `newest_at` those where
    nothing newer does.
    """

    doc_id: str
    text: str | None
    addresses: frozenset[str]
    newest_at: frozenset[str]
    statements: tuple[StatedFigure, ...]


@dataclass(frozen=True)
class Standing:
    """What all decisions about one place come to."""

    changes: dict[str, Value] = field(default_factory=dict)
    is_accepted: bool = False
    is_rejected: bool = False


@dataclass(frozen=True)
class Settled:
    """Rows of DecidedFigureSchema and of DecisionSchema, and the decisions that have lapsed, by reason."""

    figures: list[Row]
    decisions: list[Row]
    lapsed: dict[str, tuple[Decision, str]]


def place_of(figure: Row, text: str) -> Place:
    """Where a figure stands: in which sentence, the how-manieth of its kind, and where in it the number."""
    sentence_start = figure["sentence_start"]
    sentence = text[sentence_start : figure["sentence_end"]]
    has_number = figure["number"] in figure["quote"]
    number_start = find_number(figure)[0] if has_number else figure["start"]
    return Place(hash_of(sentence), text.count(sentence, 0, sentence_start), number_start - sentence_start)


def hash_of(sentence: str) -> str:
    """SHA-256 of a sentence, to which a decision about a figure in it is bound."""
    return sha256(sentence.encode()).hexdigest()


def fold(decisions: Iterable[Decision]) -> Standing:
    """What decisions about one place, in the order of time, come to.

    Corrections add up. Who corrects a figure has not accepted what it is now, and the last word is the one that
    says whether it is rejected.
    """
    standing = Standing()
    for decision in decisions:
        changes = standing.changes | {name: new for name, (_, new) in decision.changes.items()}
        if decision.verdict == "withdraw":
            standing = Standing()
        else:
            standing = Standing(changes, decision.verdict == "accept", decision.verdict == "reject")
    return standing


def group_standing(decisions: Iterable[Decision]) -> dict[Key, list[Decision]]:
    """The decisions that stand by what they are about, oldest first: what was withdrawn is left out."""
    groups: dict[Key, list[Decision]] = {}
    for decision in sorted(decisions, key=lambda one: (one.decided_at, one.decision_id)):
        group = groups.setdefault((decision.address, decision.place), [])
        if decision.verdict == "withdraw":
            group.clear()
        else:
            group.append(decision)
    return {key: group for key, group in groups.items() if group}


def decide_figure(
    statement: StatedFigure,
    text: str,
    standing: Standing,
    catalogue: Catalogue,
    acceptable: Collection[str],
) -> tuple[Row, list[str]]:
    """The row of DecidedFigureSchema, and why it may not be; an accepted figure may break `acceptable` rules."""
    changed = change_figure(statement.figure, standing.changes)
    faults = []
    if not standing.is_rejected:
        tolerated = acceptable if standing.is_accepted else ()
        faults = [fault.reason for fault in find_faults(changed, text, catalogue, tolerated)]
    flags = {"is_accepted": standing.is_accepted, "is_rejected": standing.is_rejected}
    return changed | flags | {"was_set_aside": bool(statement.rules)}, faults


def settle(
    decisions: Iterable[Decision],
    documents: Sequence[StoredDocument],
    catalogue: Catalogue,
    acceptable: Collection[str],
) -> Settled:
    """Apply all decisions to all figures that they are about; `documents` hold every version that may have one."""
    statements = {document.doc_id: by_place(document) for document in documents}
    by_id = {document.doc_id: document for document in documents}
    at_address: dict[str, list[str]] = {}
    for document in documents:
        for address in document.addresses:
            at_address.setdefault(address, []).append(document.doc_id)
    settled = Settled([], [], {})
    for (address, place), group in group_standing(decisions).items():
        doc_ids = dict.fromkeys((*at_address.get(address, ()), *(one.doc_id for one in group)))
        versions = [by_id[doc_id] for doc_id in doc_ids if doc_id in by_id]
        reasons = {}
        for version in versions:
            statement = statements[version.doc_id].get(place)
            row, reasons[version.doc_id] = _decide(version, statement, group, catalogue, acceptable)
            if row:
                settled.figures.append(row)
                settled.decisions.extend(record for one in group for record in _records(one, row))
        reason = _why_lapsed(address, versions, reasons)
        if reason:
            settled.decisions.extend(record for one in group for record in _records(one, None, reason))
            settled.lapsed.update((one.decision_id, (one, reason)) for one in group)
    # One figure may be reached by two addresses at which its document lies.
    figures = {tuple(row[column] for column in FigureSchema.Config.unique): row for row in settled.figures}
    return replace(settled, figures=list(figures.values()))


def by_place(document: StoredDocument) -> dict[Place, StatedFigure]:
    """What a document states, by place; a figure that is loaded goes before one that was set aside."""
    ordered = sorted(document.statements, key=lambda statement: not statement.rules)
    return {place_of(one.figure, document.text): one for one in ordered} if document.text is not None else {}


def _decide(
    version: StoredDocument,
    statement: StatedFigure | None,
    group: Sequence[Decision],
    catalogue: Catalogue,
    acceptable: Collection[str],
) -> tuple[Row | None, str | None]:
    """The decided figure of one version of a document, or null and the reason why there is none."""
    standing = fold(group)
    if statement and version.text is not None:
        row, faults = decide_figure(statement, version.text, standing, catalogue, acceptable)
        return (None, "not_valid") if faults else (row, None)
    if version.text is None:
        return None, "document_not_read"
    if version.text.count(group[-1].sentence) <= group[-1].occurrence:
        return None, "sentence_changed"
    # What is not read any more need not be rejected any more.
    return None, None if standing.is_rejected else "figure_not_read"


def _why_lapsed(
    address: str, versions: Sequence[StoredDocument], reasons: Mapping[str, str | None]
) -> str | None:
    """The reason why decisions hold nowhere in the newest version, at their address or wherever it lies now."""
    at_address = [one for one in versions if address in one.newest_at]
    newest = at_address or [one for one in versions if one.newest_at]
    why = [reasons[one.doc_id] for one in newest] or ["document_not_read"]
    return why[0] if all(why) else None


def _records(decision: Decision, figure: Row | None, lapsed: str | None = None) -> Iterator[Row]:
    """A row of DecisionSchema for each field that a decision sets, or one where it sets none."""
    place = figure or {"doc_id": decision.doc_id, "start": None, "end": None, "number": None}
    common = {
        **{column: place[column] for column in ("doc_id", "start", "end", "number")},
        "decision_id": decision.decision_id,
        "sentence_sha256": decision.place.sentence_sha256,
        "rule": decision.rule,
        "verdict": decision.verdict,
        "decided_by": decision.decided_by,
        "reason": decision.reason,
        "decided_at": decision.decided_at.astimezone(UTC).replace(tzinfo=None),
        "lapsed": lapsed,
    }
    for name, (old, new) in decision.changes.items() or {None: (None, None)}.items():
        yield common | {"field": name, "old_value": _written(old), "new_value": _written(new)}


def _written(value: Value) -> str | None:
    return f"{value:.15g}" if isinstance(value, float) else value
