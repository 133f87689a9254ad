"""The literals that a regular expression requires."""

import re

import pytest

from flows.extract.patterns.required_literals import read_required_literals

IGNORING_CASE, AS_WRITTEN = re.IGNORECASE, re.NOFLAG
REQUIRED = [
    (r"\bshall\b", [{"shall"}]),
    (r"(?:last|previous) years?", [{"last year", "previous year"}]),
    (r"(?:(?:19|20)\d\d) to", [{" to"}, {"19", "20"}]),
    (r"(?P<half>[HQ])(?P<number>[12])\b,? of", [{" of"}, {"H1", "H2", "Q1", "Q2"}]),
    (r"(?<!x)ab(?=c)[cd]", [{"abc", "abd"}]),
    (r"[1-9][1-9]\d", [set("123456789")]),
    (r"a(?:b|c*)d", [{"a"}, {"d"}]),
    (r"[Tt]op \d+", [{"Top ", "top "}]),
    (r"目标[为是]", [{"目标为", "目标是"}]),
    (r"(?:a|b)?\d+", []),
    (r"[a-z]+ \w*", []),
    (r"(?<=No\. )\d+", []),
    (r"(?:yes|\d)", []),
    (r"(?i:No)", []),
]


@pytest.mark.parametrize(("pattern", "required"), REQUIRED)
def test_what_a_match_requires_is_read_from_its_pattern(pattern, required):
    assert read_required_literals(pattern) == (False, tuple(required))


def test_the_strings_of_a_pattern_that_ignores_case_are_in_lower_case():
    assert read_required_literals("GDP", IGNORING_CASE) == (True, ({"gdp"},))
    assert read_required_literals("(?i)GDP") == (True, ({"gdp"},))
    assert read_required_literals("GDP", AS_WRITTEN) == (False, ({"GDP"},))
