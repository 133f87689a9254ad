"""Figures in Chinese and what only looks like them: units, bounds, counted nouns, ranges, lists, quotes."""

from datetime import date

import pytest
from examples import each_example, examples_of
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.languages.chinese.reader import ChineseReader
from flows.extract.languages.mentions import Mention

ANCHOR = date(2024, 2, 21)


@pytest.fixture(scope="module")
def chinese(vocabulary):
    return vocabulary.languages["zh"]


@pytest.fixture(scope="module")
def mentions_of(chinese, vocabulary):
    """`mentions_of(text, lead=0)`: the quantities in a sentence, or in a cell after `lead` characters of heads."""
    reader = ChineseReader(chinese, vocabulary)
    return lambda text, lead=0: reader.read_mentions(text, reader.find_time_phrases(text, ANCHOR), lead)


@pytest.fixture(scope="module")
def only_mention(mentions_of):
    """`only_mention(text)`: quote and mention of a sentence that mentions exactly one quantity."""

    def read(text: str) -> tuple[str, Mention]:
        [mention] = mentions_of(text)
        return text[mention.start : mention.end], mention

    return read


@each_example("languages", "mentions", "zh")
def test_a_quantity_has_quote_value_unit_and_what_it_counts(only_mention, text, quote, value, unit, counted):
    found, mention = only_mention(text)
    assert (found, mention.value, mention.unit, mention.counted_text) == (quote, value, unit, counted)


@each_example("languages", "mentions", "zh")
def test_what_is_counted_is_found_before_behind_or_earlier(mentions_of, text, counted):
    assert [mention.counted_text for mention in mentions_of(text)] == counted


@each_example("languages", "mentions", "zh")
def test_in_turn_each_number_counts_its_own_noun(mentions_of, text, counted):
    assert [mention.counted_text for mention in mentions_of(text)] == counted


def test_a_noun_at_the_number_is_stated_and_one_from_before_is_not(mentions_of):
    first, second = mentions_of("检查企业12家，3家被关停。")
    assert (first.counted_is_stated, second.counted_is_stated) == (True, False)


@each_example("languages", "mentions", "zh")
def test_a_range_keeps_both_ends_and_a_change_or_a_decline_is_none(mentions_of, text, values):
    assert [(mention.value, mention.value_max) for mention in mentions_of(text)] == values


@each_example("languages", "mentions", "zh")
def test_members_of_a_list_share_the_unit_of_the_last(mentions_of, text, values, unit):
    found = mentions_of(text)
    assert [mention.value for mention in found] == values
    assert {mention.unit for mention in found} == {unit}


def test_the_quote_of_a_member_is_its_number_alone(mentions_of):
    text = "三地分别有企业12、15和18家。"
    assert [text[m.start : m.end] for m in mentions_of(text)] == ["12", "15", "18家"]


@pytest.mark.parametrize(
    "text",
    ["总投资44亿元（6.767亿美元）。", "总投资44亿元(约合6.767亿美元)。", "总投资44亿元（约6.767亿美元）。"],
)
def test_an_amount_said_again_in_other_money_is_stated_in_each(mentions_of, text):
    assert [(m.value, m.unit) for m in mentions_of(text)] == [(4_400_000_000, "CNY"), (676_700_000, "USD")]


def test_growth_in_brackets_is_a_figure_of_its_own(mentions_of):
    count, growth = mentions_of("新办企业932家（增长28%）。")
    assert (count.value, count.unit, growth.value, growth.unit) == (932, "count", 28, "percent")


@each_example("languages", "mentions", "zh")
def test_a_cell_of_a_table_is_in_the_unit_of_its_heads(mentions_of, text, value, unit, counted):
    lead = text.rindex(": ") + 2
    [mention] = mentions_of(text, lead)
    assert (mention.value, mention.unit, mention.counted_text) == (value, unit, counted)
    assert mention.start >= lead


@each_example("languages", "mentions", "zh")
def test_what_is_no_figure_is_left_out(mentions_of, text):
    assert mentions_of(text) == []


def test_every_row_of_the_excluded_patterns_has_an_example(chinese):
    rows = chinese.excluded_patterns
    assert len(rows) > 0
    sentences = [example["text"] for example in examples_of(test_what_is_no_figure_is_left_out)]
    unshown = [row.pattern.pattern for row in rows if not any(map(row.pattern.search, sentences))]
    assert unshown == []


@each_example("languages", "mentions", "zh")
def test_dates_ordinals_marks_names_and_articles_are_no_figures(mentions_of, text):
    assert mentions_of(text) == []


