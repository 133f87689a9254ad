"""Regular expressions that are compiled when they are first used, and tried only where they may match.

`seeds/` holds a thousand of them, a short text needs a few dozen, and to compile all takes longer than to read
most documents.
"""

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from ahocorasick import Automaton

from flows.extract.patterns.required_literals import automaton_of, read_needs

_ATTRIBUTES = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "groupindex")
Result = TypeVar("Result")

# Whoever reads the seeds again in one process finds the same expressions; `re` itself remembers only 512.
_compile = cache(re.compile)


class Expression:
    """What `re.compile(pattern, flags)` gives; `flags` are without those that the pattern itself begins with."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Keep the pattern; whether it compiles is checked where `seeds/` is read."""
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> object:
        """Compile and keep the methods, so that this is asked once and they are as fast as ever."""
        if name not in _ATTRIBUTES:
            raise AttributeError(name)
        compiled = _compile(self.pattern, self.flags)
        self.__dict__ |= {attribute: getattr(compiled, attribute) for attribute in _ATTRIBUTES}
        return self.__dict__[name]


class Cue(Expression):
    """An expression that most texts do not match."""

    def __getattr__(self, name: str) -> object:
        """Compile, and before a search look for what a match needs."""
        method = super().__getattr__(name)
        needs = read_needs(self.pattern, self.flags).strings
        if needs:
            automaton = automaton_of({string.lower() for string in needs[0]})
            self.search = _where_needed(automaton, self.search, lambda: None)
            self.finditer = _where_needed(automaton, self.finditer, lambda: iter(()))
            method = self.__dict__[name]
        return method


def _where_needed(
    automaton: Automaton, method: Callable[..., Result], nothing: Callable[[], Result]
) -> Callable[..., Result]:
    """`method`, asked only of texts with a string of `automaton`, which is found ten times as fast."""

    def ask(text: str, start: int = 0, end: int = sys.maxsize) -> Result:
        for _ in automaton.iter(text[start:end].lower()):
            return method(text, start, end)
        return nothing()

    return ask
