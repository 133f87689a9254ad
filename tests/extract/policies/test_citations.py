"""Mentions of laws and plans: which one is meant, and how the document relates to it."""

from collections.abc import Callable
from datetime import date

import pytest
from examples import each_example

from flows.extract.model import Boilerplate, Citation, Document
from flows.extract.policies.citations import CitationFinder
from flows.extract.vocabulary.entries import Vocabulary

Find = Callable[..., list[Citation]]
PUBLISHED = date(2024, 2, 21)


@pytest.fixture(scope="module")
def cite(vocabulary: Vocabulary) -> Find:
    """`cite(text, published=…, title=…, …)`: its citations, after a check that each quote is at its offsets."""
    finder = CitationFinder(vocabulary)

    def find(text: str, **fields) -> list[Citation]:
        citations = finder.find(Document("test", text, **({"published": PUBLISHED} | fields)))
        for citation in citations:
            assert citation.quote is None or text[citation.start : citation.end] == citation.quote
            assert (citation.policy is None) == ("policy" in citation.reasons)
        return citations

    return find


def told(citations: list[Citation]) -> list[tuple]:
    return [(citation.policy or citation.reasons["policy"], citation.relation) for citation in citations]


@each_example("policies", "citations", "en")
def test_short_and_long_names_in_both_languages_mean_one_policy(cite, text, policy, quote):
    [citation] = cite(text, language="zh" if "法" in text or "》" in text else "en")
    assert citation.policy == policy
    assert quote is None or citation.quote == quote


@each_example("policies", "citations", "en", "zh")
def test_what_only_looks_like_a_name_is_none(cite, text, language):
    assert cite(text, language=language) == []


@each_example("policies", "citations", "en", "zh")
def test_a_policy_that_no_table_lists_is_kept_without_an_id(cite, text, quote):
    [citation] = cite(text, language="zh" if "《" in text else "en")
    assert (citation.policy, citation.quote) == (None, quote)
    assert citation.reasons == {"policy": "unmapped"}


@each_example("policies", "citations", "en")
def test_two_editions_are_kept_apart_by_their_years_or_by_the_day_of_the_document(
    cite, text, published, policy
):
    [(found, _)] = told(cite(text, published=published))
    assert found == policy


@each_example("policies", "citations", "en", "zh")
def test_the_plan_of_a_city_is_not_that_of_the_country(cite, text, policy):
    [(found, _)] = told(cite(text, language="zh"))
    assert found == policy


def test_a_law_of_another_country_is_not_the_listed_one(cite):
    assert told(
        cite("Vietnam's Food Safety Law is new. China looked at the Food Safety Law of Vietnam.")
    ) == [
        ("unmapped", "cites"),
        ("unmapped", "cites"),
    ]
    assert told(cite("Officials in Hanoi and elsewhere in Vietnam apply the Food Safety Law.")) == [
        ("unmapped", "cites")
    ]


@each_example("policies", "citations", "en", "zh")
def test_the_words_around_a_name_tell_the_relation(cite, text, relation):
    language = "zh" if "》" in text else "en"
    assert told(cite(text, language=language)) == [("metrology_law", relation)]


def test_what_takes_the_place_of_another_is_not_what_is_replaced(cite):
    text = "China's Metrology Development Plan (2013-2020) was replaced by the Metrology Development Plan (2021-2035)."
    assert told(cite(text)) == [("metrology_plan_2013", "succeeds"), ("metrology_plan_2021", "cites")]


def test_listed_names_share_the_words_before_the_first_and_behind_the_last(cite):
    assert told(cite("根据《产品质量法》《计量法》和《标准化法》，制定本办法。", language="zh")) == [
        ("product_quality_law", "implements"),
        ("metrology_law", "implements"),
        ("standardization_law", "implements"),
    ]
    english = "In China the Product Quality Law and the Metrology Law were repealed."
    assert [relation for _, relation in told(cite(english))] == ["succeeds", "succeeds"]


def test_a_noun_means_the_only_policy_that_was_named_with_it(cite):
    text = "China has the outline for building a quality powerhouse. Since the release of the outline, all went well."
    assert told(cite(text)) == [("quality_outline_2023", "cites"), ("quality_outline_2023", "reports_on")]
    chinese = "《质量强国建设纲要》（以下简称《纲要》）印发。《纲要》实施以来，成效明显。"
    assert told(cite(chinese, language="zh"))[-1] == ("quality_outline_2023", "reports_on")
    two = "《质量强国建设纲要》和《国家标准化发展纲要》印发。《纲要》实施以来，成效明显。"
    assert len(cite(two, language="zh")) == 2


def test_a_title_within_a_title_is_what_the_outer_one_implements(cite):
    citations = cite("《关于贯彻〈质量强国建设纲要〉的实施意见》已印发。", language="zh")
    assert told(citations) == [("unmapped", "cites"), ("quality_outline_2023", "implements")]


def test_a_document_is_the_policy_that_its_title_names_and_nothing_else(cite):
    text = (
        "质量强国建设纲要\n（2023年2月）\n《质量强国建设纲要》共八章，接续《质量发展纲要（2011—2020年）》。"
    )
    title = "质量强国建设纲要"
    assert told(cite(text, title=title, language="zh", published=date(2023, 2, 6))) == [
        ("quality_outline_2023", "is"),
        ("quality_outline_2011", "succeeds"),
    ]
    [notice] = cite("各省：", title="国务院关于印发计量发展规划（2021—2035年）的通知", language="zh")
    assert (notice.policy, notice.relation, notice.quote, notice.start) == (
        "metrology_plan_2021",
        "is",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("国务院印发《质量强国建设纲要》", {}),
        ("质量强国建设纲要解读", {}),
        ("质量强国建设纲要", {"document_type": "news"}),
        ("贵州省质量强国建设纲要", {}),
    ],
)
def test_a_report_on_a_policy_is_not_the_policy(cite, title, fields):
    citations = cite("中国发布《质量强国建设纲要》。", title=title, language="zh", **fields)
    assert told(citations) == [("quality_outline_2023", "cites")]


def test_toolbars_cite_nothing(cite):
    text = "Read also: China's Product Quality Law"
    assert cite(text, boilerplate=(Boilerplate(0, len(text), "navigation"),)) == []
