"""How Chinese time phrases are read: a match of `seeds/time_patterns.csv` in, its role and days out."""

from collections.abc import Mapping

from flows.extract.time_phrases import Reader

READERS: Mapping[str, Reader] = {}
