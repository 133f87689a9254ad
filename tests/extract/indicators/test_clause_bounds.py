"""Lists of subjects and lists of numbers are aligned one to one."""

import pytest

from flows.extract.indicators.clause_bounds import aligned_subject, own_clause


@pytest.fixture
def clauses(mentions, english):
    """Return the own clause of every mention: its subject and itself where subjects are aligned."""

    def read(sentence: str) -> list[str]:
        found = mentions(sentence)
        return [clause(sentence, found, at) for at in range(len(found))]

    def clause(sentence: str, found, at: int) -> str:
        subject = aligned_subject(sentence, found, at, english.cues)
        if subject:
            return f"{subject} {sentence[found[at].start : found[at].end]}"
        return sentence[slice(*own_clause(sentence, found, at, english.cues))]

    return read


def test_respectively_gives_each_number_its_own_subject(clauses):
    sentence = "The scores for repair services and delivery services were 71.5 and 69.2, respectively."
    assert clauses(sentence) == [
        "The scores for repair services 71.5",
        "The scores for delivery services 69.2",
    ]


def test_respectively_aligns_three_members(clauses):
    sentence = "The rates for toys, for shoes and for lamps were 91.2%, 88% and 79.5%, respectively."
    first, second, third = clauses(sentence)
    assert "toys" in first and "91.2%" in first and "88%" not in first
    assert "shoes" in second and "88%" in second and "toys" not in second
    assert "lamps" in third and "79.5%" in third and "shoes" not in third


def test_without_respectively_nothing_is_aligned(clauses):
    first, second = clauses("The scores for repair and delivery services were 71.5 and 69.2.")
    assert "repair and delivery" in first
    assert "repair" not in second


def test_subjects_and_numbers_that_differ_in_count_are_not_aligned(clauses):
    first, *_ = clauses("The rates for toys and shoes were 91.2%, 88% and 79.5%, respectively.")
    assert "toys and shoes" in first


def test_a_clause_ends_where_the_next_one_begins(clauses):
    first, second = clauses("Police closed 340 shops, while courts fined 12 makers.")
    assert first == "Police closed 340 shops"
    assert second == "courts fined 12 makers."


def test_aligned_scores_map_to_their_own_indicators(read):
    text = "Scores of satisfaction with life services and public services are 77.1 and 80.2, respectively."
    assert [(figure.value, figure.unit, figure.indicator) for figure in read(text)] == [
        (77.1, "score", "life_service_satisfaction_score"),
        (80.2, "score", "public_service_satisfaction_score"),
    ]


def test_aligned_subjects_in_reverse_order_swap_the_indicators(read):
    text = "Scores of satisfaction with public services and life services are 80.2 and 77.1, respectively."
    assert [(figure.value, figure.indicator) for figure in read(text)] == [
        (80.2, "public_service_satisfaction_score"),
        (77.1, "life_service_satisfaction_score"),
    ]


def test_a_bracket_and_what_a_preposition_adds_belong_to_the_clause(clauses):
    first, _ = clauses("Offices got 44 million yuan ($6.7 million) back for them.")
    assert first.endswith("back for them.")
    first, second = clauses("Some 150 kinds of goods from 18,000 shops were checked.")
    assert first.endswith("were checked.") and second.startswith(" from")
