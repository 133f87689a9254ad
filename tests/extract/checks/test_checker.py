"""What a document says of itself: faults are noted with both numbers, and what may be right is left alone."""

import json
from time import process_time

import pytest
import yaml

from flows.extract.checks.checker import DocumentChecker
from flows.extract.model import Document, Note
from flows.paths import PROJECT_ROOT


@pytest.fixture(scope="module")
def checker(vocabulary) -> DocumentChecker:
    return DocumentChecker(vocabulary)


@pytest.fixture(scope="module")
def check(checker):
    """`check(text)`: the notes on a text, which is Chinese where it holds Chinese characters."""

    def check_text(text: str) -> list[Note]:
        language = "zh" if any("\u4e00" <= character <= "\u9fff" for character in text) else "en"
        notes = checker.check(Document("test", text, language=language))
        assert all(text[note.start : note.end] == note.quote for note in notes)
        return notes

    return check_text


WRONG_LISTS = [
    ("Measures in seven aspects that cover law, money, people, brands and research were agreed.", 7, 5),
    ("The plan names seven fields: food, toys, shoes, hats and cars.", 7, 5),
    ("The plan names four fields: food, toys, shoes, hats, and cars.", 4, 5),
    ("Its four pillars: quality, safety and trust.", 4, 3),
    ("We took four measures: we checked shops; we fined sellers; we recalled goods.", 4, 3),
    ("We worked in three respects. First, we checked more. Second, we punished more.", 3, 2),
    ("We worked in two respects. First, we checked. Second, we punished. Third, we learned.", 2, 3),
    ("The following three measures: (1) checks; (2) fines.", 3, 2),
    ("The following three measures will be taken:\n\n1. Checks.\n2. Fines.\n3. Recalls.\n4. Bans.\n", 3, 4),
    ("主要从以下三个方面开展工作：一是加强监管；二是加强抽查。", 3, 2),
    ("主要有三个特点：一是总量大，二是增速快，三是结构好。四是后劲足。", 3, 4),
    ("我从两个方面来回答。第一，加强监管。第二，加强抽查。第三，加强宣传。", 2, 3),
    ("以下三个方面：\n（一）加强监管。\n（二）加强抽查。\n（三）加强宣传。\n（四）加强处罚。", 3, 4),
    ("提出七个方面的重点任务：农业、工业、建筑、服务和旅游。", 7, 5),
    ("主要從以下三個方面開展工作：一是加強監管；二是加強抽查。", 3, 2),
]
RIGHT_LISTS = {
    "as many as announced": "The plan names five fields: food, toys, shoes, hats and cars.",
    "two words for a member": "It names five fields: food, research and development, shoes, hats and cars.",
    "two words for two": "It names six fields: food, research and development, shoes, hats and cars.",
    "examples": "The plan names seven fields, such as food, toys and hats.",
    "an open end": "The plan names seven fields: food, toys, hats and others.",
    "a clause, not nouns": "The plan names seven fields: food, toys, shoes, hats and cars, each of which matters.",
    "the other number": "There were three winners in two categories: food, toys and shoes.",
    "the other number in Chinese": "共三项任务，分布在两个方面：一是监管，二是抽查，三是宣传。",
    "a bound": "At least three areas matter: food, toys, shoes and hats.",
    "some of them": "The first two aspects: food, toys and shoes.",
    "one of them": "One of the three pillars: food, toys, shoes and hats.",
    "a last member unnumbered": "We worked in three respects. First, we check. Second, we fine. Finally, we learn.",
    "a member in other words": "It worked in three respects. First, we check. Second, we fine. The third is learning.",
    "parts that are not what is listed": "The report has five parts. First, it tells of checks. Second, of fines.",
    "a list within a list": "First, law. Second, two aspects: first, checks; second, fines. Third, learning.",
    "numbers that go on": "Three goals are set:\n\n1. Checks.\n2. Fines.\n3. Bans.\n\nTasks\n\n4. Recalls.\n",
    "a mark that refers": "There are two points: (1) checks; (2) fines, of which see (3) below.",
    "as many in Chinese": "主要从以下三个方面开展工作：一是加强监管；二是加强抽查；三是加强宣传。",
    "a last member in Chinese": "主要从以下三个方面开展工作：一是加强监管；二是加强抽查。同时，加强宣传。",
    "an open end in Chinese": "提出三项重点任务：农业、工业等。",
    "two words for one": "包括三个方面，分别是质量、安全、监督与管理。",
    "the first two in Chinese": "前两个方面：质量、安全和监督。",
    "members on lines of their own": "提出三项措施：加强监管；\n加强抽查；\n加强宣传。",
    "a list in an answer": "张三：第一，加强监管，包括两个方面：一是抽查，二是检验。第二，加强处罚。",
}


