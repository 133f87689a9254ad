"""Apply the log of decisions to the stored documents, before each build.

Only the log is permanent: decisions are applied again to the figures as the extractor reads them now, so they outlive
every re-extraction, re-ingestion and deleted database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flows.ingestion.catalogue import Catalogue, read_catalogue
from flows.io.journal.decisions import read_decisions
from flows.io.seeds.cached_rows import read_seed_rows
from flows.io.warehouse.loading import Batch
from flows.io.warehouse.review import read_versions, replace_decisions
from flows.paths import SEEDS
from flows.review.corrections import read_figure
from flows.review.settle import Settled, StatedFigure, StoredDocument, settle
from flows.settings import Settings
from schemas.raw.decided_figure import DecidedFigureSchema
from schemas.raw.decision import Decision, DecisionSchema
from schemas.validation import to_frame


@dataclass(frozen=True)
class ReviewRule:
    """The verdicts allowed for a figure that waits for a rule, and why others are not."""

    verdicts: frozenset[str]
    explanation: str


@dataclass(frozen=True)
class DecidedState:
    """All decisions, the documents that they are about, and the result of applying them."""

    decisions: list[Decision]
    documents: list[StoredDocument]
    settled: Settled
    catalogue: Catalogue
    rules: Mapping[str, ReviewRule]

    @property
    def acceptable(self) -> frozenset[str]:
        """Return the rules that a figure may break if a person accepts it."""
        return frozenset(name for name, rule in self.rules.items() if "accept" in rule.verdicts)


def read_decided_state(settings: Settings, addresses: Iterable[str] = ()) -> DecidedState:
    """Read the log and apply it; the documents at `addresses` are read as well."""
    reference = read_seed_rows(SEEDS)
    decisions = read_decisions(settings)
    rules = {
        row["rule"]: ReviewRule(frozenset((row["verdicts"] or "").split()), row["explanation"])
        for row in reference["review_rules"]
    }
    read = {decision.address for decision in decisions} | set(addresses)
    documents = _read_documents(settings, sorted(read), sorted({one.doc_id for one in decisions}))
    state = DecidedState(decisions, documents, Settled([], [], {}), read_catalogue(reference), rules)
    return replace(state, settled=settle(decisions, documents, state.catalogue, state.acceptable))


def apply_decisions(settings: Settings) -> DecidedState:
    """Store the decisions and the decided figures for the next build; the caller holds the writer lock."""
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
    figures = _group_figures(batch)
    return [
        StoredDocument(
            doc_id=doc_id,
            text=texts.get(doc_id),
            addresses=frozenset(of_document),
            newest_at=frozenset(address for address in of_document if newest_at.get(address) == doc_id),
            figures=tuple(figures.get(doc_id, ())),
        )
        for doc_id, of_document in landed.items()
    ]


def _group_figures(batch: Batch) -> dict[str, list[StatedFigure]]:
    """Group figures, loaded or set aside, by document; one that breaks several rules appears once, with all of them."""
    found: dict[str, list[StatedFigure]] = {}
    for figure in batch.figures.iter_rows(named=True):
        found.setdefault(figure["doc_id"], []).append(StatedFigure(figure))
    rules: dict[tuple[str, str], set[str]] = {}
    for record in batch.quarantine.filter(batch.quarantine["subject"] == "figure").iter_rows(named=True):
        rules.setdefault((record["doc_id"], record["evidence"]), set()).add(record["rule"])
    for (doc_id, evidence), broken in rules.items():
        if set_aside := read_figure(evidence):
            found.setdefault(doc_id, []).append(StatedFigure(set_aside, frozenset(broken)))
    return found
