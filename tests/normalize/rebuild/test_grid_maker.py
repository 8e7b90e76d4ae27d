"""A grid made cell by cell."""

from __future__ import annotations

from perftable_etl.document import Box, Place
from perftable_etl.normalize.rebuild.grid_maker import Content, GridMaker, grid_of


def content(text: str, page: int, line: float) -> Content:
    return Content(text, Place(page, Box(0, line, 10, line + 1)))


def test_cells_come_in_order_and_the_grid_begins_where_the_first_of_them_does() -> None:
    maker = GridMaker()
    maker.put_row({(1, 3): content("三级指标", 1, 4), (0, 1): content("绩效指标", 1, 3)})
    maker.put_row({(0, 1): content("数量指标", 2, 0)})
    maker.put_row({(1, 4): content("次数", 2, 1)})
    grid = maker.grid()
    assert [(cell.text, cell.row, cell.column) for cell in grid.cells] == [
        ("绩效指标", 0, 0),
        ("三级指标", 0, 1),
        ("数量指标", 1, 0),
        ("次数", 2, 1),
    ]
    assert (grid.row_count, grid.boundaries) == (3, (0.0, 1.0, 2.0, 3.0, 4.0))
    assert grid.place == Place(1, Box(0, 3, 10, 5))
    assert grid.is_rebuilt


def test_columns_end_where_boundaries_say() -> None:
    maker = GridMaker()
    maker.put_row({(0, 1): content("次数", 1, 3), (1, 2): content("12", 1, 3)})
    assert grid_of(maker.cells, (5.0, 40.0, 90.5)).boundaries == (5.0, 40.0, 90.5)
