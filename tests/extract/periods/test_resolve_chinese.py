"""The period of a figure in a Chinese text; the document is of 21 February 2024."""

from datetime import date

import pytest


@pytest.fixture(scope="module")
def periods_of(read):
    """Number and days of each figure: `("12", "2023-01-01", "2023-12-31")`, null as ""."""

    def periods(text: str, **fields) -> list[tuple[str, str, str]]:
        figures = read(text, language="zh", **fields)
        return [(f.number, str(f.period_start or ""), str(f.period_end or "")) for f in figures]

    return periods


def year(number: str, year: int) -> tuple[str, str, str]:
    return number, f"{year}-01-01", f"{year}-12-31"


TODAY = ("", "2024-02-21")


def test_a_figure_takes_the_nearest_phrase_before_it(periods_of):
    text = "2021年查处案件120件；2022年查处135件，罚款8万元。"
    assert periods_of(text) == [year("120", 2021), year("135", 2022), year("8万", 2022)]


def test_a_rate_of_change_shares_the_period_of_the_figure_before_it(periods_of):
    text = "2018年至2022年查处案件128件，其中2022年查处22件，同比下降8.1%。"
    assert periods_of(text)[1:] == [year("22", 2022), year("8.1%", 2022)]


def test_a_part_of_a_year_is_one_of_the_year_told_before(periods_of):
    text = "2021年查处案件120件，其中上半年50件。全年罚款8万元。"
    expected = [year("120", 2021), ("50", "2021-01-01", "2021-06-30"), year("8万", 2021)]
    assert periods_of(text) == expected


def test_the_year_before_is_the_one_before_the_year_told(periods_of):
    assert periods_of("2021年合格率为93%，上年为92%。") == [year("93%", 2021), year("92%", 2020)]
    text = "2024年1月查处案件32件，去年同期为28件。"
    assert periods_of(text)[1] == ("28", "2023-01-01", "2023-01-31")
    text = "2024年1月，网购投诉占比由去年同期的48%提高到53%。"
    assert periods_of(text) == [("48%", "2023-01-01", "2023-01-31"), ("53%", "2024-01-01", "2024-01-31")]


def test_the_base_of_a_comparison_is_only_that_of_its_own_number(periods_of):
    text = "2023年合格率为95%，比2020年的92%提高3个百分点，投诉办结率为98%。"
    expected = [year("95%", 2023), year("92%", 2020), year("3", 2023), year("98%", 2023)]
    assert periods_of(text) == expected


def test_a_year_in_brackets_dates_nothing_outside(periods_of):
    text = "2023年发生事故71起（2022年为108起），死亡69人。"
    assert periods_of(text) == [year("71", 2023), year("108", 2022), year("69", 2023)]


@pytest.mark.parametrize(
    "time", ["近3年来", "2021—2023年", "2021年、2022年和2023年", "2023年合格率有所提高，近3年来"]
)
def test_figures_given_in_turn_get_a_year_each(periods_of, time):
    text = f"{time}，合格率分别为91%、92%和93%。"
    assert periods_of(text) == [year("91%", 2021), year("92%", 2022), year("93%", 2023)]


def test_years_in_turn_go_up_to_the_year_told(periods_of):
    text = "2021年查处案件12件。近3年来，合格率依次是91%、92%和93%。"
    assert periods_of(text)[1:] == [year("91%", 2019), year("92%", 2020), year("93%", 2021)]


def test_parts_of_a_year_given_in_turn_go_to_a_figure_each(periods_of):
    text = "2023年一季度、二季度，案件分别为12件和15件。"
    assert periods_of(text) == [("12", "2023-01-01", "2023-03-31"), ("15", "2023-04-01", "2023-06-30")]


def test_things_given_in_turn_are_not_years(periods_of):
    text = "2023年，玩具和服装的合格率分别为91%和92%。"
    assert periods_of(text) == [year("91%", 2023), year("92%", 2023)]


def test_the_ends_of_a_movement_are_the_ends_of_its_period(periods_of):
    text = "2015年到2022年，有效证书从150张增加到376张。"
    assert periods_of(text) == [year("150", 2015), year("376", 2022)]
    text = "十年来，万台特种设备死亡率由0.45下降到0.07。"
    assert periods_of(text) == [("0.45", "", "2014-02-21"), ("0.07", "", "2024-02-21")]
    text = "2023年，办理时限由15天压缩至3天。"
    assert periods_of(text) == [("15", "", ""), year("3", 2023)]


def test_years_in_a_row_end_with_the_year_told_and_else_with_none(periods_of):
    assert periods_of("2022年合格率为93%，连续5年在90%以上。")[1] == ("90%", "2018-01-01", "2022-12-31")
    assert periods_of("合格率连续5年在90%以上。") == [("90%", *TODAY)]


def test_a_time_without_dates_is_unknown(periods_of):
    assert periods_of("2022年春节期间，查处案件12件。") == [("12", "", "")]


def test_what_came_out_on_a_day_has_the_day_as_its_period(periods_of):
    assert periods_of("2月20日，该局发布23项标准。") == [("23", "2024-02-20", "2024-02-20")]


def test_the_day_of_a_report_is_no_period(periods_of):
    assert periods_of("2月20日，该局公布了检查情况，共有企业12家。") == [("12", *TODAY)]


