"""Grids and documents written by hand: a row is its texts, UP and LEFT stand for what is merged."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.document import Box, Cell, Document, Form, Grid, LaidOutPage, Line, Place

UP = "^"
"""The cell above goes on here."""
LEFT = "<"
"""The cell to the left goes on here."""

COLUMN = 100.0
ROW = 20.0

Rows = Sequence[Sequence[str]]

HEADER = ("", "一级指标", "二级指标", "三级指标", "年度指标值")


def grid(
    rows: Rows,
    *,
    page: int = 1,
    top: float = 100.0,
    shift: float = 0.0,
    open_above: bool = False,
    open_below: bool = False,
) -> Grid:
    """A grid whose columns are 100 points wide and whose rows 20 high; open edges are cut by the page."""
    width = len(rows[0])
    cells = []
    for row, texts in enumerate(rows):
        assert len(texts) == width
        for column, text in enumerate(texts):
            if text in (UP, LEFT):
                continue
            end_row, end_column = row + 1, column + 1
            while end_column < width and texts[end_column] == LEFT:
                end_column += 1
            while end_row < len(rows) and rows[end_row][column] == UP:
                end_row += 1
            x0, x1 = shift + column * COLUMN, shift + end_column * COLUMN
            box = Box(x0, top + row * ROW, x1, top + end_row * ROW)
            cut_above, cut_below = open_above and row == 0, open_below and end_row == len(rows)
            shape = row, column, end_row - row, end_column - column
            cells.append(Cell(text, *shape, Place(page, box), cut_above, cut_below))
    around = Box.around(cell.place.box for cell in cells)
    return Grid(tuple(cells), len(rows), tuple(shift + x * COLUMN for x in range(width + 1)), Place(page, around))


def line(text: str, *, page: int = 1, y: float = 50.0) -> Line:
    return Line(text, Place(page, Box(50, y, 50 + 10 * len(text), y + 12)))


def document(*pages: Sequence[Grid | Line]) -> Document:
    return Document(tuple(LaidOutPage(number, tuple(blocks)) for number, blocks in enumerate(pages, start=1)))


def form(rows: Rows, *heading: str) -> Form:
    return Form(tuple(line(text, y=20.0 + 15 * n) for n, text in enumerate(heading)), grid(rows))


def texts(form: Form) -> list[list[str]]:
    """A form's grid as rows of texts, as `grid` takes them."""
    rows = [[UP] * form.grid.column_count for _ in range(form.grid.row_count)]
    for cell in form.grid.cells:
        rows[cell.row][cell.column] = cell.text
        for row in range(cell.row, cell.end_row):
            for column in range(cell.column + 1, cell.end_column):
                rows[row][column] = LEFT
    return rows


def header_rows(name: str = "河道养护") -> list[list[str]]:
    """The labelled part of a form, five columns wide."""
    return [
        ["项目名称", name, LEFT, "项目性质", "专项资金"],
        ["项目类别", "特定目标类", LEFT, "主管部门", "水务局"],
        ["计划开始日期", "2025-01-01", LEFT, "计划完成日期", "2025-12-31"],
        ["项目资金\n（元）", "项目资金总额", "", "年度资金申请总额", "300.00"],
        [UP, "其中：财政资金", "", "其中：当年财政拨款", "200.00"],
        [UP, "", "", "上年结转资金", "100.00"],
        [UP, "其他资金", "", "其他资金", ""],
        ["绩效目标", "项目总目标", LEFT, "年度总体目标", LEFT],
        [UP, "", LEFT, "河道整洁。", LEFT],
    ]


def whole_form(*indicators: Sequence[str], name: str = "河道养护") -> list[Sequence[str]]:
    """The rows of a form with these rows below the indicator header."""
    return [*header_rows(name), HEADER, *indicators]
