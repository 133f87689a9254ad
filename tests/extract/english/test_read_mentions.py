"""What is a figure and what is not; units, bounds, what is counted, quotes."""

import pytest

from flows.extract.mentions import Mention


@pytest.fixture(scope="module")
def only_mention(mentions):
    """Quote and mention of a sentence that mentions exactly one quantity."""

    def read(sentence: str) -> tuple[str, Mention]:
        [mention] = mentions(sentence)
        return sentence[mention.start : mention.end], mention

    return read


@pytest.mark.parametrize(
    ("sentence", "quote", "value", "unit", "counted"),
    [
        ("Inspectors closed 56,700 cases in total.", "56,700 cases", 56_700, "count", "cases"),
        ("Eighteen ministries agreed.", "Eighteen ministries", 18, "count", "ministries"),
        ("Makers recalled 6.728 million cars.", "6.728 million cars", 6_728_000, "count", "cars"),
        ("The pass rate was 93.65%.", "93.65%", 93.65, "percent", None),
        ("It rose by 0.5 percentage points.", "0.5 percentage points", 0.5, "percentage_points", None),
        ("The satisfaction score is 78.01.", "78.01", 78.01, "score", None),
        ("The price index came to 101.3.", "101.3", 101.3, "index", None),
        ("The goods were worth 1.1 billion yuan.", "1.1 billion yuan", 1.1e9, "CNY", None),
        ("The fines came to US$40,000.", "US$40,000", 40_000, "USD", None),
        ("The fines came to £2.5bn.", "£2.5bn", 2.5e9, "GBP", None),
        ("A 1-million-yuan award was given.", "1-million-yuan", 1e6, "CNY", None),
        ("They burnt 12 tons of toys.", "12 tons", 12, "tonne", None),
        ("The network is 991,300 kilometers long.", "991,300 kilometers", 991_300, "kilometre", None),
        ("A case took 5.35 days.", "5.35 days", 5.35, "day", None),
        ("The port ranks third in the world.", "third in the world", 3, "rank", None),
        ("Half of the shops agreed.", "Half", 50, "percent", None),
    ],
)
def test_a_quantity_has_quote_value_unit_and_what_it_counts(
    only_mention, sentence, quote, value, unit, counted
):
    found, mention = only_mention(sentence)
    assert (found, mention.value, mention.unit, mention.counted_text) == (quote, value, unit, counted)


def test_a_unit_that_is_a_multiple_scales_the_value(only_mention):
    _, mention = only_mention("They burnt 500 grams of powder.")
    assert (mention.value, mention.unit) == (0.5, "kilogram")  # 500 g = 0.5 kg


def test_a_range_keeps_both_ends(only_mention):
    _, mention = only_mention("Output will grow by 3 to 5 percent.")
    assert (mention.value, mention.value_max, mention.unit) == (3, 5, "percent")


def test_a_noun_that_is_not_repeated_comes_from_the_mention_before(mentions):
    first, second = mentions("It tested 120 batches, against 98 a year earlier.")
    assert (first.counted_text, second.counted_text) == ("batches", "batches")
    assert first.counted_is_stated and not second.counted_is_stated


# At least one sentence for every row of excluded_patterns.csv; none of them states a figure.
NO_FIGURES = [
    "The toys meet GB/T 19001 and ISO 9001 throughout.",
    "It was issued as Order No. 12 of the ministry.",
    "See Article 33 and Table 4 of the law.",
    "It entered the Fortune 500 again.",
    "Consumers may use the 12315 platform.",
    "For help call 010-8826 1234 at any time.",
    "For help: +86 10 88261234 at any time.",
    "For help: 800-123-4567 at any time.",
    "See circular SAMR/2023/45 of the office.",
    "See file 2023/04/1188 of the office.",
    "See https://example.org/2023/10/50 for more.",
    "It began at 10:30 a.m. in Beijing.",
    "It began at 9 a.m. in Beijing.",
    "It began at 9 o'clock in Beijing.",
    "The toy suits buyers aged 14 to 16 and their parents.",
    "A 12-year-old boy was hurt.",
    "The lamp harms children under 3 at home.",
    "They drew up a 5-year plan.",
    "A new three-in-one licence was tried.",
    "They opened a one-stop window.",
    "They built a 1 + N scheme.",
    "It was one of the best.",
    "It was held after COVID-19 had ended.",
    "The 315 gala was on the air.",
    "The death rate is told per 10,000 of them.",
    "It grew over the last three years.",
    "It grew for five years without a break.",
    "It began ten years ago in Beijing.",
    "It grew for 6 consecutive years.",
    "Leave may last three years (36 months) at most.",
    "It concerns lifts of more than 15 years.",
    "It grew in the 1990s and after.",
    "It is explained below.3 Nobody read it.",
    "It was held by the Group of 20 then.",
    "It is said in chapter two of the plan.",
    "It must 1) be safe and 2) be cheap.",
    "It is forbidden by paragraph 12(b) of the law.",
    "Send it to 1200 Market Street by post.",
    "Lead was found at 75 mg/kg and at 100 ppm.",
    "It sold 10,42 million of them.",
    "See wave 6 of the survey.",
    "The base is 2015 = 100.",
    "Buyers may ring the 12330 line at night.",
    "It was told a year and a half after that.",
    "For every 10,000 people there is a shop.",
    "It was told by Ann Lee, 52, who sells toys.",
]


