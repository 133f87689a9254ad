"""The indicators that a text is about, whether or not it states a figure.

"Sample more food" is about the pass rate of food sampling and states none. The patterns are data
(`seeds/reading/indicators/indicator_topics.csv`) and narrow: most headings of a plan are about no indicator.
"""

from flows.extract.patterns.table import PatternTable
from flows.extract.vocabulary.entries import IndicatorTopic


def find_topics(text: str, topics: PatternTable[IndicatorTopic]) -> tuple[str, ...]:
    """Return the ids of the indicators that `text` is about, in the order of their first mention."""
    first: dict[str, int] = {}
    for topic in topics.candidates(text):
        if match := topic.pattern.search(text):
            first[topic.indicator] = min(match.start(), first.get(topic.indicator, match.start()))
    return tuple(sorted(first, key=lambda indicator: (first[indicator], indicator)))
