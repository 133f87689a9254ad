"""Encodings and languages, on texts long and short."""

import pytest
from examples import each_example

from flows.errors import DocumentRejectedError
from flows.extract.parse.encoding import decode_text
from flows.extract.parse.language import read_language

CHINESE = "2023年，全国召回缺陷头盔672.8万个。\r\n"
TRADITIONAL = "產品品質抽查合格率為93.65%。"


def decoded(content, **given):
    return decode_text(content, file_name="a.txt", **given)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk", "gb2312"])
def test_chinese_is_read_in_every_encoding_it_is_published_in(encoding):
    assert decoded(CHINESE.encode(encoding)) == CHINESE


@pytest.mark.parametrize(
    "text", [TRADITIONAL, "品質", "市場監管部門公布了抽查結果，十二萬批次產品合格。" * 40]
)
def test_big5_is_read(text):
    assert decoded(text.encode("big5")) == text


@each_example("parse", "encoding")
def test_short_western_texts_are_not_taken_for_chinese(text):
    assert decoded(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("製品の品質は向上しました。", "shift_jis"), ("제품 품질이 향상되었습니다. 합격률 발표", "euc_kr")],
)
def test_japanese_and_korean_are_read(text, encoding):
    assert decoded(text.encode(encoding)) == text


def test_a_declared_encoding_counts_only_where_the_bytes_are_not_utf8():
    assert decoded("质量".encode(), declared="gb2312") == "质量"
    assert decoded("Qualität".encode("cp1252"), declared="iso-8859-1") == "Qualität"
    assert decoded(TRADITIONAL.encode("big5"), declared="no-such-encoding") == TRADITIONAL


def test_one_stray_byte_does_not_turn_utf8_into_gibberish():
    assert decoded(CHINESE.encode() + b"\xff" + CHINESE.encode()) == f"{CHINESE}\ufffd{CHINESE}"


def test_utf8_that_ends_inside_a_character_was_cut():
    with pytest.raises(DocumentRejectedError, match=r"a\.txt ends in the middle of a character") as caught:
        decoded("质量合格".encode()[:-2])
    assert caught.value.rule == "truncated"


@each_example("parse", "encoding")
def test_the_language_is_told_or_left_open(text, language):
    assert read_language(text) == language