def test_a_sentence_without_a_time_inherits_that_of_its_paragraph(periods_of):
    text = "2022年查处案件120件。移送司法机关8件。"
    assert periods_of(text) == [year("120", 2022), year("8", 2022)]
    text = "截至2022年底，有企业120家。从业人员800人。"
    assert periods_of(text) == [("120", "", "2022-12-31"), ("800", "", "2022-12-31")]


def test_a_present_state_inherits_nothing(periods_of):
    assert periods_of("2022年查处案件120件。全市现有企业8家。")[1] == ("8", *TODAY)


def test_since_a_start_runs_from_its_day_to_that_of_the_document(periods_of):
    assert periods_of("自2018年3月以来，查处案件12件。") == [("12", "2018-03-01", "2024-02-21")]


def test_traditional_characters_and_blanks_do_not_matter(periods_of):
    text = "截至 2022 年 9 月底，全區共有企業 120 家，較上年末增加 8 家。"
    assert periods_of(text) == [("120", "", "2022-09-30"), ("8", "", "2022-09-30")]


def by(number: str, day: str) -> tuple[str, str, str]:
    return number, "", day


def test_the_opening_statement_governs_later_paragraphs(periods_of):
    text = "2022年查处案件120件。\n\n移送公安机关8件，同比增长5%。\n\n全市现有企业9家。"
    assert periods_of(text)[1:] == [year("8", 2022), year("5%", 2022), ("9", *TODAY)]


def test_a_title_governs_and_a_stock_is_so_at_its_end(periods_of):
    text = "查处案件120件。\n\n企业总量达到340家，有效商标500件。"
    expected = [year("120", 2022), by("340", "2022-12-31"), by("500", "2022-12-31")]
    assert periods_of(text, title="2022年市场监管数据") == expected


def test_headings_of_a_work_report_govern_what_stands_below_them(read, periods_of):
    text = "一、过去一年工作回顾\n（一）严格执法。查处案件120件。\n二、今年重点任务\n（一）严格检查。检查企业340家。"
    assert periods_of(text) == [year("120", 2023), year("340", 2024)]
    assert [figure.status for figure in read(text, language="zh")] == ["actual", "target"]


def test_a_section_that_describes_the_ground_of_a_plan_holds_no_tasks(read):
    text = "一、发展基础\n\n建成中心12家。\n\n二、主要任务\n\n建成中心20家。"
    figures = read(text, language="zh", title="质量规划（2024—2026年）")
    assert [figure.status for figure in figures] == ["actual", "target"]


def test_a_question_governs_its_answer(periods_of):
    text = "问：2022年取得哪些成效？\n答：查处案件120件。\n问：罚没情况如何？\n答：罚款8万元。"
    assert periods_of(text) == [year("120", 2022), year("8万", 2022)]
    text = "记者：2022年成效如何？今年有何安排？\n李明：查处案件120件。将检查企业340家。"
    assert periods_of(text) == [year("120", 2022), year("340", 2024)]


def test_a_part_of_a_year_is_reported_on_before_it_is_quite_over(periods_of):
    text = "一季度查处案件12件。"
    assert periods_of(text, published=date(2024, 3, 28)) == [("12", "2024-01-01", "2024-03-31")]
    assert periods_of(text, published=date(2024, 2, 28)) == [("12", "2023-01-01", "2023-03-31")]


def test_a_flow_takes_the_year_whose_end_was_told(periods_of):
    text = "截至2022年底，有企业120家。查处案件12件，同比增长5%。合格率为93%。"
    assert periods_of(text)[1:] == [year("12", 2022), year("5%", 2022), year("93%", 2022)]


def test_an_action_told_before_dates_what_it_brought(periods_of):
    text = "去年5月至11月，该局开展专项行动。\n\n行动期间，查处案件12件。"
    assert periods_of(text) == [("12", "2023-05-01", "2023-11-30")]


def test_what_an_office_has_now_is_not_of_the_year_it_was_founded_in(periods_of):
    assert periods_of("该中心成立于2019年，现有检查员26人。") == [("26", *TODAY)]


def test_a_total_since_a_start_up_to_a_day_has_both_days(periods_of):
    text = "自2004年制度实施以来，截至今年1月底，累计召回汽车3033次。"
    assert periods_of(text) == [("3033", "2004-01-01", "2024-01-31")]


def test_what_failed_the_last_time_is_counted_today(periods_of):
    assert periods_of("上次不合格的322家企业被列入名单。") == [("322", *TODAY)]


def test_the_years_of_a_plan_may_be_said_by_their_number(periods_of):
    text = "中央财政三年累计投入18亿元。"
    assert periods_of(text, title="质量提升行动方案（2024—2026年）") == [("18亿", "2024-01-01", "2026-12-31")]


def test_a_month_that_has_just_ended_is_not_of_the_year_told_before(periods_of):
    text = "2022年查处案件120件。截至1月底，登记在册企业340家。"
    assert periods_of(text) == [year("120", 2022), ("340", "", "2024-01-31")]


def test_so_many_times_the_same_period_is_told_of_its_own(periods_of):
    text = "2023年上半年召回汽车23次，是去年同期的3.1倍，涉及车辆28万辆。"
    assert {period[1:] for period in periods_of(text)} == {("2023-01-01", "2023-06-30")}


def test_the_time_that_was_told_is_by_the_deadline_told_before(periods_of):
    assert periods_of("到2025年，建成实验室20个，届时检测机构达到300家。")[-1] == ("300", "", "2025-12-31")
