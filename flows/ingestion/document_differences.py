"""Compares two readings of the same stored documents, such as those of two versions of the extractor."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.ingestion.figure_differences import FigureDifference, compare_figures
from flows.ingestion.rows import EXTRACTED, Row
from flows.io.warehouse.loading import Batch

Rows = Mapping[str, list[Row]]  # by document or by table

# An extraction makes these tables; the others are about the document and stay as they are.
EXTRACTED_TABLES = (*EXTRACTED.values(), "quarantine")


@dataclass(frozen=True)
class DocumentDifference:
    """One document read by two versions: `old_version` and this one.

    `name` is its title, or its file where it has none. `old` and `new` count its rows by raw table; `altered`
    counts the rows of the new reading, other than figures, that the old one did not have. `set_aside` has a
    sentence for each row that is in quarantine now and was not before.
    """

    doc_id: str
    name: str
    old_version: str
    old: Counter[str]
    new: Counter[str]
    altered: Counter[str]
    figures: tuple[FigureDifference, ...]
    set_aside: tuple[str, ...]

    def count(self, change: str) -> int:
        """Count the figures that were `added`, `lost` or `changed`."""
        return sum(difference.change == change for difference in self.figures)

    @property
    def is_equal(self) -> bool:
        """Whether both versions read the same."""
        return not self.figures and not self.altered.total() and self.old == self.new


def compare_batches(old: Batch, new: Batch) -> list[DocumentDifference]:
    """Compare the two readings of each document, in the order of the old batch."""
    versions = dict(old.ingestions.select("doc_id", "extractor_version").iter_rows())
    before, after = _group_rows(old), _group_rows(new)
    return [
        _compare(document, versions[document["doc_id"]], before, after)
        for document in old.documents.iter_rows(named=True)
    ]


def describe_differences(documents: Sequence[DocumentDifference]) -> str:
    """Return one line for a log: how many documents, and what became of their figures, by field."""
    changes = Counter(figure.change for document in documents for figure in document.figures)
    fields = count_fields(documents)
    by_field = (
        f" ({', '.join(f'{field} {count}' for field, count in fields.most_common())})" if fields else ""
    )
    return (
        f"{len(documents)} documents: figures {changes['added']} added, {changes['lost']} lost, "
        f"{changes['changed']} changed{by_field}"
    )


def count_fields(documents: Sequence[DocumentDifference]) -> Counter[str]:
    """Count for each field the figures of both readings in which it changed."""
    return Counter(
        field
        for document in documents
        for figure in document.figures
        if figure.change == "changed"
        for field in figure.fields
    )


def _group_rows(batch: Batch) -> dict[str, Rows]:
    """Return table → `doc_id` → rows, of the tables that an extraction makes."""
    tables = {name: getattr(batch, name) for name in EXTRACTED_TABLES}
    return {
        name: {
            doc_id: rows.to_dicts() for (doc_id,), rows in table.partition_by("doc_id", as_dict=True).items()
        }
        for name, table in tables.items()
    }


def _compare(
    document: Row, old_version: str, before: Mapping[str, Rows], after: Mapping[str, Rows]
) -> DocumentDifference:
    doc_id = document["doc_id"]
    old = {table: rows.get(doc_id, []) for table, rows in before.items()}
    new = {table: rows.get(doc_id, []) for table, rows in after.items()}
    known = {row["quarantine_id"] for row in old["quarantine"]}
    return DocumentDifference(
        doc_id=doc_id,
        name=document["title"] or document["file_name"] or doc_id,
        old_version=old_version,
        old=_count_rows(old),
        new=_count_rows(new),
        altered=Counter(
            {table: _count_unknown(old[table], new[table]) for table in new if table != "figures"}
        ),
        figures=tuple(compare_figures(old["figures"], new["figures"])),
        set_aside=tuple(
            f"[{row['rule']}] {row['reason']}"
            for row in new["quarantine"]
            if row["quarantine_id"] not in known
        ),
    )


def _count_rows(tables: Rows) -> Counter[str]:
    return Counter({table: len(rows) for table, rows in tables.items()})


def _count_unknown(old: Sequence[Row], new: Sequence[Row]) -> int:
    """Count the new rows that the old reading did not have."""
    known = {frozenset(row.items()) for row in old}
    return sum(frozenset(row.items()) not in known for row in new)
