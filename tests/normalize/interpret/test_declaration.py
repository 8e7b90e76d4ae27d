"""What a form's grid means: header fields, money, goals and the indicator tree, and that all of it is accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from perftable_etl.document import Form
from perftable_etl.normalize.interpret.declaration import Interpretation
from perftable_etl.normalize.layouts.layout import printed_labels
from perftable_etl.records import Declaration
from tests.normalize.grids import HEADER, LEFT, UP, Rows, form, header_rows, whole_form
from tests.normalize.reader import LAYOUTS, read_form

ROW = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]
REMARK = ["备注", "另行说明", LEFT, LEFT, LEFT]


def read(form: Form, document_year: int | None = 2025) -> Interpretation:
    return read_form(form, document_year)


def declaration(rows: Rows, *heading: str, year: int | None = 2025) -> Declaration:
    return read(form(rows, *heading), year).declaration


def codes(form: Form, document_year: int | None = 2025) -> list[str]:
    return [finding.code for finding in read(form, document_year).findings]


def with_cell(old: str, new: str) -> list[list[str]]:
    """A whole form with one of its texts replaced."""
    rows = whole_form(ROW)
    assert any(old in row for row in rows)
    return [[new if text == old else text for text in row] for row in rows]


# Fields


def test_every_field_is_read_beside_its_label() -> None:
    found = declaration(whole_form(ROW))
    assert (found.name, found.nature, found.category) == ("河道养护", "专项资金", "特定目标类")
    assert (found.competent_department, found.implementing_unit) == ("水务局", None)
    assert (found.start_date, found.end_date) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (found.overall_goal, found.annual_goal) == (None, "河道整洁。")


def test_a_whole_form_is_accounted_for() -> None:
    result = read(form(whole_form(ROW), "财政项目支出绩效目标申报表", "（2025年度）"))
    assert result.accounted == result.characters > 0
    assert result.findings == ()


def test_the_same_label_in_two_blocks_of_money_means_two_things() -> None:
    rows = [*header_rows()[:6], [UP, "其他资金", "7.00", "其他资金", "8.00"], HEADER, ROW]
    funding = declaration(rows).funding
    assert (funding.total_other_funds, funding.annual_other_funds) == (Decimal("7.00"), Decimal("8.00"))


def test_a_blank_amount_is_none_and_a_zero_is_zero() -> None:
    funding = declaration(with_cell("100.00", "0")).funding
    assert (funding.total_funds, funding.annual_carryover_funds) == (None, Decimal(0))
    assert (funding.annual_funds, funding.annual_fiscal_appropriation) == (Decimal("300.00"), Decimal("200.00"))


@pytest.mark.parametrize(
    ("side", "heading", "yuan"),
    [("项目资金\n（万元）", "", 3_000_000), ("项目资金", "单位：万元", 3_000_000), ("项目资金", "", 300)],
)
def test_the_money_unit_is_the_one_printed(side: str, heading: str, yuan: int) -> None:
    found = declaration(with_cell("项目资金\n（元）", side), *filter(None, [heading]))
    assert found.funding.annual_funds == yuan


def test_a_value_may_stand_in_its_labels_cell() -> None:
    rows = [["项目名称：河道养护", LEFT, LEFT, LEFT, LEFT], *whole_form(ROW)[1:]]
    assert declaration(rows).name == "河道养护"


def test_goals_stand_below_their_labels() -> None:
    rows = [*header_rows()[:8], [UP, "总目标。", LEFT, "年度目标。", LEFT], HEADER, ROW]
    found = declaration(rows)
    assert (found.overall_goal, found.annual_goal) == ("总目标。", "年度目标。")


def test_goals_are_cleaned() -> None:
    found = declaration(with_cell("河道整洁。", '"<p>河道\n整洁。</p>"'))
    assert found.annual_goal == "河道整洁。"
    (source,) = (source for source in found.sources if source.field == "annual_goal")
    assert source.raw == '"<p>河道\n整洁。</p>"'


def test_a_qualified_goal_label_is_known() -> None:
    labels = ["绩效目标", "项目总目标\n（2025年-2029年）", LEFT, "年度总体目标", LEFT]
    rows = [*header_rows()[:7], labels, [UP, "长远。", LEFT, "眼前。", LEFT], HEADER, ROW]
    assert declaration(rows).overall_goal == "长远。"


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("2025-01-01", "年初", "not_a_date", "start_date"),
        ("300.00", "若干", "not_money", "annual_funds"),
    ],
)
def test_what_cannot_be_read_is_a_finding_and_not_accounted_for(old: str, new: str, code: str, field: str) -> None:
    result = read(form(with_cell(old, new)))
    finding = next(finding for finding in result.findings if finding.code == code)
    assert (finding.severity, finding.raw, finding.project) == ("error", new, 1)
    assert field in finding.message
    assert finding.place is not None
    assert result.characters - result.accounted == len(new)


def test_a_label_that_nobody_knows_is_kept_with_its_value() -> None:
    result = read(form([*whole_form(ROW)[:3], REMARK, *whole_form(ROW)[3:]]))
    assert [(other.label, other.value) for other in result.declaration.other_fields] == [("备注", "另行说明")]
    assert not [finding for finding in result.findings if finding.code == "unknown_cell"]
    assert result.characters == result.accounted


def test_unknown_cells_that_touch_are_one_finding_and_are_kept() -> None:
    odd = ["2.5", "见附表。", LEFT, LEFT, LEFT]
    result = read(form([*whole_form(ROW)[:3], odd, *whole_form(ROW)[3:]]))
    assert [finding.raw for finding in result.findings if finding.code == "unknown_cell"] == ["2.5\t见附表。"]
    assert [(cell.text, cell.row, cell.column) for cell in result.declaration.unread_cells] == [
        ("2.5", 3, 0),
        ("见附表。", 3, 1),
    ]
    assert result.characters - result.accounted == 7


def test_a_row_of_its_own_below_the_goals_is_no_goal() -> None:
    found = declaration([*whole_form(ROW)[:9], REMARK, *whole_form(ROW)[9:]])
    assert (found.overall_goal, found.annual_goal) == (None, "河道整洁。")


def test_an_unknown_line_above_is_told() -> None:
    result = read(form(whole_form(ROW), "财政项目支出绩效目标申报表", "填报说明"))
    assert [finding.raw for finding in result.findings if finding.code == "unknown_line"] == ["填报说明"]


def test_a_label_printed_twice_is_a_finding() -> None:
    rows = [*header_rows()[:2], ["项目类别", "其他运转类", LEFT, "", ""], *header_rows()[2:], HEADER, ROW]
    assert "label_twice" in codes(form(rows))
    assert declaration(rows).category == "特定目标类"


@pytest.mark.parametrize(
    ("heading", "document_year", "year", "found"),
    [
        (("（2024年度）",), 2025, 2024, []),
        (("2024年度项目支出绩效目标申报表",), None, 2024, []),
        ((), 2025, 2025, []),
        ((), None, 2025, ["year_inferred"]),
    ],
)
def test_the_year_is_the_forms_own_or_the_documents_or_inferred(
    heading: tuple[str, ...], document_year: int | None, year: int, found: list[str]
) -> None:
    read_form = form(whole_form(ROW), *heading)
    assert read(read_form, document_year).declaration.fiscal_year == year
    assert codes(read_form, document_year) == found


# Indicators


def tree(*rows: Sequence[str]) -> list[tuple[str | None, str | None, str, str]]:
    found = declaration(whole_form(*rows)).indicators
    return [(row.level1, row.level2, row.level3, row.target.raw) for row in found]


def found_codes(*rows: Sequence[str]) -> list[str]:
    return codes(form(whole_form(*rows)))


def test_merged_labels_hold_for_all_their_rows() -> None:
    rows = [ROW, [UP, UP, UP, "出动人次", "≥100(人次)"], [UP, UP, "质量指标", "合格率", "≥98(%)"]]
    assert [row[:2] for row in tree(*rows)] == [("产出指标", "数量指标")] * 2 + [("产出指标", "质量指标")]


def test_blank_labels_are_carried_on() -> None:
    rows = [ROW, ["", "", "", "出动人次", "≥100(人次)"], ["", "", "质量指标", "合格率", "≥98(%)"]]
    assert [row[:2] for row in tree(*rows)] == [("产出指标", "数量指标")] * 2 + [("产出指标", "质量指标")]
    assert found_codes(*rows) == []


def test_level2_fixes_level1() -> None:
    rows = [ROW, ["", "产出指标", "社会效益指标", "知晓率", "≥90(%)"]]
    assert tree(*rows)[1][:2] == ("效益指标", "社会效益指标")
    assert found_codes(*rows) == ["level1_differs"]


def test_what_is_told_of_a_level1_is_true_also_where_it_prints_a_name_of_level2() -> None:
    rows = (["质量指标", "质量指标", "验收合格率", "≥95%"],)
    (finding,) = (one for one in read(form(whole_form(["", *rows[0]]))).findings if one.code == "level1_differs")
    assert finding.message.startswith(
        "the form prints level 1 质量指标 beside 质量指标, but the catalogue has that under 产出"
    )


def test_two_names_beside_one_row_are_told() -> None:
    """A rule between two rows is missing: the merged name and target are those of both."""
    above = [*ROW[:3], "巡查次数\n验收合格率", "≥12\n≥95%"]
    assert "row_in_two_groups" in found_codes(above, [UP, UP, "质量指标", UP, UP])
    assert "row_in_two_groups" not in found_codes(above, [UP, UP, UP, UP, UP])
    assert "row_in_two_groups" not in found_codes(above, [UP, UP, "质量指标", "验收合格率", "≥95%"])


def test_a_blank_level1_follows_from_level2() -> None:
    rows = [["绩效指标", "", "质量指标", "合格率", "≥98(%)"]]
    assert tree(*rows)[0][:2] == ("产出指标", "质量指标")
    assert found_codes(*rows) == ["level1_inferred"]


def test_a_blank_level1_below_another_follows_from_level2_too() -> None:
    rows = [ROW, ["", "", "社会效益指标", "知晓率", "≥90(%)"]]
    assert tree(*rows)[1][:2] == ("效益指标", "社会效益指标")
    assert found_codes(*rows) == ["level1_inferred"]


def test_a_level2_does_not_outlive_its_level1() -> None:
    rows = [ROW, ["", "效益指标", "", "知晓率", "≥90(%)"]]
    assert tree(*rows)[1][:2] == ("效益指标", None)


@pytest.mark.parametrize(
    ("level1", "level2", "expected", "code"),
    [
        ("产出指标(50分)", "数量指标", ("产出指标", "数量指标"), "level1_spelling"),
        ("产出指标", "数量", ("产出指标", "数量指标"), "level2_spelling"),
        ("效益指标", "环境效益指标", ("效益指标", "生态效益指标"), "level2_spelling"),
        ("产出指标", "其他指标", ("产出指标", None), "level2_unknown"),
        ("其他指标", "", (None, None), "level1_unknown"),
        ("产出指标", "数量\n指标", ("产出指标", "数量指标"), None),
    ],
)
def test_a_level_spelled_in_another_way_is_told(
    level1: str, level2: str, expected: tuple[str | None, str | None], code: str | None
) -> None:
    row = ["绩效指标", level1, level2, "巡查次数", "≥12(次)"]
    assert tree(row)[0][:2] == expected
    assert found_codes(row) == ([code] if code else [])
    (indicator,) = declaration(whole_form(row)).indicators
    assert (indicator.level1_raw, indicator.level2_raw) == (level1, level2)


def test_a_name_may_stand_under_two_groups() -> None:
    rows = [ROW, ["", "效益指标", "社会效益指标", "巡查次数", "≥12(次)"]]
    assert [row[1] for row in tree(*rows)] == ["数量指标", "社会效益指标"]


@pytest.mark.parametrize(("name", "target", "code"), [("", "≥12(次)", "no_name"), ("巡查次数", "", "no_target")])
def test_a_row_that_lacks_something_is_kept_and_told(name: str, target: str, code: str) -> None:
    assert tree([*ROW[:3], name, target])[0][2:] == (name, target)
    assert found_codes([*ROW[:3], name, target]) == [code]


def test_an_empty_row_is_none() -> None:
    assert len(tree(ROW, ["", "", "", "", ""], ["", "", "质量指标", "", ""])) == 1


def test_what_is_printed_is_kept_with_its_breaks() -> None:
    (indicator,) = declaration(whole_form([*ROW[:3], "巡查\n次数", "≥12\n(次)"])).indicators
    assert (indicator.level3, indicator.level3_raw, indicator.target.raw) == ("巡查次数", "巡查\n次数", "≥12\n(次)")
    assert [source.field for source in indicator.sources] == ["level1", "level2", "level3", "target"]


def test_the_year_of_the_form_is_the_year_of_its_deadlines() -> None:
    (indicator,) = declaration(whole_form([*ROW[:3], "完成时间", "12月31日前"])).indicators
    assert indicator.target.deadline == date(2025, 12, 31)


# Layouts


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (whole_form(ROW), "shanghai-municipal-2024"),
        (with_cell("项目资金总额", "项目资金总额："), "shanghai-municipal-2025"),
        (with_cell("项目总目标", "项目总体目标"), "shanghai-district-2026"),
        ([["财政项目支出绩效目标申报表", LEFT, LEFT, LEFT, LEFT], *whole_form(ROW)], "shanghai-district-2026"),
    ],
)
def test_exactly_one_layout_claims_a_form(rows: Rows, name: str) -> None:
    labels = printed_labels(cell.text for cell in form(rows).grid.cells)
    assert [layout.name for layout in LAYOUTS.claimants(labels)] == [name]


def test_a_form_of_another_family_is_claimed_by_none() -> None:
    labels = printed_labels(["项目名称", "主管部门及代码", "实施单位", "一级指标", "二级指标", "三级指标", "指标值"])
    assert LAYOUTS.claimants(labels) == ()
