"""Sentences in texts with hard line breaks, lists and abbreviations, and in Chinese."""

from examples import each_example


@each_example("text", "sentences", "en", "zh")
def test_a_full_stop_ends_a_sentence_but_not_an_abbreviation(sentences_of, text, sentences):
    assert [sentence.text for sentence in sentences_of(text)] == sentences


def test_a_row_of_numbers_that_never_ends_is_cut_between_them(sentences_of):
    text = ", ".join(map(str, range(10_000, 12_000)))
    pieces = [sentence.text for sentence in sentences_of(text)]
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    assert max(map(len, pieces)) <= 1000
    assert all(number.strip() in text for piece in pieces for number in piece.split(",") if number.strip())
    assert all(len(number.strip()) in (0, 5) for piece in pieces for number in piece.split(","))


def test_a_chinese_line_that_fills_its_margin_is_no_end(sentences_of):
    text = "国家市场监督管理总局今天通报了去年产品质\n量监督抽查的结果，合格率为九成以上，比前\n年上升。"
    assert [sentence.text for sentence in sentences_of(text)] == [text.replace("\n", " ")]


def test_a_line_broken_at_the_margin_is_no_end(sentences_of):
    text = "The inspectors visited all of the four thousand\nfactories of the province and closed several."
    assert [sentence.text for sentence in sentences_of(text)] == [text.replace("\n", " ")]


@each_example("text", "sentences", "en", "zh")
def test_headings_and_list_items_end_with_their_line(sentences_of, text):
    assert [sentence.text for sentence in sentences_of(text)] == text.split("\n")


def test_a_heading_that_ends_on_purpose_is_apart_from_its_list(sentences_of):
    texts = [sentence.text for sentence in sentences_of("2030 targets:\n- 80 percent clean\n- 12 parks")]
    assert texts == ["2030 targets:", "- 80 percent clean", "- 12 parks"]


def test_blank_lines_divide_paragraphs(sentences_of):
    sentences = sentences_of("Rates rose. Prices fell.\n\nShops shut.\n \nMakers left.")
    assert [sentence.paragraph for sentence in sentences] == [0, 0, 1, 2]


def test_offsets_lead_back_to_the_text_without_blanks(sentences_of):
    text = "  Rates rose.   Prices fell. \n\n\t Shops shut; makers left.\n"
    sentences = sentences_of(text)
    assert [text[sentence.start : sentence.end] for sentence in sentences] == [s.text for s in sentences]
    assert all(sentence.text == sentence.text.strip() for sentence in sentences)
    assert len(sentences) == 3
