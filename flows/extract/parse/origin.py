"""The document type and the publisher of a text, read from its title, layout and datelines.

Only plain evidence counts. Most texts have none, and then the answer is None: a report is not called news for want
of another type, and the place at the head of a dateline is not a publisher.
"""

import re
from collections.abc import Sequence

from flows.extract.parse.dates import find_dates

_PRESS_CONFERENCE = re.compile(r"\b(?:press|news) (?:conference|briefing)\b", re.IGNORECASE)
_RECORD = re.compile(r"\b(?:transcript|materials?|minutes|verbatim|full text)\b", re.IGNORECASE)
_TURN = re.compile(r"^(?:[A-Z][\w.&'’-]*(?: (?:of|and|the|for))?(?: |(?=:))){1,7}:[^\S\n]*$", re.MULTILINE)
# "Implementation Plan to ..." is a plan, "City explains its plan" is a report about one.
_PLAN_TITLE = re.compile(
    r"(?:(?:[^\sa-z]\S*|of|on|for|the|and|in) )*[\"“]?(?:Outline|Opinions|Plan|Programme|Program|Guidelines)\b"
)
_CHAPTER = re.compile(
    r"^(?:#{1,6}[ \t]+)?(?:(?:Chapter|Part)[ \t]+(?P<counted>[IVX]+|\d+)\b|(?P<roman>[IVX]+)[.,、][ \t]*\S)",
    re.MULTILINE,
)
_FIRST_CHAPTERS = ({"I", "II"}, {"1", "2"})

# "China.org.cn, February 21, 2024" and "Quality Gazette, ..." name a publisher, "Newport News, ..." a place.
_NAME_BEFORE_DATE = re.compile(r"\s*(?P<name>[^,，|:：]{3,80}?)\s*,\s*")
_PUBLISHER = re.compile(
    r"(?:[A-Za-z0-9-]+\.)+[a-z]{2,6}"
    r"|.*\b(?:Daily|Times|Gazette|Tribune|News Agency)(?: Online)?"
    r"|.*\b(?:Administration|Ministry|Bureau|Commission|Information Office)\b.*"
)


def read_document_type(title: str | None, text: str) -> str | None:
    """Return `press_conference` or `outline` if title and layout together show it, else None.

    The record of a press conference has turns of speakers ("Name:" on a line of its own) or calls itself a record; an
    outline has the title of a plan and numbered chapters.
    """
    written = " ".join((title or "").split())
    if _PRESS_CONFERENCE.search(written) and (_RECORD.search(written) or len(_TURN.findall(text)) > 1):
        return "press_conference"
    chapters = {match["counted"] or match["roman"] for match in _CHAPTER.finditer(text)}
    if _PLAN_TITLE.match(written) and any(first <= chapters for first in _FIRST_CHAPTERS):
        return "outline"
    return None


def read_publisher(datelines: Sequence[str]) -> str | None:
    """Return the site, newspaper or agency named before the date in one of `datelines`, or None."""
    for line in datelines:
        before = line[: find_dates(line)[0].start]
        named = _NAME_BEFORE_DATE.fullmatch(before)
        if named and _PUBLISHER.fullmatch(named["name"]):
            return named["name"]
    return None
