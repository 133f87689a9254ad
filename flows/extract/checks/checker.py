"""Notes on the places where a document contradicts itself: lists and sums that differ from what it says.

A note informs the reader of a figure and changes no figure. A correct document gives none: whatever is right in some
reading is left alone.
"""

import re
from collections.abc import Iterator

from flows.extract.checks.arithmetic import SumChecker, SumFault
from flows.extract.checks.lists import ListChecker, ListFault
from flows.extract.languages.readers import LANGUAGE_READERS, by_language
from flows.extract.model import Document, Note
from flows.extract.parse.boilerplate import blank_boilerplate
from flows.extract.text.sentences import Sentence, split_sentences
from flows.extract.text.tables import find_tables
from flows.extract.vocabulary.entries import Vocabulary

_NUMBERS = re.compile(r"\d[^\d]+\d")


class DocumentChecker:
    """Checks documents with one vocabulary; make one and use it for many."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Compile a language with its first document."""
        self._of_language = by_language(lambda language: _LanguageChecker(language, vocabulary))

    def check(self, document: Document) -> list[Note]:
        """Return the notes on a document, in text order."""
        return self._of_language(document).check(document)


class _LanguageChecker:
    """Checks documents in one language."""

    def __init__(self, language: str, vocabulary: Vocabulary) -> None:
        self._language = vocabulary.languages[language]
        self._reader = LANGUAGE_READERS[language](self._language, vocabulary)
        patterns = vocabulary.check_patterns[language]
        headings = [mark.pattern for mark in vocabulary.heading_marks]
        self._lists = ListChecker(patterns, headings, self._language.cues["no_sentence_end"])
        self._sums = SumChecker(patterns)

    def check(self, document: Document) -> list[Note]:
        text = self._reader.plain(blank_boilerplate(document))
        notes = [_note_of_list(fault, document) for fault in self._lists.check(text)]
        notes += self._check_sums(text, document)
        return sorted(notes, key=lambda note: (note.start, note.end, note.rule))

    def _check_sums(self, text: str, document: Document) -> Iterator[Note]:
        anchor = document.event or document.published
        tables = find_tables(text)
        for found in split_sentences(text, self._language.cues["no_sentence_end"]):
            is_in_table = any(start < found.end and found.start < end for start, end in tables)
            if is_in_table or not _NUMBERS.search(found.text):
                continue
            sentence = self._reader.prepare(found)
            phrases = self._reader.find_time_phrases(sentence.text, anchor)
            mentions = self._reader.read_mentions(sentence.text, phrases, sentence.lead)
            for fault in self._sums.check(sentence.text, mentions):
                yield _note_of_sum(fault, sentence, document)


def _note_of_list(fault: ListFault, document: Document) -> Note:
    return Note(
        doc_id=document.doc_id,
        rule="list_count",
        quote=document.text[fault.start : fault.end],
        start=fault.start,
        end=fault.end,
        stated=float(fault.stated),
        found=float(fault.found),
        explanation=f"The text announces {fault.stated} and names {fault.found}.",
    )


def _note_of_sum(fault: SumFault, sentence: Sentence, document: Document) -> Note:
    start, end = sentence.span(fault.start, fault.end)
    return Note(
        doc_id=document.doc_id,
        rule=fault.rule,
        quote=document.text[start:end],
        start=start,
        end=end,
        stated=fault.stated,
        found=fault.found,
        explanation=fault.explanation,
    )
