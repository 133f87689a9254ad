"""Cells of tables are read with the heads of their row and column."""

TABLE = """Recalls in China

| Year | Vehicles recalled | Share of imports |
| --- | --- | --- |
| 2022 | 4,488,000 | 31.5% |
| 2023 | 6,728,000 | 28% |

Inspectors closed 340 shops."""


def test_each_cell_is_a_figure_with_the_year_of_its_row(read):
    cells = [(figure.quote, figure.value, figure.unit, figure.period_end.year) for figure in read(TABLE)[:4]]
    assert cells == [
        ("4,488,000", 4_488_000, "count", 2022),
        ("31.5%", 31.5, "percent", 2022),
        ("6,728,000", 6_728_000, "count", 2023),
        ("28%", 28, "percent", 2023),
    ]


def test_what_a_cell_counts_stands_at_the_head_of_its_column(read):
    recalled = read(TABLE)[0]
    assert (recalled.counted.lower(), recalled.indicator) == ("vehicles", "vehicles_recalled")


def test_the_evidence_of_a_cell_is_its_row(read):
    for figure in read(TABLE)[:4]:
        assert TABLE[figure.start : figure.end] == figure.quote
        row = TABLE[figure.sentence_start : figure.sentence_end]
        assert figure.quote in row and "\n" not in row and str(figure.period_end.year) in row


def test_prose_beside_a_table_is_read_as_ever(read):
    assert [figure.quote for figure in read(TABLE)[4:]] == ["340 shops"]


def test_rules_and_years_of_a_table_are_no_figures(read):
    assert len(read(TABLE)) == 5


def test_one_bar_in_a_sentence_makes_no_table(read):
    assert [figure.quote for figure in read("Home | News\n\nInspectors closed 340 shops.")] == ["340 shops"]
