"""Rules between the tables of `seeds/`, and the rows that the extractor demands.

`REFERENCES`: a code must exist in the table that lists it. `NAMINGS`: a name or alias must not mean two things.
`DEMANDS`: a table holds every key that the extractor looks up, and no other.
"""

from itertools import product
from typing import NamedTuple

import polars as pl

from schemas.seeds.cues import CUE_TABLES
from schemas.seeds.roles import CHECK_ROLES, CITATION_ROLES, PLAN_ROLES
from schemas.vocabularies import DOUBTS, LANGUAGES, REASONS


class Reference(NamedTuple):
    """`column` of `table` holds codes of `target_column` of `target`; empty cells refer to nothing."""

    table: str
    column: str
    target: str
    target_column: str


class Naming(NamedTuple):
    """`aliases` gives other names of the things that `names` lists by `identifier`."""

    identifier: str
    names: str
    aliases: str


class Demand(NamedTuple):
    """`columns` of `table` hold exactly `keys`, which the extractor looks up by name."""

    table: str
    columns: tuple[str, ...]
    keys: frozenset[tuple[str, ...]]


REFERENCES = (
    Reference("indicators", "unit_measure", "units", "unit_measure"),
    Reference("agencies", "ref_area", "ref_areas", "ref_area"),
    Reference("agencies", "lineage_id", "agencies", "agency_id"),
    Reference("agencies", "predecessor_id", "agencies", "agency_id"),
    Reference("agency_aliases", "agency_id", "agencies", "agency_id"),
    Reference("ref_areas", "parent_ref_area", "ref_areas", "ref_area"),
    Reference("ref_area_aliases", "ref_area", "ref_areas", "ref_area"),
    Reference("fiscal_years", "ref_area", "ref_areas", "ref_area"),
    Reference("unit_aliases", "unit_measure", "units", "unit_measure"),
    Reference("policies", "issuer_agency_id", "agencies", "agency_id"),
    Reference("policies", "ref_area", "ref_areas", "ref_area"),
    Reference("policies", "predecessor_policy_id", "policies", "policy_id"),
    Reference("policy_aliases", "policy_id", "policies", "policy_id"),
    Reference("local_currencies", "unit_measure", "units", "unit_measure"),
    Reference("local_currencies", "ref_area", "ref_areas", "ref_area"),
    Reference("local_currencies", "alias", "unit_aliases", "alias"),
    Reference("unit_contexts", "unit_measure", "units", "unit_measure"),
    Reference("indicator_patterns", "indicator_id", "indicators", "indicator_id"),
    Reference("indicator_patterns", "unit_measure", "units", "unit_measure"),
    Reference("indicator_topics", "indicator_id", "indicators", "indicator_id"),
    Reference("indicator_subjects", "indicator_id", "indicators", "indicator_id"),
    Reference("sources", "licence", "licences", "licence"),
)
NAMINGS = (
    Naming("agency_id", "agencies", "agency_aliases"),
    Naming("ref_area", "ref_areas", "ref_area_aliases"),
)
DEMANDS = (
    *(
        Demand(table, ("language", "cue"), frozenset(cues.by_language()))
        for table, cues in CUE_TABLES.items()
    ),
    Demand("plan_patterns", ("language", "role"), frozenset(product(LANGUAGES, PLAN_ROLES))),
    Demand("citation_patterns", ("language", "role"), frozenset(product(LANGUAGES, CITATION_ROLES))),
    Demand("confidence_costs", ("doubt",), frozenset(product(DOUBTS))),
    Demand("check_patterns", ("language", "role"), frozenset(product(LANGUAGES, CHECK_ROLES))),
    Demand("null_reasons", ("reason",), frozenset(product(REASONS))),
)


class Fault(NamedTuple):
    """A problem with rows of a table, counted from 0, or with a whole table if there are none."""

    table: str
    rows: tuple[int, ...]
    column: str | None
    problem: str


def find_cross_table_faults(tables: dict[str, pl.DataFrame]) -> list[Fault]:
    """Find unknown codes, aliases that name something else, missing rows and unused rows.

    `tables` maps names of `SEED_TABLES` to valid frames; rules about absent tables are skipped.
    """
    broken = [
        find_unknown_codes(tables, rule) for rule in REFERENCES if {rule.table, rule.target} <= set(tables)
    ]
    shared = [
        find_shared_names(tables, rule) for rule in NAMINGS if {rule.names, rule.aliases} <= set(tables)
    ]
    unmet = [find_unmet_demands(tables[rule.table], rule) for rule in DEMANDS if rule.table in tables]
    return [fault for faults in (*broken, *shared, *unmet) for fault in faults]


def find_unknown_codes(tables: dict[str, pl.DataFrame], rule: Reference) -> list[Fault]:
    """Find the rows whose code is missing in the table that it refers to, one fault a code."""
    known = set(tables[rule.target][rule.target_column])
    codes = tables[rule.table][rule.column].to_list()
    unknown = sorted({code for code in codes if code is not None and code not in known})
    return [
        Fault(
            rule.table,
            tuple(row for row, code in enumerate(codes) if code == wrong),
            rule.column,
            f'"{wrong}" is not in column {rule.target_column} of {rule.target}.csv',
        )
        for wrong in unknown
    ]


def find_unmet_demands(table: pl.DataFrame, rule: Demand) -> list[Fault]:
    """Find keys that the extractor would miss in the middle of a document, and rows that it never uses."""
    found = list(table.select(rule.columns).iter_rows())
    missing = [
        Fault(rule.table, (), None, f'a row for "{", ".join(key)}" is missing; add it')
        for key in sorted(rule.keys - set(found))
    ]
    unused = [
        Fault(
            rule.table,
            tuple(row for row, key in enumerate(found) if key == wrong),
            rule.columns[-1],
            f'the extractor does not ask for "{", ".join(wrong)}"; correct or remove it',
        )
        for wrong in sorted(set(found) - rule.keys)
    ]
    return missing + unused


def find_shared_names(tables: dict[str, pl.DataFrame], rule: Naming) -> list[Fault]:
    """Find the aliases that are, ignoring case, the name or abbreviation of something else."""
    owners = read_names(tables[rule.names], rule.identifier)
    faults = []
    for row, alias in enumerate(tables[rule.aliases].iter_rows(named=True)):
        others = owners.get((alias["language"], alias["alias"].lower()), set()) - {alias[rule.identifier]}
        if others:
            problem = (
                f'"{alias["alias"]}" is also the name of {", ".join(sorted(others))} in {rule.names}.csv'
            )
            faults.append(Fault(rule.aliases, (row,), "alias", problem))
    return faults


def read_names(table: pl.DataFrame, identifier: str) -> dict[tuple[str, str], set[str]]:
    """Map (language, name in lower case) to the ids of that name; an abbreviation counts as English."""
    owners: dict[tuple[str, str], set[str]] = {}
    for row in table.iter_rows(named=True):
        for language, column in (("en", "name_en"), ("en", "abbreviation"), ("zh", "name_zh")):
            if row.get(column):
                owners.setdefault((language, row[column].lower()), set()).add(row[identifier])
    return owners
