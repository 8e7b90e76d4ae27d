"""What each cell of a grid is, told once."""

from __future__ import annotations

from perftable_etl.normalize.forms.labelling import label_cells
from tests.normalize.grids import HEADER, LEFT, Rows, grid, header_rows
from tests.normalize.reader import VOCABULARY

ROW = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]


def kinds(rows: Rows) -> dict[str, str]:
    """The kind of each text; of two alike the last one's."""
    cells = label_cells(grid(rows).cells, VOCABULARY)
    return {cell.text: "heading" if cell.is_heading else cell.meaning.kind for cell in cells if cell.text}


def test_every_cell_has_a_kind() -> None:
    found = kinds([*header_rows(), HEADER, ROW])
    assert found == {
        "项目名称": "label", "河道养护": "value", "项目性质": "label", "专项资金": "value", "项目类别": "label",
        "特定目标类": "value", "主管部门": "label", "水务局": "value", "计划开始日期": "label",
        "2025-01-01": "value", "计划完成日期": "label", "2025-12-31": "value", "项目资金\n（元）": "side",
        "项目资金总额": "money", "年度资金申请总额": "money", "300.00": "value", "其中：财政资金": "money",
        "其中：当年财政拨款": "money", "200.00": "value", "上年结转资金": "money", "100.00": "value",
        "其他资金": "money", "绩效目标": "side", "项目总目标": "label", "年度总体目标": "label",
        "河道整洁。": "value", "一级指标": "column", "二级指标": "column", "三级指标": "column",
        "年度指标值": "column", "绩效指标": "side", "产出指标": "level", "数量指标": "level", "巡查次数": "value",
        "≥12(次)": "value",
    }  # fmt: skip


def test_headings_stand_above_the_frame_and_nowhere_else() -> None:
    title = [["财政项目支出绩效目标申报表", LEFT, LEFT, LEFT, LEFT], ["2025年度", LEFT, LEFT, LEFT, LEFT]]
    found = kinds([*title, *header_rows(), HEADER, [*ROW[:4], "2026年度"]])
    assert [text for text, kind in found.items() if kind == "heading"] == [title[0][0], title[1][0]]


def test_a_label_may_hold_its_value() -> None:
    first, second = label_cells(grid([["项目名称：河道养护", "说明：无"]]).cells, VOCABULARY)
    assert (first.meaning.label, first.inline, first.concept) == ("name", "河道养护", None)
    assert (second.meaning.kind, second.inline) == ("value", "")
