"""Forms whose text has lost its table: any labels, any columns, and values that are told."""

from __future__ import annotations

import pytest

from perftable_etl.document import Cell, Document, Grid
from perftable_etl.extract import plaintext
from perftable_etl.normalize.rebuild.flattened.rebuild import rebuild
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt
from tests.normalize.reader import VOCABULARY

ABOVE = (
    "项目名称 河道养护 主管部门 水务局 实施单位 水务局（本级） 年度资金总额 250 其中：财政拨款 250 年度目标 河道整洁。"
)
HEADER = "一级指标 二级指标 三级指标 指标值"


def rebuilt(*lines: str) -> Rebuilt:
    text = "\n".join(lines)
    return rebuild(Document(plaintext.read_text(text.encode()).pages), VOCABULARY)


def cells(found: Rebuilt) -> list[Cell]:
    return [
        cell for page in found.document.pages for grid in page.blocks if isinstance(grid, Grid) for cell in grid.cells
    ]


def rows_below(found: Rebuilt, head: str) -> list[list[str]]:
    """The texts of each row below the one with this head."""
    header = next(cell.row for cell in cells(found) if cell.text == head)
    below = [cell for cell in cells(found) if cell.row > header]
    return [[cell.text for cell in below if cell.row == row] for row in dict.fromkeys(cell.row for cell in below)]


def test_a_column_of_remarks_after_the_targets() -> None:
    lines = HEADER, "评分标准", "产出指标", "数量指标", "巡查次数", "≥12次", "计划标准", "合格率", "≥95%", "行业标准"
    assert rows_below(rebuilt(*ABOVE.split(), *lines), "评分标准") == [
        ["产出指标", "数量指标", "巡查次数", "≥12次", "计划标准"],
        ["合格率", "≥95%", "行业标准"],
    ]


def test_amounts_of_one_block_stand_below_its_leading_label() -> None:
    found = cells(rebuilt(*ABOVE.split(), HEADER, "产出指标 数量指标 巡查次数 ≥12次"))
    columns = {cell.text: cell.column for cell in found}
    assert columns["年度资金总额"] == columns["其中：财政拨款"]


def test_a_value_with_a_label_that_is_not_known_is_told() -> None:
    above = ABOVE.replace("河道养护 ", "河道养护 填表方式 网上直接填报 ").split()
    found = rebuilt(*above, HEADER, "产出指标 数量指标 巡查次数 ≥12次")
    assert [(finding.code, finding.raw) for finding in found.findings] == [
        ("value_doubtful", "河道养护\n填表方式\n网上直接填报")
    ]


def test_every_character_is_kept() -> None:
    lines = *ABOVE.split(), HEADER, "评分标准", "产出指标", "数量指标", "巡查次数", "≥12次", "计划标准", "不知何物"
    assert sorted("".join(cell.text for cell in cells(rebuilt(*lines))).replace("\n", "")) == sorted(
        "".join(lines).replace(" ", "")
    )


def test_a_header_that_is_printed_again_before_any_row_heads_the_same_rows() -> None:
    found = rebuilt(*ABOVE.split(), f"{HEADER}\f{HEADER}", "产出指标 数量指标 巡查次数 ≥12次")
    assert rows_below(found, "指标值") == [["产出指标", "数量指标", "巡查次数", "≥12次"]]


@pytest.mark.parametrize("target", ["47%～100%", "12月底前完成", "进一步提升", "350小时"])
def test_a_target_right_behind_a_name_that_fills_its_cell(target: str) -> None:
    name = "面向企业、街镇和居村委的专题讲座对环境的改善"
    lines = HEADER, "产出指标 数量指标 巡查次数 ≥12次", f"生态效益指标 {name}{target}", "可持续影响指标 回访次数 ≥3次"
    assert rows_below(rebuilt(*ABOVE.split(), *lines), "指标值")[1][-2:] == [name, target]


def test_a_name_that_ends_like_a_target_stays_whole() -> None:
    lines = HEADER, "产出指标 数量指标 面向企业和街镇的巡查次数 ≥12次", "服务能力持续提升 ≥95%"
    assert rows_below(rebuilt(*ABOVE.split(), *lines), "指标值")[1] == ["服务能力持续提升", "≥95%"]


def test_the_rest_of_a_name_below_a_side_label_that_a_page_prints_again() -> None:
    lines = (
        "绩效指标",
        HEADER,
        "质量指标 走访慰问（含困难家",
        "85%-98%",
        "\f绩效指标",
        "庭、独居老人）合格率",
        "时效指标 及时率 ≥9%",
    )
    found = rows_below(rebuilt(*ABOVE.split(), *lines), "指标值")
    assert ["质量指标", "走访慰问（含困难家\n庭、独居老人）合格率", "85%-98%"] in found


def test_the_number_of_another_table_and_its_title_end_a_form() -> None:
    rows = HEADER, "产出指标 数量指标 巡查次数 ≥12次", "合格率 优良"
    found = rebuilt(*ABOVE.split(), *rows, "附件2", "三公经费预算表", "项目 预算数", "因公出国 0.00")
    assert rows_below(found, "三级指标")[1:] == [["合格率", "优良"]]
    assert [finding.code for finding in found.findings] == ["rows_perhaps_lost"]


def test_a_row_with_a_tab_among_rows_without_is_told() -> None:
    rows = HEADER, "产出指标 数量指标 巡查次数 ≥12次", "合格率 优良", "因公出国\t0.00"
    assert [finding.code for finding in rebuilt(*ABOVE.split(), *rows).findings] == ["row_doubtful"]
