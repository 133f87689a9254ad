"""Heading numbers in every notation."""

from examples import each_example

from flows.extract.text.heading_number import read_heading_number


@each_example("text", "heading_number")
def test_a_number_is_read_in_every_way_of_writing(written, numbering, path):
    assert read_heading_number(written, numbering) == tuple(path)


@each_example("text", "heading_number")
def test_what_is_no_number_counts_nothing(written, numbering):
    assert read_heading_number(written, numbering) is None
