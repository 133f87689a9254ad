"""Finds what a Chinese quantity counts: the noun behind its classifier or before its number.

Without either it may count what was named before (其中26次), what an event happened to (玩具召回9次、2万件), or the
noun that the classifier itself implies (88万辆).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.extract.languages.chinese.noun_phrases import read_noun_after, read_noun_before
from flows.extract.languages.chinese.quantities import Quantity
from flows.extract.languages.mentions import Mention
from flows.extract.patterns.lazy_pattern import Cues
from flows.extract.vocabulary.entries import Classifier


@dataclass(frozen=True)
class Counted:
    """The noun that is counted; `end` is where it ends if it stands behind the classifier, else null."""

    noun: str | None = None
    is_stated: bool = False
    end: int | None = None


@dataclass(frozen=True)
class CountedSite:
    """A quantity in its sentence, with the quantities and mentions before it.

    `begin` is the end of the mention before, where the text that may name what is counted begins; `aside` are the
    spans of dates and names between. `donor` is the member of its list that bears the unit, or itself; `twin` is
    the end of the quantity that counts the same noun (31种3120批次 | 产品). `is_cell`: it is in a cell of a table.
    """

    sentence: str
    quantity: Quantity
    donor: Quantity
    twin: int | None
    begin: int
    aside: Sequence[tuple[int, int]]
    earlier: Sequence[tuple[Quantity, Mention]]
    is_cell: bool

    @property
    def is_event(self) -> bool:
        """Whether an action is counted, so that a verb may name it."""
        classifier = self.quantity.classifier
        return classifier is not None and classifier.role == "event"


def find_counted(site: CountedSite, before: int, behind: int, cues: Cues) -> Counted:
    """Find what the quantity of `site`, which has a classifier or no unit, counts.

    `before` is where the number with its bound and currency begins, `behind` where the text after the classifier and
    a bound begins (50项以上 | 指标).
    """
    sentence, classifier = site.sentence, site.quantity.classifier
    after = read_noun_after(sentence, behind, cues)
    end = after[1] if after and site.quantity is site.donor else None
    if classifier and classifier.role == "noun":
        return Counted(classifier.classifier, True)
    if classifier and classifier.role == "portion":
        return Counted(classifier.classifier + (sentence[slice(*after)] if after else ""), True, end)
    if after:
        return Counted(sentence[slice(*after)], True, end)
    span = read_noun_after(sentence, site.twin, cues) if site.twin else None
    span = span or _find_noun_before(site, before, cues)
    if span:
        return Counted(sentence[slice(*span)], True)
    return _implied(site, before, classifier, cues) if classifier else Counted()


def _find_noun_before(site: CountedSite, before: int, cues: Cues) -> tuple[int, int] | None:
    """Find the noun before the number; a date may stand between (消费品全年召回823.6万件)."""
    end = before
    for start, stop in reversed([(site.begin, site.begin), *site.aside]):
        if stop > end:
            continue
        noun = read_noun_before(site.sentence, stop, end, cues, site.is_event)
        if noun or not cues["only_doing_follows"].fullmatch(site.sentence, stop, end):
            return noun
        end = start
    return None


def _implied(site: CountedSite, before: int, classifier: Classifier, cues: Cues) -> Counted:
    """Find what is counted if no noun is next to the number."""
    noun = _object_of_event(site, before, classifier, cues) or _topic(site, before, classifier, cues)
    if noun:
        return Counted(noun)
    if classifier.counted:
        return Counted(classifier.counted, True)
    return Counted(_noun_of_same_classifier(site, classifier))


def _noun_of_same_classifier(site: CountedSite, classifier: Classifier) -> str | None:
    """Find what was counted with the same word: 检查企业12家，3家被关停."""
    same = (
        m.counted_text for q, m in reversed(site.earlier) if q.classifier is classifier and m.counted_text
    )
    return next(same, None)


def _object_of_event(site: CountedSite, before: int, classifier: Classifier, cues: Cues) -> str | None:
    """Find what an event happened to: in 消费品召回690次、996.6万件 the pieces are consumer goods."""
    if not site.earlier or site.is_event:
        return None
    quantity, mention = site.earlier[-1]
    is_event = quantity.classifier is not None and quantity.classifier.role == "event"
    between = site.sentence[mention.end : before]
    if not is_event or not mention.counted_text or not cues["piece_link"].fullmatch(between):
        return None
    done = cues["verb_before_number"].search(mention.counted_text)
    noun = mention.counted_text[: done.start()] if done else mention.counted_text
    return noun if _says_more(noun, classifier) else None


def _topic(site: CountedSite, before: int, classifier: Classifier, cues: Cues) -> str | None:
    """Find the noun that ends the clause before: 在用的气瓶，共2.02亿只."""
    comma = max(site.sentence.rfind(mark, site.begin, before) for mark in "，,")
    if comma < 0 or not cues["only_number_follows"].fullmatch(site.sentence, comma + 1, before):
        return None
    topic = read_noun_before(site.sentence, site.begin, comma, cues, site.is_event)
    noun = site.sentence[slice(*topic)] if topic else ""
    return noun if _says_more(noun, classifier) else None


def _says_more(noun: str, classifier: Classifier) -> bool:
    """Return whether 新能源汽车 says more than the 车辆 that 辆 implies; 企业 is not counted with 辆 at all."""
    own = classifier.counted or ""
    return bool(noun) and (not own or (noun[-1] in own and len(noun) > len(own)))


def align_nouns(
    sentence: str, read: Sequence[tuple[Quantity, Mention]], cues: Cues
) -> list[tuple[Quantity, Mention]]:
    """Give each quantity its own noun of the list before: 投诉、举报和咨询分别为36件、9件和12件."""
    aligned = list(read)
    for first, last in _rows_of_alike(sentence, read, cues):
        number = read[first][0].number.start
        told = cues["respectively_before"].search(sentence, 0, number)
        nouns = _listed_nouns(sentence, told.start(), cues) if told else []
        if len(nouns) == last - first:
            for at, noun in zip(range(first, last), nouns, strict=True):
                aligned[at] = (read[at][0], replace(read[at][1], counted_text=noun))
    return aligned


def _rows_of_alike(
    sentence: str, read: Sequence[tuple[Quantity, Mention]], cues: Cues
) -> Iterator[tuple[int, int]]:
    """Yield from where to where quantities with one classifier and no noun behind them form a list."""
    first = 0
    for at in range(1, len(read) + 1):
        is_linked = at < len(read) and _is_next(sentence, read[at - 1], read[at], cues)
        if not is_linked:
            if at - first > 1:
                yield first, at
            first = at


def _is_next(
    sentence: str, one: tuple[Quantity, Mention], other: tuple[Quantity, Mention], cues: Cues
) -> bool:
    classifier = one[0].classifier
    is_alike = classifier is not None and classifier == other[0].classifier
    between = sentence[one[1].end : other[1].start]
    ends_bare = one[1].end == one[0].end and other[1].end == other[0].end
    return is_alike and ends_bare and cues["list_link"].fullmatch(between) is not None


def _listed_nouns(sentence: str, end: int, cues: Cues) -> list[str]:
    """Return the members of the list that ends at `end`, or nothing unless each is a whole noun phrase."""
    begin = max((match.end() for match in cues["clause_stop_of_list"].finditer(sentence, 0, end)), default=0)
    marks = [match.span() for match in cues["between_members"].finditer(sentence, begin, end)]
    starts = [begin, *(stop for _, stop in marks)]
    ends = [*(start for start, _ in marks), end]
    spans = [
        span
        for member in zip(starts, ends, strict=True)
        if (span := read_noun_before(sentence, *member, cues, is_event=False))
    ]
    # The first member may have other words before it.
    is_whole = [stop for _, stop in spans] == ends and [start for start, _ in spans[1:]] == starts[1:]
    return [sentence[slice(*span)] for span in spans] if is_whole else []
