"""What is a figure and what is not; units, bounds, what is counted, quotes."""

import pytest

from flows.extract.languages.mentions import Mention


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


@pytest.mark.parametrize(
    ("sentence", "quote", "ends", "unit"),
    [
        ("Turnaround is five to seven working days.", "five to seven working days", (5, 7), "day"),
        ("Fines ranged from HK$500 to HK$18,000.", "HK$500 to HK$18,000", (500, 18_000), "HKD"),
    ],
)
def test_a_range_in_words_and_one_of_money_keep_both_ends(only_mention, sentence, quote, ends, unit):
    found, mention = only_mention(sentence)
    assert (found, (mention.value, mention.value_max), mention.unit) == (quote, ends, unit)


def test_what_rises_from_one_amount_to_another_is_no_range(mentions):
    values = [(mention.value, mention.value_max) for mention in mentions("Fees rose from $500 to $800 then.")]
    assert values == [(500, None), (800, None)]


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
    "It was open to people over 60 at night.",
    "It grew within five years.",
    "Within 120 days of that day it grew.",
    "Half a dozen came.",
    "It was put on a scale from 1 to 5.",
    "A gap broke clause 6.2.1 of the standard.",
    "It was closed under § 1112 of the code.",
    "It was closed under Sections 10 and 11 of the law.",
    "It was closed under Articles 5, 6 and 7 of the law.",
    "For help: 00 49 30 18 44 55 at any time.",
    "In its eleventh annual review the board says so.",
    "It was held by the Board for Weights and Standards in its eleventh review.",
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
    "|exceeding|surpass|surpasses|surpassed|surpassing|upwards of|topped|topping|>|well over|just over"
    "|a little over|slightly more than|slightly over|north of",
    "at_least": "at least|no less than|not less than|no fewer than|not fewer than|no lower than"
    "|not lower than|a minimum of|above|≥",
    "less_than": "less than|fewer than|lower than|under|below|<|inside",
    "at_most": "up to|at most|no more than|not more than|no greater than|no higher than|not exceeding"
    "|not exceed|at least as low as|a maximum of|limited to|≤|within",
    "about": "about|around|some|approximately|roughly|in the region of|somewhere around|circa",
    "nearly": "nearly|almost|close to|just under|just short of|just shy of|not quite|virtually",
}
BOUNDS_AFTER = {
    "at_least": "or more|and above|or above|or higher|or over",
    "more_than": "plus",
    "about": "or so|odd",
    "at_most": "or less|or fewer|or below|or under|or lower",
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


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The bureau handed over 3,300 files.", "3,300 files"),
        ("The bureau received notifications about 3,300 toys.", "3,300 toys"),
    ],
)
def test_over_and_about_that_belong_to_what_stands_before_are_no_bounds(only_mention, sentence, quote):
    found, mention = only_mention(sentence)
    assert (found, mention.bound) == (quote, "exact")


def test_a_vague_bound_before_the_number_yields_to_the_one_behind_it(only_mention):
    quote, mention = only_mention("Some 300-plus shops shut.")
    assert (quote, mention.bound) == ("Some 300-plus shops", "more_than")


@pytest.mark.parametrize(
    ("sentence", "quote", "value", "unit", "bound"),
    [
        (
            "Complaints must be settled within three working days.",
            "within three working days",
            3,
            "day",
            "at_most",
        ),
        ("Most listings went inside 72 hours.", "inside 72 hours", 72, "hour", "less_than"),
        (
            "It is done within a maximum of 20 business days.",
            "a maximum of 20 business days",
            20,
            "day",
            "at_most",
        ),
    ],
)
def test_a_limit_in_hours_or_days_is_a_figure(only_mention, sentence, quote, value, unit, bound):
    found, mention = only_mention(sentence)
    assert (found, mention.value, mention.unit, mention.bound) == (quote, value, unit, bound)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Clients gave a score of 4.6 out of 5.", [(4.6, "score")]),
        ("The mean on a scale from 1 to 5 was 3.9 points.", [(3.9, "score")]),
        ("Rescuers needed 11.8 minutes; downtown it was under 10.", [(11.8, "minute"), (10, "minute")]),
        ("The average was 1.9 days, down from 3.1 in 2020.", [(1.9, "day"), (3.1, "day")]),
        ("It was 69%, 3 points down on 2020.", [(69, "percent"), (3, "percentage_points")]),
        ("It was 0.12 of a percentage point lower.", [(0.12, "percentage_points")]),
        ("Three in four of them agreed.", [(75, "percent")]),
        ("Income rose £6.4 million to £121.9 million.", [(6.4e6, "GBP"), (121.9e6, "GBP")]),
        ("It accounted for three quarters of it.", [(75, "percent")]),
        ("Revenue grew 11.2% to 358 billion yuan.", [(11.2, "percent"), (358e9, "CNY")]),
        ("The score in ten areas should be above 82.", [(10, "count"), (82, "score")]),
        ("Customers rated it 8.7 on a scale of 1 to 10.", [(8.7, "score")]),
        ("Crackers led to 1,300 visits and sparklers to some 600.", [(1300, "count"), (600, "count")]),
        (
            "It looked into 1,580 certificates, revoked 61 and suspended 204.",
            [(1580, "count"), (61, "count"), (204, "count")],
        ),
        ("Shops drew 1,204 of the complaints, restaurants 977.", [(1204, "count"), (977, "count")]),
        ("It tested 1,018 products and ordered 74 to be recalled.", [(1018, "count"), (74, "count")]),
        ("Twelve ports took part, two more than before.", [(12, "count"), (2, "count")]),
    ],
)
def test_what_is_not_said_again_is_understood(mentions, sentence, expected):
    assert [(mention.value, mention.unit) for mention in mentions(sentence)] == expected


def test_a_pronoun_does_not_count_what_was_named_last(mentions):
    _, mention = mentions("Under a plan of eight bodies it is to be no fewer than 40 by then.")
    assert (mention.value, mention.bound, mention.counted_text) == (40, "at_least", None)


def test_a_number_in_words_that_is_compared_counts_the_same(mentions):
    _, mention = mentions("It opened 12 shops, up from two in 2021.")
    assert (mention.value, mention.counted_text) == (2, "shops")


def test_what_belongs_to_somebody_is_counted(mentions):
    assert [mention.counted_text for mention in mentions("2,310 of our certificates were withdrawn.")] == [
        "certificates"
    ]


def test_today_is_nothing_that_is_counted(mentions):
    assert [mention.counted_text for mention in mentions("It is to grow from 40 today to 55 labs.")] == [
        None,
        "labs",
    ]
