"""A stretch of text in, the indicators it speaks of out, whether or not it gives a figure.

"Sample more food" speaks of the pass rate of food sampling and states none. The patterns are data
(`seeds/reading/indicators/indicator_topics.csv`) and narrow: most headings of a plan speak of no indicator.
"""

from flows.extract.patterns.table import PatternTable
from flows.extract.vocabulary.entries import IndicatorTopic


def find_topics(text: str, topics: PatternTable[IndicatorTopic]) -> tuple[str, ...]:
    """The ids of the indicators that `text` speaks of, in the order in which it comes to them."""
    first: dict[str, int] = {}
    for topic in topics.candidates(text):
        if match := topic.pattern.search(text):
            first[topic.indicator] = min(match.start(), first.get(topic.indicator, match.start()))
    return tuple(sorted(first, key=lambda indicator: (first[indicator], indicator)))
