"""Headings that go through the parts of a whole, and the figures of each part."""

TITLE = "Results of the national spot checks of 2023"


def parts_of(figures) -> list[tuple]:
    return [(figure.value, figure.indicator, figure.breakdown) for figure in figures]


def test_a_heading_with_a_line_of_its_own_governs_the_paragraphs_below_it(read):
    text = (
        "Inspectors tested 800 batches.\n\nFindings by category\n\n"
        "1. Toys\n\n120 batches were tested; 14 batches failed.\n\n90 batches were tested again.\n\n"
        "2. Lamps\n\nOf 60 batches tested, 7 batches failed.\n\n"
        "Outlook\n\nThis year inspectors will test 900 batches."
    )
    assert parts_of(read(text, title=TITLE)) == [
        (800, "spot_check_batches", None),
        (120, None, "Toys"),
        (14, None, "Toys"),
        (90, None, "Toys"),
        (60, None, "Lamps"),
        (7, None, "Lamps"),
        (900, "spot_check_batches", None),
    ]


def test_a_heading_that_its_line_goes_on_after_governs_that_line(read):
    text = (
        "Results by product\n\n(1) Toys. 120 batches were tested and 14 batches failed.\n\n"
        "Altogether inspectors tested 800 batches."
    )
    assert parts_of(read(text, title=TITLE)) == [
        (120, None, "Toys"),
        (14, None, "Toys"),
        (800, "spot_check_batches", None),
    ]


def test_a_heading_like_that_above_the_parts_ends_them(read):
    text = (
        "2. Results by product\n\n(1) Toys. 120 batches were tested.\n\n"
        "3. Summary\n\n(1) Overview. Inspectors tested 800 batches."
    )
    assert parts_of(read(text, title=TITLE)) == [(120, None, "Toys"), (800, "spot_check_batches", None)]


def test_headings_that_go_through_no_parts_leave_the_whole_whole(read):
    text = "Main results\n\n(1) Tests. Inspectors tested 800 batches."
    assert parts_of(read(text, title=TITLE)) == [(800, "spot_check_batches", None)]


def test_chinese_headings_name_the_parts_below_them(read):
    text = (
        "全省抽查产品800批次。\n一、分产品情况\n（一）玩具。抽查120批次，不合格14批次。\n"
        "（二）灯具。抽查90批次。\n二、下一步工作\n全省已抽查产品900批次。"
    )
    figures = read(text, title="2023年产品质量监督抽查情况", language="zh")
    assert parts_of(figures) == [
        (800, "spot_check_batches", None),
        (120, None, "玩具"),
        (14, None, "玩具"),
        (90, None, "灯具"),
        (900, "spot_check_batches", None),
    ]


def test_letters_go_through_parts_as_numbers_do(read):
    text = "Results by region\n\n(a) Coast. Inspectors tested 90 batches.\n\n(b) Inland. Inspectors tested 80 batches."
    assert parts_of(read(text, title=TITLE)) == [(90, None, "Coast"), (80, None, "Inland")]


def test_a_label_with_a_colon_is_a_heading_of_its_line(read):
    text = (
        "Breakdown by type of product\n1. Toys: 40 batches tested, 3 failed.\nInspectors tested 90 batches."
    )
    assert parts_of(read(text, title=TITLE)) == [
        (40, None, "Toys"),
        (3, None, "Toys"),
        (90, "spot_check_batches", None),
    ]


def test_a_chinese_label_with_a_colon_is_a_heading_of_its_line(read):
    text = "各类产品抽查结果：\n1.电线：抽查60批次，不合格5批次。\n2.插座：抽查40批次。"
    figures = read(text, title="2023年产品质量国家监督抽查通报", language="zh")
    assert parts_of(figures) == [(60, None, "电线"), (5, None, "电线"), (40, None, "插座")]