@pytest.mark.parametrize("sentence", NO_FIGURES)
def test_what_is_no_figure_is_left_out(mentions, sentence):
    assert mentions(sentence) == []


def test_every_row_of_the_excluded_patterns_has_an_example(english):
    rows = english.excluded_patterns
    assert rows
    unshown = [row for row in rows if not any(row.pattern.search(sentence) for sentence in NO_FIGURES)]
    assert unshown == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It was signed on September 5, 2017 in Shanghai.",
        "It was signed in 2017 and read in 2018.",
        "The 14th Five-Year Plan was adopted by the 19th National Congress.",
        "3. Improve the supply of lifts",
        "III. Improve the supply of lifts",
        "3.2 Improve the supply of lifts",
        "(4) Improve the supply of lifts",
        "They named it “Double 11” at home.",
        "The V6390 lamp and the 3C mark were checked.",
        "One has to be careful.",
        "First, be careful. Second, be quick.",
        "They spoke for two hours.",
    ],
)
def test_dates_ordinals_marks_names_and_pronouns_are_no_figures(mentions, sentence):
    assert mentions(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("It withdrew 3,100 certificates under ISO 9001.", [3100]),
        ("In 2017 it withdrew 2,017 certificates.", [2017]),
        ("3. It withdrew 40 certificates.", [40]),
        ("Callers of the 12315 hotline made 310 complaints.", [310]),
        ("The 14th plan names 11 fields.", [11]),
        ("Over five years it withdrew 40 certificates.", [40]),
        ("Two children aged 5 were hurt.", [2]),
    ],
)
def test_a_figure_beside_what_is_none_is_kept(mentions, sentence, values):
    assert [mention.value for mention in mentions(sentence)] == values


BOUNDS_BEFORE = {
    "more_than": "more than|over|greater than|higher than|in excess of|beyond|exceed|exceeds|exceeded"
    "|exceeding|surpass|surpasses|surpassed|surpassing|upwards of|topped|topping|>|well over|just over",
    "at_least": "at least|no less than|not less than|no fewer than|not fewer than|no lower than"
    "|not lower than|a minimum of|above|≥",
    "less_than": "less than|fewer than|lower than|under|below|<",
    "at_most": "up to|at most|no more than|not more than|no greater than|no higher than|not exceeding"
    "|not exceed|at least as low as|a maximum of|limited to|≤",
    "about": "about|around|some|approximately|roughly",
    "nearly": "nearly|almost|close to|just under",
}
BOUNDS_AFTER = {
    "at_least": "or more|and above|or above",
    "more_than": "plus",
    "about": "or so",
    "at_most": "or less|or fewer|or below",
}
PHRASES_BEFORE = [(phrase, bound) for bound, row in BOUNDS_BEFORE.items() for phrase in row.split("|")]
PHRASES_AFTER = [(phrase, bound) for bound, row in BOUNDS_AFTER.items() for phrase in row.split("|")]


@pytest.mark.parametrize(("phrase", "bound"), PHRASES_BEFORE)
def test_a_bound_before_the_number_belongs_to_the_quote(only_mention, phrase, bound):
    quote, mention = only_mention(f"It listed {phrase} 4,000 shops then.")
    assert (quote, mention.bound) == (f"{phrase} 4,000 shops", bound)


@pytest.mark.parametrize(("phrase", "bound"), PHRASES_AFTER)
def test_a_bound_after_the_number_belongs_to_the_quote(only_mention, phrase, bound):
    quote, mention = only_mention(f"The rate was 40 percent {phrase} then.")
    assert (quote, mention.bound) == (f"40 percent {phrase}", bound)


def test_every_bound_phrase_is_tried(english):
    assert {phrase for phrase, _ in PHRASES_BEFORE} >= set(english.bounds_before)
    assert {phrase for phrase, _ in PHRASES_AFTER} >= set(english.bounds_after)


@pytest.mark.parametrize(
    ("sentence", "bound", "quote"),
    [
        ("It listed 4,000 shops.", "exact", "4,000 shops"),
        ("It listed a total of 4,000 shops.", "exact", "4,000 shops"),
        ("It paid over US$300,000 then.", "more_than", "over US$300,000"),
        ("More than 4,000 shops shut.", "more_than", "More than 4,000 shops"),
        ("The rate shall reach no less than 95 percent.", "at_least", "no less than 95 percent"),
    ],
)
def test_a_bound_may_stand_before_a_currency_or_be_absent(only_mention, sentence, bound, quote):
    found, mention = only_mention(sentence)
    assert (found, mention.bound) == (quote, bound)


def test_over_that_belongs_to_the_verb_is_no_bound(only_mention):
    quote, mention = only_mention("The bureau handed over 3,300 files.")
    assert (quote, mention.bound) == ("3,300 files", "exact")