@pytest.mark.parametrize(("text", "stated", "found"), WRONG_LISTS)
def test_list_without_as_many_members_as_announced_is_noted(check, text, stated, found):
    [note] = check(text)
    assert (note.rule, note.stated, note.found) == ("list_count", stated, found)
    assert note.explanation == f"The text announces {stated} and names {found}."


@pytest.mark.parametrize("text", RIGHT_LISTS.values(), ids=RIGHT_LISTS)
def test_list_that_may_be_right_is_left_alone(check, text):
    assert check(text) == []


WRONG_SUMS = [
    ("In spring, 12 of 150 samples failed, 10 percent.", "share_of_whole", 10, 8),
    ("Of 150 samples, 12 (10%) failed.", "share_of_whole", 10, 8),
    ("They tested 150 products and 12 failed, a failure rate of 10 percent.", "share_of_whole", 10, 8),
    ("In 3,217 lots they saw 412 lots fail, with a failure rate of 15.3%.", "share_of_whole", 15.3, 12.81),
    ("抽查150批次产品，其中不合格12批次，不合格率为10%。", "share_of_whole", 10, 8),
    ("抽查 150 批次产品，其中不合格 12 批次，不合格率为 10%。", "share_of_whole", 10, 8),
    ("Accidents fell from 45 to 17, down 50 percent.", "change_between_levels", -50, -62.22),
    ("Accidents fell from 45 in 2012 to 17 in 2016, down 50 percent.", "change_between_levels", -50, -62.22),
    ("Accidents went from 45 to 17, up 62%.", "change_between_levels", 62, -62.22),
    ("Recalls rose by 50 percent from 120 to 150.", "change_between_levels", 50, 25),
    ("The rate rose from 91.6% to 93.4%, up 2.8 percentage points.", "change_between_levels", 2.8, 1.8),
    ("It dropped from $45 million to $17 million, down 50%.", "change_between_levels", -50, -62.22),
    ("事故由2012年的45起下降到2016年的17起，下降50%。", "change_between_levels", -50, -62.22),
    ("There were 150 complaints, of which 90 concerned shoes and 80 concerned hats.", "parts_exceed_total", 150, 170),
    ("There were 150 complaints, of which 90 were domestic and 80 imported.", "parts_exceed_total", 150, 170),
    ("There were 150 complaints (of which 90 were about shoes, 50 about hats and 30 about bags).",
     "parts_exceed_total", 150, 170),
    ("There were 150 complaints, of which 190 concerned shoes.", "parts_exceed_total", 150, 190),
    ("受理投诉150件，其中质量类90件、价格类80件。", "parts_exceed_total", 150, 170),
    ("受理投诉150件，其中质量类190件。", "parts_exceed_total", 150, 190),
]  # fmt: skip
RIGHT_SUMS = {
    "a share that fits": "In spring, 12 of 150 samples failed, 8 percent.",
    "the share of the others": "Of 150 samples, 12 failed, or 8%, and the pass rate was 92 percent.",
    "a rounded share": "In 3,217 lots they saw 412 lots fail, with a failure rate of 12.8%.",
    "a share cut off": "Of 150 samples, 13 (8.6%) failed.",
    "a rough share": "About 12 of 150 samples failed, 9 percent.",
    "a share of the part": "12 of 150 samples failed, 10 percent of them toys.",
    "a change, no share": "12 of 150 samples failed, 10 percent fewer than in 2022.",
    "two totals": "They tested 150 products from 40 firms and 12 failed, a failure rate of 8 percent.",
    "a total of several things": "A total of 192 benchmarks, 65,000 standards and 877 centers were set up.",
    "a share in Chinese": "抽检样品3152批次，其中合格2910批次，合格率为92.3%。",
    "a change that fits": "Accidents fell from 45 in 2012 to 17 in 2016, down 62.2 percent.",
    "a change in things": "Accidents fell from 45 to 17, a decrease of 28.",
    "points called percent": "The rate rose from 90% to 95%, up 5 percent.",
    "a scale said once": "Recalls rose 50 percent from 120 to 150 million units.",
    "a change a year": "Recalls rose from 120 in 2021 to 150 in 2022, up 10 percent a year.",
    "places, no levels": "Exports from 12 ports to 15 countries, up 20 percent.",
    "places in Chinese": "从12个港口出口到15个国家，增长20%。",
    "rounded levels": "Recalls rose from about 1.2 million to 1.5 million, up 23 percent.",
    "parts that fit": "There were 150 complaints, of which 90 concerned shoes and 60 concerned hats.",
    "two ways to part": "There were 150 complaints, of which 90 concerned shoes and 80 were solved.",
    "two ways to part in Chinese": "共有代表150人，其中女性90人、少数民族80人。",
    "a part of a part": "There were 150 complaints, of which 90 concerned shoes and 80 of them were old.",
    "an open total": "There were over 150 complaints, of which 190 concerned shoes.",
    "the total further off": "The office revised 150 standards in 2 fields, of which 90 are mandatory.",
    "the total of another kind": "检查企业150家，抽检产品20批次，其中不合格企业90家。",
    "numbers without digits": "Two of three samples failed, a third.",
}