@each_example("languages", "mentions", "zh")
def test_a_figure_beside_what_is_none_is_kept(mentions_of, text, values):
    assert [mention.value for mention in mentions_of(text)] == values


@each_example("languages", "mentions", "zh")
def test_a_bound_may_stand_inside_before_a_currency_or_before_the_noun(only_mention, text, quote, bound):
    found, mention = only_mention(text)
    assert (found, mention.bound) == (quote, bound)


INSIDE = {"多", "余", "几", "来", "有余"}


@each_example("languages", "mentions", "zh")
def test_a_bound_before_the_number_belongs_to_the_quote(only_mention, phrase, bound):
    quote, mention = only_mention(f"门店{phrase}4000家。")
    assert (quote, mention.bound) == (f"{phrase}4000家", bound)


@each_example("languages", "mentions", "zh")
def test_a_bound_after_the_number_belongs_to_the_quote(only_mention, phrase, bound):
    quote, mention = only_mention(f"通过率为40%{phrase}。")
    assert (quote, mention.bound) == (f"40%{phrase}", bound)


def phrases_of(test) -> set[str]:
    return {example["phrase"] for example in examples_of(test)}


def test_every_bound_phrase_is_tried(chinese):
    assert phrases_of(test_a_bound_before_the_number_belongs_to_the_quote) >= set(chinese.bounds_before)
    assert phrases_of(test_a_bound_after_the_number_belongs_to_the_quote) | INSIDE >= set(
        chinese.bounds_after
    )


def test_every_classifier_counts(chinese, mentions_of):
    """大 counts only before words for parts of a plan (五大行动)."""
    classifiers = set(chinese.classifiers) - {"大"}
    counted = {word for word in classifiers if [m.value for m in mentions_of(f"共查到12{word}。")] == [12]}
    assert counted == classifiers


def test_a_numeral_stands_only_before_classifiers_that_take_one(chinese, mentions_of):
    taken = {word for word in chinese.classifiers if mentions_of(f"共查到三{word}。")}
    assert taken == {word for word, entry in chinese.classifiers.items() if entry.takes_words} - {"大"}


PIECES = """超 近 约 第 前 百 万 亿 两 三 十 半 一 多 余 几 个 家 件 次 辆 人 批次 % 成 倍 元 亿元 美元 个百分点
至 — 、 ， ； （ ） 以上 以下 左右 分之 的 有 共 召回 产品 企业 车辆 指数为 每万人 3 12 4.5 1,366 2023年 同比 为 A 《 》
“ ”""".split()


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(parts=st.lists(st.sampled_from(PIECES), max_size=30))
def test_mentions_of_any_sentence_hold_their_number_and_come_in_order(mentions_of, parts):
    text = "".join(parts)
    found = mentions_of(text)
    starts = [mention.start for mention in found]
    assert starts == sorted(set(starts))
    for mention in found:
        assert 0 <= mention.start <= mention.number.start < mention.number.end <= mention.end <= len(text)
        assert mention.value >= 0 and (mention.value_max is None or mention.value_max > mention.value)
        assert (mention.unit == "count") or mention.counted_text is None


@pytest.mark.parametrize(
    ("text", "quote", "bound"),
    [
        ("每10批鞋帽中就有近3批不合格。", "每10批鞋帽中就有近3批", "nearly"),
        ("每10批鞋帽中约有3批不合格。", "每10批鞋帽中约有3批", "about"),
        ("每10批鞋帽中有超过3批不合格。", "每10批鞋帽中有超过3批", "more_than"),
        ("每10批鞋帽中有3批不合格。", "每10批鞋帽中有3批", "exact"),
    ],
)
def test_the_bound_of_a_part_stands_within_it(only_mention, text, quote, bound):
    written, mention = only_mention(text)
    assert (written, mention.value, mention.unit, mention.bound) == (quote, 30, "percent", bound)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("事故死亡率由0.30降到0.08。", [0.3, 0.08]),
        ("万台设备死亡率由2012年的0.60降到2016年的0.35。", [0.6, 0.35]),
        ("设备故障率为0.12。", [0.12]),
    ],
)
def test_a_rate_without_a_unit_is_a_ratio(mentions_of, text, values):
    assert [(mention.value, mention.unit) for mention in mentions_of(text)] == [(v, "ratio") for v in values]


@each_example("languages", "mentions", "zh")
def test_what_is_said_of_a_noun_is_no_part_of_it(mentions_of, text, counted):
    assert mentions_of(text)[0].counted_text == counted
