"""Expressions that are compiled when they are first used."""

import re

import pytest

from flows.extract.expression import Expression


def test_an_expression_finds_what_the_compiled_pattern_finds():
    expression, compiled = Expression(r"(\d+) YUAN", re.IGNORECASE), re.compile(r"(\d+) YUAN", re.IGNORECASE)
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
    broken = Expression("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("text")


def test_it_has_no_attribute_that_a_pattern_has_not():
    with pytest.raises(AttributeError):
        _ = Expression("a").find
