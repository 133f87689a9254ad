"""The log of decisions and the stored documents in, what the marts follow out; done before each build.

Nothing of it is kept but the log: what a decision makes of a figure is found anew from what the extractor reads
now, so decisions outlive every re-extraction, re-ingestion and deleted database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.io.journal.decisions import read_decisions
from flows.io.seeds.rows import read_reference_rows
from flows.io.warehouse.database import Batch
from flows.io.warehouse.review import read_versions, replace_decisions
from flows.paths import SEEDS
from flows.review.corrections import Catalogue, read_catalogue, read_figure
from flows.review.settle import Settled, StatedFigure, StoredDocument, settle
from flows.settings import Settings
from schemas.raw.decided_figure import DecidedFigureSchema
from schemas.raw.decision import Decision, DecisionSchema
from schemas.validation import to_frame


@dataclass(frozen=True)
class ReviewRule:
    """What people may say of a figure that waits for a rule, and why nothing else."""

    verdicts: frozenset[str]
    explanation: str


@dataclass(frozen=True)
class DecidedState:
    """All decisions and what they make of the documents that they are about."""

    decisions: list[Decision]
    documents: list[StoredDocument]
    settled: Settled
    catalogue: Catalogue
    rules: Mapping[str, ReviewRule]

    @property
    def acceptable(self) -> frozenset[str]:
        """The rules that a figure may break if a person says that it is right."""
        return frozenset(name for name, rule in self.rules.items() if "accept" in rule.verdicts)


def read_decided_state(settings: Settings, addresses: Iterable[str] = ()) -> DecidedState:
    """Read the log and settle it; the documents at `addresses` are read as well."""
    reference = read_reference_rows(SEEDS)
    decisions = read_decisions(settings)
    rules = {
        row["rule"]: ReviewRule(frozenset((row["verdicts"] or "").split()), row["explanation"])
        for row in reference["review_rules"]
    }
    read = {decision.address for decision in decisions} | set(addresses)
    documents = _read_documents(settings, sorted(read), sorted({one.doc_id for one in decisions}))
    state = DecidedState(decisions, documents, Settled([], [], {}), read_catalogue(reference), rules)
    settled = settle(decisions, documents, state.catalogue, state.acceptable)
    return DecidedState(decisions, documents, settled, state.catalogue, rules)


def apply_decisions(settings: Settings) -> DecidedState:
    """Put what people decided where the next build finds it; whoever calls holds the writer lock."""
    state = read_decided_state(settings)
    decisions = to_frame(DecisionSchema, state.settled.decisions)
    figures = to_frame(DecidedFigureSchema, state.settled.figures)
    replace_decisions(settings, DecisionSchema.validate(decisions), figures)
    return state


def _read_documents(settings: Settings, addresses: list[str], doc_ids: list[str]) -> list[StoredDocument]:
    if not addresses and not doc_ids:
        return []
    batch, newest = read_versions(settings, addresses, doc_ids)
    newest_at = {row["address"]: row["doc_id"] for row in newest.iter_rows(named=True)}
    landed: dict[str, set[str]] = {}
    for row in batch.landings.iter_rows(named=True):
        landed.setdefault(row["doc_id"], set()).add(row["address"])
    texts = dict(batch.documents.select("doc_id", "text").iter_rows())
    statements = _read_statements(batch)
    return [
        StoredDocument(
            doc_id=doc_id,
            text=texts.get(doc_id),
            addresses=frozenset(of_document),
            newest_at=frozenset(address for address in of_document if newest_at.get(address) == doc_id),
            statements=tuple(statements.get(doc_id, ())),
        )
        for doc_id, of_document in landed.items()
    ]


def _read_statements(batch: Batch) -> dict[str, list[StatedFigure]]:
    """By document what it states, loaded or set aside; of a figure that breaks several rules one."""
    found: dict[str, list[StatedFigure]] = {}
    for figure in batch.figures.iter_rows(named=True):
        found.setdefault(figure["doc_id"], []).append(StatedFigure(figure))
    rules: dict[tuple[str, str], set[str]] = {}
    for record in batch.quarantine.filter(batch.quarantine["subject"] == "figure").iter_rows(named=True):
        rules.setdefault((record["doc_id"], record["evidence"]), set()).add(record["rule"])
    for (doc_id, evidence), broken in rules.items():
        if figure := read_figure(evidence):
            found.setdefault(doc_id, []).append(StatedFigure(figure, frozenset(broken)))
    return found
