"""What waits as a CSV file for those who prefer a sheet, and back: all rows of it or none.

A spreadsheet opens the file as UTF-8 because of its byte order mark. What documents and people write is shown as
text and never run as a formula: a cell that begins like one gets an apostrophe, which is taken off again. So does
what follows a semicolon, at which the spreadsheets of many countries begin a new cell.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from flows.errors import UsageError
from flows.review.corrections import FIELDS, value_of
from flows.review.decide import DecisionRequest, ReviewItem, Suggester
from schemas.vocabularies import VERDICTS

SHOWN = ("id", "rule", "publisher", "document", "sentence", "quote", "as_read", "reason", "likeliest")
FILLED_IN = ("verdict", *FIELDS, "why")
# Spreadsheets of East Asia take the wide signs for the same.
_FORMULA = re.compile(r"(^|;)( *)(?=[=+\-@＝＋－＠'])")
_DELIMITERS = (",", ";", "\t")
_NUMBERS = ("value", "value_max")


def write_sheet(items: Iterable[ReviewItem], path: Path) -> int:
    """Write a row for each item that can be decided, its columns FILLED_IN empty; returns how many.

    Raises UsageError where the file exists: what people filled in is kept nowhere else.
    """
    if path.exists():
        raise UsageError(f"{path} exists already: name another file, or import and delete it.")
    suggester = Suggester()
    decidable = [item for item in items if item.figure is not None]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow((*SHOWN, *FILLED_IN))
        for item in decidable:
            writer.writerow([*map(_guarded, _shown(item, suggester)), *([""] * len(FILLED_IN))])
    return len(decidable)


def read_sheet(path: Path, decided_by: str) -> list[DecisionRequest]:
    """The rows with a verdict; raises UsageError with a sentence for each row that is wrong, named by its line."""
    wishes, faults = [], []
    text = _read_text(path)
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    for line, row in _read_rows(path, text, delimiter):
        wish = {name: _unguarded(row.get(name) or "") for name in ("id", *FILLED_IN)}
        changes = {name: wish[name] for name in FIELDS if wish[name]}
        verdict = wish["verdict"].lower()
        if fault := _find_fault(verdict, wish, changes) or _find_decimal_comma(delimiter, changes):
            faults.append(f"{path}, line {line}: {fault}")
        elif verdict:
            wishes.append(
                DecisionRequest(
                    wish["id"], verdict, wish["why"], decided_by, changes, f"{path}, line {line}: "
                )
            )
    if faults:
        raise UsageError("\n".join(faults))
    return wishes


def _find_fault(verdict: str, wish: Mapping[str, str], changes: Mapping[str, str]) -> str | None:
    if not verdict:
        filled = [*changes, *(["why"] if wish["why"] else [])]
        return (
            f"{', '.join(filled)} is filled in, but no verdict: write one, or empty the row."
            if filled
            else None
        )
    if verdict not in VERDICTS:
        return f"`{verdict}` is no verdict: write {', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}."
    if not wish["id"]:
        return "the id is missing: copy it from the exported sheet."
    return None if wish["why"] else "why is empty: say why, so that others can follow."


def _find_decimal_comma(delimiter: str, changes: Mapping[str, str]) -> str | None:
    """Where semicolons stand between cells, commas stand before decimals."""
    unclear = [changes[name] for name in _NUMBERS if "," in changes.get(name, "")]
    if delimiter != ";" or not unclear:
        return None
    return f"`{unclear[0]}` can be read in two ways: write it without a comma, decimals after a point."


def _shown(item: ReviewItem, suggester: Suggester) -> Sequence[str]:
    figure = item.figure or {}
    as_read = "; ".join(f"{name}={value_of(figure, name)}" for name in FIELDS if figure[name] is not None)
    likeliest = ", ".join(suggestion.indicator for suggestion in suggester.suggest(item))
    document = item.title or item.file_name or item.doc_id
    cells = (item.item_id, item.rule, item.publisher, document, item.sentence, figure["quote"], as_read)
    return [cell or "" for cell in (*cells, item.reason, likeliest)]


def _guarded(cell: str) -> str:
    """On one line, for other lines would begin rows; an apostrophe gets another one, so that one can be taken off."""
    return _FORMULA.sub(r"\1\2'", " ".join(cell.split()))


def _unguarded(cell: str) -> str:
    return cell.removeprefix("'").strip()


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: save it as “CSV UTF-8” and import it again.") from error


def _read_rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
    """`(line, row)`; spreadsheets of many countries write semicolons between cells."""
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
            f"{path}, line {reader.line_num}: this is no CSV ({error}): save it as CSV."
        ) from error
