"""The grid of a form without rules: the columns that part its cells, and what stands beside blocks of its rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from perftable_etl.document import Grid
from perftable_etl.normalize.rebuild.aligned.fields import FieldRow
from perftable_etl.normalize.rebuild.aligned.form import AlignedForm, AlignedSection
from perftable_etl.normalize.rebuild.aligned.labels import TableHead
from perftable_etl.normalize.rebuild.aligned.rows import Extent, Setting
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Passage, are_alike
from perftable_etl.normalize.rebuild.aligned.table import AlignedTable
from perftable_etl.normalize.rebuild.grid_maker import Columns, Content, GridMaker
from perftable_etl.normalize.values.money import is_figure

_SAME_EDGE = 2.0  # points by which the edges or the middles of cells in one column may differ
_SIDE: Columns = (0, 1)


class Side(NamedTuple):
    """A text and the rows that it stands beside, the last excluded."""

    text: Passage
    first: int
    end: int


def place_sides(sides: Sequence[Passage], rows: Sequence[FieldRow], setting: Setting) -> Iterator[Side]:
    """Texts beside rows, each with its rows, which end where the next begins."""
    ordered = sorted(sides, key=lambda side: side.top)
    ends = [*(side.top for side in ordered[1:]), float("inf")]
    for side, bottom in zip(ordered, ends, strict=False):
        first, end = _rows_beside(side, [row for row in rows if row.extent.top < bottom], setting)
        yield Side(side, first, max(end, first + 1))


def side_of_rows(index: int, rows: Sequence[FieldRow], setting: Setting) -> Side | None:
    """The first cell of a row with the rows that it stands beside, if they have the same columns.

    A label is one only right before another: in pairs, a value stands between two labels.
    """
    first, *others = rows[index].cells
    if len(others) < 2 or (first in rows[index].labels and others[0] not in rows[index].labels):
        return None
    without = [*rows[:index], FieldRow((), tuple(others)), *rows[index + 1 :]]
    start, end = _rows_beside(first, without, setting)
    return Side(first, start, end) if start <= index < end and end - start > 1 else None


def _rows_beside(side: Passage, rows: Sequence[FieldRow], setting: Setting) -> tuple[int, int]:
    """The rows that a text stands beside: as many as can be around whose middle, or at whose first, it is set.

    It stands left of all their cells, and one has cells in the columns of the next.
    """
    is_free = [all(cell.x0 > side.x1 for cell in row.cells) for row in rows]
    goes_on = [_have_columns(*pair) for pair in pairwise(rows)]
    pairs = combinations(range(len(rows) + 1), 2)
    spans = [(start, end) for start, end in pairs if all(is_free[start:end]) and all(goes_on[start : end - 1])]

    def distance(span: tuple[int, int]) -> tuple[int, int]:
        extent = Extent.around(row.extent for row in rows[slice(*span)])
        top = 2 * (extent.top - side.top)
        away = top if setting == "top" else extent.top + extent.bottom - side.top - side.bottom
        return round(abs(away) / 2), span[0] - span[1]

    return min(spans, key=distance, default=(0, 0))


def _have_columns(row: FieldRow, following: FieldRow) -> bool:
    """Whether two cells of one row are set as cells of the other are, or the only one of either is."""
    alike = sum(any(are_alike(cell, other, _SAME_EDGE) for other in following.cells) for cell in row.cells)
    return alike >= min(2, len(row.cells), len(following.cells))


def make_grid(form: AlignedForm) -> Grid:
    """One grid of all parts of a form, its rows from top to bottom."""
    maker = GridMaker()
    for section in form.sections:
        first = maker.row
        _put_fields(maker, section)
        known = [label.passage for label in section.area.labels if not label.concept]
        for text, start, end in place_sides([*known, *section.sides], section.fields, section.setting):
            maker.put(text.content, _SIDE, first + start, end - start)
        if section.table:
            _put_table(maker, section.table)
    return maker.grid()


def _put_fields(maker: GridMaker, section: AlignedSection) -> None:
    """Rows of labels and values, in the fewest columns that part all cells that stand beside each other."""
    rows = section.fields
    cells = [cell for row in rows for cell in row.cells]
    gaps = [(cell.x1, other.x0) for row in rows for cell, other in pairwise(row.cells)]
    edges = [_clearest(*gap, cells) for gap in _common_gaps(gaps)]
    printed = {cell: (1 + bisect_right(edges, cell.x0), 2 + bisect_left(edges, cell.x1)) for cell in cells}
    printed |= dict(_columns_of_labels([label for row in rows for label in row.labels], printed))
    top, above = maker.row, list[Columns]()
    for index, row in enumerate(rows):
        side = side_of_rows(index, rows, section.setting)
        own = dict(_in_columns(row.cells, printed, len(edges) + 2))
        for cell, columns in own.items():
            start, end = (side.first, side.end) if side and cell is side.text else (index, index + 1)
            maker.put(cell.content, columns, top + start, end - start)
        # What a row of amounts lacks of the row above it, in whose columns it stands, is blank, and no wider value.
        missing = [columns for columns in above if columns not in own.values()]
        is_of_matrix = len(own) > 2 and all(is_figure(cell.text) for cell in row.cells[1:])
        blanks = missing if is_of_matrix and len(above) == len(own) + len(missing) else []
        for columns in blanks:
            maker.put(Content("", row.cells[0].place), columns)
        above = sorted([*own.values(), *blanks])
        maker.row += 1


def _columns_of_labels(
    labels: Sequence[Passage], printed: Mapping[Passage, Columns]
) -> Iterator[tuple[Passage, Columns]]:
    """Labels with their columns: those set alike begin in one column, however long they are."""
    for label in labels:
        first, end = printed[label]
        last = min(printed[other][1] - 1 for other in labels if are_alike(label, other, _SAME_EDGE))
        yield label, (max(first, last), end)


def _in_columns(
    row: Sequence[Passage], printed: Mapping[Passage, Columns], end_of_all: int
) -> Iterator[tuple[Passage, Columns]]:
    """The cells of a row with their columns: those of the widest that is set alike, where its neighbours leave room."""
    own = [printed[cell] for cell in row]
    for index, cell in enumerate(row):
        low = own[index - 1][1] if index else 1
        high = own[index + 1][0] if index + 1 < len(row) else end_of_all
        alike = [columns for other, columns in printed.items() if abs(other.centre - cell.centre) < _SAME_EDGE]
        first, end = min(columns[0] for columns in alike), max(columns[1] for columns in alike)
        own[index] = (first, end) if low <= first and end <= high else own[index]
        yield cell, own[index]


_Gap = tuple[float, float]


def _common_gaps(gaps: Iterable[_Gap]) -> Iterator[_Gap]:
    """The fewest gaps that have a part of every gap in them."""
    low, high = float("-inf"), float("inf")
    for start, end in sorted(gaps, key=lambda gap: gap[1]):
        if start >= high:
            yield low, high
            low, high = start, end
        low, high = max(low, start), min(high, end)
    if high < float("inf"):
        yield low, high


def _clearest(low: float, high: float, cells: Sequence[Passage]) -> float:
    """The point in a gap that the fewest cells of other rows run over."""
    ends = sorted({low, high, *(x for cell in cells for x in (cell.x0, cell.x1) if low < x < high)})
    points = [(start + end) / 2 for start, end in pairwise(ends)]
    return min(points, key=lambda point: sum(cell.x0 < point < cell.x1 for cell in cells))


def _put_table(maker: GridMaker, table: AlignedTable) -> None:
    """The header, the rows below it, and the merged labels beside them."""
    top = maker.row
    for stray in table.strays:
        maker.put_row({(1, 2): stray.content})
    _put_heads(maker, table.area.head)
    first = maker.row
    for row in table.rows:
        cells = zip(table.leaves, row.cells, strict=True)
        maker.put_row({_column(index): cell.content for index, cell in cells if cell})
    for index, labels in table.levels.items():
        for label in labels:
            if label.label and label.first < label.last:
                maker.put(label.label.content, _column(index), first + label.first, label.last - label.first)
    for side in table.area.sides:
        maker.put(side.passage.content, _SIDE, top, maker.row - top)
    if table.total:
        maker.put_row({_column(index): cell.content for index, cell in table.total.items()})


def _put_heads(maker: GridMaker, head: TableHead) -> None:
    """The heads in one row, or in two: those over several columns in the upper one, all that none is over in both."""
    below = {index for over in head.over for index in range(over.first, over.end)}
    for over in head.over:
        maker.put(over.passage.content, (over.first + 1, over.end + 1))
    height = 2 if head.over else 1
    for index, own in enumerate(head.heads):
        row, span = (maker.row + 1, 1) if index in below else (maker.row, height)
        maker.put(own.passage.content, _column(index), row, span)
    maker.row += height


def _column(index: int) -> Columns:
    return index + 1, index + 2
