"""Regular expressions that are compiled when they are first used.

`seeds/` holds a thousand of them, a short text needs a few dozen, and to compile all takes longer than to read
most documents.
"""

import re

_ATTRIBUTES = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "groupindex")


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
        compiled = re.compile(self.pattern, self.flags)
        self.__dict__ |= {attribute: getattr(compiled, attribute) for attribute in _ATTRIBUTES}
        return self.__dict__[name]
