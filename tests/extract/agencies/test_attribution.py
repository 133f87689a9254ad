"""The agency and the speaker of a figure, by evidence; never the newspaper."""

import re

import pytest
from examples import each_example

from flows.extract.agencies.attribution import attribute_sentences
from flows.extract.model import Document
from flows.extract.text.tables import read_table_sentences
from flows.io.seeds.tables import read_seed_tables
from flows.paths import SEEDS


def whose(figure) -> tuple[str | None, str | None]:
    return figure.agency, figure.speaker


@each_example("agencies", "attribution", "en")
def test_an_agency_named_in_the_sentence_owns_the_figure(read_one, text, agency):
    assert read_one(text).agency == agency


def test_the_agency_of_the_paragraph_is_carried_on(read):
    text = "SAMR reported on its work. Inspectors closed 340 shops.\n\nCustoms officers closed 12 stalls."
    assert read(text)[0].agency == "samr"


def test_a_spokesman_carries_the_office_he_was_given(read):
    text = (
        "Li Dawei, deputy director of the State Administration for Market Regulation, met the press.\n\n"
        "Inspectors closed 340 shops, Li said.\n\nThe China Consumers Association was there too."
    )
    assert whose(read(text)[0]) == ("samr", "Li Dawei")


def test_a_pronoun_is_the_last_speaker(read):
    text = (
        "Inspectors closed 340 shops, said Li Dawei, director of the General Administration of Customs.\n\n"
        "They also fined 12 makers, he said."
    )
    assert [whose(figure) for figure in read(text)] == [("gacc", "Li Dawei")] * 2


def test_the_name_may_come_at_the_end_of_the_paragraph(read):
    text = (
        "Li Dawei of SAMR met the press.\n\nInspectors closed 340 shops. They fined 12 makers. "
        "All is well, Li said."
    )
    assert [whose(figure) for figure in read(text)] == [("samr", "Li Dawei")] * 2


def test_in_a_transcript_a_line_with_a_name_opens_a_turn(read):
    text = (
        "We have invited Li Dawei, vice minister of SAMR, and Wang Fang, deputy head of the General "
        "Administration of Customs.\n\nLi Dawei:\n\nInspectors closed 340 shops.\n\n"
        "Wang Fang:\n\nOfficers rejected 2,100 batches."
    )
    assert [whose(figure) for figure in read(text)] == [("samr", "Li Dawei"), ("gacc", "Wang Fang")]


def test_an_answerer_without_an_office_has_the_agency_that_was_asked(read):
    text = (
        "Daily News:\n\nMy question is for the State Administration for Market Regulation. What was done?\n\n"
        "Li Dawei:\n\nThank you. Inspectors closed 340 shops.\n\n"
        "Daily News:\n\nAnd the General Administration of Customs?\n\n"
        "Wang Fang:\n\nOfficers rejected 2,100 batches."
    )
    assert [whose(figure) for figure in read(text)] == [("samr", "Li Dawei"), ("gacc", "Wang Fang")]


def test_who_issued_a_paper_does_not_own_its_figures(read_one):
    figure = read_one("A plan issued by the State Administration for Market Regulation names 11 hospitals.")
    assert figure.agency is None


def test_whoever_only_hosts_or_orders_owns_nothing(read_one):
    assert read_one("The State Council Information Office was told of 340 shops.").agency is None


def test_the_only_agency_of_the_document_owns_what_nobody_else_does(read):
    text = "SAMR reported on its work.\n\nInspectors closed 340 shops."
    assert read(text)[0].agency == "samr"


def test_the_newspaper_owns_nothing_and_the_reason_says_so(read_one):
    figure = read_one("Inspectors closed 340 shops.", publisher="Morning Post")
    assert figure.agency is None
    assert figure.reasons["agency"]


def test_a_publisher_that_measures_owns_its_figures(read_one):
    figure = read_one("Inspectors closed 340 shops.", publisher="State Administration for Market Regulation")
    assert figure.agency == "samr"


@pytest.mark.parametrize("title", ["Product Safety Database: annual report", "Key Figures: recalls of 2023"])
def test_a_heading_with_a_colon_is_no_speaker(read, title):
    text = f"{title}\n\nInspectors closed 340 shops."
    for fields in ({}, {"title": title, "title_raw": title}):
        assert [figure.speaker for figure in read(text, **fields)] == [None]


