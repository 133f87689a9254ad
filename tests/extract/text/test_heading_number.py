"""Numbers of headings in every way of writing."""

import pytest

from flows.extract.text.heading_number import read_heading_number


@pytest.mark.parametrize(
    ("written", "numbering", "path"),
    [
        ("III", "roman", (3,)),
        ("XIV", "any", (14,)),
        ("Ⅳ", "roman", (4,)),
        ("iv", "roman", (4,)),
        ("Three", "word", (3,)),
        ("17", "arabic", (17,)),
        ("１７", "arabic", (17,)),
        ("①", "arabic", (1,)),
        ("2.1", "decimal", (2, 1)),
        ("2.1", "any", (2, 1)),
        ("C", "letter", (3,)),
        ("c", "letter", (3,)),
        ("十", "chinese", (10,)),
        ("十一", "chinese", (11,)),
        ("二十三", "chinese", (23,)),
        ("一百零二", "chinese", (102,)),
        ("二〇", "chinese", (20,)),
    ],
)
def test_a_number_is_read_in_every_way_of_writing(written, numbering, path):
    assert read_heading_number(written, numbering) == path


@pytest.mark.parametrize(
    ("written", "numbering"),
    [("CIVIL", "any"), ("IIX", "roman"), ("Aims", "any"), ("AB", "letter"), ("0", "arabic"), ("", "any")],
)
def test_what_is_no_number_counts_nothing(written, numbering):
    assert read_heading_number(written, numbering) is None
