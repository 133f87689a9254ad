"""The choice of the policy that is meant, where several share a name or one edition follows another.

The years next to the name decide, then the area next to it, then the issuer, then the day of the document: a policy
that was not yet issued is not meant, and of several the one in force is. If nothing decides, none is chosen.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.extract.policies.names import years_of
from flows.extract.vocabulary.entries import Policy

AMBIGUOUS = "ambiguous"
UNMAPPED = "unmapped"


@dataclass(frozen=True)
class Evidence:
    """The evidence in a text about a policy that it names.

    `years` is a pair, or one year twice. `adjacent` are the codes of the areas next to the name, whose policy it is;
    `near` are those of its sentence and of the title and publisher of the document, `anywhere` those of the whole
    text. `issuers` are the agencies in its sentence.
    """

    years: tuple[int, int] | None = None
    adjacent: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    anywhere: frozenset[str] = frozenset()
    issuers: frozenset[str] = frozenset()
    day: date | None = None


class PolicyChooser:
    """Chooses between policies with the same name."""

    def __init__(self, policies: Mapping[str, Policy]) -> None:
        """Take the policies by id."""
        self._policies = policies
        self._years = {policy.policy: years_of(policy.names) for policy in policies.values()}

    def choose(self, named: Iterable[str], evidence: Evidence) -> tuple[str | None, str | None]:
        """Return the policy that is meant, else the reason why there is none."""
        candidates = [self._policies[policy] for policy in named]
        candidates = [policy for policy in candidates if _is_of_place(policy, evidence)]
        candidates = self._of_years(candidates, evidence)
        if not candidates:
            return None, UNMAPPED
        for narrow in (_issued_by, self._in_force):
            if len(candidates) > 1:
                narrowed = narrow(candidates, evidence)
                candidates = narrowed if len(narrowed) == 1 else candidates
        return (candidates[0].policy, None) if len(candidates) == 1 else (None, AMBIGUOUS)

    def _of_years(self, candidates: Sequence[Policy], evidence: Evidence) -> list[Policy]:
        """Keep the candidates of the stated years; a single year, maybe that of an amendment, only breaks ties."""
        if evidence.years is None or evidence.years[0] == evidence.years[1]:
            issued = [policy for policy in candidates if self._is_issued(policy, evidence.day)]
            of_year = [policy for policy in issued if self._begins_in(policy, evidence.years)]
            return of_year or issued
        return [policy for policy in candidates if self._years[policy.policy] == evidence.years]

    def _begins_in(self, policy: Policy, years: tuple[int, int] | None) -> bool:
        own = self._years[policy.policy]
        starts = {policy.valid_from and policy.valid_from.year, own and own[0]}
        return years is not None and years[0] in starts

    def _is_issued(self, policy: Policy, day: date | None) -> bool:
        return day is None or (first := self._first_day(policy)) is None or first <= day

    def _in_force(self, candidates: Sequence[Policy], evidence: Evidence) -> list[Policy]:
        day = evidence.day
        return [
            policy
            for policy in candidates
            if day is not None and self._first_day(policy) and (not policy.valid_to or day <= policy.valid_to)
        ]

    def _first_day(self, policy: Policy) -> date | None:
        """Return the day of issue; if unknown, the start of the year before the first year in the name."""
        years = self._years[policy.policy]
        return policy.valid_from or (date(years[0] - 1, 1, 1) if years else None)


def country_of(ref_area: str) -> str:
    """Return the country of an area: CN of CN-SH."""
    return ref_area.partition("-")[0]


def _is_of_place(policy: Policy, evidence: Evidence) -> bool:
    """Return whether a policy is of the area next to its name; if there is none, of an area that the text mentions."""
    area = policy.ref_area
    if area is None:
        return True
    if evidence.adjacent:
        return area in _narrowest(evidence.adjacent)
    if area != country_of(area):
        return area in evidence.near
    countries = {country_of(place) for place in evidence.anywhere}
    return area in countries or not countries


def _narrowest(areas: Collection[str]) -> set[str]:
    """Return the areas that contain no other one of them: of China and Shanghai, Shanghai."""
    return {
        area
        for area in areas
        if not any(other != area and other.startswith((f"{area}-", f"{area}/")) for other in areas)
    }


def _issued_by(candidates: Sequence[Policy], evidence: Evidence) -> list[Policy]:
    return [policy for policy in candidates if policy.issuer in evidence.issuers]
