"""Which characters of a sentence are read already: a number within a date or within a longer number is none."""

from collections.abc import Iterable


class SpanMask:
    """Marks the characters of a text; to ask for a span costs its length, however many spans are taken."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]] = ()) -> None:
        """Take `spans` of `text` at once."""
        self._marks = bytearray(len(text))
        for start, end in spans:
            self.take(start, end)

    def take(self, start: int, end: int) -> None:
        """Mark the characters from `start` up to `end`."""
        self._marks[start:end] = b"\x01" * (end - start)

    def is_free(self, start: int, end: int) -> bool:
        """Whether no character from `start` up to `end` is taken."""
        return 1 not in self._marks[start:end]