@pytest.mark.parametrize(("text", "rule", "stated", "found"), WRONG_SUMS)
def test_sum_that_cannot_be_right_is_noted_with_both_numbers(check, text, rule, stated, found):
    [note] = check(text)
    assert (note.rule, note.stated, note.found) == (rule, stated, found)


@pytest.mark.parametrize("text", RIGHT_SUMS.values(), ids=RIGHT_SUMS)
def test_sum_that_may_be_right_is_left_alone(check, text):
    assert check(text) == []


def test_explanation_says_what_the_numbers_give(check):
    texts = (WRONG_SUMS[0][0], WRONG_SUMS[6][0], WRONG_SUMS[13][0], WRONG_SUMS[16][0])
    assert [note.explanation for text in texts for note in check(text)] == [
        "12 of 150 is 8 percent, not 10.",
        "From 45 to 17 is a change of -62.22 percent, not -50.",
        "90 + 80 is 170, which is more than the total of 150.",
        "190 is more than the total of 150.",
    ]


def test_notes_come_in_the_order_of_the_text_and_leave_tables_and_boilerplate_out(checker):
    text = (
        "In spring, 12 of 150 samples failed, 10 percent.\n\nThe plan names four goals: food, toys and hats.\n\n"
        "Of | 150 samples | 12 failed | 10%\nOf | 150 samples | 12 failed | 10%\n"
    )
    notes = checker.check(Document("test", text, language="en"))
    assert [note.rule for note in notes] == ["share_of_whole", "list_count"]


def annotated_documents() -> list[Document]:
    """Documents in the manner of real ones, of which every number was looked at by hand."""
    files = sorted((PROJECT_ROOT / "tests" / "annotated").glob("*/*.json"))
    rows = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    cases = sorted((PROJECT_ROOT / "tests" / "golden").glob("*.yaml"))
    texts = [yaml.safe_load(case.read_text(encoding="utf-8")).get("text") for case in cases]
    return [Document(row["doc_id"], row["text"], language=row["language"]) for row in rows] + [
        Document("golden", text, language="zh" if "。" in text else "en") for text in texts if text
    ]


def test_documents_that_are_right_get_no_note(checker):
    documents = annotated_documents()
    assert len(documents) > 25
    assert [note for document in documents for note in checker.check(document)] == []


@pytest.mark.parametrize(
    "piece", ["three goals:\n1. a\n", "三个方面：一是", "(1) ", "from 45 to 17, ", "12 of 150, "]
)
def test_time_grows_with_the_text_and_not_with_its_square(checker, piece):
    def seconds(characters: int) -> float:
        text = piece * (characters // len(piece))
        begun = process_time()
        checker.check(Document("test", text, language="zh" if "三" in piece else "en"))
        return process_time() - begun

    seconds(1_000)  # compiles what is needed
    assert seconds(80_000) < 10 * seconds(20_000) + 0.5