def test_a_title_that_stands_twice_is_no_speaker(read):
    title = "Key Figures: recalls of 2023"
    text = f"{title}\n\n{title}\n\nInspectors closed 340 shops."
    assert [figure.speaker for figure in read(text, title=title)] == [None]


def test_the_label_of_a_table_row_is_no_speaker(read):
    text = "Kind | 2022 | 2023\nPassenger Cars | 400 | 500\nLight Trucks | 40 | 50\n\nInspectors closed 340 shops."
    assert {figure.speaker for figure in read(text)} == {None}


def test_a_name_before_text_opens_a_turn_when_its_office_is_known(read):
    text = (
        "Li Dawei, vice minister of SAMR, and Wang Fang, deputy head of the General Administration of Customs, "
        "answered.\n\nLi Dawei: Inspectors closed 340 shops.\n\nWang Fang: Officers rejected 2,100 batches."
    )
    assert [whose(figure) for figure in read(text)] == [("samr", "Li Dawei"), ("gacc", "Wang Fang")]


def test_a_name_before_text_opens_a_turn_when_it_comes_back(read):
    text = (
        "Li Dawei: Inspectors closed 340 shops.\n\nChen Hua: Were there more?\n\n"
        "Li Dawei: They fined 12 makers."
    )
    assert [figure.speaker for figure in read(text)] == ["Li Dawei", "Li Dawei"]


def test_a_pronoun_at_the_end_of_the_paragraph_is_the_last_speaker(read):
    text = (
        "Li Dawei of SAMR and Wang Fang of the General Administration of Customs met the press.\n\n"
        "Officers were busy, Wang said.\n\nThey rejected 2,100 batches. They burnt 30 lots. So she added."
    )
    assert [whose(figure) for figure in read(text)] == [("gacc", "Wang Fang")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Li Dawei, director of SAMR, met the press. " + "Inspectors of the north closed many shops. " * 4_700,
        " ".join(f"Li Da{'ab'[i % 2]}{'c' * (i % 40)}, head of SAMR, met {i} guests." for i in range(4_000)),
        "Year | Shops\n" + "".join(f"{1900 + i % 120} | {i} | {i + 7} | {i + 9}\n" for i in range(2_500)),
    ],
    ids=["a paragraph of 200 KB", "4,000 people", "a table of 45 KB"],
)
def test_every_sentence_of_a_long_text_is_attributed(english, vocabulary, sentences_of, text):
    tables = list(read_table_sentences(text))
    sentences = tables or sentences_of(text)
    assert len(sentences) >= 4_000
    attributed = attribute_sentences(Document("long", text), sentences, english, vocabulary)
    assert {attribution.agency for attribution in attributed} == {None if tables else "samr"}


@each_example("agencies", "attribution", "en")
def test_who_a_description_means_depends_on_place_and_day(read_one, text, fields, agency):
    assert read_one(text, **fields).agency == agency


def test_every_description_means_an_agency_somewhere(vocabulary):
    patterns = set(read_seed_tables(SEEDS)["office_descriptions"]["named"])
    names = [name for agency in vocabulary.agencies.values() for name in agency.names]
    assert len(patterns) > 30
    assert [named for named in patterns if not any(re.search(named, name) for name in names)] == []


def test_the_administration_is_the_one_named_last(read):
    text = (
        "SAMR met the press.\n\nThe China Consumers Association came.\n\nThe association heard 340 consumers."
    )
    assert read(text)[0].agency == "cca"


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("SAMR closed 340 shops, and the General Administration of Customs burnt 12 lots.", ["samr", "gacc"]),
        ("According to the China Consumers Association, SAMR closed 340 shops.", ["cca"]),
        ("SAMR released a survey by the China Consumers Association of 340 shops.", ["cca"]),
        ("SAMR told the press of 340 shops, closed by the General Administration of Customs.", ["samr"]),
    ],
)
def test_of_several_agencies_the_source_or_the_subject_owns_the_figure(read, text, agencies):
    assert [figure.agency for figure in read(text)] == agencies


@pytest.mark.parametrize(
    "text",
    [
        "SAMR and the General Administration of Customs closed 340 shops.",
        "SAMR and nine other departments closed 340 shops.",
        "SAMR, the Ministry of Commerce and the General Administration of Customs closed 340 shops.",
    ],
)
def test_agencies_that_act_together_are_ambiguous(read, text):
    figure = next(figure for figure in read(text) if figure.value == 340)
    assert (figure.agency, figure.reasons["agency"]) == (None, "ambiguous")


