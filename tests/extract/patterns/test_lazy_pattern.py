"""Patterns that are compiled on first use."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.patterns.lazy_pattern import Cue, LazyPattern

CUES = [r"\b(?:rose|fell) by\b", "(?<=a)b|bc", r"^\d+ Of ", "x?", "总(?:数|量)", "(?-i:A)b", r"[ab]c\s*$"]


def test_an_expression_finds_what_the_compiled_pattern_finds():
    expression, compiled = LazyPattern(r"(\d+) YUAN", re.IGNORECASE), re.compile(r"(\d+) YUAN", re.IGNORECASE)
    text = "5 yuan and 6 Yuan"
    assert expression.search(text, 3)[1] == "6"
    assert expression.match(text)[1] == "5"
    assert expression.fullmatch(text) is None
    assert [match.span() for match in expression.finditer(text)] == [
        m.span() for m in compiled.finditer(text)
    ]
    assert expression.findall(text) == compiled.findall(text)
    assert expression.sub("~", text) == "~ and ~"
    assert expression.split(text) == compiled.split(text)


def test_it_is_compiled_with_its_first_use_and_no_earlier():
    broken = LazyPattern("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("text")


def test_it_has_no_attribute_that_a_pattern_has_not():
    with pytest.raises(AttributeError):
        _ = LazyPattern("a").find


@pytest.mark.parametrize("pattern", CUES)
@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(
    text=st.lists(st.sampled_from(["rose", "FELL", " by", "a", "b", "C", "1 of ", "总数", " "])).map("".join),
    start=st.integers(0, 9),
    length=st.integers(0, 30),
)
def test_a_cue_finds_what_the_compiled_pattern_finds_wherever_it_is_asked_to_look(
    pattern, text, start, length
):
    cue, compiled = Cue(pattern, re.IGNORECASE), re.compile(pattern, re.IGNORECASE)
    span = text, start, start + length
    assert [m.span() for m in cue.finditer(*span)] == [m.span() for m in compiled.finditer(*span)]
    found, expected = cue.search(*span), compiled.search(*span)
    assert (found and found.span()) == (expected and expected.span())
    assert bool(cue.search(text)) == bool(compiled.search(text))
