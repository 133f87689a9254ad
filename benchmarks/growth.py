"""How many times as long four times the text takes: about four times is linear, sixteen times is quadratic.

`linear_time` times the extractor on a megabyte of one thing. This checks every part that walks a whole text, on
texts that broken converters and attackers write: one piece over and over, thousands of speakers, an endless table.
"""

from collections.abc import Callable, Iterator
from time import process_time

from benchmarks.row import Group, Row, at_most, less_than
from flows.extract.agencies.attribution import attribute_sentences
from flows.extract.languages.readers import READ_LANGUAGES
from flows.extract.model import Document
from flows.extract.parse.boilerplate import find_boilerplate
from flows.extract.reader import DocumentReader
from flows.extract.text.sentences import split_sentences
from flows.extract.text.tables import read_table_sentences
from flows.ingestion.reader import read_document_reader
from flows.io.sources.robots import read_robots

TIMES = 4
GOAL_RATIO = 9
LINE_GOAL_RATIO = 32  # lines are short enough to afford a square (16), but not a cube (64)
TRIES = 3  # the quickest counts, since other processes may evict the processor's caches
CHARACTERS = 20_000
FEWER_CHARACTERS = 4  # a number every few characters makes thousands of figures, so a shorter text will do
TICK_SECONDS = 1e-6  # a processor's clock may be coarse
LINES = 400
LONGEST_LINE = 295  # a longer line is prose
MANY_STARS = 500
LARGE_TEXT_SECONDS = 5
LINE_SECONDS = 1

PIECES = {
    "digits": "7", "brackets": "(", "Chinese brackets": "（", "万": "万", "二": "二", "。": "。", "commas": ",",
    "blanks": " ", "line breaks": "\n", "bars": "|", "hyphens": "-", "quotation marks": "“", "a and a blank": "a ",
    "years": "2023年", "bound words": "about ", "分别": "分别", "abbreviations": "Co. Ltd. ",
}  # fmt: skip
FIGURES = {"thousands": "1,000 ", "ranges": "3 to "}
CHECKED = {
    "an announced list": "three goals:\n1. a\n", "an announced Chinese list": "三个方面：一是", "list marks": "(1) ",
    "changes": "from 45 to 17, ", "shares": "12 of 150, ",
}  # fmt: skip
FURNITURE = {
    "“share on”": "share on ", "“print”": "print e-mail ", "“get more”": "get more from a-", "pages": "1 | ",
    "languages": "English | ", "sections": "news & ", "©": "©", "“mobile”": "mobile",
}  # fmt: skip

Work = Callable[[str], object]
MakeText = Callable[[int], str]


def measure_growth(characters: int = CHARACTERS, tries: int = TRIES) -> Group:
    """Measure each part on each of its texts; of several languages the one that grows most counts."""
    reader = read_document_reader()
    rows = [
        at_most(name, max(_growth(work, make_text, tries) for work in works), GOAL_RATIO)
        for name, works, make_text in _texts(reader, characters)
    ]
    rows += [
        at_most(f"find boilerplate in a line of {name}", _growth(find, make_text, tries), LINE_GOAL_RATIO)
        for name, find, make_text in _lines(reader)
    ]
    rows.append(
        at_most(
            "match a robots.txt rule of many stars", _growth(_match_stars, _stars, tries), LINE_GOAL_RATIO
        )
    )
    rows += _absolute(reader, characters)
    return Group(f"Growth: how many times as long {TIMES} times the text takes, on one core", rows)


