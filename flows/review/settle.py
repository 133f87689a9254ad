"""Apply decisions to the figures that they are about: the one place where this is done.

Pure. A decision holds wherever its sentence occurs in a version of its document, whichever version of the extractor
reads it. If the newest version says something else there, the decision has lapsed, and is shown as lapsed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from hashlib import sha256
from typing import Any

from flows.ingestion.catalogue import Catalogue
from flows.ingestion.figure_differences import find_number
from flows.review.corrections import change_figure, find_faults
from schemas.raw.decision import Decision, FigurePlace, Value
from schemas.raw.figure import FigureSchema

Row = dict[str, Any]
FigureKey = tuple[str, FigurePlace]  # the address of the document, and the place in it


@dataclass(frozen=True)
class StatedFigure:
    """A figure as the extractor reads it, and the rules that it broke; none if it was loaded."""

    figure: Row
    rules: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StoredDocument:
    """One version of a document with the figures that it states.

    `text` is null if it can no longer be read. `addresses` are all addresses at which it was landed, `newest_at`
    those at which nothing newer was.
    """

    doc_id: str
    text: str | None
    addresses: frozenset[str]
    newest_at: frozenset[str]
    figures: tuple[StatedFigure, ...]


@dataclass(frozen=True)
class Standing:
    """The sum of all decisions about one figure."""

    changes: dict[str, Value] = field(default_factory=dict)
    is_accepted: bool = False
    is_rejected: bool = False


@dataclass(frozen=True)
class Settled:
    """Rows of DecidedFigureSchema and DecisionSchema; by id, the decisions that have lapsed, each with its reason."""

    figures: list[Row]
    decisions: list[Row]
    lapsed: dict[str, tuple[Decision, str]]


def sentence_of(figure: Row, text: str) -> str:
    """Return the sentence of `text` that a figure is in."""
    return text[figure["sentence_start"] : figure["sentence_end"]]


def place_of(figure: Row, text: str) -> FigurePlace:
    """Return the place of a figure: its sentence, how often that occurred before, and where in it the number is."""
    sentence_start = figure["sentence_start"]
    sentence = sentence_of(figure, text)
    has_number = figure["number"] in figure["quote"]
    number_start = find_number(figure)[0] if has_number else figure["start"]
    return FigurePlace(
        sha256(sentence.encode()).hexdigest(),
        text.count(sentence, 0, sentence_start),
        number_start - sentence_start,
    )


def fold_decisions(decisions: Iterable[Decision]) -> Standing:
    """Sum up decisions about one place, oldest first.

    Corrections add up. A correction ends an acceptance, and the last decision says whether the figure is rejected.
    """
    standing = Standing()
    for decision in decisions:
        changes = standing.changes | {name: new for name, (_, new) in decision.changes.items()}
        if decision.verdict == "withdraw":
            standing = Standing()
        else:
            standing = Standing(changes, decision.verdict == "accept", decision.verdict == "reject")
    return standing


def group_standing(decisions: Iterable[Decision]) -> dict[FigureKey, list[Decision]]:
    """Group the decisions that stand by figure, oldest first; those that were withdrawn are left out."""
    groups: dict[FigureKey, list[Decision]] = {}
    for decision in sorted(decisions, key=lambda one: (one.decided_at, one.decision_id)):
        group = groups.setdefault((decision.address, decision.place), [])
        if decision.verdict == "withdraw":
            group.clear()
        else:
            group.append(decision)
    return {key: group for key, group in groups.items() if group}


def decide_figure(
    stated: StatedFigure,
    text: str,
    standing: Standing,
    catalogue: Catalogue,
    acceptable: Collection[str],
) -> tuple[Row, list[str]]:
    """Return the row of DecidedFigureSchema and its faults; an accepted figure may break the `acceptable` rules."""
    changed = change_figure(stated.figure, standing.changes)
    faults = []
    if not standing.is_rejected:
        tolerated = acceptable if standing.is_accepted else ()
        faults = [fault.reason for fault in find_faults(changed, text, catalogue, tolerated)]
    flags = {"is_accepted": standing.is_accepted, "is_rejected": standing.is_rejected}
    return changed | flags | {"was_set_aside": bool(stated.rules)}, faults


def settle(
    decisions: Iterable[Decision],
    documents: Sequence[StoredDocument],
    catalogue: Catalogue,
    acceptable: Collection[str],
) -> Settled:
    """Apply all decisions to all figures that they are about; `documents` hold every version that may state one."""
    figures = {document.doc_id: index_by_place(document) for document in documents}
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
            stated = figures[version.doc_id].get(place)
            row, reasons[version.doc_id] = _decide_version(version, stated, group, catalogue, acceptable)
            if row:
                settled.figures.append(row)
                settled.decisions.extend(record for one in group for record in _decision_rows(one, row))
        reason = _why_lapsed(address, versions, reasons)
        if reason:
            settled.decisions.extend(record for one in group for record in _decision_rows(one, None, reason))
            settled.lapsed.update((one.decision_id, (one, reason)) for one in group)
    # A document may have been landed at two addresses, and its figures decided at both.
    decided = {tuple(row[column] for column in FigureSchema.Config.unique): row for row in settled.figures}
    return replace(settled, figures=list(decided.values()))


def index_by_place(document: StoredDocument) -> dict[FigurePlace, StatedFigure]:
    """Index the figures of a document by place; a loaded figure takes precedence over one that was set aside."""
    if document.text is None:
        return {}
    loaded_last = sorted(document.figures, key=lambda stated: not stated.rules)
    return {place_of(one.figure, document.text): one for one in loaded_last}


def _decide_version(
    version: StoredDocument,
    stated: StatedFigure | None,
    group: Sequence[Decision],
    catalogue: Catalogue,
    acceptable: Collection[str],
) -> tuple[Row | None, str | None]:
    """Return the decided figure of one version of a document, or null and the reason why there is none."""
    standing = fold_decisions(group)
    if stated and version.text is not None:
        row, faults = decide_figure(stated, version.text, standing, catalogue, acceptable)
        return (None, "not_valid") if faults else (row, None)
    if version.text is None:
        return None, "document_not_read"
    if version.text.count(group[-1].sentence) <= group[-1].occurrence:
        return None, "sentence_changed"
    # A figure that is no longer read needs no rejection.
    return None, None if standing.is_rejected else "figure_not_read"


def _why_lapsed(
    address: str, versions: Sequence[StoredDocument], reasons: Mapping[str, str | None]
) -> str | None:
    """Return why decisions hold in no newest version, or null if they hold in one.

    The newest version at their address counts; if their document has left it, the newest at any other address.
    """
    at_address = [one for one in versions if address in one.newest_at]
    newest = at_address or [one for one in versions if one.newest_at]
    why = [reasons[one.doc_id] for one in newest] or ["document_not_read"]
    return why[0] if all(why) else None


def _decision_rows(decision: Decision, figure: Row | None, lapsed: str | None = None) -> Iterator[Row]:
    """Yield a row of DecisionSchema for each field that a decision sets, or one row if it sets none."""
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
        yield common | {"field": name, "old_value": _format_value(old), "new_value": _format_value(new)}


def _format_value(value: Value) -> str | None:
    return f"{value:.15g}" if isinstance(value, float) else value