@each_example("agencies", "attribution", "en")
def test_a_body_that_no_table_lists_is_nobody_else(read, text):
    figure = read(f"SAMR met the press.\n\n{text}")[0]
    assert (figure.agency, figure.reasons["agency"]) == (None, "unmapped")


@pytest.mark.parametrize(
    ("verb", "agency"), [("said that it sold", None), ("took back", "samr"), ("recalled", "samr")]
)
def test_a_company_owns_what_it_says_of_itself_and_not_its_recalls(read, verb, agency):
    assert read(f"SAMR met the press.\n\nHarbour Motor Co., Ltd. {verb} 340 cars.")[0].agency == agency


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Researchers at the University of Dover tested 340 lamps.", None),
        ("Dover University tested 340 lamps.", None),
        ("A study by researchers in Dover covers 340 lamps.", None),
        ("The study covers 340 lamps.", "samr"),
    ],
)
def test_what_scholars_find_is_no_agency_s(read, text, agency):
    assert read(f"SAMR met the press.\n\n{text}")[0].agency == agency


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("ISO had 340 members.", "iso"),
        ("SAMR met. It sold 340 ISO standards.", "samr"),
        ("SAMR met. Under ISO and IEC, China wrote 340 papers.", "samr"),
        ("SAMR met. Local market regulators closed 340 shops in China.", "samr"),
    ],
)
def test_what_bears_the_name_of_a_body_is_not_its_act(read, text, agency):
    assert next(figure.agency for figure in read(text) if figure.value == 340) == agency


@pytest.mark.parametrize(
    "text",
    [
        "Li Dawei, spokesperson for SAMR, met the press.\n\nThey closed 340 shops, Li said.",
        "SAMR met. Li Dawei, head of the administration, said it closed 340 shops.",
        "SAMR was busy, said Li Dawei, head of the administration. Li said it closed 340 shops.",
        "Ma Lin: Ladies and gentlemen.\n\nLi Dawei, vice minister of SAMR: Thanks. We closed 340 shops.",
    ],
)
def test_an_office_is_given_in_many_ways(read, text):
    assert [whose(figure) for figure in read(text)] == [("samr", "Li Dawei")]


def test_a_spokesperson_needs_no_name(read):
    text = (
        "A spokesperson for the General Administration of Customs came. SAMR was there.\n\n"
        "Officers closed 340 shops, the spokesperson said."
    )
    assert whose(read(text)[0]) == ("gacc", None)


@pytest.mark.parametrize(
    "text",
    [
        "Key Figures:\n\nSAMR closed 340 shops.\n\nNext Steps:\n\nIt will close 12 stalls.",
        "Guiding Opinions of SAMR came out. It closed 340 shops, the Guiding Opinions said.",
    ],
)
def test_what_looks_like_a_name_is_no_speaker(read, text):
    assert {figure.speaker for figure in read(text)} == {None}


def test_a_publisher_that_measures_outweighs_whom_it_names_in_passing(read):
    text = "Inspectors closed 340 shops.\n\nSee also: European Medicines Agency."
    publisher = "Medicines and Healthcare products Regulatory Agency"
    assert read(text, publisher=publisher)[0].agency == "mhra"


def test_initials_are_those_of_whom_the_document_names(read):
    text = "The Singapore Accreditation Council met.\n\nSAC closed 340 shops."
    assert (read(text)[0].agency, read("SAC closed 340 shops.")[0].agency) == ("sg_sac", "sac")


def test_a_plan_of_a_place_is_that_of_its_government(read_one):
    figure = read_one("The share is to reach 95 percent.", title="Zhejiang action plan for better goods")
    assert figure.agency == "zhejiang_gov"


def test_the_commission_is_the_one_that_publishes(read):
    [figure] = read("The Commission has closed 340 shops.", publisher="European Commission")
    assert figure.agency == "ec"


def test_who_leads_the_issue_of_a_plan_owns_what_it_says(read):
    text = "SAMR and nine other departments jointly issued a plan. It lists 34 measures."
    assert {figure.agency for figure in read(text)} == {"samr"}