def _texts(reader: DocumentReader, characters: int) -> Iterator[tuple[str, list[Work], MakeText]]:
    """Yield name, work in each language, and the text by multiples of the shortest length."""
    extract = [_extract_in(language, reader) for language in READ_LANGUAGES]
    for name, piece in PIECES.items():
        yield f"extract {name}", extract, _repeated(piece, characters)
    for name, piece in FIGURES.items():
        yield f"extract {name}", extract, _repeated(piece, characters // FEWER_CHARACTERS)
    check = [_check_in(language, reader) for language in READ_LANGUAGES]
    for name, piece in CHECKED.items():
        yield f"check {name}", check, _repeated(piece, characters)
    attribute = [_attribute_with(reader)]
    yield "attribute one paragraph", attribute, lambda times: _paragraph(times * characters)
    yield "attribute to many people", attribute, lambda times: _people(times * characters)
    yield "attribute one table", attribute, lambda times: _table(times * characters)


def _lines(reader: DocumentReader) -> Iterator[tuple[str, Work, MakeText]]:
    """Yield name, work, and lines by multiples of the shortest length."""
    patterns = reader.vocabulary.boilerplate_patterns
    for name, piece in FURNITURE.items():
        yield name, lambda text: find_boilerplate(text, patterns), _lines_of(piece)


def _absolute(reader: DocumentReader, characters: int) -> Iterator[Row]:
    """Yield the seconds of what must not take long even where it grows slowly."""
    people = _people(10 * characters)
    seconds = _seconds(_attribute_with(reader), people)
    yield less_than(f"attribute {len(people):,} characters to many people", seconds, LARGE_TEXT_SECONDS)
    for name, piece in FURNITURE.items():
        line = (piece * LONGEST_LINE)[:LONGEST_LINE] + "!5%"
        seconds = _seconds(lambda text: find_boilerplate(text, reader.vocabulary.boilerplate_patterns), line)
        yield less_than(f"find boilerplate in one line of {name}", seconds, LINE_SECONDS)


def _growth(work: Work, make_text: MakeText, tries: int) -> float:
    short, long = make_text(1), make_text(TIMES)
    work(short)  # the first text also compiles patterns
    return _quickest(work, long, tries) / max(_quickest(work, short, tries), TICK_SECONDS)


def _quickest(work: Work, text: str, tries: int) -> float:
    return min(_seconds(work, text) for _ in range(tries))


def _seconds(work: Work, text: str) -> float:
    begun = process_time()
    work(text)
    return process_time() - begun


def _extract_in(language: str, reader: DocumentReader) -> Work:
    return lambda text: reader.extractor.extract(Document("bench", text, language=language))


def _check_in(language: str, reader: DocumentReader) -> Work:
    return lambda text: reader.document_checker.check(Document("bench", text, language=language))


def _attribute_with(reader: DocumentReader) -> Work:
    english = reader.vocabulary.languages["en"]

    def attribute(text: str) -> object:
        sentences = list(read_table_sentences(text)) or split_sentences(text, english.cues["no_sentence_end"])
        return attribute_sentences(Document("bench", text), sentences, english, reader.vocabulary)

    return attribute


def _stars(times: int) -> str:
    return "a" * (times * MANY_STARS)


def _match_stars(path: str) -> object:
    rules = read_robots(f"User-agent: *\nDisallow: /{'*a' * len(path)}$", "bench")
    return rules.allows(f"https://example.org/{path}b")


def _repeated(piece: str, characters: int) -> MakeText:
    return lambda times: piece * (times * characters // len(piece))


def _lines_of(piece: str) -> MakeText:
    """Repeat a piece in lines; their number stays, since only a long line can make a pattern backtrack."""
    return lambda times: ((piece * LONGEST_LINE)[: LONGEST_LINE * times // TIMES] + "!5%\n") * LINES


def _paragraph(characters: int) -> str:
    sentence = "Inspectors of the north closed many shops. "
    return "Li Dawei, director of SAMR, met the press. " + sentence * (characters // len(sentence))


def _people(characters: int) -> str:
    return " ".join(
        f"Li Da{'ab'[i % 2]}{'c' * (i % 40)}, head of SAMR, met {i} guests." for i in range(characters // 50)
    )


def _table(characters: int) -> str:
    rows = (f"{1900 + i % 120} | {i} | {i + 7} | {i + 9}\n" for i in range(characters // 20))
    return "Year | Shops\n" + "".join(rows)
