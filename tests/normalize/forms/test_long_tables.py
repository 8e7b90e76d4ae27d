"""Long tables: the projects of one table, each as the form that it would be if it were printed alone."""

from __future__ import annotations

from dataclasses import replace

from tests.normalize.grids import UP, Rows, document, grid, line
from tests.normalize.reader import understand

HEADER = [
    "项目名称",
    "年度金额（元）",
    "年度绩效目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标性质",
    "指标值",
    "度量单位",
]
FIRST = ["河道养护", "300.00", "河道整洁。", "产出指标", "数量指标", "巡查次数", "≥", "12", "次"]
MORE = [UP, UP, UP, UP, "质量指标", "合格率", "≥", "95", "%"]
SECOND = ["绿地养护", "200.00", "绿地完好。", "产出指标", "数量指标", "养护次数", "≥", "6", "次"]
TITLE = line("水务局2026年部门预算项目绩效目标表")


def read(*pages: Rows) -> list[tuple[str | None, str, str | None, list[tuple[str | None, str, str]]]]:
    later = ([grid(rows, page=number)] for number, rows in enumerate(pages[1:], start=2))
    reading = understand(document([TITLE, grid(pages[0])], *later))
    assert [finding.code for finding in reading.all_findings if finding.severity != "info"] == []
    assert reading.coverage == 1.0
    return [
        (
            form.name,
            str(form.funding.annual_funds),
            form.annual_goal,
            [(row.level2, row.level3, row.target.raw) for row in form.indicators],
        )
        for form in reading.declarations
    ]


RIVER = (
    "河道养护",
    "300.00",
    "河道整洁。",
    [("数量指标", "巡查次数", "≥12次"), ("质量指标", "合格率", "≥95%")],
)
GREEN = ("绿地养护", "200.00", "绿地完好。", [("数量指标", "养护次数", "≥6次")])


def test_each_project_is_a_form() -> None:
    assert read([HEADER, FIRST, MORE, SECOND]) == [RIVER, GREEN]


def test_a_project_goes_on_over_a_page_with_the_header_again() -> None:
    rest = ["", "", "", "", "质量指标", "合格率", "≥", "95", "%"]
    assert read([HEADER, FIRST], [HEADER, rest, SECOND]) == [RIVER, GREEN]


def test_a_name_that_a_page_break_cuts_is_one() -> None:
    high = ["河道养护（2026-", *FIRST[1:]]
    low = ["2028年）", "", "", "", "质量指标", "合格率", "≥", "95", "%"]
    assert read([HEADER, high], [low, SECOND]) == [("河道养护（2026-2028年）", *RIVER[1:]), GREEN]


def test_the_name_may_be_printed_beside_every_row() -> None:
    again = [*FIRST[:3], "产出指标", "质量指标", "合格率", "≥", "95", "%"]
    names = read([HEADER, FIRST, [again[0], "", "", *again[3:]], SECOND])
    assert names == [RIVER, GREEN]


def test_two_projects_of_one_name_are_told_apart_by_their_money() -> None:
    twin = [FIRST[0], *SECOND[1:]]
    assert read([HEADER, FIRST, MORE, twin]) == [RIVER, (RIVER[0], *GREEN[1:])]


def test_a_name_that_is_printed_again_beside_the_same_money_is_of_one_project() -> None:
    again = [*FIRST[:3], "效益指标", "社会效益指标", "知晓率", "≥", "90", "%"]
    (river,) = read([HEADER, FIRST, MORE, again])
    assert river == (*RIVER[:3], [*RIVER[3], ("社会效益指标", "知晓率", "≥90%")])


