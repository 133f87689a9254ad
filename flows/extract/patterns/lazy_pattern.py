"""Regular expressions that are compiled when first used and tried only where they may match.

`seeds/` holds a thousand of them and a short text needs a few dozen. Compiling all of them takes longer than
reading most documents.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from ahocorasick import Automaton

from flows.extract.patterns.required_literals import automaton_of, read_required_literals

_ATTRIBUTES = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "groupindex")
Result = TypeVar("Result")

# `re` caches 512 patterns; this cache keeps them all for readers that load the seeds again in one process.
_compile = cache(re.compile)


class LazyPattern:
    """A pattern with the methods of `re.Pattern`, compiled at the first call of one of them.

    `flags` are those that the pattern does not set itself.
    """

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[Any]]
    split: Callable[..., list[str]]
    sub: Callable[..., str]
    groupindex: Mapping[str, int]

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Keep the pattern; the schemas of `seeds/` check that it compiles."""
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (each has the type declared above)
        """Compile the pattern and keep its methods in the instance, so that later calls cost nothing."""
        if name not in _ATTRIBUTES:
            raise AttributeError(name)
        compiled = _compile(self.pattern, self.flags)
        self.__dict__ |= {attribute: getattr(compiled, attribute) for attribute in _ATTRIBUTES}
        return self.__dict__[name]


Cues = Mapping[str, LazyPattern]
"""The cue patterns of a language by name, as `seeds/` names them."""


class Cue(LazyPattern):
    """A pattern that most texts do not match."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (see `LazyPattern`)
        """Compile the pattern; `search` and `finditer` look for its required literals first."""
        method = super().__getattr__(name)
        literals = read_required_literals(self.pattern, self.flags).sets
        if literals:
            automaton = automaton_of({string.lower() for string in literals[0]})
            self.__dict__ |= {
                "search": _where_required(automaton, self.search, lambda: None),
                "finditer": _where_required(automaton, self.finditer, lambda: iter(())),
            }
            method = self.__dict__[name]
        return method


def _where_required(
    automaton: Automaton, method: Callable[..., Result], nothing: Callable[[], Result]
) -> Callable[..., Result]:
    """Call `method` only for texts with a string of `automaton`; finding one is ten times as fast."""

    def ask(text: str, start: int = 0, end: int = sys.maxsize) -> Result:
        for _ in automaton.iter(text[start:end].lower()):
            return method(text, start, end)
        return nothing()

    return ask
