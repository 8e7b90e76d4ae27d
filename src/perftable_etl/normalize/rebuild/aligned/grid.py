"""The grid of a form without rules, in columns of its own: one for side labels, then what stands beside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from perftable_etl.document import Grid
from perftable_etl.normalize.rebuild.aligned.fields import FieldRow
from perftable_etl.normalize.rebuild.aligned.form import AlignedForm
from perftable_etl.normalize.rebuild.aligned.heads import TableHead
from perftable_etl.normalize.rebuild.aligned.passages import Passage
from perftable_etl.normalize.rebuild.grid_maker import Columns, GridMaker

_SIDE = (0, 1)

_SAME_EDGE = 2.0
"""Points by which the edges or the middles of labels set alike may differ."""


def make_grid(form: AlignedForm) -> Grid:
    """One grid of all parts of a form, its rows from top to bottom."""
    maker = GridMaker()
    sides = [label.passage for label in (*form.area.labels, *form.area.sides) if not label.concept]
    for side in sides:
        maker.put(side.content, _SIDE, row=_nearest(side, form.fields))
    _put_fields(maker, form.fields)
    for stray in form.table.strays:
        maker.put_row({(1, 2): stray.content})
    _put_table(maker, form)
    return maker.grid()


def _nearest(side: Passage, fields: Sequence[FieldRow]) -> int:
    return min(range(len(fields)), key=lambda row: abs(fields[row].height - side.middle), default=0)


def _put_fields(maker: GridMaker, fields: Sequence[FieldRow]) -> None:
    """The rows above the indicator table, in the fewest columns that part all cells that stand beside each other."""
    cells = [cell for row in fields for cell in row.cells]
    gaps = [(cell.x1, other.x0) for row in fields for cell, other in pairwise(row.cells)]
    edges = [_clearest(*gap, cells) for gap in _common_gaps(gaps)]
    labels = [label for row in fields for label in row.labels]
    for row in fields:
        texts = {_columns_of(text, edges): text.content for text in row.texts}
        maker.put_row(texts | {_label_columns(label, labels, edges): label.content for label in row.labels})


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


def _columns_of(cell: Passage, edges: Sequence[float]) -> Columns:
    return 1 + bisect_right(edges, cell.x0), 2 + bisect_left(edges, cell.x1)


def _label_columns(label: Passage, labels: Iterable[Passage], edges: Sequence[float]) -> Columns:
    """Labels set alike begin in one column, however long they are."""
    first, end = _columns_of(label, edges)
    last = min(_columns_of(other, edges)[1] - 1 for other in labels if _are_alike(label, other))
    return max(first, last), end


def _are_alike(one: Passage, other: Passage) -> bool:
    """Whether two labels have one middle, or begin or end at one edge."""
    ways = (one.x0 - other.x0, one.x1 - other.x1, one.centre - other.centre)
    return min(map(abs, ways)) < _SAME_EDGE


def _put_table(maker: GridMaker, form: AlignedForm) -> None:
    """The header, the rows below it, and the merged labels beside them."""
    _put_heads(maker, form.area.head)
    first = maker.row
    for row in form.table.rows:
        cells = zip(form.table.leaves, row.cells, strict=True)
        maker.put_row({_column(index): cell.content for index, cell in cells if cell})
    for index, labels in form.table.levels.items():
        for label in labels:
            if label.label and label.first < label.last:
                maker.put(label.label.content, _column(index), first + label.first, label.last - label.first)


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
