import pytest

from flows.extract.model import Boilerplate

PARAGRAPHS = """Recalls in 2023

Much was done last year. Some 214 cars were recalled. They had faulty brakes.

In the same year 771 toys were recalled."""


def neighbours(figure, text: str) -> tuple[str, str]:
    before = text[figure.context_start : figure.sentence_start].strip()
    return before, text[figure.sentence_end : figure.context_end].strip()


def test_context_is_the_sentence_before_and_the_sentence_after(read):
    cars, _ = read(PARAGRAPHS)
    assert neighbours(cars, PARAGRAPHS) == ("Much was done last year.", "They had faulty brakes.")


def test_context_ends_where_the_paragraph_ends(read):
    _, toys = read(PARAGRAPHS)
    assert neighbours(toys, PARAGRAPHS) == ("", "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Reporter: How many cars were there?\nLi Wei: There were 214 cars.\nReporter: Thank you.", "en"),
        ("记者：去年召回了多少辆汽车？\n李伟：共召回汽车214辆。\n记者：谢谢。", "zh"),
        ("去年工作进展顺利。\n共召回汽车214辆。\n监管力度加大。", "zh"),
        ("They did this.\n- 214 cars were recalled.\n- Toys were checked.", "en"),
    ],
)
def test_another_turn_line_or_item_is_no_neighbour(read_one, text, language):
    assert neighbours(read_one(text, language=language), text) == ("", "")


def test_line_that_a_margin_broke_goes_on(read_one):
    text = (
        "Much was done for the safety of cars and of toys\nin the year that is now over, said the office.\n"
        "Some 214 cars were recalled. They had brakes\nthat failed."
    )
    before, after = neighbours(read_one(text), text)
    assert before.endswith("said the office.")
    assert after == "They had brakes\nthat failed."


def test_running_head_between_two_sentences_parts_them(read_one):
    text = "Much was done last year.\nPage 3 of 9\nSome 214 cars were recalled. They had faulty brakes."
    start = text.index("Page")
    figure = read_one(text, boilerplate=(Boilerplate(start, start + len("Page 3 of 9"), "footer"),))
    assert neighbours(figure, text) == ("", "They had faulty brakes.")


def test_row_of_a_table_stands_alone(read):
    text = "Recalls are listed below.\n\nYear | Cars recalled\n2022 | 204\n2023 | 214\n\nAll were free of charge."
    assert [neighbours(figure, text) for figure in read(text)] == [("", ""), ("", "")]
