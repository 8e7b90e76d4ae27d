"""Columns on the next sheet stand beside their rows; a form of its own on the next page stays one."""

from __future__ import annotations

from perftable_etl.document import Grid
from perftable_etl.normalize.forms.sheets_beside import with_columns_beside
from perftable_etl.normalize.layouts.collection import default_layouts
from tests.normalize.grids import document, grid, whole_form

ROW = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]


def rows_of(form: list[list[str]], page: int) -> Grid:
    return grid(form, page=page)


def grids(*tables: Grid) -> list[Grid]:
    joined = with_columns_beside(document(*([table] for table in tables)), default_layouts().vocabulary)
    return [block for page in joined.pages for block in page.blocks if isinstance(block, Grid)]


def test_columns_of_the_same_rows_stand_beside_them() -> None:
    left = [[*row] for row in whole_form(ROW)]
    right = [["备注", "100"] for _ in left]
    (found,) = grids(rows_of(left, 1), rows_of(right, 2))
    assert found.column_count == rows_of(left, 1).column_count + 2
    assert [cell.text for cell in found.cells if cell.row == found.row_count - 1][-2:] == ["备注", "100"]


def test_a_form_with_labels_of_its_own_is_another() -> None:
    form = [[*row] for row in whole_form(ROW)]
    assert len(grids(rows_of(form, 1), rows_of(form, 2))) == 2
