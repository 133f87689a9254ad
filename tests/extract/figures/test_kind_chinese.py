"""Kinds of quantities in Chinese sentences."""

import pytest
from examples import each_example


@pytest.fixture(scope="module")
def kind_of(read):
    """Return the kind of the one figure with this number."""

    def kind(text: str, number: str) -> str:
        [found] = [figure.kind for figure in read(text, language="zh") if figure.number == number]
        return found

    return kind


@each_example("figures", "kind", "zh")
def test_a_percentage_or_a_multiple_of_change_is_a_growth_rate(kind_of, text, number):
    assert kind_of(text, number) == "growth_rate"


@each_example("figures", "kind", "zh")
def test_a_difference_in_the_unit_itself_is_a_change(kind_of, text, number):
    assert kind_of(text, number) == "change"


@each_example("figures", "kind", "zh")
def test_a_part_of_a_whole_is_a_share(kind_of, text, number):
    assert kind_of(text, number) == "share"


@each_example("figures", "kind", "zh")
def test_a_rate_a_score_a_count_and_a_gap_between_places_are_levels(kind_of, text, number):
    assert kind_of(text, number) == "level"


@each_example("figures", "kind", "zh")
def test_a_total_since_a_start_is_cumulative(kind_of, text, number):
    assert kind_of(text, number) == "cumulative"


def test_what_follows_a_total_with_a_verb_of_its_own_is_none(kind_of):
    assert kind_of("累计发布标准1660项，设有指标2300项。", "2300") == "level"


def test_a_place_in_an_order_is_a_rank(kind_of):
    assert kind_of("产量位居全国第二。", "二") == "rank"


def test_ratios_and_scores_do_not_add_up(kind_of):
    text = "三年累计投入18亿元，地方按不低于1:1的比例配套。"
    assert [kind_of(text, number) for number in ("18亿", "1:1")] == ["cumulative", "level"]


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("自2010年以来累计召回汽车900万辆，光是今年就有40万辆。", "40万", "level"),
        ("截至2022年底，获得资质认定的机构共有1200家。", "1200", "level"),
        ("到去年底，全省累计培育放心单位3万家。", "3万", "cumulative"),
    ],
)
def test_what_a_total_governs_ends_with_it(kind_of, text, number, kind):
    assert kind_of(text, number) == kind


def test_a_distance_between_two_fields_is_no_change(kind_of):
    assert kind_of("流通领域不合格率为13.8%，比生产领域高7.2个百分点。", "7.2") == "level"


@pytest.mark.parametrize("verb", ["下架", "封存", "查扣"])
def test_what_was_taken_off_up_to_now_adds_up(kind_of, verb):
    assert kind_of(f"截至目前，已{verb}问题产品1.6万件。", "1.6万") == "cumulative"
