"""Suggestions for an unmapped figure: the likeliest indicators of the catalogue, for a person to choose from.

A figure that no pattern of the extractor matches may still share most of its words with one indicator. So the score
is the weight of the shared words: rare words weigh more than common ones, and words of what the figure counts and
measures weigh more than other words of its sentence.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]

# Latin words are compared by their first letters, which endings do not change; Chinese has no blanks between words.
_STEM_LENGTH = 6
_LATIN_WORD = re.compile(r"[a-z]{3,}")
_CHINESE_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")

# Weight of a shared word, by where it occurs for the figure and for the indicator; tuned on annotated documents.
_OF_FIGURE = {"counted": 3.0, "measure": 3.0, "sentence": 1.0, "context": 0.5}
_OF_NAME, _OF_PATTERN = 2.0, 1.0
_OTHER_UNIT = 0.1
_NAMELESS = 0.3
_IS_COUNTED = 2.0
_PATTERN_COLUMNS = ("counted", "context", "subject")


@dataclass(frozen=True)
class Suggestion:
    """An indicator that a figure may measure; a higher score means more words in common."""

    indicator: str
    score: float


class IndicatorSuggester:
    """Suggests indicators by their words; make one and use it for many figures."""

    def __init__(self, indicators: Iterable[Row], patterns: Iterable[Row]) -> None:
        """Take the rows of `seeds/reference/indicators.csv` and `seeds/reading/indicators/indicator_patterns.csv`."""
        self._units: dict[str, str] = {}
        self._counted: dict[str, list[re.Pattern[str]]] = defaultdict(list)
        self._names: dict[str, tuple[set[str], ...]] = {}
        self._words: dict[str, dict[str, float]] = defaultdict(dict)
        for row in indicators:
            self._units[row["indicator_id"]] = row["unit_measure"]
            names = [row["name_en"], row["name_zh"], row["counted"]]
            self._add(row["indicator_id"], names, _OF_NAME)
            self._names[row["indicator_id"]] = tuple(_words_of(name or "") for name in names[:2])
        for row in patterns:
            self._add(row["indicator_id"], [row[column] for column in _PATTERN_COLUMNS], _OF_PATTERN)
            if row["counted"]:
                self._counted[row["indicator_id"]].append(re.compile(row["counted"], re.IGNORECASE))
        having = Counter(word for words in self._words.values() for word in words)
        self._rarity = {word: math.log(1 + len(self._words) / count) for word, count in having.items()}

    def suggest(self, figure: Row, sentence: str, context: str = "", count: int = 3) -> list[Suggestion]:
        """Return the `count` likeliest indicators, best first; `figure` has `unit`, `counted` and `measure`."""
        texts = {
            "counted": figure["counted"],
            "measure": figure["measure"],
            "sentence": sentence,
            "context": context,
        }
        weights: dict[str, float] = {}
        for place, text in texts.items():
            for word in _words_of(text or ""):
                weights[word] = max(weights.get(word, 0), _OF_FIGURE[place])
        scores = (Suggestion(one, self._score(one, figure, weights)) for one in self._units)
        ranked = sorted(scores, key=lambda suggestion: (-suggestion.score, suggestion.indicator))
        return [suggestion for suggestion in ranked[:count] if suggestion.score > 0]

    def _add(self, indicator: str, texts: Iterable[str | None], weight: float) -> None:
        words = self._words[indicator]
        for word in {word for text in texts for word in _words_of(text or "")}:
            words[word] = max(words.get(word, 0), weight)

    def _score(self, indicator: str, figure: Row, weights: Mapping[str, float]) -> float:
        words = self._words[indicator]
        shared = sum(weights[word] * words[word] * self._rarity[word] for word in weights if word in words)
        # An indicator with many words shares some with every figure, and "vehicles" are not "new energy vehicles".
        size = math.sqrt(sum(weight * self._rarity[word] for word, weight in words.items()))
        whole = max(self._part_of(name, weights) for name in self._names[indicator])
        of_unit = 1 if self._units[indicator] == figure["unit"] else _OTHER_UNIT
        counts = any(pattern.search(figure["counted"] or "") for pattern in self._counted[indicator])
        return round(shared / (1 + size) * (_NAMELESS + whole) * of_unit * (_IS_COUNTED if counts else 1), 3)

    def _part_of(self, name: Set[str], weights: Mapping[str, float]) -> float:
        """Return the share of a name's words that occur, by weight, from 0 to 1."""
        whole = sum(self._rarity[word] for word in name)
        return sum(self._rarity[word] for word in name if word in weights) / whole if whole else 0


def _words_of(text: str) -> set[str]:
    lowered = text.lower()
    words = {word[:_STEM_LENGTH] for word in _LATIN_WORD.findall(lowered)}
    return words | {run[at : at + 2] for run in _CHINESE_RUN.findall(lowered) for at in range(len(run) - 1)}
