"""Spans of a text: replacing them, and keeping track of the characters that are taken.

A number within a date or within a longer number is not read a second time.
"""

from collections.abc import Callable, Iterable


def replace_spans(
    text: str, spans: Iterable[tuple[int, int]], replacement: Callable[[str], str] = lambda taken: ""
) -> str:
    """Replace the text of `spans` (in order, without overlaps) by its `replacement`; by default cut it out."""
    pieces, position = [], 0
    for start, end in spans:
        pieces += [text[position:start], replacement(text[start:end])]
        position = end
    return "".join([*pieces, text[position:]])


def blank_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Replace spans by blanks, so that offsets hold; one that is a whole line must not end a paragraph."""
    return replace_spans(
        text, (_with_line_break(text, *span) for span in spans), lambda taken: " " * len(taken)
    )


def _with_line_break(text: str, start: int, end: int) -> tuple[int, int]:
    """Extend a span that is a whole line within a paragraph over its line break."""
    is_line = text[start - 1 : start] in ("", "\n") and text[end : end + 1] == "\n"
    return (start, end + 1) if is_line and text[end + 1 : end + 2] != "\n" else (start, end)


class SpanMask:
    """The characters of a text that are taken; a look-up costs the length of its span, however many are taken."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]] = ()) -> None:
        """Take `spans` of `text` from the start."""
        self._marks = bytearray(len(text))
        for start, end in spans:
            self.take(start, end)

    def take(self, start: int, end: int) -> None:
        """Take the characters from `start` up to `end`."""
        self._marks[start:end] = b"\x01" * (end - start)

    def is_free(self, start: int, end: int) -> bool:
        """Return whether no character from `start` up to `end` is taken."""
        return 1 not in self._marks[start:end]
