"""Write what waits to a CSV file, and read the decisions that people fill in.

The file begins with a byte order mark, so that spreadsheets open it as UTF-8. Text of documents and people must not
run as a formula: a cell that begins like one gets an apostrophe, which is removed when the sheet is read. So does
text after a semicolon, because spreadsheets of many countries begin a new cell there.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from flows.errors import UsageError
from flows.review.corrections import FIELDS, value_of
from flows.review.decide import DecisionRequest
from flows.review.items import ReviewItem, Suggester
from schemas.vocabularies import VERDICTS

SHOWN = ("id", "rule", "publisher", "document", "sentence", "quote", "as_read", "reason", "likeliest")
FILLED_IN = ("verdict", *FIELDS, "why")
# Spreadsheets of East Asia treat the wide signs alike.
_FORMULA = re.compile(r"(^|;)( *)(?=[=+\-@＝＋－＠'])")
_DELIMITERS = (",", ";", "\t")
_NUMBERS = ("value", "value_max")


def write_sheet(items: Iterable[ReviewItem], path: Path) -> int:
    """Write a row for each figure that waits, with empty columns FILLED_IN; return how many.

    Raises UsageError if the file exists, because it may hold the only copy of what people filled in.
    """
    if path.exists():
        raise UsageError(f"{path} exists already: name another file, or import and delete it.")
    suggester = Suggester()
    decidable = [item for item in items if item.figure is not None]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow((*SHOWN, *FILLED_IN))
        for item in decidable:
            writer.writerow([*map(_guard_cell, _shown_cells(item, suggester)), *([""] * len(FILLED_IN))])
    return len(decidable)


def read_sheet(path: Path, decided_by: str) -> list[DecisionRequest]:
    """Read the rows with a verdict; raises UsageError with a sentence and the line of each row that is wrong."""
    requests, faults = [], []
    text = _read_text(path)
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    for line, row in _read_rows(path, text, delimiter):
        where = f"{path}, line {line}: "
        cells = {name: _unguard_cell(row.get(name) or "") for name in ("id", *FILLED_IN)}
        changes = {name: cells[name] for name in FIELDS if cells[name]}
        verdict = cells["verdict"].lower()
        if fault := _find_fault(verdict, cells, changes) or _find_decimal_comma(delimiter, changes):
            faults.append(f"{where}{fault}")
        elif verdict:
            requests.append(DecisionRequest(cells["id"], verdict, cells["why"], decided_by, changes, where))
    if faults:
        raise UsageError("\n".join(faults))
    return requests


def _find_fault(verdict: str, cells: Mapping[str, str], changes: Mapping[str, str]) -> str | None:
    if not verdict:
        filled = ", ".join([*changes, *(["why"] if cells["why"] else [])])
        return f"{filled} is filled in, but no verdict: write one, or empty the row." if filled else None
    if verdict not in VERDICTS:
        return f"`{verdict}` is not a verdict: write {', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}."
    if not cells["id"]:
        return "the id is missing: copy it from the exported sheet."
    return None if cells["why"] else "why is empty: say why, so that others can follow."


def _find_decimal_comma(delimiter: str, changes: Mapping[str, str]) -> str | None:
    """Find a number with a comma in a sheet whose cells are separated by semicolons: it may be a decimal comma."""
    unclear = [changes[name] for name in _NUMBERS if "," in changes.get(name, "")]
    if delimiter != ";" or not unclear:
        return None
    return f"`{unclear[0]}` can be read in two ways: write it without a comma, decimals after a point."


def _shown_cells(item: ReviewItem, suggester: Suggester) -> Sequence[str]:
    figure = item.figure or {}
    as_read = "; ".join(f"{name}={value_of(figure, name)}" for name in FIELDS if figure[name] is not None)
    likeliest = ", ".join(suggestion.indicator for suggestion in suggester.suggest(item))
    document = item.title or item.file_name or item.doc_id
    cells = (item.item_id, item.rule, item.publisher, document, item.sentence, figure["quote"], as_read)
    return [cell or "" for cell in (*cells, item.reason, likeliest)]


def _guard_cell(cell: str) -> str:
    """Join the lines of a cell and keep it from running as a formula; a leading apostrophe gets another one."""
    return _FORMULA.sub(r"\1\2'", " ".join(cell.split()))


def _unguard_cell(cell: str) -> str:
    return cell.removeprefix("'").strip()


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: save it as “CSV UTF-8” and import it again.") from error


def _read_rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield `(line, row)`; spreadsheets of many countries separate cells by semicolons."""
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lacking = [name for name in ("id", *FILLED_IN) if name not in (reader.fieldnames or ())]
        if lacking:
            raise UsageError(
                f"{path} lacks the column(s) {', '.join(lacking)}: import a sheet of `review export`."
            )
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise UsageError(
            f"{path}, line {reader.line_num}: this is not CSV ({error}): save it as CSV."
        ) from error
