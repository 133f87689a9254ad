"""The codes of `seeds/` that an extracted figure may have."""

from collections.abc import Iterable, Mapping
from typing import Any

Catalogue = Mapping[str, frozenset[str]]


def read_catalogue(reference: Mapping[str, Iterable[Mapping[str, Any]]]) -> Catalogue:
    """Return the codes by column of the figure: unit, agency, ref_area, indicator; `reference` holds the seed rows."""
    return {
        "unit": frozenset(row["unit_measure"] for row in reference["units"]),
        "agency": frozenset(row["agency_id"] for row in reference["agencies"]),
        "ref_area": frozenset(row["ref_area"] for row in reference["ref_areas"]),
        "indicator": frozenset(row["indicator_id"] for row in reference["indicators"]),
    }