def test_a_name_alone_is_that_of_the_unit_whose_projects_follow() -> None:
    header = ["单位名称、项目名称", "项目年度绩效目标", *HEADER[3:], "指标属性", "指标内容"]
    rows = [
        ["水务局", "", "", "", "", "", "", "", "", ""],
        ["河道养护", "河道整洁。", *FIRST[3:], "定量指标", "巡查河道的次数"],
        ["", "", "产出指标", *MORE[4:], "定量指标", "合格段数占全部段数的比例"],
        ["绿地养护", "绿地完好。", *SECOND[3:], "定量指标", "养护绿地的次数"],
    ]
    reading = understand(document([TITLE, grid([header, *rows])]))
    assert [(form.name, form.annual_goal, len(form.indicators)) for form in reading.declarations] == [
        ("河道养护", "河道整洁。", 2),
        ("绿地养护", "绿地完好。", 1),
    ]
    assert reading.declarations[0].indicators[1].remark == "合格段数占全部段数的比例"
    assert reading.declarations[0].indicators[1].target.raw == "≥95%"


def test_what_is_said_of_a_project_keeps_its_place() -> None:
    reading = understand(document([TITLE, grid([HEADER, FIRST, MORE, SECOND])]))
    _, second = reading.declarations
    (name,) = (source for source in second.sources if source.field == "name")
    assert (name.raw, name.place.box.y0) == ("绿地养护", 160.0)
    (form,) = {reading.forms[1].form}
    assert form.pages[0] == 1


def test_a_form_of_one_project_stays_as_it_is() -> None:
    rows = [["项目名称", "河道养护", "主管部门", "水务局"], ["一级指标", "二级指标", "三级指标", "指标值"]]
    reading = understand(document([TITLE, grid([*rows, ["产出指标", "数量指标", "巡查次数", "≥12次"]])]))
    assert [form.name for form in reading.declarations] == ["河道养护"]


def test_a_row_that_sums_up_the_projects_is_none() -> None:
    total = ["", "500.00", "", "", "", "", "", "", ""]
    reading = understand(document([TITLE, grid([HEADER, total, FIRST, MORE, SECOND])]))
    amounts = [str(form.funding.annual_funds) for form in reading.declarations]
    assert amounts == ["300.00", "200.00"]
    assert ("unknown_line", "500.00") in [(finding.code, finding.raw) for finding in reading.all_findings]


def test_a_unit_merged_down_beside_projects_is_that_of_each() -> None:
    rows = [["主管部门", *HEADER], ["水务局", *FIRST], [UP, *MORE], [UP, *SECOND]]
    reading = understand(document([TITLE, grid(rows)]))
    assert [form.competent_department for form in reading.declarations] == ["水务局", "水务局"]
    places = [form.form.grid.place.box for form in reading.forms]
    assert [(box.y0, box.y1) for box in places] == [(120.0, 160.0), (160.0, 180.0)]


def test_each_project_of_a_table_without_printed_cells_is_told() -> None:
    rebuilt = replace(grid([HEADER, FIRST, MORE, SECOND]), is_rebuilt=True)
    told = [finding for finding in understand(document([TITLE, rebuilt])).all_findings if finding.severity != "info"]
    assert [(finding.code, finding.project) for finding in told] == [("labels_uncertain", 1), ("labels_uncertain", 2)]


def test_two_projects_of_one_name_in_one_row_each_where_names_are_merged_down() -> None:
    twin = [FIRST[0], *SECOND[1:]]
    rows = [["绿地养护", "1.00", "完好。", *FIRST[3:]], [UP, UP, UP, *MORE[3:]], FIRST, twin]
    green = ("绿地养护", "1.00", "完好。", RIVER[3])
    assert read([HEADER, *rows]) == [green, (*RIVER[:3], RIVER[3][:1]), (RIVER[0], *GREEN[1:])]


def test_what_two_projects_have_in_common_may_stand_on_both_sides_of_a_page_break() -> None:
    pages = [[["主管部门", *HEADER], ["水务局", *FIRST], [UP, UP, UP, UP, *MORE[3:]]], [["水务局", *SECOND]]]
    first, second = (grid(rows, page=number) for number, rows in enumerate(pages, start=1))
    reading = understand(document([TITLE, first], [second]))
    assert [(form.name, form.competent_department) for form in reading.declarations] == [
        ("河道养护", "水务局"),
        ("绿地养护", "水务局"),
    ]


def test_the_numbers_of_all_columns_are_part_of_the_header() -> None:
    assert read([HEADER, [str(number) for number in range(1, 10)], FIRST, MORE, SECOND]) == [RIVER, GREEN]
