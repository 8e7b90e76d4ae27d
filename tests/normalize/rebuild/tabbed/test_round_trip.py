"""Random indicator tables, flattened in both ways of leaving out merged cells, become the grids they were drawn as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.document import Grid
from tests.drawing.flatten import Tabbed, tabbed_forms
from tests.drawing.table import DrawnCell, DrawnForm, DrawnTable, RowKind
from tests.examples import examples
from tests.normalize.rebuild.tabbed.texts import grids_of, rebuilt

LEVELS = {"产出指标": ("数量指标", "质量指标", "时效指标"), "效益指标": ("经济效益指标", "社会效益指标")}
PIECES = {"符号": ("≥", "=", "定性"), "值": ("90", "12", "800"), "单位": ("%", "个", "册")}
OTHERS = {"权重": ("10", "20"), "备注": ("见附件", "")}
SPANS, BARE = Tabbed(spans=True), Tabbed(bare=True)


@st.composite
def tables(draw: st.DrawFn) -> DrawnTable:
    """Levels merged down, a name, a target whole or in pieces, other columns, all behind a label beside the rows."""
    pieces = draw(st.permutations(list(PIECES))) if draw(st.booleans()) else []
    others = draw(st.permutations(list(OTHERS)))[: draw(st.integers(0, 2))]
    is_first = bool(others) and draw(st.booleans())
    width = 4 + max(1, len(pieces)) + len(others)
    cells = list(_head(pieces, others, is_first=is_first))
    names = count(1)
    row = 2 if pieces else 1
    for level1 in draw(st.lists(st.sampled_from(list(LEVELS)), min_size=1, max_size=2, unique=True)):
        top = row
        for level2 in draw(st.lists(st.sampled_from(LEVELS[level1]), min_size=1, max_size=3, unique=True)):
            start = row
            for _ in range(draw(st.integers(1, 3))):
                texts = [f"受益群众第{next(names)}项次数", *draw(_values(pieces, others, is_first=is_first))]
                cells += [DrawnCell(text, row, 3 + column) for column, text in enumerate(texts)]
                row += 1
            cells.append(DrawnCell(level2, start, 2, row - start))
        cells.append(DrawnCell(level1, top, 1, row - top))
    cells.append(DrawnCell("绩效指标", 0, 0, row))
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    kinds: list[RowKind] = ["indicator"] * row
    return DrawnTable(ordered, tuple(kinds), (1.0,) * width)


def _head(pieces: Sequence[str], others: Sequence[str], *, is_first: bool) -> Iterable[DrawnCell]:
    height = 2 if pieces else 1
    span = max(1, len(pieces))
    target = len(others) if is_first else 0
    for column, text in enumerate(("一级指标", "二级指标", "三级指标"), start=1):
        yield DrawnCell(text, 0, column, height)
    yield DrawnCell("指标值", 0, 4 + target, 1, span)
    yield from (DrawnCell(text, 1, 4 + target + index) for index, text in enumerate(pieces))
    start = 4 if is_first else 4 + span
    yield from (DrawnCell(text, 0, start + index, height) for index, text in enumerate(others))


@st.composite
def _values(draw: st.DrawFn, pieces: Sequence[str], others: Sequence[str], *, is_first: bool) -> list[str]:
    target = [draw(st.sampled_from(PIECES[piece])) for piece in pieces] or [draw(st.sampled_from(("≥90%", "达标")))]
    more = [draw(st.sampled_from(OTHERS[other])) for other in others]
    return [*more, *target] if is_first else [*target, *more]


def rebuilt_grid(table: DrawnTable, style: Tabbed) -> Grid:
    (grid,) = grids_of(rebuilt(*tabbed_forms("", [DrawnForm((), table)], style).split("\n")).document.pages)
    return grid


@pytest.mark.parametrize("style", [SPANS, BARE], ids=["blank", "missing"])
@examples(40)
@given(table=tables())
def test_every_cell_is_where_it_was_drawn(style: Tabbed, table: DrawnTable) -> None:
    found = {
        (cell.text, cell.row, cell.column, cell.row_span, min(cell.end_column, len(table.widths)))
        for cell in rebuilt_grid(table, style).cells
        if cell.text
    }
    assert found == {
        (cell.text, cell.row, cell.column, height(cell), cell.end_column) for cell in table.cells if cell.text
    }


def height(cell: DrawnCell) -> int:
    """How many rows a cell covers in the grid: names of levels have blanks below them."""
    return 1 if cell.column in (1, 2) and cell.text not in ("一级指标", "二级指标") else cell.row_span
