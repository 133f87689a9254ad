"""The part of the whole that the heading above a sentence names.

Under "Results by product" the lines "(1) Power banks." and "(2) Kettles." say that the figures below each are about a
part, so none of them is the total. A heading on a line of its own applies to the text below it; a heading whose line
continues applies to that line only.
"""

import re

from flows.extract.patterns.lazy_pattern import Cues
from flows.extract.text.heading_styles import LINE, begins_line, ends_line, style_of_mark
from flows.extract.text.sentences import Sentence

_LONGEST_HEADING = 60  # characters
_LABEL = re.compile(r"[^,，。.;；:：\d]{1,40}(?=[:：])")
_EDGES = " .。:："
_UNFINISHED = re.compile(r"[^.。!！?？;；,，]$")


class PartTracker:
    """Tracks the part that each sentence of one document is about."""

    def __init__(self, cues: Cues) -> None:
        """Begin before the first heading."""
        self._cues = cues
        self._parent: str | None = None
        self._style: str | None = None
        self._part: str | None = None
        self._is_run_in = False

    def enter(self, sentence: Sentence, text: str, has_figures: bool) -> str | None:
        """Advance to the next sentence of `text` and return the part it is about, null outside such sections."""
        if begins_line(text, sentence.start) and not sentence.lead:
            is_alone = ends_line(text, sentence.end)
            is_short = len(sentence.text) <= _LONGEST_HEADING and not has_figures
            mark = self._cues["heading_mark"].match(sentence.text)
            if is_short and is_alone and self._cues["parts_heading"].search(sentence.text):
                self._parent, self._style, self._part = style_of_mark(mark) if mark else LINE, None, None
            elif self._parent and mark:
                label = _LABEL.match(sentence.text, mark.end())
                heading = sentence.text[mark.end() :] if is_short else label and label.group()
                self._begin_part(style_of_mark(mark), heading)
                self._is_run_in = not is_alone or label is not None
            elif self._is_run_in or (is_short and is_alone and _UNFINISHED.search(sentence.text)):
                self._part = None
        return self._part

    def _begin_part(self, style: str, heading: str | None) -> None:
        """Begin the next part; its mark must be in the style of the first part's, any other one ends the section."""
        if style == self._parent or style != (self._style or style):
            self._parent = self._style = self._part = None
        else:
            self._style, self._part = style, heading and heading.strip(_EDGES)
