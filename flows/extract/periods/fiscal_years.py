"""Gives fiscal years the dates that they have in the document's country.

FY2022 ends in September 2022 in the United States, in March 2023 in Singapore and in June 2022 in Australia, and
"2022-23" begins in April in Britain and in July in Australia: the text does not say so, its country does
(`seeds/reading/periods/fiscal_years.csv`). Without a known country they keep the days that the language assumes.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from flows.extract.languages.time_phrases import TimePhrase
from flows.extract.vocabulary.entries import FiscalCalendar


def settle_fiscal_years(
    phrases: Sequence[TimePhrase], calendar: FiscalCalendar | None
) -> Sequence[TimePhrase]:
    """Give phrases that name a fiscal year its days in `calendar`; without a calendar leave them as they are."""
    return [_settled(phrase, calendar) for phrase in phrases] if calendar else phrases


def _settled(phrase: TimePhrase, calendar: FiscalCalendar) -> TimePhrase:
    if phrase.fiscal_year is None:
        return phrase
    # "2022-23" tells the year it begins; whether FY2022 begins or ends in 2022 depends on the country.
    is_begun = phrase.is_named_by_both or calendar.first_month == 1 or not calendar.is_named_by_end
    begun = phrase.fiscal_year if is_begun else phrase.fiscal_year - 1
    first = date(begun, calendar.first_month, 1)
    last = date(begun + 1, calendar.first_month, 1) - timedelta(days=1)
    return replace(phrase, first=first if phrase.role == "interval" else None, last=last)
